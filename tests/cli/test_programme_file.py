"""A programme file is checked by the command line before it is put with the others."""

import shutil
from pathlib import Path

import pytest

from clact_model import paths
from tests.cli.command import Command


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    return Path(shutil.copy(paths.PROGRAMMES / "normandie_2025.toml", tmp_path))


def test_a_good_file_is_said_to_be_good(clact: Command, draft: Path) -> None:
    answer = clact("programmes", "--verifier", draft)
    assert (answer.status, answer.document) == (0, {"fichier": draft.name, "valable": True, "fautes": []})


def test_a_faulty_file_is_refused_with_the_line(clact: Command, draft: Path) -> None:
    text = draft.read_text(encoding="utf-8").replace('secteurs = ["sanitaire"]', 'secteurs = ["marine"]')
    draft.write_text(text, encoding="utf-8")
    answer = clact("programmes", "--verifier", draft)
    assert (answer.status, answer.document["valable"]) == (1, False)
    (fault,) = answer.document["fautes"]
    assert "« marine » n'est pas un secteur" in fault["message"]
    assert text.split("\n")[fault["ligne"] - 1] == 'secteurs = ["marine"]'


def test_what_is_no_text_is_wrong_usage(clact: Command, tmp_path: Path) -> None:
    answer = clact("programmes", "--verifier", tmp_path / "absent.toml")
    assert (answer.status, answer.document) == (2, None)
    assert "absent.toml" in answer.errors

"""historique and annuler: what was imported, and taking it back."""

from pathlib import Path

import pytest

from clact_model.programme import load_one
from tests import workbooks
from tests.cli.command import Command, imported
from tests.cli.test_verbs import DOSSIER, LINE

GE = ("--programme", "grand_est_2024")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """D1 without its RIB, then D1 with it and D2."""
    programme = load_one("grand_est_2024")
    first, second = {**DOSSIER, "numero": "D1", "rib": "non"}, {**DOSSIER, "numero": "D2", "finess": "510000037"}
    sent = {"un.xlsx": [(first, [LINE])], "deux.xlsx": [({**first, "rib": "oui"}, [LINE]), (second, [LINE])]}
    folder = tmp_path_factory.mktemp("envoi")
    files = [workbooks.fill(programme, folder / name, dossiers) for name, dossiers in sent.items()]
    return imported(tmp_path_factory.mktemp("base"), GE[1], *files)


@pytest.fixture
def twice(clact: Command, both: Path) -> Command:
    return clact.beginning_with(both).on("2024-06-15")


def numbers(clact: Command) -> list[str]:
    return [dossier["numero"] for dossier in clact("lister", *GE).document["dossiers"]]


def test_the_imports_are_listed_the_newest_first(twice: Command) -> None:
    found = twice("historique", *GE).document["imports"]
    assert [[file["nom"] for file in one["fichiers"]] for one in found] == [["deux.xlsx"], ["un.xlsx"]]
    assert [(one["nouveaux"], one["modifies"], one["annulee"]) for one in found] == [(1, 1, None), (1, 0, None)]


def test_the_last_import_is_undone_unless_another_is_named(twice: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLACT_UTILISATEUR", "Camille")
    second, first = (one["id"] for one in twice("historique", *GE).document["imports"])
    shown = twice("annuler", *GE, "--simulation").document
    assert numbers(twice) == ["D1", "D2"]
    done = twice("annuler", *GE)
    assert (done.status, done.document) == (0, shown)
    assert (shown["import"], shown["retires"], shown["retablis"]) == (second, ["D2"], ["D1"])
    assert [(c["champ"], c["avant"], c["apres"]) for c in shown["changements"]] == [("rib", "oui", "non")]
    assert numbers(twice) == ["D1"]
    assert twice("historique", *GE).document["imports"][0]["annulee"]["auteur"] == "Camille"
    assert twice("annuler", first, *GE).document["retires"] == ["D1"]
    assert numbers(twice) == []
    nothing_left = twice("annuler", *GE)
    assert (nothing_left.status, nothing_left.document) == (2, None)
    assert "Aucun import à annuler" in nothing_left.errors


def test_what_a_later_import_rewrote_is_refused_in_one_sentence(twice: Command) -> None:
    first = twice("historique", *GE).document["imports"][1]["id"]
    answer = twice("annuler", first, *GE)
    assert (answer.status, answer.document) == (1, None)
    assert answer.errors.count("\n") == 1
    assert "a réécrit depuis le dossier D1 : annulez-le d'abord." in answer.errors


def test_a_grade_is_withdrawn(clact: Command, tmp_path: Path) -> None:
    programme, options = load_one("normandie_2025"), ("--programme", "normandie_2025")
    clact(
        "importer",
        workbooks.fill(programme, tmp_path / "c.xlsx", [({"numero": "D1", "finess": "140000100"}, [])]),
        *options,
    )
    criterion = "coherence"
    clact("noter", "D1", f"{criterion}=4", *options)
    assert clact("noter", "D1", criterion, "--lever", *options).document["note"] is None
    assert clact("noter", "D1", criterion, "--lever", *options).status == 2

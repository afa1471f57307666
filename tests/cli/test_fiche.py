"""``fiche``: the check sheet of a dossier, from the command line."""

from pathlib import Path

from clact_model.programme import load_one
from clact_model.store import Base
from tests.cli.command import Command
from tests.facts import put

PROGRAMME = load_one("grand_est_2024")
GE = ("--programme", "grand_est_2024")


def test_it_writes_the_page_and_says_where(clact: Command, tmp_path: Path) -> None:
    base = Base(clact.base)
    put(base, PROGRAMME, {"numero": "1000", "raison_sociale": "CH d'essai"}, [{"intitule": "A"}])
    base.close()
    target = tmp_path / "fiche.html"
    found = clact.on("2024-06-15")("fiche", "1000", "--sortie", target, *GE)
    assert (found.status, found.document) == (0, {"numero": "1000", "fichier": str(target)})
    assert "CH d&#39;essai" in target.read_text(encoding="utf-8")


def test_an_unknown_dossier_is_wrong_usage_and_writes_nothing(clact: Command, tmp_path: Path) -> None:
    Base(clact.base).close()
    target = tmp_path / "fiche.html"
    found = clact.on("2024-06-15")("fiche", "1000", "--sortie", target, *GE)
    assert found.status == 2 and "« 1000 » n'est pas dans la base" in found.errors
    assert not target.exists()


def test_a_place_that_cannot_be_written_is_said_in_french(clact: Command, tmp_path: Path) -> None:
    base = Base(clact.base)
    put(base, PROGRAMME, {"numero": "1000"}, [])
    base.close()
    found = clact.on("2024-06-15")("fiche", "1000", "--sortie", tmp_path / "absent" / "fiche.html", *GE)
    assert found.status == 1 and "ne peut pas être écrit" in found.errors
    assert found.document is None

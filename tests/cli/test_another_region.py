"""A call of another region, written as one file: listed, imported into, judged, ranked and simulated without code."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.command import in_a_process

ROOT = Path(__file__).parent.parent.parent
MINIMAL = ROOT / "tests" / "programme" / "minimal"
PE = ("--programme", "petit_equipement_2026")


class Installation:
    """The tool in a folder of its own, with one more programme file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # What is compiled goes along: compiling it again takes longer than the test.
        shutil.copytree(ROOT / "clact_model", folder / "clact_model")
        shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("*.duckdb*", "demo"))
        shutil.copy(MINIMAL / "petit_equipement_2026.toml", folder / "data" / "programmes")
        shutil.copy(MINIMAL / "petit_equipement_2026.txt", folder / "data" / "sources")

    def run(self, *verbs: Sequence[str]) -> list[Any]:
        return in_a_process(self.folder, {}, *verbs)


DOSSIERS = (
    # numéro, FINESS, département
    ("PE-1", "310000015", "31"),
    ("PE-2", "310000015", "31"),
    ("PE-3", "340000017", "34"),
)
PURCHASES = (
    # dossier, rang, coût, demandé, mutualisé, photographie
    ("PE-1", 1, 12000, 9600, "Non", "Oui"),
    ("PE-1", 2, 30001, 10000, "Oui", "Oui"),
    ("PE-2", 1, 20000, 16000, "Oui", "Oui"),
    ("PE-3", 1, 5000, 4000, "Oui", "Non"),
)


@pytest.fixture
def region(tmp_path: Path) -> Installation:
    return Installation(tmp_path / "outil")


def fill(path: Path) -> None:
    workbook = openpyxl.load_workbook(path)
    dossiers, actions = workbook["Dossiers"], workbook["Actions"]
    for numero, finess, departement in DOSSIERS:
        append(dossiers, {"Numéro de dossier": numero, "N° FINESS": finess, "Département": departement})
    for numero, rang, cout, demande, mutualise, photo in PURCHASES:
        append(
            actions,
            {
                "Numéro de dossier": numero,
                "Rang de priorité": rang,
                "Coût total": cout,
                "Montant demandé à l'ARS": demande,
                "Action mutualisée": mutualise,
                "Photographie du local": photo,
            },
        )
    workbook.save(path)


def append(sheet: Any, values: dict[str, object]) -> None:
    heads = [cell.value for cell in sheet[1]]
    assert set(values) <= set(heads)
    sheet.append([values.get(head) for head in heads])


def test_one_file_is_enough(region: Installation, tmp_path: Path) -> None:
    path = str(tmp_path / "pe.xlsx")
    programmes, _ = region.run(("programmes",), ("modele", *PE, "--sortie", path))
    assert "petit_equipement_2026" in [programme["id"] for programme in programmes]

    fill(tmp_path / "pe.xlsx")
    imported, listed, instructed, ordered, simulated = region.run(
        ("importer", *PE, path),
        ("lister", *PE),
        ("instruire", *PE),
        ("classer", *PE),
        ("simuler", *PE, "--enveloppe", "15000", "--strategie", "dernier_reduit"),
    )
    assert imported["nouveaux"] == 3
    assert [action["photo"] for dossier in listed["dossiers"] for action in dossier["actions"]] == [True] * 3 + [False]

    judged = {dossier["numero"]: dossier for dossier in instructed["dossiers"]}
    assert {numero: dossier["verdict"] for numero, dossier in judged.items()} == {
        "PE-1": "recevable",
        "PE-2": "recevable",
        "PE-3": "irrecevable",
    }
    assert [(a["verdict"], a["aide_maximale"]) for a in judged["PE-1"]["actions"]] == [
        ("eligible", "9600.00"),
        ("ineligible", "10000.00"),
    ]
    assert judged["PE-2"]["actions"][0]["aide_maximale"] == "10000.00"

    ranked = [(dossier["numero"], dossier["score"]) for dossier in ordered["dossiers"]]
    assert ranked == [("PE-2", "100.0000"), ("PE-1", "0.0000")]

    assert [(line["numero"], line["accorde"]) for line in simulated["lignes"]] == [
        ("PE-2", "10000.00"),
        ("PE-1", "5000.00"),
        ("PE-3", "0.00"),
    ]

"""A call of another region, written as one file: listed, imported into, judged, ranked and simulated without code."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

ROOT = Path(__file__).parent.parent.parent
MINIMAL = ROOT / "tests" / "programme" / "minimal"
PE = ("--programme", "petit_equipement_2026")


class Installation:
    """The tool in a folder of its own, with one more programme file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "clact_model", folder / "clact_model", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("*.duckdb*", "demo"))
        shutil.copy(MINIMAL / "petit_equipement_2026.toml", folder / "data" / "programmes")
        shutil.copy(MINIMAL / "petit_equipement_2026.txt", folder / "data" / "sources")

    def run(self, *arguments: str) -> Any:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("CLACT_")}
        command = [sys.executable, "-m", "clact_model", arguments[0], "--json", *arguments[1:]]
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


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
    assert "petit_equipement_2026" in [programme["id"] for programme in region.run("programmes")]

    region.run("modele", *PE, "--sortie", str(tmp_path / "pe.xlsx"))
    fill(tmp_path / "pe.xlsx")
    assert region.run("importer", *PE, str(tmp_path / "pe.xlsx"))["nouveaux"] == 3

    stored = region.run("lister", *PE)["dossiers"]
    assert [action["photo"] for dossier in stored for action in dossier["actions"]] == [True, True, True, False]

    judged = {dossier["numero"]: dossier for dossier in region.run("instruire", *PE)["dossiers"]}
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

    ranked = region.run("classer", *PE)["dossiers"]
    assert [(dossier["numero"], dossier["score"]) for dossier in ranked] == [("PE-2", "100.0000"), ("PE-1", "0.0000")]

    simulated = region.run("simuler", *PE, "--enveloppe", "15000", "--strategie", "dernier_reduit")
    assert [(line["numero"], line["accorde"]) for line in simulated["lignes"]] == [
        ("PE-2", "10000.00"),
        ("PE-1", "5000.00"),
        ("PE-3", "0.00"),
    ]

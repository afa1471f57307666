"""Every case of the four calls, through the command line: workbook in, verdicts out."""

import json
from pathlib import Path
from typing import Any

import pytest

from clact_model.programme import load_all
from tests import workbooks
from tests.cli.command import Command

FOLDER = Path(__file__).parent.parent / "cases"
CASES = [case for path in sorted(FOLDER.glob("*.json")) for case in json.loads(path.read_text(encoding="utf-8"))]
VERDICTS = ("irrecevable", "sursis", "a_completer", "a_verifier", "ineligible")


def failed(rules: list[dict[str, Any]], result: str) -> set[str]:
    return {rule["id"] for rule in rules if rule["resultat"] == result and rule["effet"] in VERDICTS}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['programme']} : {case['name']}")
def test_a_case_comes_out_as_the_text_says(case: dict[str, Any], clact: Command, tmp_path: Path) -> None:
    programme = load_all().get(case["programme"])
    path = workbooks.fill(programme, tmp_path / "cas.xlsx", [(case["dossier"], case["actions"])])
    clact.on(case["aujourdhui"])

    imported = clact("importer", path, "--programme", programme.id)
    (dossier,) = clact("instruire", "--programme", programme.id).document["dossiers"]

    assert (imported.status, imported.document["nouveaux"], imported.document["rejetes"]) == (0, 1, 0)
    expected = case["expect"]
    assert expected["verdict"] in (None, dossier["verdict"])
    if expected["ko"]:
        assert failed(dossier["regles"], "non") == set(expected["ko"])
    if expected["unknown"]:
        assert failed(dossier["regles"], "inconnu") == set(expected["unknown"])
    for action, wanted in zip(dossier["actions"], expected["actions"], strict=False):
        assert {name: action[name] for name in wanted if name != "ko"} == {k: v for k, v in wanted.items() if k != "ko"}
        if wanted.get("ko"):
            assert failed(action["regles"], "non") == set(wanted["ko"])


def test_what_was_typed_comes_back_field_by_field(clact: Command, tmp_path: Path) -> None:
    case = CASES[0]
    programme = load_all().get(case["programme"])
    path = workbooks.fill(programme, tmp_path / "cas.xlsx", [(case["dossier"], case["actions"])])
    clact("importer", path, "--programme", programme.id)

    (dossier,) = clact("lister", "--programme", programme.id).document["dossiers"]

    assert set(dossier) == {f.champ for f in programme.dictionary.of("dossier")} | {"actions"}
    assert dossier["numero"] == "1000"
    assert dossier["date_depot"] == "2024-05-02T10:00:00+02:00"
    assert dossier["taux_absenteisme"] == "0.0950"
    assert dossier["masse_salariale"] == "30000000.00"
    assert dossier["rib"] is True
    assert dossier["association"] is False
    assert dossier["siret"] is None
    (action,) = dossier["actions"]
    assert (action["ligne"], action["rang"], action["cout_total"]) == (1, 1, "40000.00")
    assert action["structures_concernees"] == ["CH TEST, site principal"]
    assert action["date_fin"] == "2025-10-31"

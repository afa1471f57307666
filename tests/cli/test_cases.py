"""Every case of the calls, through the command line: workbook in, verdicts out."""

import json
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from clact_model.cli.main import main
from clact_model.programme import load_one
from tests import facts, workbooks
from tests.cli.command import BASE, Command

FOLDER = Path(__file__).parent.parent / "cases"
CASES = [case for path in sorted(FOLDER.glob("*.json")) for case in json.loads(path.read_text(encoding="utf-8"))]
VERDICTS = ("irrecevable", "sursis", "a_completer", "a_verifier", "ineligible")


def failed(rules: list[dict[str, Any]], result: str) -> set[str]:
    return {rule["id"] for rule in rules if rule["resultat"] == result and rule["effet"] in VERDICTS}


Judged = dict[tuple[str, str], dict[str, Any]]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All the cases, taken in by the command line: a workbook a programme, each case under its own number."""
    folder = tmp_path_factory.mktemp("cas")
    for identifier, cases in groupby(CASES, key=lambda case: case["programme"]):
        dossiers = [(facts.of_its_own(case["dossier"]), case["actions"]) for case in cases]
        path = workbooks.fill(load_one(identifier), folder / f"{identifier}.xlsx", dossiers)
        assert main(["importer", str(path), "--programme", identifier, "--base", str(folder / BASE)]) == 0
    return folder / BASE


@pytest.fixture(scope="module")
def judged() -> Judged:
    """Programme and day → number → what the command line said of it; filled as it is asked."""
    return {}


@pytest.fixture
def clact(base: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(base, capsys, monkeypatch)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['programme']} : {case['name']}")
def test_a_case_comes_out_as_the_text_says(case: dict[str, Any], clact: Command, judged: Judged) -> None:
    programme, day = asked = case["programme"], case["aujourdhui"]
    if asked not in judged:
        found = clact.on(day)("instruire", "--programme", programme).document["dossiers"]
        judged[asked] = {dossier["numero"]: dossier for dossier in found}
    dossier = judged[asked][case["dossier"]["numero"]]

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


def test_every_case_is_in_the_base_once(clact: Command) -> None:
    for programme in {case["programme"] for case in CASES}:
        own = [case["dossier"]["numero"] for case in CASES if case["programme"] == programme]
        assert [one["numero"] for one in clact("lister", "--programme", programme).document["dossiers"]] == own


def test_what_was_typed_comes_back_field_by_field(clact: Command) -> None:
    programme = load_one(CASES[0]["programme"])

    dossier, *_ = clact("lister", "--programme", programme.id).document["dossiers"]

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

"""The cases of the four calls: facts of a dossier, a day, and what the text says of them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clact_model.eligibility import Answer, JudgedDossier, judge, judged
from clact_model.programme import DOSSIER_VERDICTS, load_all
from clact_model.store import Base
from tests import facts

FOLDER = Path(__file__).parent.parent / "cases"
CASES = [case for path in sorted(FOLDER.glob("*.json")) for case in json.loads(path.read_text(encoding="utf-8"))]


def test_every_call_has_its_cases() -> None:
    assert {case["programme"] for case in CASES} == set(load_all().programmes)


Found = dict[tuple[str, str], dict[str, JudgedDossier]]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Programme and day → number → its verdict: all the cases in one base, each of an establishment of its own."""
    base, programmes = Base(tmp_path_factory.mktemp("cas") / "cas.duckdb"), load_all().programmes
    for case in CASES:
        facts.put(base, programmes[case["programme"]], facts.of_its_own(case["dossier"]), case["actions"])
    asked = {(case["programme"], case["aujourdhui"]) for case in CASES}
    answers = {
        (programme, day): judged(judge(base.cursor(), programmes[programme], date.fromisoformat(day)))
        for programme, day in asked
    }
    base.close()
    return {key: {dossier.numero: dossier for dossier in dossiers} for key, dossiers in answers.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['programme']} : {case['name']}")
def test_the_text_of_the_call_decides(case: dict[str, Any], found: Found) -> None:
    dossier = found[case["programme"], case["aujourdhui"]][case["dossier"]["numero"]]
    expected = case["expect"]
    if expected["verdict"]:
        assert dossier.verdict == expected["verdict"]
    assert_rules(dossier.answers, expected)
    for action, wanted in zip(dossier.actions, expected["actions"], strict=False):
        for name in ("verdict", "assiette", "aide_maximale"):
            if wanted.get(name):
                assert str(getattr(action, name)) == wanted[name]
        assert_rules(action.answers, wanted)


def assert_rules(answers: tuple[Answer, ...], expected: dict[str, Any]) -> None:
    """What is stated must be there, and nothing else may decide the verdict."""
    failed = {a.rule.id for a in answers if a.resultat == "non" and decides(a)}
    unknown = {a.rule.id for a in answers if a.resultat == "inconnu" and decides(a)}
    if expected.get("ko"):
        assert failed == set(expected["ko"])
    if expected.get("unknown"):
        assert unknown == set(expected["unknown"])


def decides(answer: Answer) -> bool:
    """True for a verdict, false for a ceiling or an assiette."""
    return answer.effet in (*DOSSIER_VERDICTS, "ineligible")

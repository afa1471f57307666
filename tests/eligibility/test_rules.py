"""Each rule of each call: a dossier that satisfies it, one that does not, one that leaves it without an answer."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clact_model.eligibility import Answer, JudgedDossier, judge, judged
from clact_model.programme import Programme, load_all
from clact_model.store import Base
from tests import facts

TESTS = Path(__file__).parent.parent
CATALOGUE = load_all()


def read(programme: str) -> list[dict[str, Any]]:
    path = TESTS / "programme" / "rule_cases" / f"{programme}.toml"
    return [{"programme": programme, **case} for case in tomllib.loads(path.read_text(encoding="utf-8"))["cas"]]


CASES = [case for programme in CATALOGUE.programmes for case in read(programme)]


def complete_case(programme: str) -> dict[str, Any]:
    cases = json.loads((TESTS / "cases" / f"{programme}.json").read_text(encoding="utf-8"))
    return dict(next(case for case in cases if case["name"] == "dossier complet"))


def number(case: Mapping[str, Any]) -> str:
    """The dossier of a case: all cases of a call share one base."""
    return f"{CASES.index(case):04d}"


def own_establishment(case: Mapping[str, Any], dossier: Mapping[str, Any]) -> dict[str, Any]:
    """The same dossier, of an establishment that no other case knows."""
    marked = {key: f"{dossier[key]} {number(case)}" for key in ("finess", "siret") if dossier.get(key)}
    return {**dossier, **marked}


def told(complete: Mapping[str, Any], case: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    """The dossier of a case and the others that it speaks of, each with its lines."""
    line = complete["actions"][0]
    lines = [{**line, "rang": i, **change} for i, change in enumerate(case.get("actions", [{}]), start=1)]
    dossier = {**complete["dossier"], **case.get("dossier", {}), "numero": number(case)}
    yield own_establishment(case, dossier), lines
    for i, other in enumerate(case.get("autres", [])):
        dossier = {**complete["dossier"], **other, "numero": f"{number(case)}-{i}"}
        yield own_establishment(case, dossier), [line]


@pytest.fixture(scope="module")
def dossiers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, JudgedDossier]:
    """Every case as judged on its day, by number."""
    base = Base(tmp_path_factory.mktemp("regles") / "regles.duckdb")
    found: dict[str, JudgedDossier] = {}
    for programme in CATALOGUE.programmes.values():
        complete = complete_case(programme.id)
        cases = [case for case in CASES if case["programme"] == programme.id]
        facts.put_all(base, programme, (one for case in cases for one in told(complete, case)))
        days = {number(case): case.get("aujourdhui") or date.fromisoformat(complete["aujourdhui"]) for case in cases}
        for day in set(days.values()):
            judgement = judge(base.cursor(), programme, day)
            numbers = [numero for numero, judged_on in days.items() if judged_on == day]
            found |= {dossier.numero: dossier for dossier in judged(judgement, numbers, satisfied_too=True)}
    base.close()
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['regle']} {case['attendu']} : {case['nom']}")
def test_a_rule_answers_yes_no_or_unknown(case: dict[str, Any], dossiers: dict[str, JudgedDossier]) -> None:
    dossier = dossiers[number(case)]
    rule = CATALOGUE.get(case["programme"]).rule(case["regle"])
    answers = dossier.answers if rule.niveau == "dossier" else dossier.actions[case.get("ligne", 1) - 1].answers
    answer = next(a for a in answers if a.rule.id == rule.id)
    assert answer.resultat == case["attendu"]
    if "effet" in case:
        assert answer.effet == case["effet"]
    assert_said(answer)


def assert_said(answer: Answer) -> None:
    """A person is told something, with nothing left unfilled."""
    assert answer.message
    assert "{" not in answer.message


@pytest.mark.parametrize("programme", CATALOGUE.programmes.values(), ids=lambda programme: programme.id)
def test_every_rule_is_tried_both_ways(programme: Programme) -> None:
    tried = {(case["regle"], case["attendu"]) for case in CASES if case["programme"] == programme.id}
    missing = [
        (rule.id, answer)
        for rule in programme.file.regle
        for answer in ("oui", "non")
        if (rule.id, answer) not in tried
    ]
    assert missing == []

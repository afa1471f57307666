"""What changed since a moment: the dossiers as they were, and each change with its cause."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clact_model import changes, dossiers, eligibility, intake, scoring, store
from clact_model.changes import Since
from clact_model.changes.past import go_back
from clact_model.duplicates import settling
from clact_model.instruction import requests
from clact_model.instruction.requests import Wanted
from clact_model.programme import Programme, load_all
from clact_model.store import Base
from tests import facts, imports
from tests.imports import Sent, files, take_in
from tests.intake import builders

PROGRAMME = load_all().get("normandie_2025")
DAY = date(2025, 5, 15)
OTHER = load_all().get("grand_est_2024")
OTHER_DAY = date(2024, 6, 15)
CASE = json.loads((Path(__file__).parent.parent / "cases" / "grand_est_2024.json").read_text(encoding="utf-8"))[0]
TABLES = ("dossier", "action", "contact")


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    opened = Base(tmp_path / "base.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def moment(base: Base) -> datetime:
    """Just after D1, without its RIB, and D2 came in."""
    take_in(base, PROGRAMME, files({"D1": Sent("CH A", "Non"), "D2": Sent("CH B")}))
    return last_write(base)


def last_write(base: Base) -> datetime:
    return store.entries(base.cursor(), limit=1)[0].quand


def found(base: Base, moment: datetime, then: date = DAY) -> Since:
    return changes.since(base, PROGRAMME, moment, then, DAY)


def causes(since: Since, numero: str) -> list[str]:
    (turn,) = [turn for turn in since.turned if (turn.numero, turn.ligne) == (numero, None)]
    return [cause.phrase for cause in turn.causes]


def seen(cursor: Any, programme: Programme = PROGRAMME) -> dict[str, list[Any]]:
    return {
        table: cursor.execute(f"SELECT * FROM {table} WHERE programme = ? ORDER BY ALL", [programme.id]).fetchall()
        for table in TABLES
    }


@settings(max_examples=10, deadline=None)
@given(st.lists(imports.IMPORT, min_size=1, max_size=4), st.integers(0, 4), st.booleans())
def test_the_dossiers_are_seen_as_they_were_after_each_operation(
    sequence: list[imports.Import], undone: int, again: bool
) -> None:
    with TemporaryDirectory() as folder:
        base = Base(Path(folder) / "base.duckdb")
        states, done = [], []
        for sent, sheets in sequence:
            done.append(take_in(base, PROGRAMME, files(sent, **sheets)))
            states.append((last_write(base), seen(base.cursor())))
        for identity in done[::-1][:undone]:
            intake.undo(base, PROGRAMME, identity)
            states.append((last_write(base), seen(base.cursor())))
        if again:
            take_in(base, PROGRAMME, files(sequence[0][0]))
        for moment, state in states:
            cursor = base.cursor()
            go_back(cursor, PROGRAMME, moment)
            # The columns of a state that was replaced come in another order.
            names = {t: [c[0] for c in base.cursor().execute(f"FROM {t} LIMIT 0").description] for t in TABLES}
            back = {t: cursor.execute(f"SELECT {', '.join(names[t])} FROM {t} ORDER BY ALL").fetchall() for t in TABLES}
            assert back == state
        base.close()


def test_looking_back_changes_nothing_for_anyone_else(base: Base, moment: datetime) -> None:
    take_in(base, PROGRAMME, files({"D1": Sent("CH A", "Oui"), "D3": Sent()}))
    before = seen(base.cursor())
    looking = base.cursor()
    go_back(looking, PROGRAMME, moment)
    assert seen(looking) != before
    assert seen(base.cursor()) == before
    looking.close()
    assert seen(base.cursor()) == before


def test_nothing_changed_when_nothing_was_written(base: Base, moment: datetime) -> None:
    assert not found(base, moment)


def test_a_dossier_that_came_is_new_with_its_verdict(base: Base, moment: datetime) -> None:
    take_in(base, PROGRAMME, files({"D3": Sent("EHPAD C")}))
    (came,) = found(base, moment).came
    assert (came.numero, came.raison_sociale) == ("D3", "EHPAD C")
    (judged,) = eligibility.judged(eligibility.judge(base.cursor(), PROGRAMME, DAY), ["D3"])
    assert came.verdict == judged.verdict


def test_a_dossier_whose_import_was_undone_or_that_was_closed_has_left(base: Base, moment: datetime) -> None:
    third = take_in(base, PROGRAMME, files({"D3": Sent("EHPAD C")}))
    later = last_write(base)
    intake.undo(base, PROGRAMME, third)
    take_in(base, PROGRAMME, files({"D2": Sent("CH B", etat="Classé sans suite")}))
    assert [(went.numero, went.raison_sociale, went.present) for went in found(base, later).went] == [
        ("D2", "CH B", True),
        ("D3", "EHPAD C", False),
    ]


def test_a_dossier_set_aside_has_left_and_one_taken_up_again_has_come(base: Base, moment: datetime) -> None:
    settling.set_aside(base, PROGRAMME, "D2", "Doublon de D1")
    aside = last_write(base)
    assert [(went.numero, went.present) for went in found(base, moment).went] == [("D2", True)]
    settling.put_back(base, PROGRAMME, "D2")
    assert [came.numero for came in found(base, aside).came] == ["D2"]
    assert not found(base, moment)


def test_a_verdict_that_turned_names_the_field_and_who_changed_it(
    base: Base, moment: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLACT_UTILISATEUR", "Camille")
    take_in(base, PROGRAMME, files({"D1": Sent("CH A", "Oui"), "D2": Sent("Autre nom")}))
    since = found(base, moment)
    (turn,) = since.turned
    assert (turn.numero, turn.avant) == ("D1", "irrecevable")
    (cause,) = turn.causes
    assert (cause.phrase, cause.auteur, cause.quand) == ("« RIB » : non → oui", "Camille", last_write(base))
    (arrival,) = since.arrived
    assert (arrival.numero, arrival.ligne, arrival.libelle, arrival.auteur) == ("D1", None, "RIB", "Camille")


def test_a_field_that_came_back_to_what_it_was_turns_nothing(base: Base, moment: datetime) -> None:
    second = take_in(base, PROGRAMME, files({"D1": Sent("CH A", "Oui")}))
    intake.undo(base, PROGRAMME, second)
    assert not found(base, moment)


def test_an_override_given_since_is_a_cause_and_one_given_before_is_none(base: Base, moment: datetime) -> None:
    eligibility.override(base, PROGRAMME, DAY, "D1", "recevable", "RIB reçu par courriel")
    assert causes(found(base, moment), "D1") == ["Dérogation : Irrecevable → Recevable"]
    assert not found(base, last_write(base))


def test_an_override_lifted_since_is_a_cause(base: Base, moment: datetime) -> None:
    eligibility.override(base, PROGRAMME, DAY, "D1", "recevable", "RIB reçu par courriel")
    given_at = last_write(base)
    eligibility.lift(base, PROGRAMME, "D1")
    assert causes(found(base, given_at), "D1") == ["Dérogation levée : Recevable → Irrecevable"]
    assert not found(base, moment)


def put_into_the_other_call(base: Base, **changed: str) -> datetime:
    """One dossier that its call admits, but for what is changed; gives the moment."""
    facts.put(base, OTHER, CASE["dossier"] | {"numero": "D1"} | changed, CASE["actions"])
    with base.write("essai", OTHER.id) as writing:
        writing.log("avant")
    return last_write(base)


def test_another_dossier_of_the_same_establishment_is_a_cause(base: Base) -> None:
    moment = put_into_the_other_call(base)
    finess = base.cursor().execute("SELECT finess FROM dossier").fetchone()
    sent = files({"D2": Sent()})
    sent[0] = replace(sent[0], content=sent[0].content.replace(builders.FINESS[1].encode(), finess[0].encode()))
    take_in(base, OTHER, sent)
    since = changes.since(base, OTHER, moment, OTHER_DAY, OTHER_DAY)
    assert causes(since, "D1") == ["Un autre dossier du même établissement est arrivé ou parti"]


def test_a_day_that_passed_is_a_cause_of_its_own(base: Base) -> None:
    moment = put_into_the_other_call(base, avis_instances="en_attente", date_instances="2024-05-28")
    since = changes.since(base, OTHER, moment, date(2024, 10, 8), date(2024, 10, 9))
    (turn,) = since.turned
    assert (turn.avant, turn.apres) == ("a_completer", "a_verifier")
    assert [cause.phrase for cause in turn.causes] == [
        "Une date est passée : « Avis du CSE rendu, ou date de sa réunion donnée » ne donne plus la même réponse"
    ]


def test_a_line_that_turned_is_told_with_its_own_cause(base: Base, moment: datetime) -> None:
    take_in(base, PROGRAMME, files({"D2": Sent("CH B", montants=(1000, 500), deja_financee="CARSAT")}))
    lines = [turn for turn in found(base, moment).turned if turn.ligne]
    assert [(turn.ligne, turn.avant, turn.apres) for turn in lines] == [(1, "a_verifier", "ineligible")]
    assert [cause.phrase for cause in lines[0].causes] == ["« Action déjà financée » (projet 1) : — → CARSAT"]


def test_a_piece_asked_for_and_received_has_arrived(base: Base, moment: datetime) -> None:
    wanted = [Wanted("Lettre du directeur", date(2025, 6, 1))]
    requests.ask(base, PROGRAMME, DAY, "D2", wanted, operation="demande")
    (asked,) = requests.of_programme(base.cursor(), PROGRAMME)
    requests.receive(base, PROGRAMME, asked.id)
    (arrival,) = found(base, moment).arrived
    assert (arrival.numero, arrival.libelle, arrival.quand) == ("D2", "Lettre du directeur", last_write(base))
    assert not found(base, last_write(base))


def test_a_grade_is_seen_as_it_was(base: Base, moment: datetime) -> None:
    criterion, champ = next(iter(scoring.gradable(PROGRAMME).items()))
    scoring.grade(base, PROGRAMME, "D1", criterion, Decimal(3))
    graded = last_write(base)
    scoring.grade(base, PROGRAMME, "D1", criterion, Decimal(4))
    twice = last_write(base)
    scoring.withdraw_grade(base, PROGRAMME, "D1", criterion)

    def grade_at(moment: datetime) -> Any:
        cursor = base.cursor()
        go_back(cursor, PROGRAMME, moment)
        return dossiers.read(cursor, PROGRAMME, ["D1"])[0][champ]

    assert [grade_at(m) for m in (moment, graded, twice, last_write(base))] == [None, Decimal(3), Decimal(4), None]


def test_imports_that_kept_nothing_are_said(base: Base, moment: datetime) -> None:
    take_in(base, PROGRAMME, files({"D1": Sent("CH A", "Oui")}))
    assert found(base, moment).known
    base.cursor().execute("UPDATE importation SET empreinte_apres = NULL")
    assert not found(base, moment).known

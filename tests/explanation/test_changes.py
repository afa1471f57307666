"""The smallest changes: each funds the line, and nothing smaller does, tried one by one."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from clact_model.allocation import Line, Result, Settings, run
from clact_model.allocation.settings import SettingsError
from clact_model.explanation import BY_RANK, Place, explain, largest_envelope
from clact_model.explanation.changes import envelope_more, euros_less, points
from tests.explanation.rankings import Call, cents, ranked, simulations

by_rank = simulations(sorted(BY_RANK))


def funded(result: Result, key) -> bool:
    return any(outcome.line.key == key for outcome in result.funded)


def waiting(call: Call, settings) -> list:
    return [outcome.line for outcome in run(call.lines, settings).lines if outcome.statut == "liste_attente"]


def at_score(call: Call, line, score: Decimal):
    """The call ranked anew, from the beginning, with another score for the line."""
    return ranked([replace(o, score=score) if o.key == line.key else o for o in call.lines], call.places)


@given(by_rank)
@tries(max_examples=60)
def test_the_points_fund_it_and_no_smaller_number_of_points_does(simulation):
    call, settings = simulation
    for line in waiting(call, settings):
        found = points(call.trial(settings, line.key))
        # Nothing changes between two places: a score just reaching or just passing another one is all there is to try.
        scores = {o.score + more for o in call.lines for more in (Decimal(0), Decimal("0.0001")) if o.score is not None}
        tried = sorted(score for score in scores | {Decimal(100)} if line.score < score <= 100)
        working = [s for s in tried if funded(run(at_score(call, line, s), settings), line.key)]
        assert (found.by if found else None) == (working[0] - line.score if working else None)
        if found:
            assert found.smallest


@given(by_rank)
@tries(max_examples=60)
def test_the_euros_less_fund_it_and_one_cent_less_of_reduction_does_not(simulation):
    call, settings = simulation
    for line in waiting(call, settings):
        found = euros_less(call.trial(settings, line.key))
        expected = None
        for asked in range(line.limit - 1, 0, -1):
            lines = [replace(o, requested=cents(asked)) if o.key == line.key else o for o in call.lines]
            if funded(run(lines, settings), line.key):
                expected = line.requested - cents(asked)
                break
        assert (found.by if found else None) == expected


@given(by_rank)
@tries(max_examples=60)
def test_the_larger_envelope_funds_it_and_no_smaller_one_does(simulation):
    call, settings = simulation
    for line in waiting(call, settings):
        trial = call.trial(settings, line.key)
        found = envelope_more(trial)
        most = int((largest_envelope(trial) - settings.enveloppe) * 100)
        envelopes = (settings.enveloppe + cents(more) for more in range(1, most + 1))
        expected = next(
            (e for e in envelopes if funded(run(call.lines, replace(settings, enveloppe=e)), line.key)), None
        )
        assert (settings.enveloppe + found.by if found else None) == expected


@given(by_rank)
@tries(max_examples=40)
def test_a_funded_line_stays_so_down_to_its_margin_and_falls_out_one_cent_below(simulation):
    call, settings = simulation
    for outcome in run(call.lines, settings).funded:
        margin = explain(call.trial(settings, outcome.line.key)).margin
        assert margin is not None
        for less in range(1, margin.change + 2):
            try:
                lower = run(call.lines, replace(settings, enveloppe=settings.enveloppe - cents(less)))
                still = funded(lower, outcome.line.key)
            except SettingsError:
                still = False
            assert still == (less <= margin.change)


@given(by_rank)
@tries(max_examples=40)
def test_whom_a_change_puts_out_was_funded_and_is_not_any_more(simulation):
    call, settings = simulation
    for line in waiting(call, settings):
        for change in explain(call.trial(settings, line.key)).changes.values():
            if change is None:
                continue
            before = {o.line.key for o in run(call.lines, settings).funded}
            assert change.outcome.funded
            assert {o.line.key for o in change.out} <= before
            assert line.key not in {o.line.key for o in change.out}


@given(by_rank, st.data())
def test_every_request_has_sentences_that_end_and_hold_an_amount(simulation, data):
    call, settings = simulation
    line = data.draw(st.sampled_from(call.lines))
    text = explain(call.trial(settings, line.key)).texte
    assert text.endswith(".")
    assert "€" in text
    assert "_" not in text


def test_a_last_place_with_a_better_score_is_said_to_lie_outside_the_priority_field():
    lines = [
        Line(numero, None, None, Decimal(score), cents(asked), cents(asked), "finançable", "")
        for numero, score, asked in (("A", 30, 20), ("B", 10, 40), ("C", 90, 5))
    ]
    places = {("A", None): Place(True, 1), ("B", None): Place(True, 2), ("C", None): Place(False, 3)}
    call = Call(ranked(lines, places), places)
    text = explain(call.trial(Settings(cents(30)), ("B", None))).texte
    assert (
        "La dernière demande financée est à la 3e place, parmi celles qui sont hors du champ prioritaire et passent après les "
        "autres, avec un score de 90 sur 100."
    ) in text
    outside = replace(call, places={key: Place(False, place.tie) for key, place in places.items()})
    assert "champ prioritaire" not in explain(outside.trial(Settings(cents(30)), ("B", None))).texte

"""Each strategy under every rule, against its definition followed slowly and plainly."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clact_model.allocation import ConflictError, Result, Settings, run
from tests.allocation import naive
from tests.allocation.test_constraints import lines_of_groups, rules

CENT = Fraction(1, 100)
SEUIL = Decimal(20)


@st.composite
def questions(draw: st.DrawFn) -> tuple[naive.Call, dict]:
    """A small call as the definitions see it, and the settings that ask the same: every constraint there is."""
    lines = draw(lines_of_groups(6))
    asked = draw(rules())
    envelope, reserve = Decimal(draw(st.integers(0, 150))), Decimal(draw(st.sampled_from([0, 0, 10])))
    forced, out = draw(st.tuples(*[st.none() | st.sampled_from(lines)] * 2))
    if forced is not None and out is not None and (forced.key == out.key or draw(st.booleans())):
        out = None
    names = {
        "forced_in": frozenset({forced.key} if forced else ()),
        "forced_out": frozenset({out.key} if out else ()),
        "reserve": min(reserve, envelope),
    }
    kept = [own for own in lines if own is not out and own.requested >= asked["plancher"]]
    call = naive.Call(kept, envelope - names["reserve"], asked["contraintes"], *_flags(asked))
    call = replace(call, forced=frozenset(p for p, own in enumerate(kept) if own is forced))
    return call, {"lines": lines, "enveloppe": envelope} | names | asked


def _flags(asked: dict) -> tuple[bool, bool, Decimal]:
    return asked["ordre_des_rangs"], asked["dossier_entier"], asked["plancher"]


def _asked(question: dict, strategie: str, **rest: object) -> Result:
    rest = {key: value for key, value in question.items() if key != "lines"} | rest
    return run(question["lines"], Settings(strategie=strategie, unite="action", **rest))


def _granted(call: naive.Call, result: Result) -> dict[int, Decimal]:
    by_key = {outcome.line.key: outcome.granted for outcome in result.lines if outcome.funded}
    return {p: by_key[own.key] for p, own in enumerate(call.lines) if own.key in by_key}


@settings(max_examples=100)
@given(questions(), st.sampled_from([None, Decimal("0.3"), Decimal(1)]))
def test_the_ranking_is_followed_until_money_stops_and_the_last_one_has_what_is_left(question, part):
    call, asked = question
    call = call.with_what_the_forced_need()
    strategie = {"strategie": "dernier_reduit", "part_utile": part} if part else {"strategie": "classement"}
    expected = naive.until_money_stops(call, part)
    if expected is None:
        with pytest.raises(ConflictError):
            _asked(asked, **strategie)
        return
    assert _granted(call, _asked(asked, **strategie)) == expected


@settings(max_examples=150)
@given(questions(), st.sampled_from(["taux_commun", "masse_salariale", "module"]))
def test_one_level_rises_for_all_under_every_rule(question, strategie):
    call, asked = question
    call, weights, top = _weights(call, strategie)
    expected = naive.without_the_smallest(call, weights, top)
    if expected is None:
        return
    try:
        result = _asked(asked, strategie, seuil=SEUIL)
    except ConflictError:
        assert call.cost(call.forced) > call.available or not call.under_ceilings(call.full(call.forced))
        return
    granted = _granted(call, result)
    for place in range(len(call.lines)):
        given_to = Fraction(granted.get(place, 0))
        assert abs(given_to - expected.get(place, 0)) <= 3 * CENT, (place, granted, expected)


def _weights(call: naive.Call, strategie: str) -> tuple[naive.Call, dict[int, Fraction], Fraction | None]:
    """What each line of the call receives per unit of level, and the highest level."""
    if strategie == "module":
        # Under the threshold a line may not be funded: those of its dossier do not need it.
        call = call.among({p for p, own in enumerate(call.lines) if own.score > SEUIL or p in call.forced})
        call = call.with_what_the_forced_need()
        share = [Fraction(own.score - SEUIL) / Fraction(100 - SEUIL) for own in call.lines]
        return (
            call,
            {p: Fraction(own.requested) * share[p] for p, own in enumerate(call.lines) if share[p] > 0},
            Fraction(1),
        )
    call = call.with_what_the_forced_need()
    if strategie == "taux_commun":
        return call, {p: Fraction(own.requested) for p, own in enumerate(call.lines)}, Fraction(1)
    whole = {own.numero: sum(o.requested for o in call.lines if o.numero == own.numero) for own in call.lines}
    parts = {p: Fraction(own.payroll * own.requested) / Fraction(whole[own.numero]) for p, own in enumerate(call.lines)}
    return call, parts, None

"""Whoever decides at the same time, and from however old a screen, the envelope is never overspent."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from clact_model import decision
from clact_model.decision import DecisionRefusedError, StaleSelectionError, Wish
from tests.allocation.campaign import TODAY
from tests.decision.builders import adopt, adopted, held, small_call

ATTEMPTS = 200


def test_two_hundred_decisions_at_once_never_overspend(tmp_path):
    call = small_call(tmp_path)
    adopt(call, "20000")
    # 20 000 € for five dossiers that each ask as much: most attempts must be refused.

    def attempt(number: int) -> bool:
        key, amount = (str(number % 5 + 1), None), Decimal(9000 + 180 * (number % 60))
        try:
            decision.amend(call.base, call.programme, TODAY, key, Wish("retenu", amount), "essai")
        except DecisionRefusedError as refused:
            assert "L'enveloppe ne suffit pas" in str(refused)
            return False
        return held(call).left >= 0

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(attempt, range(ATTEMPTS)))
    after = held(call)
    assert len(outcomes) == ATTEMPTS
    assert any(outcomes)
    assert not all(outcomes)
    assert after.committee.version == 1 + sum(outcomes)
    assert 0 <= after.left <= after.committee.available
    assert call.base.faults() == []


Write = Callable[..., None]


@pytest.mark.parametrize("name", ["amend", "decide", "confirm", "notify", "step_back", "lock", "adopt"])
def test_a_screen_that_is_behind_is_refused_and_writes_nothing(tmp_path, name):
    call = small_call(tmp_path)
    seen = adopt(call, "60000").committee.version
    base, programme = call.base, call.programme
    decision.amend(base, programme, TODAY, ("1", None), Wish("retenu", Decimal(1000)), "un autre écran", seen=seen)
    before, day, key = held(call), TODAY, ("2", None)
    writes: dict[str, Write] = {
        "amend": lambda: decision.amend(base, programme, day, key, Wish("refuse"), "x", seen=seen),
        "decide": lambda: decision.decide(base, programme, day, key, Wish("refuse"), "x", day, seen=seen),
        "confirm": lambda: decision.confirm(base, programme, day, None, day, seen=seen),
        "notify": lambda: decision.notify(base, programme, day, None, day, seen=seen),
        "step_back": lambda: decision.step_back(base, programme, [key], "x", seen=seen),
        "lock": lambda: decision.lock(base, programme, "x", seen=seen),
        "adopt": lambda: decision.adopt(base, programme, day, adopted(call, call.run("50000")), seen=seen),
    }
    with pytest.raises(StaleSelectionError, match="a changé depuis qu'elle a été affichée : rien n'a été écrit"):
        writes[name]()
    assert held(call) == before


def test_two_screens_that_both_see_room_for_one_fund_one(tmp_path):
    call = small_call(tmp_path)
    seen = adopt(call, "30000").committee.version
    done = []
    for numero in ("2", "3"):
        try:
            wish = Wish("retenu", Decimal(10_000))
            decision.amend(call.base, call.programme, TODAY, (numero, None), wish, "essai", seen=seen)
            done.append(numero)
        except StaleSelectionError:
            continue
    assert done == ["2"]
    assert held(call).left == 0

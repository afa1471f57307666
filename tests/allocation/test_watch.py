"""Whoever waits for the solver sees how near it is, and may give up."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from random import Random
from time import sleep

import pytest

from clact_model.allocation import Constraint, Settings, StoppedError, Watch, run
from tests.allocation.builders import line

GROUPS = {"departement": "0123", "secteur": "ab", "statut": "pq", "axe": "xy"}


def _long_question() -> tuple[list, Settings]:
    """Bounds of four champs that cross and all bind: far more than a second's work for any solver."""
    random = Random(3)
    lines = [
        line(
            f"D{place:04}",
            str(Decimal(random.randrange(200_000, 9_000_000)) / 100),
            place,
            score=Decimal(random.randrange(1_000_000)) / 10_000,
            groups={champ: random.choice(codes) for champ, codes in GROUPS.items()},
        )
        for place in range(1, 1_001)
    ]
    envelope = Decimal(sum(own.limit for own in lines) * 2 // 5) / 100
    bounds = tuple(
        Constraint(
            champ, code, "min" if floor else "max", part=(Decimal("1.05") if floor else Decimal("0.9")) / len(codes)
        )
        for champ, codes in GROUPS.items()
        for floor, code in zip((True, False, True, False), codes, strict=False)
    )
    return lines, Settings(envelope, strategie="optimum", contraintes=bounds)


def test_whoever_waits_sees_how_near_the_best_plan_is_and_may_give_up():
    watch = Watch()
    with ThreadPoolExecutor(1) as solver:
        answer = solver.submit(run, *_long_question(), watch)
        while (watch.gap is None or watch.gap > Decimal("0.01")) and not answer.done():
            sleep(0.02)
        watch.stop()
        with pytest.raises(StoppedError):
            answer.result()
    assert watch.gap is not None
    assert 0 <= watch.gap <= Decimal("0.01")
    assert watch.gap.as_tuple().exponent == -4

"""The optimum beside bare HiGHS on the same matrix, and what a move of the slider waits for."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from random import Random

import highspy
import numpy as np

from benchmarks.measuring import Line, interleaved, median, seconds
from clact_model import allocation
from clact_model.allocation import Constraint, Settings
from clact_model.allocation import Line as Request

SIZES = {330: 7, 1_000: 5}
"""Lines → runs."""
LIMIT, MOVE, BOUND = 1.5, 0.6, 0.010
CROSSED = {"departement": "0123", "secteur": "ab", "statut": "pq", "axe": "xy"}
"""Champ → codes that share the lines."""
RANKED = {1_000: 0.020, 100_000: 1.0}


def lines() -> Iterator[Line]:
    """With and without ten group bounds, then a move of the slider, the bound shown meanwhile, and the rank strategies."""
    for size, runs in SIZES.items():
        requests = _requests(size)
        for words, bounds in (("envelope alone", ()), ("ten group bounds", _bounds(requests))):
            settings = Settings(_envelope(requests), strategie="optimum", contraintes=bounds)
            baseline, ours = interleaved(
                partial(seconds, partial(_bare, requests, settings)),
                partial(seconds, partial(allocation.run, requests, settings)),
                runs=runs,
            )
            yield Line(f"optimum, {size:,} lines, {words}", ours, baseline, "bare HiGHS, same matrix", limit=LIMIT)
    yield from _moves()
    yield from _crossing_bounds()
    for size, limit in RANKED.items():
        requests = _requests(size)
        for strategy in ("classement", "classement_continu", "dernier_reduit"):
            settings = Settings(_envelope(requests), strategie=strategy)
            ours = median(seconds(partial(allocation.run, requests, settings)) for _ in range(5))
            yield Line(f"{strategy}, {size:,} lines", ours, limit=limit)


def _moves() -> Iterator[Line]:
    """The slowest move of five calls, six moves each: what a committee may wait for, and not what it waits for mostly."""
    solved, bound = [], []
    for seed in range(5):
        requests = _requests(1_000, seed)
        bounds = _bounds(requests)
        for step in range(6):
            envelope = _envelope(requests) + Decimal(20_000 * step)
            settings = Settings(envelope, strategie="optimum", contraintes=bounds)
            bound.append(seconds(partial(allocation.relaxed_score, requests, settings)))
            solved.append(seconds(partial(allocation.run, requests, settings)))
    words = "1,000 lines, ten group bounds"
    yield Line(f"optimum after a move, {words}", median(solved), limit=MOVE)
    yield Line(f"optimum after a move, {words}, the slowest of {len(solved)}", max(solved), limit=MOVE)
    yield Line(f"bound of the optimum after a move, {words}", median(bound), limit=BOUND)


def _crossing_bounds() -> Iterator[Line]:
    """Bounds of four champs that all bind: beside the solver alone, then by rank, where floors are looked ahead to."""
    requests = _crossed(_requests(330))
    settings = Settings(_envelope(requests), strategie="optimum", contraintes=_crossing(requests))
    baseline, ours = interleaved(
        partial(seconds, partial(_bare, requests, settings)),
        partial(seconds, partial(allocation.run, requests, settings)),
        runs=3,
    )
    yield Line("optimum, 330 lines, ten bounds that cross", ours, baseline, "bare HiGHS, same matrix", limit=LIMIT)
    by_rank = replace(settings, strategie="classement")
    ours = median(seconds(partial(allocation.run, requests, by_rank)) for _ in range(3))
    yield Line("classement, 330 lines, ten bounds that cross", ours)


def _envelope(requests: Sequence[Request]) -> Decimal:
    return (sum((r.ceiling or Decimal(0) for r in requests), Decimal(0)) * 2 / 5).quantize(Decimal("0.01"))


def _requests(size: int, seed: int | None = None) -> list[Request]:
    random = Random(size if seed is None else seed)
    positions = random.sample(range(1, size + 1), size)
    return [
        Request(
            numero=f"D{place:06}",
            ligne=None,
            position=place,
            score=Decimal(random.randrange(1_000_000)) / 10_000,
            requested=(asked := Decimal(random.randrange(200_000, 9_000_000)) / 100),
            ceiling=asked,
            groups={"secteur": random.choice(["a", "b"]), "departement": str(random.randrange(10))},
        )
        for place in sorted(positions)
    ]


def _bounds(requests: Sequence[Request]) -> tuple[Constraint, ...]:
    """Floors for five départements, ceilings for five."""
    share = _envelope(requests) / 10
    floors = [
        Constraint("departement", str(i), "min", montant=(share * 11 / 10).quantize(Decimal(1))) for i in range(5)
    ]
    ceilings = [
        Constraint("departement", str(i), "max", montant=(share * 9 / 10).quantize(Decimal(1))) for i in range(5, 10)
    ]
    return (*floors, *ceilings)


def _crossed(requests: Sequence[Request]) -> list[Request]:
    random = Random(0)
    return [replace(r, groups={champ: random.choice(codes) for champ, codes in CROSSED.items()}) for r in requests]


def _crossing(requests: Sequence[Request]) -> tuple[Constraint, ...]:
    """Four départements, two sectors, two statutes, two axes: one of two a tenth above its share of the envelope, the other
    a tenth below."""
    envelope = _envelope(requests)
    found = []
    for champ, codes in CROSSED.items():
        for place, code in enumerate(codes):
            part = Decimal("1.1") if place % 2 == 0 else Decimal("0.9")
            amount = (envelope * part / len(codes)).quantize(Decimal(1))
            found.append(Constraint(champ, code, "max" if place % 2 else "min", montant=amount))
    return tuple(found)


def _bare(requests: Sequence[Request], settings: Settings) -> float:
    """The matrix alone: euros in binary fractions, no cents, no proof in integers."""
    costs = np.array([float(r.ceiling or 0) for r in requests])
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    chosen = [solver.addBinary(obj=float(r.score or 0)) for r in requests]
    every = np.arange(len(chosen), dtype=np.int32)
    solver.addRow(0.0, float(settings.enveloppe), len(every), every, costs)
    for bound in settings.contraintes:
        own = np.array([i for i, r in enumerate(requests) if r.groups[bound.champ] == bound.valeur], dtype=np.int32)
        amount = float(bound.montant or 0)
        low, high = (amount, highspy.kHighsInf) if bound.sens == "min" else (0.0, amount)
        solver.addRow(low, high, len(own), own, costs[own])
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    solver.run()
    return float(solver.getInfo().objective_function_value)

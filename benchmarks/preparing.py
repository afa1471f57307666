"""What a screen waits for once: judge, rank, and say why, before anything can be allocated."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks import bases
from benchmarks.measuring import Line, in_child, interleaved, seconds
from clact_model import eligibility, scoring, simulation

SIZES = {330: 7, 10_000: 3}
"""Dossiers → runs."""


def lines() -> Iterator[Line]:
    """330 and 10,000 dossiers, beside the judgement and the ranking alone."""
    for dossiers, runs in SIZES.items():
        baseline, ours = in_child(compare, bases.filled(dossiers), runs)
        yield Line(f"lines ready to allocate, {dossiers:,} dossiers", ours, baseline, "judge and rank")


def compare(path: Path, runs: int) -> list[float]:
    """Median seconds of the judgement and ranking, and of the whole preparation."""
    with bases.opened(path) as base:
        programme, today = bases.programme(), bases.today()

        def judge_and_rank() -> None:
            scoring.rank(eligibility.judge(base.cursor(), programme, today))

        whole = partial(simulation.prepare, base.cursor(), programme, today)
        whole()
        return interleaved(lambda: seconds(judge_and_rank), lambda: seconds(whole), runs=runs)

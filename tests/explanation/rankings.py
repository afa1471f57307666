"""Small calls ranked as the programme ranks: priority field, score, ties; amounts of a few cents, so that every one can be tried."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import strategies as st

from clact_model.allocation import Key, Line, Settings, run
from clact_model.allocation.settings import SettingsError
from clact_model.explanation import Place, Trial

MOST = 40
"""Cents of the dearest request."""


@dataclass(frozen=True)
class Call:
    """Lines, and what gives each its place."""

    lines: list[Line]
    places: dict[Key, Place]

    def trial(self, settings: Settings, key: Key) -> Trial:
        return Trial(self.lines, settings, key, self.places)


def ranked(lines: Sequence[Line], places: dict[Key, Place]) -> list[Line]:
    """Every line with the position that the programme's order gives it."""
    ordered = sorted(
        lines,
        key=lambda line: (not places[line.key].prioritaire, -(line.score or 0), places[line.key].tie),
    )
    return [replace(line, position=position) for position, line in enumerate(ordered, start=1)]


def cents(amount: int) -> Decimal:
    return Decimal(amount).scaleb(-2)


@st.composite
def calls(draw: st.DrawFn, most: int = 7) -> Call:
    count = draw(st.integers(1, most))
    ties = draw(st.permutations(range(1, count + 1)))
    lines, places = [], {}
    for number, tie in enumerate(ties):
        ceiling = draw(st.integers(1, MOST))
        line = Line(
            f"D{number}",
            None,
            None,
            Decimal(draw(st.integers(0, 4)) * 25),
            cents(ceiling + draw(st.sampled_from([0, 0, 7]))),
            cents(ceiling),
            draw(st.sampled_from(["finançable", "finançable", "finançable", "en_attente", "refuse"])),
            "Le dossier reste à vérifier.",
            agents=draw(st.none() | st.integers(0, 50)),
        )
        lines.append(line)
        places[line.key] = Place(draw(st.booleans()), tie)
    return Call(ranked(lines, places), places)


@st.composite
def simulations(draw: st.DrawFn, codes: Sequence[str]) -> tuple[Call, Settings]:
    """A call, and settings under which it can be run."""
    call = draw(calls())
    keys = [line.key for line in call.lines]
    forced_in = frozenset(draw(st.lists(st.sampled_from(keys), max_size=1)))
    forced_out = frozenset(draw(st.lists(st.sampled_from(keys), max_size=1))) - forced_in
    settings = Settings(
        cents(draw(st.integers(20, 200))),
        reserve=cents(draw(st.sampled_from([0, 0, 13]))),
        strategie=draw(st.sampled_from(codes)),
        forced_in=forced_in,
        forced_out=forced_out,
        part_utile=draw(st.sampled_from([Decimal("0.3"), Decimal("0.5"), Decimal(1)])),
    )
    try:
        run(call.lines, settings)
    except SettingsError:
        settings = replace(settings, forced_in=frozenset())
    return call, settings

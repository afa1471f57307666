"""Small calls ranked as the programme ranks: priority field, score, ties; amounts of a few cents, so that every one can be tried."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

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


def call(chance: Random, count: int = 8) -> Call:
    """Lines of every standing, with many equal scores."""
    ties = chance.sample(range(1, count + 1), count)
    lines, places = [], {}
    for number, tie in enumerate(ties):
        ceiling = chance.randint(1, MOST)
        line = Line(
            f"D{number}",
            None,
            None,
            Decimal(chance.randint(0, 4) * 25),
            cents(ceiling + chance.choice([0, 0, 7])),
            cents(ceiling),
            chance.choice(["finançable"] * 6 + ["en_attente", "refuse"]),
            "Le dossier reste à vérifier.",
            agents=chance.choice([None, 0, 10, 50]),
            groups={"secteur": chance.choice(["sanitaire", "medico_social"])},
        )
        lines.append(line)
        places[line.key] = Place(chance.random() < 0.3, tie)
    return Call(ranked(lines, places), places)


def simulation(seed: int, code: str) -> tuple[Call, Settings]:
    """A call too dear for its envelope, and settings under which it can be run."""
    chance = Random(seed)
    drawn = call(chance)
    keys = [line.key for line in drawn.lines]
    fundable = sum(line.limit for line in drawn.lines if line.fundable)
    settings = Settings(
        cents(13 + int(fundable * chance.uniform(0.1, 0.9))),
        reserve=cents(chance.choice([0, 13])),
        strategie=code,
        forced_out=frozenset(chance.sample(keys, chance.randint(0, 1))),
        part_utile=chance.choice([Decimal("0.3"), Decimal("0.5"), Decimal(1)]),
    )
    forced_in = frozenset(chance.sample(keys, chance.randint(0, 1))) - settings.forced_out
    try:
        run(drawn.lines, replace(settings, forced_in=forced_in))
    except SettingsError:
        return drawn, settings
    return drawn, replace(settings, forced_in=forced_in)


def simulations(codes: Sequence[str]) -> st.SearchStrategy[tuple[Call, Settings]]:
    """Drawn from a seed: Hypothesis' own small examples would seldom leave a line out."""
    return st.builds(simulation, st.integers(0, 2**32), st.sampled_from(codes))

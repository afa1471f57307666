"""A draw ranks and scores as scoring does, to the last place: in the database itself, on the four calls."""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from clact_model import allocation, demo, eligibility, robustness, scoring, simulation
from clact_model.allocation import Settings, from_base
from clact_model.programme import Programme, load_all
from clact_model.robustness import Law, Subject, law
from clact_model.robustness.ranks import Ranker, scores
from clact_model.store import Base

PROGRAMMES = load_all().programmes
UNITS = ("dossier", "action")
DRAWS = 6
TABLES = {
    "dossier": "SELECT numero, NULL, score FROM classement_dossier WHERE position IS NOT NULL ORDER BY position",
    "action": "SELECT numero, ligne, score FROM classement_action WHERE position IS NOT NULL ORDER BY position",
}


@pytest.fixture(scope="module")
def base(received: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    opened = Base(Path(shutil.copy(received, tmp_path_factory.mktemp("demo"))))
    yield opened
    opened.close()


@pytest.fixture(params=sorted(PROGRAMMES))
def programme(request: pytest.FixtureRequest) -> Programme:
    return PROGRAMMES[request.param]


def studied(base: Base, programme: Programme, unite: str) -> tuple[Subject, eligibility.Judgement]:
    day = demo.judged_day(programme.id)
    assert day is not None
    cursor = base.cursor()
    prepared = simulation.prepare(cursor, programme, day, unite)
    return robustness.subject(cursor, programme, unite, prepared), eligibility.judge(cursor, programme, day)


@pytest.mark.parametrize("unite", UNITS)
def test_each_drawn_grid_typed_in_gives_the_places_and_scores_of_the_draw(base, programme, unite):
    subject, judgement = studied(base, programme, unite)
    names, keys = list(subject.weights), subject.values.keys
    grids = law.draws(list(subject.weights.values()), Law(ecart=Decimal(1)), DRAWS)
    found = scores(law.shares(grids), subject.values.low)
    orders = Ranker.of(subject.values).orders(found)
    for draw, grid in enumerate(grids):
        scoring.rank(judgement, {name: Decimal(int(weight)) for name, weight in zip(names, grid, strict=True)})
        expected = judgement.cursor.execute(TABLES[unite]).fetchall()
        assert [(*keys[row], Decimal(int(found[draw, row])).scaleb(-4)) for row in orders[:, draw]] == expected


@pytest.mark.parametrize("unite", UNITS)
def test_the_shares_are_those_of_the_allocation_under_each_grid(base, unite):
    programme = PROGRAMMES["guadeloupe_2023"]
    subject, judgement = studied(base, programme, unite)
    settings = Settings(Decimal(800_000), unite=unite, inclure=frozenset())
    found = robustness.run(subject, settings, Law(DRAWS, Decimal("0.9"), graine=5))
    counted = dict.fromkeys(subject.values.keys, 0)
    for grid in law.draws(list(subject.weights.values()), found.law, DRAWS):
        scoring.rank(judgement, {n: Decimal(int(w)) for n, w in zip(subject.weights, grid, strict=True)})
        for outcome in allocation.run(from_base.lines(judgement.cursor, programme, unite), settings).funded:
            counted[outcome.line.key] += 1
    assert {line.today.line.key: line.share * DRAWS for line in found.lines} == counted


@pytest.mark.parametrize("unite", UNITS)
def test_the_chosen_weights_are_one_of_the_draws_when_nothing_spreads(base, programme, unite):
    subject, _ = studied(base, programme, unite)
    for line in robustness.run(subject, Settings(Decimal(500_000), unite=unite), Law(2, Decimal(0))).lines:
        assert {line.ranks.lowest, line.ranks.highest} == {line.today.line.position}
        assert line.share == int(line.today.funded)


def test_missing_data_is_what_scoring_calls_missing(base, programme):
    subject, judgement = studied(base, programme, "dossier")
    weights = scoring.rank(judgement)
    found = robustness.run(subject, Settings(Decimal(500_000)), Law(1))
    assert {line.today.line.numero: line.missing.criteria for line in found.lines} == {
        dossier.numero: tuple(name for name, given in dossier.contributions.items() if given.missing)
        for dossier in scoring.ranking(judgement.cursor, programme, weights)
    }


def test_scores_are_rounded_as_the_database_rounds_them(tmp_path: Path):
    """Values on and beside the halves where a rounding turns."""
    random = np.random.default_rng(3)
    halves = (random.integers(0, 10**6, 3000) + 0.5) / 10**6
    values = np.concatenate([halves, halves - 1e-10, halves + 1e-10, random.random(3000)]).round(10).clip(0, 1)
    table = np.stack([values, random.permutation(values), random.integers(0, 2, len(values)).astype(float)], axis=1)
    # A weight of 1 in 100 brings the last place of a value to the last place of a score.
    near = (random.integers(0, 10**4, (1000, 1)) + 0.5) / 10**4 + [[-1e-10, 0, 1e-10]]
    beside = np.stack([near.ravel().round(10), np.zeros(near.size), np.zeros(near.size)], axis=1)
    table = np.concatenate([table, beside])
    grids = np.array([[1, 1, 1], [2, 1, 1], [1, 0, 0], [3, 7, 5], [1, 98, 1]])
    found = scores(law.shares(grids), table)
    base = Base(tmp_path / "essai.duckdb")
    cursor = base.cursor()
    cursor.register("tirage", pa.table({f"v{i}": column for i, column in enumerate(table.T)}))
    cast = [f"CAST(v{i} AS DECIMAL(12, 10))" for i in range(3)]
    for grid, row in zip(grids, found, strict=True):
        parts = {f"part_{i}": float(Decimal(int(w)) / Decimal(int(grid.sum()))) for i, w in enumerate(grid)}
        expected = cursor.execute(f"SELECT 10000 * {scoring._score(cast)} FROM tirage", parts).fetchall()
        assert row.tolist() == [float(score) for (score,) in expected]
    base.close()

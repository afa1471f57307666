"""Real participatory-budgeting elections, whose best total is known: the outside judge of the optimum."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from clact_model.allocation import Settings, from_list, run

FOLDER = Path(__file__).parent.parent / "instances"
INSTANCES = list(csv.DictReader((FOLDER / "index.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("instance", INSTANCES, ids=lambda instance: instance["instance"])
def test_the_best_total_of_a_real_election_is_reached_exactly(instance):
    lines = from_list.read(FOLDER / f"{instance['instance']}.csv")
    result = run(lines, Settings(Decimal(instance["enveloppe"]), strategie="optimum"))
    assert len(lines) == int(instance["projets"])
    assert result.score_total == Decimal(instance["score_optimal"])
    assert result.proven

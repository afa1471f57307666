"""A small call judged and ranked by the real steps: what allocation, scenarios and documents are tried on."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from clact_model import scoring
from clact_model.allocation import Line, Outcome, Result, Settings, Unit, run
from clact_model.allocation.from_base import lines
from clact_model.allocation.grounds import details
from clact_model.eligibility import Judgement, judge, judged
from clact_model.programme import Programme, load_all
from clact_model.store import Base
from tests.facts import put

CASES = Path(__file__).parent.parent / "cases" / "grand_est_2024.json"
TODAY = date(2024, 6, 15)


@dataclass(frozen=True)
class Campaign:
    """A base of its own with a few dossiers of Grand Est."""

    base: Base
    programme: Programme
    cursor: duckdb.DuckDBPyConnection
    judgement: Judgement

    def lines(self, unite: Unit = "dossier", inclure: Collection[str] = ()) -> list[Line]:
        return lines(
            self.cursor, self.programme, unite, inclure, details(judged(self.judgement), self.programme.line_word)
        )

    def run(self, enveloppe: str, **rest: Any) -> Result:
        settings = Settings(Decimal(enveloppe), **rest)
        return run(self.lines(settings.unite, settings.inclure), settings)


@cache
def grand_est() -> Programme:
    """Loaded once: checking a programme takes a while."""
    return load_all().get("grand_est_2024")


def case(name: str) -> dict[str, Any]:
    """The facts of one of the cases of the call."""
    return next(c for c in json.loads(CASES.read_text(encoding="utf-8")) if c["name"] == name)


def dossier(
    numero: str, name: str = "dossier complet", actions: Collection[dict[str, Any]] = ({},), **facts: Any
) -> Any:
    """A dossier like a case's, with what differs: its own identifiers, and for each action what differs from the first."""
    like = case(name)
    identity = {"numero": numero, "finess": f"51000{len(numero)}{sum(map(ord, numero)):03d}", "siret": None}
    return like["dossier"] | identity | facts, [
        like["actions"][0] | {"rang": rang} | different for rang, different in enumerate(actions, start=1)
    ]


def campaign(folder: Path, *dossiers: Any) -> Campaign:
    """Dossiers put into a base, judged and ranked."""
    base = Base(folder / "essai.duckdb")
    programme = grand_est()
    for facts, actions in dossiers:
        put(base, programme, facts, actions)
    cursor = base.cursor()
    judgement = judge(cursor, programme, TODAY)
    scoring.rank(judgement)
    return Campaign(base, programme, cursor, judgement)


def of(result: Result, numero: str, ligne: int | None = None) -> Outcome:
    return next(outcome for outcome in result.lines if outcome.line.key == (numero, ligne))

"""The chain from a base to lines that can be allocated: judge, rank, say why. What screens and command line share."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb

from clact_model import eligibility, scoring
from clact_model.allocation import Line, Unit, from_base, grounds
from clact_model.programme import ParameterValue, Programme
from clact_model.scenario import Basis


@dataclass(frozen=True)
class Prepared:
    """Lines ready for an allocation, and what they stand on."""

    lines: list[Line]
    basis: Basis


def prepare(
    cursor: duckdb.DuckDBPyConnection,
    programme: Programme,
    today: date,
    unite: Unit = "dossier",
    inclure: Collection[str] = (),
    weights: Mapping[str, Decimal] | None = None,
    parameters: Mapping[str, ParameterValue] | None = None,
) -> Prepared:
    """Judge and rank every dossier on that day, and give the lines with what keeps some of them out.

    Writes nothing but temporary tables of the cursor. Raises UsageError for unknown weights or parameters.
    """
    judgement = eligibility.judge(cursor, programme, today, parameters)
    used = scoring.rank(judgement, weights)
    details = grounds.details(eligibility.judged(judgement), programme.line_word)
    lines = from_base.lines(cursor, programme, unite, inclure, details, parameters)
    row = cursor.execute("SELECT version FROM etat").fetchone()
    basis = Basis(
        aujourdhui=today,
        version_programme=programme.version,
        version_donnees=int(row[0]) if row else 0,
        poids=used,
        parametres={name: str(value) for name, value in (parameters or {}).items()},
    )
    return Prepared(lines, basis)

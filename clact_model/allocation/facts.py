"""What is known of the lines behind a request: axis and stake of each, what a common rate applies to, the supplement.

Reads ``jugement_action`` and ``action`` in the cursor.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import duckdb

from clact_model.allocation.lines import Base, Key, Unit
from clact_model.allocation.money import cents
from clact_model.programme import Programme

LINES = """
    SELECT j.numero, j.ligne, j.verdict = 'eligible', j.aide_maximale, j.assiette, j.aide_hors_taux, j.supplement,
           a.axe, coalesce(a.enjeu_has, list_extract($enjeux::VARCHAR[], list_position($thematiques::VARCHAR[], a.thematique)))
    FROM jugement_action j
    JOIN action a ON a.programme = $programme AND a.numero = j.numero AND a.ligne = j.ligne
    WHERE j.verdict IN ('eligible', 'a_verifier') AND j.aide_maximale IS NOT NULL
    ORDER BY j.numero, j.ligne"""


@dataclass(slots=True)
class Facts:
    """Of one request: see the attributes of the same names of :class:`clact_model.allocation.lines.Line`."""

    shares: dict[tuple[str, str], int] = field(default_factory=dict)
    bases: list[Base] = field(default_factory=list)
    supplementable: bool = False


def of_requests(
    cursor: duckdb.DuckDBPyConnection,
    programme: Programme,
    unite: Unit,
    inclure: Collection[str],
    parameters: Mapping[str, Any],
) -> dict[Key, Facts]:
    """The facts of every request that may receive something. ``parameters``: those that the judgement used."""
    themes = programme.file.thematique
    rows = cursor.execute(
        LINES,
        {
            "programme": programme.id,
            "thematiques": [theme.code for theme in themes],
            "enjeux": [theme.enjeu_has for theme in themes],
        },
    ).fetchall()
    highest = _highest_rate(programme, parameters)
    found: dict[Key, Facts] = {}
    sure = {row[0] for row in rows if row[2]}
    for row in rows:
        numero, ligne, eligible = row[:3]
        if unite == "action":
            _add(found.setdefault((numero, ligne), Facts()), row[3:], highest)
        elif eligible or "a_verifier" in inclure or numero not in sure:
            _add(found.setdefault((numero, None), Facts()), row[3:], highest)
    return found


def _highest_rate(programme: Programme, parameters: Mapping[str, Any]) -> Decimal | None:
    rate = programme.file.aide.taux_commun
    if rate is None:
        return None
    return Decimal(1) if rate.au_dela else Decimal(parameters[rate.parametre])


def _add(facts: Facts, row: Sequence[Any], highest: Decimal | None) -> None:
    aid, assiette, other, supplement, axe, stake = row
    for group in (("axe", axe), ("enjeu_has", stake)):
        if group[1] is not None:
            facts.shares[group] = facts.shares.get(group, 0) + cents(aid)
    if highest is not None and other is not None:
        base = cents(assiette)
        facts.bases.append((base, min(cents(other), int(base * highest))))
    facts.supplementable = facts.supplementable or supplement

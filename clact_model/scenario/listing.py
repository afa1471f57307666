"""The saved scenarios with their figures, without reading their lines one by one."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb

from clact_model.allocation import Settings
from clact_model.programme import Programme
from clact_model.scenario.kept import Basis, Lock, from_text


@dataclass(frozen=True, slots=True)
class Listed:
    """One scenario as a list shows it. Amounts in EUR."""

    nom: str
    settings: Settings
    basis: Basis
    verrou: Lock | None
    accorde: Decimal
    dossiers_finances: int
    score_total: Decimal
    """Sum of the scores of what is funded; an unknown score adds nothing."""
    agents: int | None
    """Staff reached, as far as known; None when known of no funded line."""
    notes: int
    auteur: str
    quand: datetime

    @property
    def reste(self) -> Decimal:
        """Envelope less reserve less grants."""
        return self.settings.enveloppe - self.settings.reserve - self.accorde

    @property
    def aujourdhui(self) -> date:
        return self.basis.aujourdhui


def of_programme(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> list[Listed]:
    """The scenarios of the programme, the last saved first."""
    rows = cursor.execute(
        """WITH finances AS (
               SELECT nom, count(DISTINCT numero) AS dossiers, sum(score)::DECIMAL(18, 4) AS score,
                      sum(agents)::BIGINT AS agents
               FROM scenario_ligne WHERE programme = $programme AND accorde > 0 GROUP BY nom),
           annotes AS (SELECT nom, count(*) AS notes FROM scenario_note WHERE programme = $programme GROUP BY nom)
           SELECT s.reglages, s.aujourdhui, s.version_programme, s.version_donnees,
                  s.verrouille_par, s.verrouille_le, s.verrouille_motif,
                  s.nom, s.accorde, coalesce(f.dossiers, 0), coalesce(f.score, 0),
                  CASE WHEN f.dossiers IS NULL THEN 0 ELSE f.agents END, coalesce(n.notes, 0), s.auteur, s.quand
           FROM scenario s LEFT JOIN finances f ON f.nom = s.nom LEFT JOIN annotes n ON n.nom = s.nom
           WHERE s.programme = $programme ORDER BY s.quand DESC, s.nom""",
        {"programme": programme.id},
    ).fetchall()
    return [_listed(row) for row in rows]


def _listed(row: tuple[Any, ...]) -> Listed:
    settings, basis = from_text(*row[:4])
    locked_by, *lock = row[4:7]
    nom, *figures = row[7:]
    return Listed(nom, settings, basis, Lock(locked_by, *lock) if locked_by else None, *figures)

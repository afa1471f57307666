"""What the dossiers were when a simulation was made: kept with it, for they may say otherwise later."""

from collections.abc import Collection, Mapping
from typing import Any

import duckdb

from clact_model import eligibility
from clact_model.programme import Programme
from clact_model.scenario.kept import Basis, Facts, Part

_FACTS = """
    SELECT d.numero, j.verdict, coalesce(d.finess, d.siret), d.effectif_total, d.clact_anterieur,
           list(struct_pack(ligne := a.ligne, verdict := a.verdict, axe := t.axe, theme := t.thematique,
                            enjeu := t.enjeu_has, aide := a.aide_maximale) ORDER BY a.ligne)
               FILTER (a.ligne IS NOT NULL)
    FROM jugement_dossier j
    JOIN dossier d ON d.programme = $programme AND d.numero = j.numero
    LEFT JOIN jugement_action a ON a.numero = j.numero
    LEFT JOIN action t ON t.programme = $programme AND t.numero = a.numero AND t.ligne = a.ligne
    GROUP BY ALL"""


def of_the_day(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, basis: Basis, inclure: Collection[str]
) -> dict[str, Facts]:
    """The facts of every dossier judged, by number; empty when the base is no longer the one that was simulated.

    Writes nothing. ``inclure``: verdicts let in, which say which lines count in a dossier's aid.
    """
    cursor.begin()
    try:
        if (basis.version_donnees, basis.version_programme) != (_version(cursor), programme.version):
            return {}
        eligibility.judge(cursor, programme, basis.aujourdhui, basis.parameters(programme))
        stakes = {theme.code: theme.enjeu_has for theme in programme.file.thematique}
        rows = cursor.execute(_FACTS, {"programme": programme.id}).fetchall()
        return {
            numero: Facts(verdict, etablissement, staff, former, _parts(lines or (), inclure, stakes))
            for numero, verdict, etablissement, staff, former, lines in rows
        }
    finally:
        cursor.rollback()


def _version(cursor: duckdb.DuckDBPyConnection) -> int:
    row = cursor.execute("SELECT version FROM etat").fetchone()
    assert row is not None
    return int(row[0])


def _parts(
    lines: Collection[dict[str, Any]], inclure: Collection[str], stakes: Mapping[str, str | None]
) -> tuple[Part, ...]:
    """The lines that make up the dossier's ceiling: those to check only when let in, or when there is no other."""
    wanted = {"eligible"}
    if "a_verifier" in inclure or not any(line["verdict"] == "eligible" for line in lines):
        wanted.add("a_verifier")
    return tuple(
        Part(line["ligne"], line["axe"], line["enjeu"] or stakes.get(line["theme"]), line["aide"])
        for line in lines
        if line["verdict"] in wanted
    )

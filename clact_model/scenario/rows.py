"""The lines of a scenario and the facts of its dossiers, as they are written and read back."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import duckdb

from clact_model.allocation import KeptGrant, Line, Outcome, Result, Standing
from clact_model.allocation.money import cents
from clact_model.programme import Programme
from clact_model.scenario.kept import Facts, Part

TABLES = ("scenario", "scenario_ligne", "scenario_dossier", "scenario_note")
"""Every table that holds a scenario under its name."""
STANDINGS: dict[str, Standing] = {"refuse": "refuse", "en_attente_instruction": "en_attente"}
"""Status kept → how the line stood; ``finançable`` for the others."""


def write_lines(cursor: duckdb.DuckDBPyConnection, programme: Programme, name: str, result: Result) -> None:
    """All at once through Arrow: row by row, 10,000 lines would take a minute."""
    import pyarrow as pa

    money, lines = pa.decimal128(14, 2), [outcome.line for outcome in result.lines]
    columns = {
        "ordre": pa.array(range(len(lines)), pa.int32()),
        "numero": pa.array([line.numero for line in lines], pa.string()),
        "ligne": pa.array([line.ligne for line in lines], pa.int32()),
        "rang": pa.array([line.rang for line in lines], pa.int32()),
        "position": pa.array([line.position for line in lines], pa.int32()),
        "score": pa.array([line.score for line in lines], pa.decimal128(9, 4)),
        "agents": pa.array([line.agents for line in lines], pa.int64()),
        "demande": pa.array([line.requested for line in lines], money),
        "aide_maximale": pa.array([line.ceiling for line in lines], money),
        "accorde": pa.array([outcome.granted for outcome in result.lines], money),
        "supplement": pa.array([outcome.supplement for outcome in result.lines], money),
        "statut": pa.array([outcome.statut for outcome in result.lines], pa.string()),
        "conditionnel": pa.array([outcome.conditional for outcome in result.lines], pa.bool_()),
        "raison": pa.array([outcome.reason for outcome in result.lines], pa.string()),
        "raison_sociale": pa.array([line.etablissement for line in lines], pa.string()),
        "groupes": pa.array([list(line.groups.items()) for line in lines], pa.map_(pa.string(), pa.string())),
    }
    _insert(cursor, "scenario_ligne", programme, name, columns)


def write_facts(cursor: duckdb.DuckDBPyConnection, programme: Programme, name: str, facts: Mapping[str, Facts]) -> None:
    """The facts of the dossiers; nothing when none are known."""
    import pyarrow as pa

    found = list(facts.values())
    part = pa.struct(
        [("ligne", pa.int32()), ("axe", pa.string()), ("enjeu_has", pa.string()), ("aide", pa.decimal128(14, 2))]
    )
    columns = {
        "numero": pa.array(list(facts), pa.string()),
        "verdict": pa.array([one.verdict for one in found], pa.string()),
        "etablissement": pa.array([one.etablissement for one in found], pa.string()),
        "effectif_total": pa.array([one.effectif_total for one in found], pa.int64()),
        "clact_anterieur": pa.array([one.clact_anterieur for one in found], pa.string()),
        "parts": pa.array([[_as_struct(own) for own in one.parts] for one in found], pa.list_(part)),
    }
    _insert(cursor, "scenario_dossier", programme, name, columns)


def read_lines(cursor: duckdb.DuckDBPyConnection, programme: Programme, name: str) -> list[Outcome]:
    """The lines in their order, with the groups of that day; none for a scenario older than these."""
    rows = cursor.execute(
        """SELECT s.numero, s.ligne, s.rang, s.position, s.score, s.agents, s.demande, s.aide_maximale, s.accorde, s.statut,
                  s.conditionnel, s.raison, coalesce(s.raison_sociale, d.raison_sociale, ''), s.groupes,
                  s.supplement
           FROM scenario_ligne s
           LEFT JOIN dossier d ON d.programme = s.programme AND d.numero = s.numero
           WHERE s.programme = ? AND s.nom = ? ORDER BY s.ordre""",
        [programme.id, name],
    ).fetchall()
    return [_outcome(row) for row in rows]


def read_facts(cursor: duckdb.DuckDBPyConnection, programme: Programme, name: str) -> dict[str, Facts]:
    """Number → facts of that day; empty for a scenario older than these."""
    rows = cursor.execute(
        """SELECT numero, verdict, etablissement, effectif_total, clact_anterieur, parts
           FROM scenario_dossier WHERE programme = ? AND nom = ?""",
        [programme.id, name],
    ).fetchall()
    return {
        numero: Facts(verdict, etablissement, staff, former, tuple(Part(**part) for part in parts))
        for numero, verdict, etablissement, staff, former, parts in rows
    }


def copy(cursor: duckdb.DuckDBPyConnection, programme: Programme, name: str, new: str) -> None:
    """The scenario under another name as well, without its lock and its notes."""
    for table in ("scenario", "scenario_ligne", "scenario_dossier"):
        unlocked = ", NULL AS verrouille_par, NULL AS verrouille_le, NULL AS verrouille_motif"
        cursor.execute(
            f"""INSERT INTO {table} BY NAME
                SELECT * REPLACE ($new AS nom{unlocked if table == "scenario" else ""})
                FROM {table} WHERE programme = $programme AND nom = $name""",
            {"programme": programme.id, "name": name, "new": new},
        )


def rename(cursor: duckdb.DuckDBPyConnection, programme: Programme, name: str, new: str) -> None:
    """The scenario under another name, with all that is kept of it."""
    for table in TABLES:
        cursor.execute(f"UPDATE {table} SET nom = ? WHERE programme = ? AND nom = ?", [new, programme.id, name])


def forget(cursor: duckdb.DuckDBPyConnection, programme: Programme, name: str, *, notes: bool) -> None:
    """Take the scenario out of every table; its notes stay unless ``notes``."""
    for table in TABLES if notes else TABLES[:-1]:
        cursor.execute(f"DELETE FROM {table} WHERE programme = ? AND nom = ?", [programme.id, name])


def _insert(
    cursor: duckdb.DuckDBPyConnection, table: str, programme: Programme, name: str, columns: Mapping[str, Any]
) -> None:
    import pyarrow as pa

    cursor.register("lignes_du_scenario", pa.table(dict(columns)))
    cursor.execute(
        f"""INSERT INTO {table} (programme, nom, {", ".join(columns)})
            SELECT ?, ?, {", ".join(columns)} FROM lignes_du_scenario""",
        [programme.id, name],
    )
    cursor.unregister("lignes_du_scenario")


def _as_struct(part: Part) -> dict[str, Any]:
    return {"ligne": part.ligne, "axe": part.axe, "enjeu_has": part.enjeu_has, "aide": part.aide}


def _outcome(row: tuple[Any, ...]) -> Outcome:
    numero, ligne, rang, position, score, agents, requested, ceiling, *given = row
    granted, statut, conditional, reason, name, groups, supplement = given
    line = Line(
        numero=numero,
        ligne=ligne,
        rang=rang,
        position=position,
        score=score,
        agents=agents,
        requested=requested,
        ceiling=ceiling,
        standing="conditionnel" if conditional else STANDINGS.get(statut, "finançable"),
        etablissement=name,
        groups=groups or {},
    )
    return Outcome(line, KeptGrant(cents(granted), statut, reason, cents(supplement or Decimal(0))))

"""The dossiers as they were at a moment, for whoever reads or judges them with the cursor."""

from datetime import datetime

import duckdb

from clact_model.programme import Programme


def go_back(cursor: duckdb.DuckDBPyConnection, programme: Programme, moment: datetime) -> None:
    """Make the cursor see the dossiers of the programme as they were at ``moment``, until it is closed.

    Temporary tables of the same names hide the stored ones from this cursor alone, so that what reads or judges dossiers
    needs to know nothing of it. ``etat_alors(numero, remplacee_par)`` says which state each dossier was in;
    ``remplacee_par`` is empty for those that nothing has replaced since.

    Overrides, grades and who was set aside are not kept by version: the journal says what stood then. It does not
    say whether an override was waiting to be confirmed. Imports older than the kept states left none behind: a dossier
    that such an import replaced after ``moment`` is seen as that import left it.
    """
    parameters = {"programme": programme.id, "moment": moment}
    cursor.execute(
        """CREATE TEMP TABLE etat_alors AS
           WITH etats AS (
               SELECT numero, importation, remplacee_par, remplacee_quand FROM dossier_avant
               WHERE programme = $programme AND remplacee_quand > $moment
               UNION ALL
               SELECT numero, importation, NULL, NULL FROM dossier WHERE programme = $programme),
           premiers AS (
               FROM etats QUALIFY row_number() OVER (PARTITION BY numero ORDER BY remplacee_quand NULLS LAST) = 1)
           SELECT p.numero, p.remplacee_par FROM premiers p LEFT JOIN importation i ON i.id = p.importation
           WHERE i.quand IS NULL OR i.quand <= $moment""",
        parameters,
    )
    # Each statement reads the stored table: what hides it does not exist before the statement is done.
    for table in ("dossier", "action", "contact"):
        cursor.execute(
            f"""CREATE TEMP TABLE {table} AS
                SELECT t.* FROM {table} t JOIN etat_alors e ON e.numero = t.numero AND e.remplacee_par IS NULL
                WHERE t.programme = $programme
                UNION ALL BY NAME
                SELECT t.* EXCLUDE (remplacee_par, remplacee_quand)
                FROM {table}_avant t JOIN etat_alors e ON e.numero = t.numero AND e.remplacee_par = t.remplacee_par
                WHERE t.programme = $programme""",
            {"programme": programme.id},
        )
    cursor.execute(
        f"""CREATE TEMP TABLE derogation AS
            SELECT programme, numero, coalesce(ligne, 0) AS ligne, apres AS verdict
            FROM ({_last_said("nature IN ('deroger', 'lever_derogation')")}) WHERE nature = 'deroger'""",
        parameters,
    )
    cursor.execute(
        f"""CREATE TEMP TABLE appreciation AS
            SELECT programme, numero, champ, CAST(apres AS DECIMAL(4, 2)) AS valeur
            FROM ({_last_said("nature IN ('noter', 'retirer_note')")}) WHERE apres IS NOT NULL""",
        parameters,
    )
    cursor.execute(
        f"""CREATE TEMP TABLE mise_de_cote AS
            SELECT programme, numero, apres AS motif
            FROM ({_last_said("champ = 'mise_de_cote'")}) WHERE apres IS NOT NULL""",
        parameters,
    )


def _last_said(which: str) -> str:
    """Of each field of each dossier and line, the last of these lines of the journal up to the moment."""
    return f"""
        FROM journal
        WHERE programme = $programme AND champ IS NOT NULL AND {which} AND quand <= $moment
        QUALIFY row_number() OVER (PARTITION BY numero, ligne, champ ORDER BY id DESC) = 1"""


def is_known(cursor: duckdb.DuckDBPyConnection, programme: Programme, moment: datetime) -> bool:
    """Whether every state since ``moment`` was kept: no import older than the kept states replaced a dossier since."""
    row = cursor.execute(
        """SELECT count(*) FROM importation
           WHERE programme = ? AND quand > ? AND modifies > 0 AND empreinte_apres IS NULL""",
        [programme.id, moment],
    ).fetchone()
    return row == (0,)

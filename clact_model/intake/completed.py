"""Values that a person took from the register or the ledger where the file was silent: they go before an empty cell of a
later file."""

from collections.abc import Mapping

import duckdb

from clact_model.intake.report import Anomaly

FIELDS = ("finess", "siret", "raison_sociale", "departement", "statut", "secteur", "ght", "finess_juridique")
"""The fields of a dossier that the register can give."""
EARLIER = ("clact_anterieur", "clact_anterieur_respecte", "clact_anterieur_justifie")
"""Those that the ledger of earlier calls can give."""
_TYPES = dict.fromkeys(FIELDS, "VARCHAR") | dict.fromkeys(EARLIER, "BOOLEAN") | {"clact_anterieur": "VARCHAR"}

_IDENTIFIERS = ("finess", "siret", "finess_juridique")
_EQUAL = [f"(t.{name} = c.{name})" for name in _IDENTIFIERS]
_SAME = f"({' OR '.join(_EQUAL)}) AND {' AND '.join(f'coalesce({equal}, true)' for equal in _EQUAL)}"
"""One of the numbers of the file is that of the establishment that the value was true of, and none is another's."""


def fill(cursor: duckdb.DuckDBPyConnection, programme: str, table: str, where: str = "true") -> None:
    """Put them into the empty cells of a table of dossiers (``numero`` and the columns of FIELDS and EARLIER).

    ``where``: which of its rows, as ``t``. A dossier that has become another establishment's keeps its empty cells.
    """
    if not cursor.execute("SELECT 1 FROM completion WHERE programme = ? LIMIT 1", [programme]).fetchone():
        return
    taken = ", ".join(
        f"max(c.valeur) FILTER (c.champ = '{champ}')::{kind} AS \"{champ}\"" for champ, kind in _TYPES.items()
    )
    put = ", ".join(f'"{champ}" = coalesce(t."{champ}", k."{champ}")' for champ in _TYPES)
    cursor.execute(
        f"""UPDATE {table} t SET {put}
            FROM (SELECT t.numero, {taken} FROM {table} t JOIN completion c ON c.numero = t.numero
                  WHERE c.programme = $programme AND {where} AND {_SAME} GROUP BY t.numero) k
            WHERE t.numero = k.numero AND {where}""",
        {"programme": programme},
    )


def hint(cursor: duckdb.DuckDBPyConnection, fichier: str) -> list[Anomaly]:
    """How many dossiers of a comparison lack a number that the register gives: SIRET lost by Excel, for one."""
    row = cursor.execute(
        """SELECT count_if(d.siret IS NULL AND e.siret IS NOT NULL),
                  count_if(d.finess IS NULL AND s.finess IS NOT NULL)
           FROM entrant_dossier d LEFT JOIN etablissement e ON e.finess = d.finess
           LEFT JOIN (SELECT siret, min(finess) AS finess FROM etablissement WHERE ouvert IS DISTINCT FROM false
                      GROUP BY siret HAVING count(*) = 1) s ON s.siret = d.siret"""
    ).fetchone()
    found: Mapping[str, int] = dict(zip(("SIRET", "FINESS"), row or (0, 0), strict=True))
    return [
        Anomaly(
            fichier,
            "information",
            f"Le N° {name} manque ou ne se lit pas dans {count} dossier{'s' if count > 1 else ''}, et le référentiel FINESS le "
            "donne : complétez-les sur la page « Références » après l'import.",
        )
        for name, count in found.items()
        if count
    ]

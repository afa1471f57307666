"""The dossiers of one call as if they had been handed in under another, for whoever judges them with the cursor."""

import duckdb

from clact_model.fields import Field
from clact_model.programme import Programme
from clact_model.programme.duplicating import shifted
from clact_model.programme.loading import read

TABLES = ("dossier", "action", "appreciation", "mise_de_cote")
"""What speaks of a dossier whatever the call judges it."""


def in_the_year_of(programme: Programme, other: Programme) -> Programme:
    """The other call with its dates brought to the year of the programme: else its deadlines alone would refuse everybody."""
    years = programme.file.annee - other.file.annee
    return read(shifted(other.text, years), other.id) if years else other


def lend(cursor: duckdb.DuckDBPyConnection, programme: Programme, other: Programme) -> None:
    """Make the cursor see the dossiers of ``programme`` under the name of ``other``, until it is closed.

    Temporary tables of the same names hide the stored ones from this cursor alone; nothing is written to the base, and the
    dossiers of ``other`` itself are out of sight. Overrides are not lent: they answer rules that ``other`` has not.

    A code of axis or theme, and an answer to a field that a programme declares, have a meaning in their own call only: they
    are lent where both calls give them the same words, and unknown elsewhere. The stake that a theme stands for is shared by
    all: it is kept.
    """
    for table in TABLES:
        changes = {"programme": "$autre"} | _REPLACED.get(table, {})
        if table in ("dossier", "action"):
            changes["complements"] = _shared_answers(programme, other, table)
        replaced = ", ".join(f"{sql} AS {column}" for column, sql in changes.items())
        sql = f"CREATE TEMP TABLE {table} AS SELECT * REPLACE ({replaced}) FROM {table} WHERE programme = $programme"
        values = _values(programme, other)
        cursor.execute(sql, {name: value for name, value in values.items() if f"${name}" in sql})
    cursor.execute("CREATE TEMP TABLE derogation AS FROM derogation LIMIT 0")


_REPLACED = {
    "action": {
        "axe": "CASE WHEN list_contains($axes::VARCHAR[], axe) THEN axe END",
        "thematique": "CASE WHEN list_contains($themes_partages::VARCHAR[], thematique) THEN thematique END",
        "enjeu_has": "coalesce(enjeu_has, list_extract($enjeux::VARCHAR[], list_position($themes::VARCHAR[], thematique)))",
    }
}


def _values(programme: Programme, other: Programme) -> dict[str, object]:
    return {
        "programme": programme.id,
        "autre": other.id,
        "axes": shared_codes(programme, other, "axe"),
        "themes_partages": shared_codes(programme, other, "thematique"),
        "themes": [theme.code for theme in programme.file.thematique],
        "enjeux": [theme.enjeu_has for theme in programme.file.thematique],
    }


def shared_codes(programme: Programme, other: Programme, champ: str) -> list[str]:
    """The codes of ``axe`` or ``thematique`` that both calls give the same words."""
    own, theirs = programme.dictionary.get("action", champ), other.dictionary.get("action", champ)
    return [value.code for value in own.valeurs if value in theirs.valeurs]


def _shared_answers(programme: Programme, other: Programme, table: str) -> str:
    names = [field.champ for field in shared_fields(programme, other) if field.table == table]
    pairs = ", ".join(f"'{name}', complements->'{name}'" for name in names)
    return f"json_object({pairs})" if names else "NULL::JSON"


def shared_fields(programme: Programme, other: Programme) -> list[Field]:
    """The fields that both calls declare, in the same words."""
    own = {(field.table, field.champ): field for field in programme.dictionary if field.declared}
    return [
        field
        for field in other.dictionary
        if field.declared and (known := own.get((field.table, field.champ))) is not None and _alike(known, field)
    ]


def _alike(one: Field, two: Field) -> bool:
    return (one.type, one.unite, one.valeurs) == (two.type, two.unite, two.valeurs)

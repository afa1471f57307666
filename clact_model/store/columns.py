"""A field of the dictionary as SQL over its stored row, ``t``, with the contact beside it as ``c``."""

from clact_model.fields import Field


def stored(field: Field) -> str:
    """What the files said last."""
    if field.declared:
        return f"CAST(t.complements->>'{field.champ}' AS {field.sql_type})"
    return f'c."{field.champ}"' if field.type == "courriel" else f't."{field.champ}"'


def current(field: Field) -> str:
    """What holds now: the instructor's grade where there is one, else what the files said last."""
    if field.type != "note" or field.table != "dossier":
        return stored(field)
    grade = (
        "SELECT p.valeur FROM appreciation p "
        f"WHERE p.programme = t.programme AND p.numero = t.numero AND p.champ = '{field.champ}'"
    )
    return f"coalesce(({grade}), {stored(field)})"

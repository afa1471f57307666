"""The columns that an expression may name at each level, with their types: the dictionary's, and the facts beside them."""

from collections.abc import Mapping

from clact_model.fields import Dictionary, Field
from clact_model.programme.parts import Level

DOSSIER_FACTS: Mapping[str, str] = {
    "territoire_admis": "BOOLEAN",
    "secteur_admis": "BOOLEAN",
    "nombre_actions": "BIGINT",
    "nombre_dossiers_etablissement": "BIGINT",
    "autres_dossiers": "VARCHAR",
    "jour_depot": "DATE",
    "aujourdhui": "DATE",
}
ACTION_FACTS: Mapping[str, str] = {
    "place": "BIGINT",
    "place_connue": "BIGINT",
    "axe_du_programme": "BOOLEAN",
    "thematique_du_programme": "BOOLEAN",
}
FACT_LABELS: Mapping[str, str] = {
    "territoire_admis": "Territoire admis",
    "secteur_admis": "Secteur admis",
    "nombre_actions": "Nombre de lignes",
    "nombre_dossiers_etablissement": "Dossiers du même établissement",
    "autres_dossiers": "Autres dossiers du même établissement",
    "jour_depot": "Jour du dépôt",
    "aujourdhui": "Jour jugé",
    "place": "Place dans l'ordre des lignes",
    "place_connue": "Rang de priorité",
    "axe_du_programme": "Axe",
    "thematique_du_programme": "Thématique",
    "assiette": "Assiette",
}
FACT_SOURCES: Mapping[str, tuple[str, ...]] = {
    "territoire_admis": ("departement",),
    "secteur_admis": ("secteur",),
    "nombre_dossiers_etablissement": ("finess", "siret"),
    "autres_dossiers": ("finess", "siret"),
    "jour_depot": ("date_depot",),
    "place": ("rang",),
    "place_connue": ("rang",),
    "axe_du_programme": ("axe",),
    "thematique_du_programme": ("thematique",),
}
"""Fact → the fields it is made of: what an override watches, what a missing answer names."""

OTHER = "autre"
"""What a person answers for an axis or a theme outside the programme's list."""


def readable(dictionary: Dictionary, level: Level) -> tuple[Field, ...]:
    """The dictionary's fields of one level that an expression may name: contact data never."""
    return tuple(f for f in dictionary.stored(level) if f.type != "courriel")


def column_type(field: Field) -> str:
    """The type under which an expression sees a field: times are local to the programme."""
    return "TIMESTAMP" if field.type == "horodatage" else field.sql_type


def own_columns(dictionary: Dictionary, level: Level) -> dict[str, str]:
    """Column → SQL type, of one level alone."""
    facts = DOSSIER_FACTS if level == "dossier" else ACTION_FACTS
    return {"numero": "VARCHAR"} | {f.champ: column_type(f) for f in readable(dictionary, level)} | dict(facts)


def columns(dictionary: Dictionary, level: Level) -> dict[str, str]:
    """Column → SQL type, as an expression of this level sees them: a line sees its dossier's too."""
    if level == "dossier":
        return own_columns(dictionary, "dossier")
    return own_columns(dictionary, "dossier") | own_columns(dictionary, "action")


def codes(dictionary: Dictionary, level: Level) -> dict[str, frozenset[str] | None]:
    """Column → the codes it may hold, or None when its values are not a list."""
    lists: dict[str, frozenset[str] | None] = dict.fromkeys(columns(dictionary, level))
    for table in ("dossier", "action") if level == "action" else ("dossier",):
        for field in readable(dictionary, table):
            if field.valeurs:
                lists[field.champ] = frozenset(v.code for v in field.valeurs)
                if field.champ in ("axe", "thematique"):
                    lists[field.champ] = frozenset({OTHER}) | {v.code for v in field.valeurs}
    return lists

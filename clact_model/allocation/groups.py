"""What constraints can name in a programme: each group by its code, with its words."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from clact_model import departements
from clact_model.allocation.constraints import CHAMPS, EACH, Constraint, ConstraintError
from clact_model.allocation.lines import Line
from clact_model.fields import Table
from clact_model.programme import Programme

_TABLES: Mapping[str, Table] = {"secteur": "dossier", "statut": "dossier", "axe": "action", "enjeu_has": "action"}
MOST_LISTED = 20
"""Codes that an error lists."""


def choices(programme: Programme, lines: Iterable[Line]) -> dict[str, dict[str, str]]:
    """Champ → code → words: those of the dictionary and of the call, and the establishments of the lines."""
    found = {
        champ: {v.code: v.libelle for v in programme.dictionary.get(table, champ).valeurs}
        for champ, table in _TABLES.items()
    }
    names = departements.names()
    found["departement"] = {code: f"{code} {names.get(code, '')}".strip() for code in programme.file.departements}
    for champ in ("etablissement", "entite_juridique"):
        found[champ] = {}
    for line in lines:
        for champ, codes in found.items():
            if (code := line.groups.get(champ)) is not None and code not in codes:
                codes[code] = line.etablissement if champ == "etablissement" else code
    return found


def named(constraint: Constraint, known: Mapping[str, Mapping[str, str]]) -> Constraint:
    """The constraint with its group in words. ``known``: what :func:`choices` gives. Raises ConstraintError for a group
    that the call does not have."""
    if constraint.valeur == EACH:
        return constraint
    groups = known[constraint.champ]
    code = next((c for c, words in groups.items() if constraint.valeur in (c, words)), None)
    if code is None:
        listed = ", ".join(list(groups)[:MOST_LISTED]) or "aucune"
        raise ConstraintError(
            f"{CHAMPS[constraint.champ]} « {constraint.valeur} » n'existe pas dans cet appel ; au choix : {listed}."
        )
    return replace(constraint, valeur=code, libelle=groups[code])

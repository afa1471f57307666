"""Dossiers that a committee has decided on: no import changes them, what the files say otherwise is shown and asked about.

A proposal is no decision: it is held against the dossier again when it is confirmed.
"""

from collections.abc import Sequence

import duckdb

from clact_model import formats
from clact_model.fields import Dictionary
from clact_model.intake.report import Anomaly
from clact_model.store import Change

NAMED = 5
"""Dossiers, or fields, named in a sentence before « et n autres »."""


def numbers(cursor: duckdb.DuckDBPyConnection, programme: str) -> frozenset[str]:
    """The dossiers of which something is decided, whole or on one of their lines."""
    rows = cursor.execute(
        "SELECT DISTINCT numero FROM decision WHERE programme = ? AND statut <> 'propose'", [programme]
    ).fetchall()
    return frozenset(numero for (numero,) in rows)


def said(fichier: str, dictionary: Dictionary, kept: Sequence[str], changes: Sequence[Change]) -> list[Anomaly]:
    """A question for all the decided dossiers that the files would change, and a warning for each, with its fields."""
    if not kept:
        return []
    if len(kept) == 1:
        there, stays = f"Le dossier {kept[0]} est déjà décidé", "le garde tel qu'il est"
    else:
        there, stays = f"{len(kept)} dossiers sont déjà décidés ({named(kept)})", "les garde tels qu'ils sont"
    question = (
        f"{there}, et ce fichier en dit autre chose. Continuer {stays} dans la base et prend le reste ; pour prendre "
        "ces changements, revenez d'abord sur la décision à la page Sélection."
    )
    warnings = [
        Anomaly(fichier, "avertissement", _warning(dictionary, numero, changes), numero=numero) for numero in kept
    ]
    return [Anomaly(fichier, "question", question), *warnings]


def _warning(dictionary: Dictionary, numero: str, changes: Sequence[Change]) -> str:
    of_dossier = [_change(dictionary, change) for change in changes if change.numero == numero]
    return f"Le dossier {numero} est déjà décidé : il n'est pas changé. Ce que dit le fichier : {named(of_dossier, ' ; ')}."


def _change(dictionary: Dictionary, change: Change) -> str:
    field = dictionary.find("dossier" if change.ligne is None else "action", change.champ)
    name = field.libelle if field else change.champ
    where = f" (ligne {change.ligne})" if change.ligne else ""
    return f"{name}{where} : {change.avant or formats.UNKNOWN} → {change.apres or formats.UNKNOWN}"


def named(words: Sequence[str], separator: str = ", ") -> str:
    """The first of them and how many others."""
    rest = len(words) - NAMED
    return separator.join(words[:NAMED]) + (f" et {formats.plural(rest, 'autre')}" if rest > 0 else "")

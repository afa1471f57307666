"""What was confirmed of the earlier contracts taken back: the dossier says again what it said before."""

from dataclasses import dataclass
from datetime import datetime

import duckdb

from clact_model import formats
from clact_model.errors import UsageError
from clact_model.intake.completed import EARLIER
from clact_model.intake.decided import numbers
from clact_model.intake.writing import ask_to_confirm, keep_previous, touching
from clact_model.programme import Programme
from clact_model.store import Base
from clact_model.tracking.confirming import Value, as_change

NATURE = "reprendre_anterieur"
"""The journal's name for it."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """One field that stands as a person confirmed it. ``avant`` None: the dossier did not say."""

    champ: str
    avant: Value | None
    valeur: Value
    auteur: str
    quand: datetime


def confirmed(cursor: duckdb.DuckDBPyConnection, programme: Programme, numero: str) -> list[Confirmed]:
    """The fields that can be taken back: those that no file has changed since."""
    found = []
    for champ in EARLIER:
        row = cursor.execute(
            f"""SELECT a."{champ}", d."{champ}", c.auteur, c.quand
                FROM completion c JOIN dossier d USING (programme, numero)
                JOIN dossier_avant a ON (a.programme, a.numero, a.remplacee_quand) = (c.programme, c.numero, c.quand)
                WHERE c.programme = ? AND c.numero = ? AND c.champ = ? AND d."{champ}"::VARCHAR = c.valeur""",
            [programme.id, numero, champ],
        ).fetchone()
        if row is not None:
            found.append(Confirmed(champ, *row))
    return found


def take_back(base: Base, programme: Programme, numero: str, *, operation: str | None = None) -> list[Confirmed]:
    """Put back what the dossier said of these fields; gives what was taken back.

    Each field is a change of the dossier in the journal, what the dossier was is kept. Raises UsageError for a dossier that
    is decided.
    """
    with base.write(NATURE, programme.id, operation) as writing:
        found = [] if writing.already_done else confirmed(writing.cursor, programme, numero)
        if not found:
            return []
        if numero in numbers(writing.cursor, programme.id):
            raise UsageError(
                f"Le dossier {numero} est déjà décidé : il n'est plus changé. Revenez d'abord sur la décision à la page Sélection."
            )
        with touching(writing, [numero]):
            keep_previous(writing)
        for one in found:
            where = [programme.id, numero]
            writing.cursor.execute(
                f'UPDATE dossier SET "{one.champ}" = ? WHERE programme = ? AND numero = ?', [one.avant, *where]
            )
            writing.cursor.execute(
                "DELETE FROM completion WHERE programme = ? AND numero = ? AND champ = ?", [*where, one.champ]
            )
        changes = [as_change(programme, numero, one.champ, one.valeur, one.avant) for one in found]
        ask_to_confirm(writing, programme, changes)
        writing.log(f"CLACT antérieur : {formats.plural(len(found), 'champ repris', 'champs repris')}", numero)
        writing.log_changes(changes)
        writing.seal()
        return found

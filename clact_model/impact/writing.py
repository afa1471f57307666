"""Indicators and yearly measures into the base: field by field, each change in the journal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import duckdb

from clact_model import dossiers, formats
from clact_model.impact import checking, kept
from clact_model.impact.checking import ImpactRefusedError
from clact_model.impact.kept import INDICATOR_FIELDS, YEARLY_FIELDS, Indicator, Yearly
from clact_model.programme import Programme
from clact_model.store import Base, Change, Writing
from clact_model.wording import one_line

LABELS: Mapping[str, str] = {
    "unite": "unité",
    "annee_reference": "année de référence",
    "valeur_reference": "valeur de référence",
    "cible": "cible",
    "sens": "sens d'amélioration",
    "valeur_12": "valeur à 12 mois",
    "mesure_12": "mesure à 12 mois, le",
    "valeur_24": "valeur à 24 mois",
    "mesure_24": "mesure à 24 mois, le",
    "effectif_total": "effectif",
    "taux_absenteisme": "taux d'absentéisme",
    "taux_turnover": "taux de turn-over",
    "nb_at_mp": "nombre d'AT-MP",
}
"""Field → its name in the journal and on screen."""
AT_ONCE = 200
"""Rows written by one statement."""
Row = TypeVar("Row", Indicator, Yearly)


def record(
    base: Base,
    programme: Programme,
    today: date,
    indicateurs: Sequence[Indicator] = (),
    mesures: Sequence[Yearly] = (),
    *,
    source: str | None = None,
    operation: str | None = None,
) -> Sequence[Change]:
    """Write what these say; a field that they leave unknown keeps what is known. Gives what changed.

    ``source``: the file they come from. Raises ImpactRefusedError for what cannot be kept: then nothing is written.
    """
    with base.write("saisir_bilan", programme.id, operation) as writing:
        if writing.already_done:
            return ()
        known = set(dossiers.numbers(writing.cursor, programme))
        checking.require([s for one in indicateurs for s in checking.of_indicator(one, known, today)])
        checking.require([s for one in mesures for s in checking.of_yearly(one, known, today)])
        merged = merge(writing.cursor, programme, indicateurs, mesures)
        _insert(writing, "indicateur", ("numero", "nom", *INDICATOR_FIELDS), merged.indicateurs)
        _insert(writing, "mesure_annuelle", ("numero", "annee", *YEARLY_FIELDS), merged.mesures)
        changes = merged.changes
        where = f"« {source} » : " if source else ""
        writing.log(f"{where}{formats.plural(len(changes), 'valeur saisie', 'valeurs saisies')}")
        writing.log_changes(changes)
        return changes


def remove(base: Base, programme: Programme, numero: str, nom: str, motif: str, operation: str | None = None) -> None:
    """Take an indicator away; the journal keeps what it said. Raises ImpactRefusedError without a reason, or when unknown."""
    reason = one_line(motif, 500)
    if reason is None:
        raise ImpactRefusedError("Écrivez un motif : il est gardé avec votre nom et la date.")
    with base.write("retirer_indicateur", programme.id, operation) as writing:
        if writing.already_done:
            return
        found = [one for one in kept.indicators(writing.cursor, programme, numero) if one.nom == nom]
        if not found:
            raise ImpactRefusedError(f"Le dossier {numero} n'a pas d'indicateur « {nom} ».")
        writing.cursor.execute(
            "DELETE FROM indicateur WHERE programme = ? AND numero = ? AND nom = ?", [programme.id, numero, nom]
        )
        writing.log(f"Indicateur « {nom} » retiré : {reason}", numero)
        writing.log_changes(changes_of(found[0], Indicator(numero, nom)))


class Merged:
    """What the base would hold, and what would change."""

    def __init__(self) -> None:
        self.indicateurs: list[Indicator] = []
        self.mesures: list[Yearly] = []
        self.changes: list[Change] = []
        self.nouveaux = self.modifies = self.inchanges = 0

    def add(self, before: Row | None, given: Row, into: list[Row]) -> None:
        """Count one row, and keep it where it changes something."""
        after = given if before is None else _over(before, given)
        found = list(changes_of(before, after))
        self.nouveaux += before is None
        self.modifies += before is not None and bool(found)
        self.inchanges += before is not None and not found
        if found or before is None:
            into.append(after)
        self.changes += found


def merge(
    cursor: duckdb.DuckDBPyConnection,
    programme: Programme,
    indicateurs: Iterable[Indicator],
    mesures: Iterable[Yearly],
) -> Merged:
    """These rows over those of the base. Writes nothing."""
    promised = {one.key: one for one in kept.indicators(cursor, programme)}
    measured = {one.key: one for one in kept.yearly(cursor, programme)}
    found = Merged()
    for indicator in indicateurs:
        found.add(promised.get(indicator.key), indicator, found.indicateurs)
    for year in mesures:
        found.add(measured.get(year.key), year, found.mesures)
    return found


def changes_of(before: Row | None, after: Row) -> Iterable[Change]:
    """One change a field that differs; the name of the indicator, or the year, says which."""
    name = after.nom if isinstance(after, Indicator) else str(after.annee)
    for field in fields(after):
        if field.name in LABELS:
            old = _text(field.name, None if before is None else getattr(before, field.name))
            new = _text(field.name, getattr(after, field.name))
            if old != new:
                yield Change(after.numero, None, f"{name} : {LABELS[field.name]}", old, new)


def _over(before: Row, given: Row) -> Row:
    known = {field.name: value for field in fields(given) if (value := getattr(given, field.name)) is not None}
    return replace(before, **known)


def _text(name: str, value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, date):
        return formats.day(value)
    if name.startswith("taux_"):
        return formats.rate(value)
    return str(value) if name == "annee_reference" else formats.number(_plain(value))


def _plain(value: Decimal | int) -> Decimal | int:
    """``12.5000`` → ``12.5``: the column has four decimals, the person wrote one."""
    return value if isinstance(value, int) else Decimal(f"{value.normalize():f}")


def _insert(writing: Writing, table: str, columns: Sequence[str], rows: Sequence[Any]) -> None:
    if not rows:
        return
    names = ", ".join(("programme", *columns, "auteur", "quand"))
    marks = ", ".join("?" * (len(columns) + 3))
    # Many rows a statement: one by one, each takes some milliseconds.
    for first in range(0, len(rows), AT_ONCE):
        some = rows[first : first + AT_ONCE]
        writing.cursor.execute(
            f"INSERT OR REPLACE INTO {table} ({names}) VALUES {', '.join(f'({marks})' for _ in some)}",
            [
                value
                for row in some
                for value in (
                    writing.programme, *(getattr(row, name) for name in columns), writing.auteur, writing.quand
                )
            ],
        )  # fmt: skip

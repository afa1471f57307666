"""Forms of one establishment: the same twice, two that differ, one whose establishment has another dossier. Asked, never merged.

A form has no number of its own: its dossier is known by its establishment, and a second form would take its place.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import duckdb

from clact_model.intake.manner import FORM
from clact_model.intake.report import Gravite
from clact_model.intake.rows import Rows

Identity = tuple[object, object]
"""FINESS and SIRET of an establishment; None where unknown."""


def identities(cursor: duckdb.DuckDBPyConnection, programme: str) -> dict[str, Identity]:
    """Number of each dossier that the base holds → its establishment."""
    rows = cursor.execute("SELECT numero, finess, siret FROM dossier WHERE programme = ?", [programme]).fetchall()
    return {numero: (finess, siret) for numero, finess, siret in rows}


def settle(sheets: Sequence[Rows], made: Collection[str], in_base: dict[str, Identity]) -> list[Rows]:
    """The sheets without the forms that only repeat another; the others are refused or asked about where they meet.

    ``made``: the numbers made from what identifies the establishment. ``in_base``: what :func:`identities` gives.
    """
    repeated: list[Rows] = []
    forms = [form for form in _forms(sheets) if form.number in made]
    kept: dict[str, _Form] = {}
    for form in forms:
        first = kept.setdefault(form.number, form)
        if first is not form and first.content() == form.content():
            repeated += form.sheets
            first.say(
                "avertissement", f"« {form.fichier} » dit la même chose que ce formulaire : il est compté une fois."
            )
        elif first is not form:
            _ask_which(first, form)
    for form in kept.values():
        _ask_about_others(form, kept.values(), in_base)
    return [rows for rows in sheets if not any(rows is one for one in repeated)]


@dataclass
class _Form:
    """The rows that one form gives: one of a dossier, and those of its actions."""

    dossier: Rows
    actions: list[Rows]

    @property
    def number(self) -> str:
        return str(self.dossier.numeros[0])

    @property
    def fichier(self) -> str:
        return self.dossier.recognised.sheet.fichier

    @property
    def sheets(self) -> list[Rows]:
        return [self.dossier, *self.actions]

    @property
    def identity(self) -> Identity:
        values = self.dossier.values
        return values.get("finess", [None])[0], values.get("siret", [None])[0]

    def content(self) -> list[object]:
        """All that the form says; equal for two forms that say the same."""
        return [
            [{champ: values[position] for champ, values in rows.values.items() if values[position] is not None}]
            for rows in self.sheets
            for position in range(len(rows.lines))
        ]

    def say(self, gravite: Gravite, message: str) -> None:
        self.dossier.say(gravite, message, 0, self.dossier.recognised.key, self.number)

    def refuse(self, message: str) -> None:
        """Refuse the whole form, and say it once."""
        if 0 not in self.dossier.refused:
            self.dossier.refuse(0, message, self.dossier.recognised.key, self.number)
        for rows in self.actions:
            rows.refused.update(range(len(rows.lines)))


def _forms(sheets: Sequence[Rows]) -> Iterator[_Form]:
    """The forms, whose sheet of actions follows that of their dossier."""
    form: _Form | None = None
    for rows in sheets:
        if rows.recognised.manner is not FORM:
            continue
        if rows.recognised.tables == ("dossier",):
            if form:
                yield form
            form = _Form(rows, [])
        elif form:
            form.actions.append(rows)
    if form:
        yield form


def _ask_which(first: _Form, other: _Form) -> None:
    first.say(
        "question",
        f"Deux formulaires du même établissement ({first.number}) ne disent pas la même chose : « {first.fichier} » et "
        f"« {other.fichier} ». Retirez celui qui ne compte plus. Si vous continuez, aucun des deux n'est importé.",
    )
    for form, against in ((first, other), (other, first)):
        form.refuse(
            f"Ce formulaire et « {against.fichier} » sont du même établissement ({form.number}) et diffèrent : aucun des deux "
            "n'est importé."
        )


def _ask_about_others(form: _Form, forms: Collection[_Form], in_base: dict[str, Identity]) -> None:
    given = {other.number: other.identity for other in forms}
    for number, identity in {**in_base, **given}.items():
        if number != form.number and _is_same(form.identity, identity):
            form.say(
                "question",
                f"Le dossier {number} est du même établissement que ce formulaire, dont le numéro serait {form.number} : est-ce "
                "la même demande ? Si vous continuez, les deux dossiers existeront.",
            )


def _is_same(one: Identity, other: Identity) -> bool:
    """One FINESS; or one SIRET, which several FINESS may share, where a FINESS is unknown."""
    if one[0] and other[0]:
        return one[0] == other[0]
    return bool(one[1]) and one[1] == other[1]

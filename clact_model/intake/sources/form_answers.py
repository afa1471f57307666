"""The answers of a form → a sheet of dossiers with one row, each of whose cells knows its place in the form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from clact_model.intake.manner import FORM
from clact_model.intake.mapping import Column, Recognised, Titles, recognise
from clact_model.intake.sources.form_cells import Cells
from clact_model.intake.sources.form_labels import Answer
from clact_model.intake.sources.form_titles import NUMBER
from clact_model.intake.values import Cell, Read, RefusalError, finess, is_blank, siret
from clact_model.reading import Sheet
from clact_model.reading.limits import column_letter

TITLES, VALUES = 1, 2
"""The rows of the sheet that is put together."""

WITHOUT_NUMBER = (
    "le formulaire n'a ni FINESS ni SIRET lisible, et rien d'autre n'identifie son établissement : complétez-le, puis "
    "importez-le de nouveau."
)

_IDENTIFIERS: Mapping[str, Callable[[Cell], Read[str]]] = {
    "finess": finess.parse,
    "siret": siret.parse,
    "finess_juridique": finess.parse,
}
"""What may serve as the number of a form's dossier, in this order, and how it is read."""


@dataclass(frozen=True)
class FormDossier:
    """The row of the dossier."""

    recognised: Recognised
    number: str | None
    """None when nothing identifies the establishment: the row will be refused."""
    number_from: str = ""
    """The label of the form that gave the number; empty when the form has a number of its own."""
    total: int = 0
    """The column, from 1, of what the form asks as a whole."""


def dossier_of(answers: Sequence[Answer], total: Answer | None, titles: Titles, cells: Cells) -> FormDossier:
    """The dossier that the answers of one form make, numbered. ``total``: the cell of what it asks as a whole."""
    sheet = _as_a_row(answers, total, cells)
    recognised = recognise(sheet, titles, ("dossier",), FORM, row=TITLES)
    number = _number(recognised)
    numbered = replace(
        recognised,
        sheet=_numbered(recognised, number),
        # Labels that nobody knows are told together; the number is no label of the form.
        anomalies=tuple(anomaly for anomaly in recognised.anomalies if anomaly.gravite != "information"),
        titles=tuple(title for title in recognised.titles if title.index <= len(answers)),
    )
    label = number.column.titre.rstrip(" *:") if number.column else ""
    return FormDossier(numbered, number.text, label, len(answers) + 2)


@dataclass(frozen=True)
class _Number:
    text: str | None
    column: Column | None
    """The column of the identifier that serves as a number; None for a number of its own."""


def _as_a_row(answers: Sequence[Answer], total: Answer | None, cells: Cells) -> Sheet:
    """The labels as titles and the answers under them; then the number, to be filled, and the total."""
    main = answers[0].sheet
    read = [cells.read(answer.sheet, answer.place) for answer in answers]
    everywhere = [*answers, answers[0], *([total] if total else [])]
    origins = {}
    for index, answer in enumerate(everywhere, start=1):
        origins[TITLES, index] = _origin(answer.sheet, answer.label)
        origins[VALUES, index] = _origin(answer.sheet, answer.place)
    return Sheet(
        main.fichier,
        main.nom,
        [
            [*(answer.sheet.cell(*answer.label) for answer in answers), NUMBER, None],
            [*(cell for cell, _ in read), None, total.cell if total else None],
        ],
        {(VALUES, index): fault for index, (_, fault) in enumerate(read, start=1) if fault and fault[0]},
        origins=origins,
    )


def _origin(sheet: Sheet, place: tuple[int, int]) -> tuple[str, int, str]:
    row, column = place
    return sheet.nom or "", row, column_letter(column)


def _number(recognised: Recognised) -> _Number:
    """The number that the form gives itself, else the first identifier that can be read."""
    assert recognised.key is not None
    own = recognised.sheet.cell(VALUES, recognised.key.index)
    if not is_blank(own):
        return _Number(str(own), None)
    found: dict[str, _Number] = {}
    for column in (*recognised.columns, *recognised.fallbacks):
        parse = _IDENTIFIERS.get(column.field.champ)
        text = _parsed(parse, recognised.sheet.cell(VALUES, column.index)) if parse else None
        if text:
            found.setdefault(column.field.champ, _Number(text, column))
    site, entity = found.get("finess"), found.get("finess_juridique")
    if "siret" in found and site and entity and site.text == entity.text:
        # The number of the legal entity in the place of the site's: several sites may write it.
        return found["siret"]
    return next((found[champ] for champ in _IDENTIFIERS if champ in found), _Number(None, None))


def _parsed(parse: Callable[[Cell], Read[str]], cell: Cell) -> str | None:
    if is_blank(cell):
        return None
    try:
        return parse(cell).value
    except RefusalError:
        return None


def _numbered(recognised: Recognised, number: _Number) -> Sheet:
    """The sheet with the number in its place, which is that of the cell it comes from."""
    assert recognised.key is not None
    sheet, key = recognised.sheet, recognised.key.index
    if number.text is None:
        return replace(sheet, faults={**sheet.faults, (VALUES, key): (NUMBER, WITHOUT_NUMBER)})
    values = list(sheet.rows[VALUES - 1])
    values[key - 1] = number.text
    origins = dict(sheet.origins)
    if number.column:
        origins[VALUES, key] = origins[VALUES, number.column.index]
    return replace(sheet, rows=[sheet.rows[TITLES - 1], values], origins=origins)

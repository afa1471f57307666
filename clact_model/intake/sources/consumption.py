"""A statement of expenses, filled by an establishment: ours, or any table with a row an invoice."""

from collections.abc import Sequence
from dataclasses import replace

from clact_model.fields import Table, follow_up
from clact_model.intake.manner import STRICT
from clact_model.intake.mapping import Titles, recognise
from clact_model.intake.report import Anomaly
from clact_model.intake.sources.kinds import Found, Kind, Reader
from clact_model.intake.sources.own import NOTES, not_read
from clact_model.intake.sources.untitled import titles_at
from clact_model.reading import Content, Sheet
from clact_model.reading.limits import HEADER_WITHIN
from clact_model.wording import folded

TABLES: tuple[Table, ...] = ("depense",)
SHEET, SITUATION = "Consommation", "Situation"
"""The sheets of our own statement: the expenses, and what the base knows, which is not read."""

OF_AN_INVOICE = frozenset(("numero_facture", "date_facture", "montant_facture", "montant_admis", "montant_verse"))
"""Fields that no application has."""
ENOUGH, IN_ITS_SHEET = 3, 1
"""Of these, how many titles make a statement: any sheet's, and those of a sheet that bears its name."""

MANNER = replace(STRICT, skips_totals=True)
"""Like any table that a person can correct; establishments add up their expenses under them."""


def claims(content: Content) -> bool:
    """True when a sheet has the titles of a statement."""
    return bool(_statements(content))


def read(content: Content, reader: Reader) -> Found:
    """Every sheet of expenses: some establishments fill one a dossier. Raises FileRefusedError."""
    # A person may say that a file is a statement whose titles we do not know: its only sheet is tried.
    sheets = _statements(content) or [sheet for sheet in content.sheets if sheet.rows][:1]
    titles = Titles(follow_up(), TABLES, corrections=reader.correspondence.of("depense"))
    found = tuple(recognise(sheet, titles, TABLES, MANNER, row=titles_at(sheet, titles)) for sheet in sheets)
    notices = [Anomaly(sheet.fichier, "avertissement", notice) for sheet in sheets for notice in sheet.notices]
    return Found(found, (*notices, *_not_read(content, sheets)))


def _statements(content: Content) -> list[Sheet]:
    titles = Titles(follow_up(), TABLES)
    return [sheet for sheet in content.sheets if _is_statement(sheet, titles)]


def _is_statement(sheet: Sheet, titles: Titles) -> bool:
    enough = IN_ITS_SHEET if folded(sheet.nom or "") == folded(SHEET) else ENOUGH
    return any(_named(row, titles) >= enough for row in sheet.rows[:HEADER_WITHIN])


def _named(row: Sequence[object], titles: Titles) -> int:
    claimed = (titles.find(cell) for cell in row if isinstance(cell, str) and cell)
    return len(OF_AN_INVOICE & {field.champ for claim in claimed if claim for field in claim.fields})


def _not_read(content: Content, read: Sequence[Sheet]) -> list[Anomaly]:
    notes = (*NOTES, folded(SITUATION))
    shown = replace(content, sheets=tuple(s for s in content.sheets if folded(s.nom or "") not in notes))
    return list(not_read(shown, read, "elle n'a pas les titres d'un état récapitulatif."))


STATEMENT = Kind("consommation", "État récapitulatif (consommation)", claims, read, whole=False)
"""What was spent: it belongs to the follow-up, and makes no dossier."""

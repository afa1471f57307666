"""An extract of payments, from an accounting tool: a row a payment."""

from collections.abc import Sequence
from dataclasses import replace

from clact_model.fields import Table, follow_up
from clact_model.intake.manner import STRICT
from clact_model.intake.mapping import Titles, recognise
from clact_model.intake.mapping.headers import ENOUGH_TITLES
from clact_model.intake.report import Anomaly
from clact_model.intake.sources.kinds import Found, Kind, Reader
from clact_model.intake.sources.own import NOTES, not_read
from clact_model.intake.sources.untitled import titles_at
from clact_model.reading import Content, FileRefusedError, Sheet
from clact_model.reading.limits import HEADER_WITHIN
from clact_model.wording import folded

TABLES: tuple[Table, ...] = ("versement",)
NEEDED = frozenset(("reference_versement", "montant_paye", "date_paiement"))
"""Fields without which a row is no payment."""
ENOUGH = len(NEEDED) + 1
MANNER = replace(STRICT, skips_totals=True)


def claims(content: Content) -> bool:
    """True when a sheet has the titles of payments, and one more that says whose."""
    titles = Titles(follow_up(), TABLES)
    return any(
        named >= NEEDED and len(named) >= ENOUGH
        for sheet in content.sheets
        for named in (_named(row, titles) for row in sheet.rows[:HEADER_WITHIN])
    )


def read(content: Content, reader: Reader) -> Found:
    """Every sheet of payments: some tools write one a month. Raises FileRefusedError when none holds a row of titles."""
    titles = Titles(follow_up(), TABLES, corrections=reader.correspondence.of("versement"))
    filled = [sheet for sheet in content.sheets if sheet.rows and folded(sheet.nom or "") not in NOTES]
    if not filled:
        raise FileRefusedError("Le fichier ne contient aucune ligne : vérifiez l'export, puis recommencez.")
    chosen = [sheet for sheet in filled if _best(sheet, titles) >= len(NEEDED)]
    chosen = chosen or [max(filled, key=lambda sheet: _best(sheet, titles))]
    if all(_unknown(sheet, titles) for sheet in chosen):
        raise FileRefusedError(no_extract(), chosen[0].nom)
    notices = [Anomaly(sheet.fichier, "avertissement", notice) for sheet in chosen for notice in sheet.notices]
    # Of a file of another kind, one sentence says enough.
    known = any(_best(sheet, titles) for sheet in chosen)
    unread = not_read(content, chosen, "elle n'a pas les titres d'une extraction de paiements.") if known else ()
    found = tuple(recognise(sheet, titles, TABLES, MANNER, row=titles_at(sheet, titles)) for sheet in chosen)
    return Found(found, (*notices, *unread))


def _unknown(sheet: Sheet, titles: Titles) -> bool:
    """True when no row of it can be one of titles."""
    known = max(titles.count(row) for row in sheet.rows[:HEADER_WITHIN]) >= ENOUGH_TITLES
    return not known and titles_at(sheet, titles) is None


def no_extract() -> str:
    """What is said of a file that has none of the columns of an extract."""
    needed = ", ".join(f"« {field.libelle} »" for field in follow_up().of("versement") if field.champ in NEEDED)
    return (
        f"Aucune des colonnes d'une extraction de paiements ({needed}) n'est dans le fichier : ajoutez leurs titres, ou "
        "indiquez dans la correspondance les colonnes qui en tiennent lieu. Des dossiers ou des états récapitulatifs s'importent par la page Importer, ou par le verbe « importer »."
    )


def _best(sheet: Sheet, titles: Titles) -> int:
    return max(len(NEEDED & _named(row, titles)) for row in sheet.rows[:HEADER_WITHIN])


def _named(row: Sequence[object], titles: Titles) -> frozenset[str]:
    claimed = (titles.find(cell) for cell in row if isinstance(cell, str) and cell)
    return frozenset(field.champ for claim in claimed if claim for field in claim.fields)


EXTRACT = Kind("versements", "Extraction de paiements", claims, read, whole=False)
"""What was paid: each row is matched with a grant, and a person confirms."""

"""Our own workbook, and any table with a row a dossier or a row a line: two sheets, one flat sheet, csv files."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from clact_model.fields import KEYS, Dictionary, Table
from clact_model.intake.mapping import Titles, recognise
from clact_model.intake.mapping.headers import ENOUGH_TITLES, fields_named
from clact_model.intake.report import Anomaly
from clact_model.intake.sources.kinds import Found, Kind, Reader
from clact_model.reading import Content, FileRefusedError, Sheet
from clact_model.reading.contents import OF_A_TEXT
from clact_model.reading.limits import HEADER_WITHIN
from clact_model.wording import folded

DOSSIERS, ACTIONS = "dossiers", "actions"
"""The sheets of our workbook, folded."""

NOTES = ("lisez-moi", "listes")
"""Sheets of our workbook that hold no data, folded."""

FLAT: tuple[Table, ...] = ("dossier", "action")


def read(content: Content, reader: Reader) -> Found:
    """Every sheet that holds data. Raises FileRefusedError."""
    anomalies: list[Anomaly] = []
    shown = _without_notes(content)
    try:
        roles = list(_roles(shown, reader, anomalies))
        sheets = tuple(recognise(sheet, titles_of(reader, tables), tables) for sheet, tables in roles)
    except FileRefusedError as refusal:
        raise _with_hidden(refusal, shown.hidden) from refusal
    return Found(sheets, tuple(anomalies))


def _with_hidden(refusal: FileRefusedError, hidden: Sequence[str]) -> FileRefusedError:
    """The same refusal, that names the sheets hidden: the one that is looked for may be among them."""
    if not hidden:
        return refusal
    names = ", ".join(f"« {name} »" for name in hidden[:5])
    return FileRefusedError(
        f"{refusal} Des feuilles masquées ne sont pas lues ({names}) : affichez celle qui contient des dossiers.",
        refusal.sheet,
        refusal.row,
        refusal.column,
    )


def _without_notes(content: Content) -> Content:
    return replace(
        content,
        sheets=tuple(sheet for sheet in content.sheets if folded(sheet.nom or "") not in NOTES),
        hidden=tuple(name for name in content.hidden if folded(name) not in NOTES),
    )


def titles_of(reader: Reader, tables: tuple[Table, ...]) -> Titles:
    """The titles of a sheet that feeds these tables, with what a person said of them."""
    said = {title: champs for table in tables for title, champs in reader.correspondence.of(table).items()}
    return Titles(reader.dictionary, tables, corrections=said)


def _is_split(contents: Sequence[Content], dictionary: Dictionary) -> bool:
    """True when one csv file speaks of dossiers alone and another of actions alone: the two sheets of our workbook."""
    titles = Titles(dictionary, FLAT)
    named = [fields_named(sheet, titles) for content in contents for sheet in content.sheets if _is_csv(sheet)]
    return {"dossier"} in named and {"action"} in named


def _is_csv(sheet: Sheet) -> bool:
    """A csv file, or the marked copy of one."""
    return sheet.nom in (None, OF_A_TEXT)


def _roles(content: Content, reader: Reader, anomalies: list[Anomaly]) -> Iterator[tuple[Sheet, tuple[Table, ...]]]:
    """Each sheet to read and the tables it feeds; what is said of the others is added to ``anomalies``."""
    by_name = {folded(sheet.nom or ""): sheet for sheet in content.sheets}
    chosen = [by_name[name] for name in (DOSSIERS, ACTIONS) if name in by_name] or _only_sheet(content, reader)
    for sheet in chosen:
        anomalies += [Anomaly(sheet.fichier, "avertissement", notice) for notice in sheet.notices]
        if _is_csv(sheet):
            yield sheet, _csv_role(sheet, reader)
        elif folded(sheet.nom) == ACTIONS:
            yield sheet, ("action",)
        else:
            yield sheet, (("dossier",) if ACTIONS in by_name else FLAT)
    others = [sheet for sheet in content.sheets if sheet not in chosen and _lists_dossiers(sheet, reader)]
    anomalies += [_ask_for(sheet) for sheet in others]
    named = by_name.keys() & {DOSSIERS, ACTIONS}
    why = "seules « Dossiers » et « Actions » le sont." if named else f"seule « {chosen[0].nom} » l'est."
    anomalies += not_read(content, [*chosen, *others], why)


def _lists_dossiers(sheet: Sheet, reader: Reader) -> bool:
    """True when a sheet has the titles of a list of dossiers, one a row, and rows under them."""
    titles = titles_of(reader, FLAT)
    best = max(sheet.rows[:HEADER_WITHIN], key=titles.count, default=())
    claims = [titles.find(cell) for cell in best]
    named = {f.champ for claim in claims if claim for f in claim.fields}
    return len(named) > ENOUGH_TITLES and not named.isdisjoint(KEYS) and sheet.rows[-1] is not best


def _ask_for(sheet: Sheet) -> Anomaly:
    return Anomaly(
        sheet.fichier,
        "question",
        f"La feuille « {sheet.nom} » a aussi les titres d'une liste de dossiers, et elle n'est pas lue : copiez ses lignes sous "
        "celles de « Dossiers » si elles comptent, ou continuez sans elle.",
        sheet.nom,
    )


def _csv_role(sheet: Sheet, reader: Reader) -> tuple[Table, ...]:
    named = fields_named(sheet, Titles(reader.dictionary, FLAT))
    return tuple(named) if len(named) == 1 and _is_split(reader.companions, reader.dictionary) else FLAT


def _only_sheet(content: Content, reader: Reader) -> list[Sheet]:
    """The one sheet with cells, or that lists dossiers. Raises FileRefusedError when there is none, or a choice."""
    filled = [sheet for sheet in content.sheets if sheet.rows]
    listing = filled if len(filled) == 1 else [sheet for sheet in filled if _lists_dossiers(sheet, reader)]
    if len(listing) == 1:
        return listing
    if not filled:
        raise FileRefusedError("Le fichier ne contient aucune ligne : vérifiez l'export, puis recommencez.")
    names = ", ".join(f"« {sheet.nom} »" for sheet in filled[:5])
    raise FileRefusedError(
        f"Le classeur a plusieurs feuilles ({names}) et aucune ne s'appelle « Dossiers » : renommez celle des dossiers, "
        "et « Actions » celle des actions."
    )


def not_read(content: Content, chosen: Sequence[Sheet], why: str) -> Iterator[Anomaly]:
    """What is said of the sheets that are not read."""
    for name in content.hidden:
        sentence = (
            f"La feuille masquée « {name} » n'est pas lue : affichez-la et renommez-la si elle contient des dossiers."
        )
        yield Anomaly(content.fichier, "avertissement", sentence, name)
    for sheet in content.sheets:
        if sheet not in chosen and sheet.rows:
            yield Anomaly(
                content.fichier, "information", f"La feuille « {sheet.nom} » n'est pas lue : {why}", sheet.nom
            )


OWN = Kind("classeur", "Classeur de l'outil", lambda content: True, read)
"""The last kind to be tried: a table with titles that we know."""

"""Exports of Démarches simplifiées: standard or with chosen columns, as xlsx, ods, csv or read directly, retouched by hand or not.

The shape comes from the exporter's source (demarche-numerique/demarches-simplifiees.fr, procedure_export_service.rb):
sheets Dossiers, Etablissements, Avis, then one for each repeatable block, tied by the number of the dossier.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from clact_model.fields import Table
from clact_model.intake.manner import PLATFORM, PLATFORM_TEMPLATE, Manner
from clact_model.intake.mapping import Recognised, Titles, recognise
from clact_model.intake.report import Anomaly
from clact_model.intake.sources import platform_titles as words
from clact_model.intake.sources.kinds import Cofinancing, Found, Kind, Reader, Totals
from clact_model.intake.sources.own import FLAT, not_read
from clact_model.intake.sources.platform_reading import told
from clact_model.intake.values.text import one_line
from clact_model.reading import Cell, Content, FileRefusedError, Sheet
from clact_model.reading.limits import HEADER_WITHIN
from clact_model.wording import folded

_EXTRACTED = re.compile(r"_\d{4}-\d{2}-\d{2}_\d{2}-\d{2}")
"""The moment that the platform writes in the name of its files, Paris time."""


def claims(content: Content) -> bool:
    """True when a sheet has the titles that the platform writes."""
    return any(_dossiers_row(sheet) for sheet in content.sheets)


def read(content: Content, reader: Reader) -> Found:
    """The dossiers, their blocks, and what other sheets say of them. Raises FileRefusedError."""
    dossiers = [sheet for sheet in content.sheets if _dossiers_row(sheet)]
    if not dossiers:
        raise FileRefusedError(
            "Le fichier n'a pas les titres d'un export de la plateforme (« ID » ou « N° dossier », « État du dossier ») : "
            "choisissez un autre type de fichier."
        )
    if len(dossiers) > 1:
        names = ", ".join(f"« {sheet.nom} »" for sheet in dossiers)
        raise FileRefusedError(f"Plusieurs feuilles contiennent des dossiers ({names}) : gardez-en une.")
    main = dossiers[0]
    manner = _manner(main)
    blocks = [sheet for sheet in content.sheets if sheet is not main and _is_block(sheet)]
    actions = [found for sheet in blocks if (found := _actions(sheet, reader, manner))]
    financing = [shared for sheet in blocks if (shared := _cofinancing(sheet))]
    applicants = [named for sheet in content.sheets if (named := _applicants(sheet, reader))]
    tables: tuple[Table, ...] = ("dossier",) if actions else FLAT
    recognised = recognise(main, _titles(reader, tables), tables, manner)
    totals = _totals(recognised, reader) if actions else None
    chosen = [main, *(r.sheet for r in [*actions, *applicants]), *(f.sheet for f in financing)]
    anomalies = [Anomaly(sheet.fichier, "avertissement", notice) for sheet in chosen for notice in sheet.notices]
    reading = told(content)
    silent = [*filter(_is_opinions, content.sheets), *reading.sheets]
    anomalies += not_read(content, [*chosen, *silent], "ses titres ne disent rien des dossiers.")
    if not actions:
        anomalies.append(_without_block(main))
    return Found(
        (recognised, *applicants, *actions),
        tuple(anomalies),
        tuple(financing),
        totals,
        _extracted(content.fichier),
        whole=reading.whole,
        deleted=reading.deleted,
        without_blocks=not actions,
    )


def _titles(reader: Reader, tables: tuple[Table, ...], block: str = "") -> Titles:
    said = {title: champs for table in tables for title, champs in reader.correspondence.of(table).items()}
    return Titles(
        reader.dictionary,
        tables,
        fixed=words.FIXED if "dossier" in tables else words.FIXED_IN_BLOCKS,
        corrections=said,
        bare=words.bare_in(block),
    )


def _rows_of_titles(sheet: Sheet) -> Iterator[tuple[int, set[str]]]:
    for number, row in enumerate(sheet.rows[:HEADER_WITHIN], start=1):
        yield number, {folded(one_line(cell)) for cell in row if isinstance(cell, str)}


def _dossiers_row(sheet: Sheet) -> int | None:
    """The row of the platform's own titles, in a sheet of dossiers."""
    for number, titles in _rows_of_titles(sheet):
        if words.STATE in titles and titles & words.NUMBERS and titles & words.MARKS:
            return number
    return None


def _manner(main: Sheet) -> Manner:
    titles = next(titles for number, titles in _rows_of_titles(main) if number == _dossiers_row(main))
    return PLATFORM if titles & words.OF_THE_STANDARD else PLATFORM_TEMPLATE


def _row_with(sheet: Sheet, wanted: frozenset[str]) -> int | None:
    return next((number for number, titles in _rows_of_titles(sheet) if wanted <= titles), None)


def _is_block(sheet: Sheet) -> bool:
    return _row_with(sheet, words.BLOCK) is not None


def _is_opinions(sheet: Sheet) -> bool:
    return _row_with(sheet, words.OPINIONS) is not None


def _actions(sheet: Sheet, reader: Reader, manner: Manner) -> Recognised | None:
    """The block of the lines: it names what is asked, or what a line costs and is called."""
    titles = _titles(reader, ("action",), _block_label(sheet))
    found = recognise(sheet, titles, ("action",), manner)
    given = {column.field.champ for column in found.columns}
    return found if "montant_demande" in given or {"cout_total", "intitule"} <= given else None


def _block_label(sheet: Sheet) -> str:
    """``(4410030) Actions`` → ``actions``: its name may be cut and lacks its accents."""
    return folded(re.sub(r"^\(\d+\)\s*", "", sheet.nom or ""))


def _cofinancing(sheet: Sheet) -> Cofinancing | None:
    row = _row_with(sheet, words.BLOCK)
    assert row is not None
    bare = words.bare_in(_block_label(sheet))
    titles = [bare(folded(one_line(cell)))[0] for cell in sheet.rows[row - 1]]
    funder = next((i for i, title in enumerate(titles, start=1) if title in words.FUNDERS), None)
    amount = next((i for i, title in enumerate(titles, start=1) if words.AMOUNT.match(title)), None)
    if funder is None or amount is None:
        return None
    return Cofinancing(sheet, row, titles.index(words.DOSSIER) + 1, funder, amount)


def _totals(dossiers: Recognised, reader: Reader) -> Totals | None:
    """The amount that the form asks for the whole dossier, beside those of its lines."""
    titles = Titles(reader.dictionary, ("action",), bare=words.bare_in(""))
    row = dossiers.sheet.rows[dossiers.header_row - 1]
    for index, cell in enumerate(row, start=1):
        claim = titles.find(cell)
        if claim and claim.fields and claim.fields[0].champ == "montant_demande":
            return Totals(dossiers.sheet, dossiers, index)
    return None


def _applicants(sheet: Sheet, reader: Reader) -> Recognised | None:
    """The sheet of establishments, where the applicant is the row whose « Champ » is « Dossier »."""
    row = _row_with(sheet, words.APPLICANTS)
    if row is None:
        return None
    titles = Titles(reader.dictionary, ("dossier",), fixed=words.FIXED_OF_APPLICANTS)
    found = recognise(sheet, titles, ("dossier",), PLATFORM_TEMPLATE, "complement")
    champ = _place_of("champ", sheet.rows[row - 1])
    kept = frozenset(
        line
        for line in range(row + 1, len(sheet.rows) + 1)
        if folded(one_line(sheet.cell(line, champ))) == words.APPLICANT
    )
    return replace(found, only_rows=kept, anomalies=())


def _place_of(title: str, row: Sequence[Cell]) -> int:
    return next(index for index, cell in enumerate(row, start=1) if folded(one_line(cell)) == title)


def _without_block(main: Sheet) -> Anomaly:
    sentence = (
        "Cet export ne contient pas le détail des demandes (les blocs répétables n'existent qu'en .xlsx et .ods) : chaque dossier est lu "
        "avec une seule demande, aux montants du projet entier. Un dossier dont la base connaît plusieurs demandes les garde."
    )
    return Anomaly(main.fichier, "avertissement", sentence, main.nom)


def _extracted(name: str) -> datetime | None:
    found = _EXTRACTED.search(name)
    try:
        return datetime.strptime(found[0], "_%Y-%m-%d_%H-%M") if found else None  # noqa: DTZ007 a wall clock
    except ValueError:
        return None


PLATFORM_EXPORT = Kind("plateforme", "Export de Démarches simplifiées", claims, read)

"""The workbook of outcomes, come back filled → indicators and yearly measures, with every anomaly in its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb

from clact_model import dossiers, formats
from clact_model.impact import checking
from clact_model.impact.kept import Indicator, Yearly
from clact_model.impact.sheets import INDICATORS, OF_VALUE, SHEETS, Column, by_title, value_parser
from clact_model.impact.writing import merge
from clact_model.intake.report import Anomaly, Gravite, Resultat, outcome
from clact_model.intake.values import RefusalError, is_blank, shown
from clact_model.programme import Programme
from clact_model.reading import FileRefusedError, Sheet, UploadedFile, read
from clact_model.reading.limits import HEADER_WITHIN
from clact_model.store import Change
from clact_model.wording import folded, one_line

IDENTITY = {"Indicateurs": ("numero", "nom"), "Mesures annuelles": ("numero", "annee")}
"""Sheet → the fields without which a row says nothing; together they are its key."""


@dataclass(frozen=True)
class Reading:
    """What the workbook says, and what it would change: nothing is written yet."""

    fichier: str
    resultat: Resultat
    indicateurs: Sequence[Indicator] = ()
    mesures: Sequence[Yearly] = ()
    anomalies: Sequence[Anomaly] = ()
    changes: Sequence[Change] = ()
    nouveaux: int = 0
    modifies: int = 0
    inchanges: int = 0
    rejetes: int = 0


@dataclass
class _Sheet:
    """One sheet being read."""

    fichier: str
    sheet: Sheet
    nature: str
    header: int
    columns: Mapping[int, Column]
    anomalies: list[Anomaly] = field(default_factory=list)
    rejected: int = 0

    def say(
        self, gravite: Gravite, message: str, row: int, column: int | None = None, numero: str | None = None
    ) -> None:
        titre = self.columns[column].libelle if column else ""
        nom, line, letter = self.sheet.where(row, column, titre)
        cell = shown(self.sheet.cell(row, column)).strip() or None if column else None
        self.anomalies.append(Anomaly(self.fichier, gravite, message, nom, line, letter, cell, numero))


def preview(cursor: duckdb.DuckDBPyConnection, programme: Programme, today: date, file: UploadedFile) -> Reading:
    """What a workbook would change. Rows that cannot be kept are refused with their place; the others may be written.

    Raises FileRefusedError for a file that is no such workbook. Writes nothing.
    """
    sheets = [found for sheet in read(file).sheets if (found := _recognised(file.shown_name, sheet)) is not None]
    if not sheets:
        raise FileRefusedError(
            "Ce fichier n'est pas un classeur de bilan : il lui faut les colonnes « N° dossier » et « Indicateur », ou "
            "« N° dossier » et « Année ». Repartez du classeur de la page Bilan et impact."
        )
    known = set(dossiers.numbers(cursor, programme))
    promised: dict[tuple[str, str], Indicator] = {}
    measured: dict[tuple[str, int], Yearly] = {}
    for one in sheets:
        for row, values in _rows(one):
            if one.nature == INDICATORS:
                _take(one, row, Indicator(**values), known, today, promised)
            else:
                _take(one, row, Yearly(**values), known, today, measured)
    merged = merge(cursor, programme, promised.values(), measured.values())
    anomalies = [anomaly for one in sheets for anomaly in one.anomalies]
    return Reading(
        file.shown_name,
        outcome(anomalies),
        list(promised.values()),
        list(measured.values()),
        anomalies,
        merged.changes,
        merged.nouveaux,
        merged.modifies,
        merged.inchanges,
        sum(one.rejected for one in sheets),
    )


def _recognised(fichier: str, sheet: Sheet) -> _Sheet | None:
    """The sheet by its titles, whatever its name; None when it is neither."""
    for row, cells in enumerate(sheet.rows[:HEADER_WITHIN], start=1):
        titles = {place: folded(cell) for place, cell in enumerate(cells, start=1) if isinstance(cell, str)}
        for nature, columns in SHEETS.items():
            known = by_title(columns)
            found: dict[int, Column] = {}
            for place, title in titles.items():
                if title in known and known[title] not in found.values():
                    found[place] = known[title]
            if set(IDENTITY[nature]) <= {column.champ for column in found.values()}:
                return _Sheet(fichier, sheet, nature, row, found)
    return None


def _rows(one: _Sheet) -> Iterator[tuple[int, dict[str, Any]]]:
    """Row and values of each row that says something; what cannot be read is an anomaly, and refuses its row."""
    for row in range(one.header + 1, len(one.sheet.rows) + 1):
        cells = {place: one.sheet.cell(row, place) for place, column in one.columns.items() if column.parse}
        said = {place for place, cell in cells.items() if not is_blank(cell) or (row, place) in one.sheet.faults}
        # The row that waits to be filled: its number, or its number and its year, and nothing else.
        prefilled = {place for place, column in one.columns.items() if column.champ in ("numero", "annee")}
        if not said - prefilled:
            continue
        values, faults = _values(one, row, said)
        missing = [
            column.libelle
            for column in one.columns.values()
            if column.champ in IDENTITY[one.nature] and values.get(column.champ) is None
        ]
        if missing and not faults:
            one.say("erreur", f"« {missing[0]} » est vide : complétez la ligne, ou videz-la.", row)
        if missing or faults:
            one.rejected += 1
            continue
        yield row, values


def _values(one: _Sheet, row: int, said: set[int]) -> tuple[dict[str, Any], int]:
    """Fields of a row, and how many of its cells cannot be read. The unit first: the values are read by it."""
    values: dict[str, Any] = {}
    faults = 0
    for place, column in sorted(one.columns.items(), key=lambda item: item[1].champ in OF_VALUE):
        if place not in said or column.parse is None:
            continue
        if (fault := one.sheet.faults.get((row, place))) is not None:
            one.say("erreur", fault[1][:1].upper() + fault[1][1:], row, place)
            faults += 1
            continue
        parse = value_parser(values.get("unite")) if column.champ in OF_VALUE else column.parse
        try:
            found = parse(one.sheet.cell(row, place))
        except RefusalError as refused:
            one.say("erreur", str(refused), row, place)
            faults += 1
            continue
        if found.notice:
            one.say(found.gravite, found.notice, row, place)
        values[column.champ] = _plain(column.champ, found.value)
    return values, faults


def _plain(champ: str, value: Any) -> Any:
    """Names and units on one line: the same indicator, whatever its blanks."""
    return one_line(value, checking.LONGEST_NAME) or value if champ in ("nom", "unite") else value


def _take(one: _Sheet, row: int, found: Any, known: set[str], today: date, kept: dict[Any, Any]) -> None:
    """Keep a row, or refuse it with the reason."""
    check = checking.of_indicator if isinstance(found, Indicator) else checking.of_yearly
    refused = check(found, known, today)
    if not refused and found.key in kept:
        what = f"l'indicateur « {found.nom} »" if isinstance(found, Indicator) else f"l'année {found.annee}"
        refused = [f"Le dossier {found.numero} donne deux fois {what} : gardez une seule ligne."]
    for sentence in refused:
        one.say("erreur", sentence, row, numero=found.numero)
    if refused:
        one.rejected += 1
        return
    kept[found.key] = found
    if isinstance(found, Indicator):
        for sentence in checking.doubts(found):
            one.say("avertissement", sentence, row, numero=found.numero)


def summary(found: Reading) -> str:
    """``3 lignes nouvelles, 1 modifiée, 2 inchangées, 1 refusée``."""
    return ", ".join(
        [
            formats.plural(found.nouveaux, "ligne nouvelle", "lignes nouvelles"),
            formats.plural(found.modifies, "modifiée"),
            formats.plural(found.inchanges, "inchangée"),
            formats.plural(found.rejetes, "refusée"),
        ]
    )

"""From a workbook into a base: preview, then write."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pandas
import python_calamine as calamine
import xlsxwriter
from stdnum import luhn

from benchmarks import bases
from benchmarks.measuring import Line, interleaved, seconds
from clact_model import intake

Rows = Sequence[list[Any]]
_fresh = count()


def lines() -> Iterator[Line]:
    """330 dossiers in seconds, 10,000 of three lines each beside two programs that merely read the same file."""
    (ours,) = interleaved(lambda: _import(bases.WORKBOOK), runs=5)
    yield Line("import of 330 dossiers, into a fresh base", ours, limit=0.5)
    path = _workbook(10_000, lines_each=3)
    bare, frames, ours = interleaved(
        lambda: seconds(lambda: _bare_read(path)),
        lambda: seconds(lambda: pandas.read_excel(path, sheet_name=None, engine="openpyxl")),
        lambda: _import(path),
        runs=3,
    )
    yield Line("import of 10,000 dossiers × 3 lines", ours, bare, "calamine reads the file", limit=3)
    yield Line("import of 10,000 dossiers × 3 lines", ours, frames, "pandas reads the file with openpyxl", limit=1)


def _import(path: Path) -> float:
    file = bases.folder() / f"import-{next(_fresh)}.duckdb"
    with bases.opened(file) as base:

        def preview_and_write() -> None:
            uploaded = intake.UploadedFile.from_path(path)
            report = intake.write(
                base, bases.programme(), intake.preview(base, bases.programme(), [uploaded]), accept=True
            )
            assert report.resultat != "fichier_rejete" and not report.counts.rejetes, report.anomalies[:3]

        taken = seconds(preview_and_write)
    file.unlink()
    return taken


def _bare_read(path: Path) -> dict[str, Rows]:
    with calamine.load_workbook(str(path)) as workbook:
        return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}


@cache
def _workbook(dossiers: int, lines_each: int) -> Path:
    """The rows of the demonstration again and again, under numbers and identifiers of their own."""
    sheets = _bare_read(bases.WORKBOOK)
    path = bases.folder() / f"{dossiers}.xlsx"
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        head, *seed = sheets["Dossiers"]
        _write(workbook, "Dossiers", [head, *_dossiers(head, seed, dossiers)])
        head, *seed = sheets["Actions"]
        _write(workbook, "Actions", [head, *_actions(head, seed, dossiers, lines_each)])
    return path


def _label(champ: str) -> str:
    dictionary = bases.programme().dictionary
    return (dictionary.find("dossier", champ) or dictionary.get("action", champ)).libelle


def _dossiers(head: list[Any], seed: Rows, dossiers: int) -> Iterator[list[Any]]:
    numero, finess, siret = (head.index(_label(champ)) for champ in ("numero", "finess", "siret"))
    for i in range(dossiers):
        row = list(seed[i % len(seed)])
        row[numero], row[finess], row[siret] = _numero(i), _with_key(f"51{i:06d}"), _siret(i)
        yield row


def _actions(head: list[Any], seed: Rows, dossiers: int, lines_each: int) -> Iterator[list[Any]]:
    numero, rang = (head.index(_label(champ)) for champ in ("numero_dossier", "rang"))
    for i in range(dossiers * lines_each):
        row = list(seed[i % len(seed)])
        row[numero], row[rang] = _numero(i // lines_each), 1 + i % lines_each
        yield row


def _numero(i: int) -> str:
    return str(20_000_000 + i)


def _with_key(digits: str) -> str:
    return digits + luhn.calc_check_digit(digits)


def _siret(i: int) -> str:
    return _with_key(_with_key(f"000{i:05d}") + "0001")


def _write(workbook: Any, name: str, rows: Rows) -> None:
    sheet = workbook.add_worksheet(name)
    day, moment = (workbook.add_format({"num_format": f}) for f in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss"))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                if value:
                    sheet.write_string(r, c, value)
            elif isinstance(value, date):
                sheet.write_datetime(r, c, value, moment if isinstance(value, datetime) else day)
            else:
                sheet.write_number(r, c, value)

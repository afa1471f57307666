"""Files as people send them, and the dossiers they hold."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import duckdb
import openpyxl

from clact_model import intake
from clact_model.programme import Programme
from clact_model.store import Base

HEADERS = (
    "N° dossier",
    "FINESS EJ",
    "SIRET",
    "Raison sociale",
    "Département",
    "Statut",
    "Thématique",
    "Intitulé du projet",
    "Date de dépôt",
    "Coût total",
    "Montant demandé",
    "Taux demandé",
    "Contact courriel",
    "Description",
)
FINESS = ("590000014", "620000018", "800000010", "020000014", "600000012")
SIRETS = ("26590671900017", "35600000000048", "35600000009075", "13002526500013", "21590350100017")

Row = list[Any]
Cells = Sequence[Sequence[Any]]


def flat_rows(count: int = 5) -> list[Row]:
    """One row a dossier with its one action: a correct file of the list of bad files."""
    return [
        [
            f"2026-{number + 1:04}",
            FINESS[number],
            SIRETS[number],
            f"Établissement {number + 1}",
            "59",
            "En instruction",
            "autre",
            f"Projet {number + 1}",
            date(2026, 3, number + 1),
            10_000 + number,
            5_000 + number / 2,
            0.5,
            f"contact{number}@exemple.fr",
            "Réduire le port de charges",
        ]
        for number in range(count)
    ]


def with_cell(row: int, header: str, value: Any, rows: list[Row] | None = None) -> list[Row]:
    """The correct rows with one cell changed; ``row`` as Excel numbers it."""
    rows = rows if rows is not None else flat_rows()
    rows[row - 2][HEADERS.index(header)] = value
    return rows


def workbook(sheets: Mapping[str, Cells]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return book


def xlsx(sheets: Mapping[str, Cells]) -> bytes:
    return saved(workbook(sheets))


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def flat_xlsx(rows: Cells | None = None, headers: Sequence[Any] = HEADERS) -> bytes:
    return xlsx({"Dossiers": [headers, *(flat_rows() if rows is None else rows)]})


def csv_text(rows: Cells, delimiter: str = ";") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(
        [_french(cell) for cell in row] for row in rows
    )
    return stream.getvalue()


def flat_csv(rows: Cells | None = None, headers: Sequence[Any] = HEADERS) -> bytes:
    return csv_text([headers, *(flat_rows() if rows is None else rows)]).encode()


def _french(cell: Any) -> Any:
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return str(cell).replace(".", ",") if isinstance(cell, float) else cell


def ods(sheets: Mapping[str, Cells]) -> bytes:
    """A small ods made by hand: text, numbers, dates, booleans."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{"".join(_ods_row(row) for row in rows)}</table:table>'
        for name, rows in sheets.items()
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return archive({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_row(row: Sequence[Any]) -> str:
    return f"<table:table-row>{''.join(_ods_cell(cell) for cell in row)}</table:table-row>"


def _ods_cell(cell: Any) -> str:
    match cell:
        case None | "":
            return "<table:table-cell/>"
        case bool():
            return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(cell).lower()}"/>'
        case int() | float():
            return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
        case date():
            return f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}"/>'
        case _:
            lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(cell).split("\n"))
            return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return stream.getvalue()


def patched(content: bytes, changes: Mapping[str, bytes | None], add: Mapping[str, bytes] | None = None) -> bytes:
    """An archive with some parts replaced, removed (None) or added."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        parts = {name: changes.get(name, source.read(name)) for name in source.namelist()}
    return archive({name: part for name, part in {**parts, **(add or {})}.items() if part is not None})


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return source.read(name)


def upload(content: bytes, name: str = "candidatures.xlsx") -> intake.UploadedFile:
    return intake.UploadedFile(name, content)


def imported(base: Base, programme: Programme, *contents: bytes | intake.UploadedFile, **options: Any) -> intake.Report:
    """Preview, then write."""
    files = [content if isinstance(content, intake.UploadedFile) else upload(content) for content in contents]
    return intake.write(base, programme, intake.preview(base, programme, files), **options)


def held(base: Base, champs: str, table: str = "dossier") -> list[tuple[Any, ...]]:
    """Columns of a table, in a steady order."""
    order = "numero, ligne" if table == "action" else "numero"
    return base.cursor().execute(f"SELECT {champs} FROM {table} ORDER BY {order}").fetchall()


def everything(base: Base) -> dict[str, list[tuple[Any, ...]]]:
    """All that the base holds of dossiers, but which import wrote it."""
    cursor: duckdb.DuckDBPyConnection = base.cursor()
    return {
        table: cursor.execute(f"SELECT {what} FROM {table} ORDER BY ALL").fetchall()
        for table, what in (("dossier", "* EXCLUDE (importation)"), ("action", "*"), ("contact", "*"))
    }


def template_sheets(programme: Programme, folder: Path, *, flat: bool = False) -> dict[str, list[Row]]:
    """The rows of the empty workbook, example included, as openpyxl reads them."""
    path = folder / "modele.xlsx"
    intake.write_template(programme, path, flat=flat)
    book = openpyxl.load_workbook(path)
    return {name: [list(row) for row in book[name].iter_rows(values_only=True)] for name in book.sheetnames}


def messages(report: intake.Report) -> str:
    return "\n".join(anomaly.message for anomaly in report.anomalies)


def errors(report: intake.Report) -> list[intake.Anomaly]:
    return [anomaly for anomaly in report.anomalies if anomaly.gravite == "erreur"]


def columns(headers: Iterable[str], **values: Any) -> list[Any]:
    """A row under these titles: what is named, the rest empty."""
    return [values.get(header) for header in headers]

"""Whom a letter about a dossier is for: what the base knows, else what the files of a preview say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from clact_model import dossiers
from clact_model.intake import Report
from clact_model.intake.values import RefusalError, dossier_number, is_blank
from clact_model.intake.values.text import one_line
from clact_model.programme import Programme


@dataclass(frozen=True, slots=True)
class Addressee:
    """An establishment, and the address of its contact: personal data, for a letter that is asked to carry it."""

    raison_sociale: str | None = None
    courriel: str | None = None


def addressees(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, numeros: Sequence[str], report: Report | None = None
) -> dict[str, Addressee]:
    """Number → addressee, of the dossiers that the base or the files of the preview know."""
    in_base = {row["numero"]: row for row in dossiers.read(cursor, programme, numeros)}
    names, addresses = _in_files(report, "raison_sociale"), _in_files(report, "courriel_contact")
    found = {}
    for numero in numeros:
        row = in_base.get(numero, {})
        found[numero] = Addressee(
            row.get("raison_sociale") or names.get(numero), row.get("courriel_contact") or addresses.get(numero)
        )
    return found


def _in_files(report: Report | None, champ: str) -> Mapping[str, str]:
    """Number → what the files write in one column: a dossier that is refused is nowhere else."""
    return {} if report is None or report.recognition is None else dict(_written(report, champ))


def _written(report: Report, champ: str) -> Iterator[tuple[str, str]]:
    assert report.recognition is not None
    for recognised in report.recognition.sheets:
        column = next((one for one in recognised.columns if one.field.champ == champ), None)
        if column is None or recognised.key is None:
            continue
        sheet, below = recognised.sheet, recognised.header_row
        pairs = zip(sheet.below(recognised.key.index, below), sheet.below(column.index, below), strict=True)
        for number, cell in pairs:
            try:
                if not is_blank(number) and not is_blank(cell):
                    yield dossier_number.parse(number).value, one_line(cell)
            except RefusalError:
                continue

"""The statements of many dossiers in one archive: a workbook each."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

from clact_model.documents.statement_xlsx import statement_name, statement_xlsx
from clact_model.documents.target import Target, deliver
from clact_model.programme import Programme
from clact_model.statements.situation import Situation


def statements_zip(programme: Programme, situations: Sequence[Situation], quand: datetime, target: Target) -> None:
    """One workbook a dossier. ``quand``: with the programme's zone. Raises TargetError."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name, situation in zip(statement_names(situations), situations, strict=True):
            workbook = io.BytesIO()
            statement_xlsx(programme, situation, quand, workbook)
            entry = zipfile.ZipInfo(name, quand.timetuple()[:6])
            archive.writestr(entry, workbook.getvalue())
    deliver(content.getvalue(), target)


def statement_names(situations: Sequence[Situation]) -> list[str]:
    """A name each, all different: two numbers may differ by a character that no file name keeps."""
    names: list[str] = []
    for situation in situations:
        stem = statement_name(situation.numero).removesuffix(".xlsx")
        others = sum(1 for name in names if name == f"{stem}.xlsx" or name.startswith(f"{stem}_bis"))
        names.append(f"{stem}_bis{others}.xlsx" if others else f"{stem}.xlsx")
    return names

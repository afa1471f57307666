"""The outcome of a call as a workbook, made when it is asked for."""

import io
from collections.abc import Callable
from datetime import datetime

import streamlit as st

from clact_model import documents, impact
from clact_model.documents import AssessmentSheets
from clact_model.programme import Programme
from pages.components import base

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def button(programme: Programme) -> None:
    """Everything that the page shows, in one file."""
    now = datetime.now(programme.file.zone)
    st.download_button(
        "Télécharger le bilan (xlsx)",
        data=_content(programme, now),
        file_name=documents.assessment_file_name(programme, now),
        mime=XLSX,
        on_click="ignore",
        icon=":material/download:",
        key="bilan_telecharger",
        help="Les sommes par axe, secteur et département, les indicateurs, avant et après, les années, et d'où cela vient.",
    )


def _content(programme: Programme, now: datetime) -> Callable[[], bytes]:
    def made() -> bytes:
        cursor, today = base.cursor(), base.today()
        years = impact.years(cursor, programme)
        found = AssessmentSheets(
            impact.assess(cursor, programme, today),
            impact.follow(cursor, programme, today),
            impact.compare(cursor, programme, years[0]) if years else None,
            impact.of_region(cursor, programme, today),
        )
        target = io.BytesIO()
        documents.assessment_xlsx(programme, found, now, target)
        return target.getvalue()

    return made

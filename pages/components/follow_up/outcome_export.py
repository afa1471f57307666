"""The outcome of a call as a workbook, made when it is asked for."""

from datetime import datetime

from clact_model import documents, impact
from clact_model.documents import AssessmentSheets
from clact_model.programme import Programme
from pages.components import base, downloads


def button(programme: Programme) -> None:
    """Everything that the page shows, in one file."""
    now = datetime.now(programme.file.zone)
    downloads.button(
        "Télécharger le bilan (xlsx)",
        documents.assessment_file_name(programme, now),
        lambda target: documents.assessment_xlsx(programme, _sheets(programme), now, target),
        key="bilan_telecharger",
        meaning="Les sommes par axe, secteur et département, les indicateurs, avant et après, les années, et d'où cela vient.",
    )


def _sheets(programme: Programme) -> AssessmentSheets:
    cursor, today = base.cursor(), base.today()
    years = impact.years(cursor, programme)
    return AssessmentSheets(
        impact.assess(cursor, programme, today),
        impact.follow(cursor, programme, today),
        impact.compare(cursor, programme, years[0]) if years else None,
        impact.of_region(cursor, programme, today),
    )

"""Who else pays, as the platform's block says it: what cannot be read leaves the dossier's other aid unknown."""

from collections import Counter
from io import BytesIO

import openpyxl

from clact_model.programme import Programme
from clact_model.store import Base
from tests.intake import builders
from tests.intake.test_platform import fixture


def test_an_amount_that_cannot_be_read_leaves_the_other_aid_unknown(base: Base, programme: Programme) -> None:
    book = openpyxl.load_workbook(BytesIO(fixture("xlsx").content))
    actions = next(sheet for sheet in book if "Actions" in sheet.title)
    funders = next(sheet for sheet in book if "Co-financements" in sheet.title)
    lines = Counter(cell.value for cell in actions["A"])
    row = next(row for row in funders.iter_rows(min_row=2) if lines[row[0].value] == 1)
    row[3].value = "voir convention"
    report = builders.imported(base, programme, builders.saved(book))
    (said,) = (anomaly for anomaly in report.anomalies if anomaly.valeur == "voir convention")
    assert (said.numero, said.feuille) == (row[0].value, funders.title)
    cells = base.cursor().execute(
        "SELECT autres_aides_publiques, apport_etablissement FROM action WHERE numero = ?", [row[0].value]
    )
    assert cells.fetchall() == [(None, None)]

"""The workbook of the follow-up: each line of the ledger says which other it speaks of, in the words of its call."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl

from clact_model import tracking
from clact_model.documents.statement_xlsx import statement_xlsx
from clact_model.documents.tracking_xlsx import tracking_xlsx
from clact_model.statements.situation import situations
from tests.tracking.followed import Followed, followed

d = date.fromisoformat
NOW = datetime(2025, 9, 2, 10, 30, tzinfo=ZoneInfo("Europe/Paris"))


def spent(folder: Path) -> Followed:
    """A dossier of a call that says « projet », with an expense admitted, then the answer taken back."""
    one = followed(folder, "normandie_2025", {1: "1000"}, "2025-04-16")
    one.do(tracking.Sign(one.numero, d("2025-04-20"), "C-1"))
    (expense,) = one.do(tracking.Present(one.numero, Decimal(300), d("2025-05-02"), "F-1", 1))
    (answer,) = one.do(tracking.Admit(one.numero, expense.id, d("2025-05-03"), Decimal(250)))
    one.do(tracking.Reverse(one.numero, answer.id, d("2025-05-04"), "Erreur"))
    return one


def sheet(one: Followed, name: str) -> Sequence[Sequence[object]]:
    content = io.BytesIO()
    accounts = tracking.situations(one.base.cursor(), one.programme, d("2025-05-10"))
    tracking_xlsx(one.programme, accounts, d("2025-05-10"), NOW, content)
    return list(openpyxl.load_workbook(content)[name].iter_rows(values_only=True))


def test_a_line_of_the_ledger_names_the_one_it_answers_or_takes_back(tmp_path: Path) -> None:
    header, *rows = sheet(spent(tmp_path), "Registre")
    place, nature = header.index("Ligne concernée"), header.index("Nature")
    told = {
        str(row[nature]): str(row[place]).replace("\u00a0", " ").replace("\u202f", " ") for row in rows if row[place]
    }
    assert {nature: words.split(" · ", 1)[1] for nature, words in told.items()} == {
        "Dépense admise": "Dépense présentée · 300,00 € · 02/05/2025",
        "Contre-passation : dépense admise": "Dépense admise · 250,00 € · 03/05/2025",
    }
    assert all(words.startswith("n° ") for words in told.values())


def test_a_line_of_the_dossier_bears_the_name_that_the_call_gives_it(tmp_path: Path) -> None:
    one = spent(tmp_path)
    assert "Projet" in sheet(one, "Registre")[0]
    content = io.BytesIO()
    (found,) = situations(one.base.cursor(), one.programme, d("2025-05-10"), [one.numero])
    statement_xlsx(one.programme, found, NOW, content)
    titles = [row[0] for row in openpyxl.load_workbook(content)["Situation"].iter_rows(values_only=True)]
    assert "Projets" in titles
    assert "Actions" not in titles

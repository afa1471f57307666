"""The statement to fill: what it tells, and that it comes back as it went."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from clact_model.documents.statement_xlsx import statement_name, statement_xlsx
from clact_model.documents.statements_zip import statements_zip
from clact_model.fields import follow_up
from clact_model.ledger import Book, Entry
from clact_model.reading.uploads import UploadedFile
from clact_model.statements.situation import situations
from clact_model.store import Base
from clact_model.tracking import Pay, Sign
from tests.intake.builders import messages
from tests.statements.builders import (
    GRANTED,
    IMPORTED,
    RECEIVED,
    UNSIGNED,
    as_csv,
    lines,
    previewed,
    programme,
    row,
    taken,
)
from tests.tracking.followed import followed as of_call

NOW = datetime(2026, 9, 2, 10, 30, tzinfo=ZoneInfo("America/Guadeloupe"))
HOSTILE = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "-5 places")


def written(base: Base, numero: str = GRANTED, day: date = RECEIVED) -> bytes:
    content = io.BytesIO()
    (found,) = situations(base.cursor(), programme(), day, [numero])
    statement_xlsx(programme(), found, NOW, content)
    return content.getvalue()


def filled(content: bytes, *rows: list[object]) -> UploadedFile:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for cells in rows:
        place = next(n for n in range(2, 500) if book["Consommation"].cell(n, 1).value is None)
        for column, value in enumerate(cells, start=1):
            book["Consommation"].cell(place, column, value)
    saved = io.BytesIO()
    book.save(saved)
    return UploadedFile("etat_rempli.xlsx", saved.getvalue())


@pytest.fixture
def presented(base: Base) -> Base:
    """Three expenses of every fate, one of them entered without its invoice's day, and texts that a spreadsheet would run."""
    report = taken(
        base,
        as_csv(
            row(admis=900, verse=800, tranche=1, action=1, objet=HOSTILE[0], impute=950, motif="TVA"),
            row(facture="=2", montant=500.25, objet=HOSTILE[4]),
            row(facture="F-3", montant=300, admis=0, motif="@Hors convention"),
            row(facture="A-1", montant=-100, admis=-100),
        ),
    )
    assert report.nouveaux == 4
    with base.write("justifier", programme().id) as writing:
        book = Book(writing, [GRANTED])
        book.add(Entry(numero=GRANTED, nature="depense", jour=RECEIVED, montant=Decimal("12.34"), reference="F-9"))
        book.close()
    return base


def test_a_statement_comes_back_as_it_went(presented: Base) -> None:
    report = previewed(presented, UploadedFile("etat.xlsx", written(presented)))
    assert (report.resultat, report.anomalies) == ("accepte", ())
    assert (report.nouveaux, report.modifies, report.inchanges, report.rejetes) == (0, 0, 5, 0)
    assert {one.etat for one in report.accepted} == {"connue"}


def test_an_expense_added_to_it_is_the_only_new_one(presented: Base) -> None:
    added = filled(written(presented), row(facture="F-10", montant=70, impute=35, objet="Formation"))
    report = taken(presented, added)
    assert (report.resultat, report.nouveaux, report.inchanges) == ("accepte", 1, 5)
    new = lines(presented, GRANTED)[-1]
    assert (new.reference, new.montant, new.details["objet"]) == ("F-10", Decimal("35.00"), "Formation")


def test_an_expense_taken_back_since_is_new_again_and_said(presented: Base) -> None:
    content = written(presented)
    with presented.write("contrepasser", programme().id) as writing:
        book = Book(writing, [GRANTED])
        book.reverse(next(m for m in lines(presented, GRANTED) if m.reference == "=2"), RECEIVED, "Erreur")
        book.close()
    report = previewed(presented, UploadedFile("etat.xlsx", content))
    assert (report.nouveaux, report.inchanges) == (1, 4)
    assert "le registre ne l'a pas" in messages(report)


def test_no_cell_of_it_is_a_formula_and_amounts_are_numbers(presented: Base) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(presented)))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    first = next(book["Consommation"].iter_rows(min_row=2, max_row=2, values_only=True))
    assert first[:7] == (GRANTED, 1, "F-1", datetime(2026, 5, 4), 1000, 900, 800)  # noqa: DTZ001
    assert book["Consommation"]["I2"].quotePrefix


def test_its_titles_are_those_of_the_import(untouched: Base) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(untouched)))
    assert book.sheetnames == ["Consommation", "Situation", "Lisez-moi"]
    assert [cell.value for cell in book["Consommation"][1]] == [f.libelle for f in follow_up().of("depense")]
    checked = {
        str(rule.sqref).split(":")[0]: rule.type for rule in book["Consommation"].data_validations.dataValidation
    }
    assert checked == {"A2": "list", "B2": "list", "D2": "date", "E2": "decimal", "F2": "decimal", "G2": "decimal"} | {
        "H2": "list",
        "J2": "decimal",
        "L2": "date",
    }


def test_it_tells_where_the_grant_stands_that_day(presented: Base) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(presented)))
    said = {line[0]: line[1:] for line in book["Situation"].iter_rows(values_only=True) if line[0]}
    assert (said["Accordé"][0], said["Dépenses présentées"][0], said["Dépenses admises"][0]) == (5000, 1662.59, 800)
    assert said["CONV-2026-17"][0] == datetime(2026, 4, 15)  # noqa: DTZ001
    before = openpyxl.load_workbook(io.BytesIO(written(presented, day=date(2026, 4, 10))))
    earlier = {line[0]: line[1:] for line in before["Situation"].iter_rows(values_only=True) if line[0]}
    assert (earlier["Accordé"][0], earlier["Conventionné"][0], earlier["Dépenses présentées"][0]) == (5000, 0, 0)
    assert "CONV-2026-17" not in earlier


def test_a_convention_and_a_payment_of_two_actions_are_told_once(tmp_path: Path) -> None:
    one = of_call(tmp_path, "normandie_2025", {1: "9000.00", 2: "6000.00"}, "2025-06-30", actions=2)
    signed, paid = date(2025, 7, 15), date(2026, 1, 20)
    one.do(Sign(one.numero, signed, "C-25-1"), Pay(one.numero, Decimal(15000), paid, "DV-1"))
    (found,) = situations(one.base.cursor(), one.programme, paid, [one.numero])
    assert [(m.reference, m.jour, m.montant) for m in found.conventions] == [("C-25-1", signed, 15000)]
    assert [(m.reference, m.jour, m.montant) for m in found.versements] == [("DV-1", paid, 15000)]
    one.base.close()


def test_the_same_statement_gives_the_same_bytes(untouched: Base) -> None:
    assert written(untouched) == written(untouched)


def test_an_empty_statement_holds_nothing_to_take_in(untouched: Base) -> None:
    report = previewed(untouched, UploadedFile("etat.xlsx", written(untouched, IMPORTED)))
    assert (report.resultat, report.nouveaux) == ("accepte", 0)
    assert "Aucune dépense dans ce fichier" in messages(report)


def test_all_the_granted_dossiers_have_theirs_in_one_archive(untouched: Base, tmp_path: Path) -> None:
    found = situations(untouched.cursor(), programme(), RECEIVED)
    statements_zip(programme(), found, NOW, tmp_path / "etats.zip")
    with zipfile.ZipFile(tmp_path / "etats.zip") as archive:
        assert archive.namelist() == [f"etat_{GRANTED}.xlsx", f"etat_{UNSIGNED}.xlsx"]
        names = {openpyxl.load_workbook(archive.open(n))["Situation"]["B3"].value for n in archive.namelist()}
    assert names == {GRANTED, UNSIGNED}


@pytest.mark.parametrize("numero", ["../../etc/passwd", "=1+1", "a b/c", "Ünï", "x" * 300, "?"])
def test_the_name_of_its_file_is_harmless(numero: str) -> None:
    name = statement_name(numero)
    assert name.isascii() and len(name) < 100 and not set(name) & set('/\\=+@ :*?"<>|')

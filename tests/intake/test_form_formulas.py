"""Formulas of a form: recomputed when they are simple, else refused with their sentence."""

from decimal import Decimal

import openpyxl
import pytest

from clact_model.programme import Programme
from clact_model.store import Base
from tests.intake import builders
from tests.intake.builders import errors, upload
from tests.intake.forms import FIXTURES, WITH_FORMULAS, changed, plan, taken


@pytest.mark.parametrize(
    ("formula", "asked"),
    [
        ("=E5*0.7", "16328.63"),
        ("=(E5-F5)/2", "8164.32"),
        ("=SUM(E5:E6,-F5)", "19577.10"),
        ("=E5-$F$5", "16328.63"),
        ("=E5*70%", "16328.63"),
        ("=H6+1", "2274.93"),
        ("=E5-Z99", "23326.62"),
    ],
)
def test_a_simple_formula_without_a_result_is_recomputed(
    formula: str, asked: str, base: Base, programme: Programme
) -> None:
    def written(book: openpyxl.Workbook) -> None:
        plan(book)["H5"] = formula

    _, found = taken(base, programme, upload(changed(WITH_FORMULAS, written)))
    assert found["020001004"]["actions"][0]["montant_demande"] == Decimal(asked)


@pytest.mark.parametrize(
    "formula",
    [
        "=ROUND(E5,0)",
        "=E5-B5",
        "=E5/0",
        "=H5+1",
        "=H6+H5",
        "='1-Identification '!D4",
        "=E5^2",
        "=1E999",
        "=E5:E6",
        "=(",
    ],
)
def test_another_formula_keeps_its_sentence_and_refuses_its_form(
    formula: str, base: Base, programme: Programme
) -> None:
    def written(book: openpyxl.Workbook) -> None:
        plan(book)["H5"], plan(book)["H6"] = formula, "=H5"

    report, found = taken(base, programme, upload(changed(WITH_FORMULAS, written)))
    assert found == {}
    first = next(error for error in errors(report) if "la formule n'a pas de résultat enregistré" in error.message)
    assert first.place == "Feuille « Plan de financement (2) », ligne 5, colonne H"


def test_a_saved_result_counts_even_against_its_formula(base: Base, programme: Programme) -> None:
    content = (FIXTURES / WITH_FORMULAS).read_bytes()
    sheet = "xl/worksheets/sheet3.xml"
    xml = builders.part(content, sheet)
    assert b"<f>E5-F5</f><v></v>" in xml or b"<f>E5-F5</f><v />" in xml or b"<f>E5-F5</f><v/>" in xml
    for empty in (b"<v></v>", b"<v />", b"<v/>"):
        xml = xml.replace(b"<f>E5-F5</f>" + empty, b"<f>E5-F5</f><v>16000</v>")
    report, found = taken(base, programme, upload(builders.patched(content, {sheet: xml})))
    assert found["020001004"]["actions"][0]["montant_demande"] == Decimal(16000)
    told = next(anomaly for anomaly in report.anomalies if "la valeur enregistrée est lue" in anomaly.message)
    assert told.place == "Feuille « Plan de financement (2) », ligne 5, colonne H"

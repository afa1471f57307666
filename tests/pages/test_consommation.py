"""Consommation: the figures of the ledger, filters in the address, proofs answered, on the demonstration of a call."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from clact_model import ledger, tracking
from clact_model.ledger import Book, Entry
from clact_model.store import Base
from tests.pages.walk import DAY, Open, empty, filled_copy, open_page, programme, words  # noqa: F401

PAGE = "suivi/consommation.py"


@pytest.fixture
def followed(tmp_path: Path) -> Path:
    """Three dossiers granted 10 000 € each and signed; the first has an invoice admitted and one that waits."""
    path = filled_copy(tmp_path)
    base = Base(path)
    numeros = [n for (n,) in base.cursor().execute("SELECT numero FROM dossier ORDER BY numero LIMIT 3").fetchall()]
    with base.write("notifier", programme().id) as writing:
        book = Book(writing)
        for numero in numeros:
            book.add(Entry(numero=numero, nature="octroi", jour=date(2025, 4, 1), montant=Decimal(10_000)))
        book.close()
    signed = [tracking.Sign(numero, date(2025, 4, 10), f"C-{numero}") for numero in numeros]
    first = numeros[0]
    proofs = [
        tracking.Present(first, Decimal(amount), date(2025, 5, 2), f"F-{amount}") for amount in ("2500.60", "12000")
    ]
    written = tracking.record(base, programme(), DAY, [*signed, *proofs])
    expense = next(m.id for m in written if m.reference == "F-2500.60")
    tracking.record(base, programme(), DAY, [tracking.Admit(first, expense, date(2025, 5, 5))])
    base.close()
    return path


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: "".join(metric.value.split()) for metric in app.metric}


def test_an_empty_base_leads_to_the_selection(empty: Path, open_page: Open) -> None:  # noqa: F811
    assert "Aucune subvention notifiée" in open_page(empty, PAGE).info[0].value


def test_the_figures_are_those_of_the_ledger_and_too_few_cases_are_said(followed: Path, open_page: Open) -> None:  # noqa: F811
    base = Base(followed)
    expected = ledger.total(ledger.balances(base.cursor(), programme().id, DAY).values())
    base.close()
    app = open_page(followed, PAGE)
    shown = app.dataframe[0].value
    assert figures(app)["Consommé (€)"] == "2501€"
    assert figures(app)["Prévision à l'échéance"] == "—"
    assert "trop peu de cas" in words(app)
    assert shown["consomme"].sum() == expected.consomme == Decimal("2500.60")
    assert shown["signal"][0].endswith("Dépassement")
    assert shown["euros"][0] == Decimal("4500.60")


def test_an_alert_filters_the_table_and_stands_in_the_address(followed: Path, open_page: Open) -> None:  # noqa: F811
    app = open_page(followed, PAGE, alerte="Sans alerte")
    assert len(app.dataframe[0].value) == 2


def test_by_axis_the_table_adds_up(followed: Path, open_page: Open) -> None:  # noqa: F811
    app = open_page(followed, PAGE, conso_vue="Courbe et répartition")
    table = app.dataframe[-1].value
    assert table["accorde"].sum() == 30_000
    assert table["consomme"].sum() == Decimal("2500.60")


def test_recovery_says_that_nothing_is_due_before_the_deadline(followed: Path, open_page: Open) -> None:  # noqa: F811
    app = open_page(followed, PAGE, conso_vue="Récupération")
    assert "Aucune échéance passée" in words(app)
    assert "aucune lettre à envoyer" in words(app)

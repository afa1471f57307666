"""Conventions et versements: what is granted, signed and paid, on the demonstration of a call that pays by year."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup

from clact_model import ledger, tracking
from clact_model.ledger import Book, Entry
from clact_model.store import Base
from clact_model.tracking import MODES
from pages.components import text
from pages.components.follow_up import tracking_forms
from tests.pages.walk import DAY, Open, empty, filled, filled_copy, open_page, programme, sane  # noqa: F401
from tests.tracking.followed import followed

PAGE = "suivi/conventions_et_versements.py"


@pytest.fixture
def granted(tmp_path: Path) -> Path:
    """Three dossiers of the demonstration, granted 10 000 € each a month before."""
    path = filled_copy(tmp_path)
    base = Base(path)
    rows = base.cursor().execute("SELECT numero FROM dossier ORDER BY numero LIMIT 3").fetchall()
    with base.write("notifier", programme().id) as writing:
        book = Book(writing)
        for (numero,) in rows:
            book.add(Entry(numero=numero, nature="octroi", jour=date(2025, 4, 15), montant=Decimal(10_000)))
        book.close()
    base.close()
    return path


def numbers_of(base: Base) -> list[str]:
    return [numero for numero, _ in ledger.balances(base.cursor(), programme().id, DAY)]


def sums(path: Path) -> ledger.Balance:
    base = Base(path)
    found = ledger.total(ledger.balances(base.cursor(), programme().id, DAY).values())
    base.close()
    return found


def tick(app: AppTest, place: int) -> AppTest:
    app.session_state["suivi"] = {"selection": {"rows": [place], "columns": [], "cells": []}}
    app.run()
    sane(app)
    return app


def act(app: AppTest) -> ButtonGroup[str]:
    return next(found for found in app.segmented_control if found.label == "Inscrire")


def test_before_any_notification_the_way_leads_to_the_selection(filled: Path, open_page: Open) -> None:  # noqa: F811
    app = open_page(filled, PAGE)
    assert not app.exception
    assert "Aucune subvention notifiée" in app.info[0].value


def test_the_figures_of_the_page_are_those_of_the_ledger(granted: Path, open_page: Open) -> None:  # noqa: F811
    expected = sums(granted)
    app = open_page(granted, PAGE)
    figures = {metric.label: "".join(metric.value.split()) for metric in app.metric}
    assert figures["Accordé (€)"] == "30000,00€"
    assert figures["Versé (€)"] == "0,00€"
    assert app.dataframe[0].value["accorde"].sum() == expected.accorde == 30_000


def test_a_state_filters_the_table_and_stands_in_the_address(granted: Path, open_page: Open) -> None:  # noqa: F811
    base = Base(granted)
    one = numbers_of(base)[0]
    tracking.record(base, programme(), DAY, [tracking.Sign(one, date(2025, 5, 2), "C-1")])
    base.close()
    app = open_page(granted, PAGE, etat_suivi="Convention à signer")
    assert "1 signée, 2 à signer" in {metric.delta for metric in app.metric}
    assert one not in app.dataframe[0].value["numero"].tolist()
    assert len(app.dataframe[0].value) == 2
    assert next(one for one in app.metric if one.label == "Conventionné (€)").delta == "1 signée, 2 à signer"


def test_the_dashboard_tells_what_the_follow_up_waits_for(granted: Path, open_page: Open) -> None:  # noqa: F811
    app = open_page(granted, "campagne/tableau_de_bord.py")
    assert not app.exception
    assert any("suivi des subventions" in header.value for header in app.subheader)


@pytest.mark.parametrize(
    ("par", "first"),
    [("reversement", "Reversement"), ("compensation", "Imputé sur une notification ultérieure")],
)
def test_a_recovery_proposes_the_way_that_the_call_says(par: str, first: str) -> None:
    rule = programme().file.controle.recuperation
    assert rule is not None
    said = programme().file.controle.model_copy(update={"recuperation": rule.model_copy(update={"par": par})})
    call = replace(programme(), file=programme().file.model_copy(update={"controle": said}))
    assert MODES[tracking_forms.modes(call)[0]] == first


def test_the_report_proposed_is_the_first_that_is_not_received(granted: Path, open_page: Open) -> None:  # noqa: F811
    base = Base(granted)
    one = numbers_of(base)[0]
    signed = tracking.Sign(one, date(2025, 4, 20), "C-1")
    tracking.record(base, programme(), DAY, [signed, tracking.ReceiveReport(one, 2025, date(2025, 5, 2))])
    base.close()
    app = tick(open_page(granted, PAGE, texte_suivi=one), 0)
    act(app).set_value("Bilan reçu").run()
    assert next(found for found in app.selectbox if found.label == "Bilan de").options == ["Évaluation finale"]


def test_a_grant_ticked_stays_ticked_whatever_the_filter_moves(granted: Path, open_page: Open) -> None:  # noqa: F811
    base = Base(granted)
    first, second, _ = numbers_of(base)
    base.close()
    app = tick(open_page(granted, PAGE), 1)
    assert app.subheader[0].value.startswith(text.plain(second))
    search = app.text_input(key="texte_suivi")
    search.set_value(second).run()
    assert app.subheader[0].value.startswith(text.plain(second)), (
        "it is now the first row, and still the one that is shown"
    )
    search.set_value(first).run()
    sane(app)
    assert not app.subheader, "no form may act on a grant that nobody ticked"


def test_what_is_written_leaves_the_grant_ticked(granted: Path, open_page: Open) -> None:  # noqa: F811
    base = Base(granted)
    second = numbers_of(base)[1]
    base.close()
    app = tick(open_page(granted, PAGE), 1)
    app.text_input(key=next(found.key for found in app.text_input if found.label == "Numéro")).set_value("C-7")
    next(button for button in app.button if button.label == "Inscrire").click().run()
    sane(app)
    assert app.success[0].value == "Convention inscrite, avec ses tranches."
    assert app.subheader[0].value.startswith(text.plain(second))
    assert any("C\\-7" in found.value for found in app.caption)


def test_the_report_that_a_tranche_awaits_is_the_act_proposed_first(tmp_path: Path, open_page: Open) -> None:  # noqa: F811
    one = followed(tmp_path, "guadeloupe_2023", {1: "1000"}, "2023-12-20")
    one.do(
        tracking.Sign(one.numero, date(2024, 1, 10), "C-1"), tracking.Pay(one.numero, Decimal(400), date(2024, 2, 1))
    )
    one.base.close()
    app = tick(open_page(one.base.path, PAGE, programme=one.programme.titre), 0)
    assert act(app).options[:2] == ["Bilan reçu", "Versement"]
    next(button for button in app.button if button.label == "Inscrire").click().run()
    sane(app)
    assert act(app).value == "Versement", "its report is there: the tranche can be paid"


def test_a_grant_to_pay_and_to_recover_is_found_under_both(tmp_path: Path, open_page: Open) -> None:  # noqa: F811
    one = followed(tmp_path, "guadeloupe_2023", {1: "1000"}, "2023-12-20")
    one.do(
        tracking.Sign(one.numero, date(2024, 1, 10), "C-1"),
        tracking.Pay(one.numero, Decimal(400), date(2024, 2, 1)),
        tracking.Claim(one.numero, date(2025, 1, 5), "Trop perçu", Decimal(100)),
        tracking.ReceiveReport(one.numero, 2024, date(2025, 2, 1)),
    )
    one.base.close()
    for state in ("À verser", "À récupérer"):
        app = open_page(one.base.path, PAGE, programme=one.programme.titre, etat_suivi=state)
        assert app.dataframe[0].value["etat"].tolist() == ["€ À verser, ↩ À récupérer"]

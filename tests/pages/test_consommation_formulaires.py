"""Consommation, its forms: what each writes is read back in the ledger, what it refuses is said and writes nothing."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from clact_model import ledger, tracking
from clact_model.ledger import Balance, Book, Entry
from clact_model.store import Base
from pages.components import base as screens
from tests.pages.walk import DAY, Open, filled_copy, open_page, programme, sane, words  # noqa: F401

PAGE = "suivi/consommation.py"
AFTER = date(2027, 1, 15)
"""A day after the last one for consuming."""
PAID, PRESENTED, LEFT = Decimal(6_000), Decimal("2500.60"), Decimal("3499.40")


@pytest.fixture
def followed(tmp_path: Path) -> SimpleNamespace:
    """Two dossiers granted 10 000 € and paid 6 000 €; the first presented an invoice that waits for its answer."""
    path = filled_copy(tmp_path)
    base = Base(path)
    rows = base.cursor().execute("SELECT numero FROM dossier ORDER BY numero LIMIT 2").fetchall()
    numeros = [numero for (numero,) in rows]
    with base.write("notifier", programme().id) as writing:
        book = Book(writing)
        for numero in numeros:
            book.add(Entry(numero=numero, nature="octroi", jour=date(2025, 4, 1), montant=Decimal(10_000)))
        book.close()
    acts: list[tracking.Act] = []
    for numero in numeros:
        acts.append(tracking.Sign(numero, date(2025, 4, 10), f"C-{numero}"))
        acts.append(tracking.Pay(numero, PAID, date(2025, 4, 20), f"V-{numero}", motif="Avance"))
    acts.append(tracking.Present(numeros[0], PRESENTED, date(2025, 5, 2), "F-1"))
    tracking.record(base, programme(), DAY, acts)
    base.close()
    return SimpleNamespace(path=path, numeros=numeros)


def opened_with(followed: SimpleNamespace, opening: Open) -> AppTest:
    """The first dossier, picked in the table."""
    app = opening(followed.path, PAGE, conso_texte=followed.numeros[0])
    return pick(app, 0, "consommation")


def pick(app: AppTest, table: int, key: str, *rows: int) -> AppTest:
    """Tick rows of a table, the first when none is named."""
    name = app.dataframe[table].proto.id
    app.session_state[name[name.index(key) :]] = {"selection": {"rows": list(rows or (0,)), "columns": [], "cells": []}}
    app.run()
    sane(app)
    return app


def balance(numero: str | None = None, day: date = DAY) -> Balance:
    """Of one dossier, or of both, as the base that the dashboard holds open says."""
    found = ledger.balances(screens.opened().cursor(), programme().id, day)
    return ledger.total(own for (known, _), own in found.items() if numero in (None, known))


def field(app: AppTest, label: str):
    return next(one for one in (*app.text_input, *app.date_input) if one.label == label)


def send(app: AppTest, button: str) -> AppTest:
    next(one for one in app.button if one.label == button).click()
    app.run()
    sane(app)
    return app


def test_an_expense_is_admitted_in_part_then_the_rest_is_rejected(followed: SimpleNamespace, open_page: Open) -> None:  # noqa: F811
    app = pick(opened_with(followed, open_page), 1, "justificatifs_")
    assert field(app, "Montant (€)").value == "2\u202f500,60"
    field(app, "Montant (€)").input("2000")
    send(app, "Répondre")
    assert app.success[0].value == "2\u202f000,00\u00a0€ admis."
    assert (balance().admis, balance().rejete) == (2000, 0)
    assert "Cochez une dépense" in words(app)
    pick(app, 1, "justificatifs_")
    next(one for one in app.segmented_control if one.label == "Réponse").set_value("Rejeter")
    send(app, "Répondre")
    assert "écrivez pourquoi la dépense « F-1 » est rejetée" in words(app).replace("\\", "")
    assert balance().rejete == 0
    field(app, "Motif (obligatoire pour rejeter)").input("Hors du projet")
    send(app, "Répondre")
    found = balance()
    assert (found.admis, found.rejete, found.consomme) == (2000, Decimal("500.60"), 2000)
    assert "Toutes les dépenses présentées ont leur réponse" in words(app)
    assert "Cochez une dépense" not in words(app)


def test_an_amount_that_cannot_be_is_refused_and_stays_in_its_field(followed: SimpleNamespace, open_page: Open) -> None:  # noqa: F811
    app = pick(opened_with(followed, open_page), 1, "justificatifs_")
    for typed, said in (
        ("12 x", "« Montant (€) » : « 12 x » n'est pas un montant"),
        ("", "écrivez un montant"),
        ("1 000,555", "écrivez-le au centime"),
        ("0", "n'est pas un montant en euros et centimes"),
        ("2 500,61", "2\u202f500,61\u00a0€ demandés, et 2\u202f500,60\u00a0€ attendent une réponse"),
    ):
        field(app, "Montant (€)").input(typed)
        send(app, "Répondre")
        assert [said in app.error[0].value.replace("\\", ""), len(app.error)] == [True, 1], typed
        assert field(app, "Montant (€)").value == typed
    assert balance().admis == 0


def chosen(app: AppTest, act: str) -> AppTest:
    next(one for one in app.segmented_control if one.label == "Inscrire").set_value(act).run()
    return app


def test_a_carry_over_asks_for_a_later_day_and_moves_the_deadline(followed: SimpleNamespace, open_page: Open) -> None:  # noqa: F811
    app = opened_with(followed, open_page)
    field(app, "Motif").input("Travaux retardés")
    send(app, "Inscrire")
    assert "choisissez un jour après le" in words(app)
    assert field(app, "Motif").value == "Travaux retardés"
    field(app, "Nouveau dernier jour").set_value(date(2027, 6, 30))
    send(app, "Inscrire")
    assert app.success[0].value == "Report accordé au 30/06/2027."
    assert "échéance le 30/06/2027 · reportée du" in words(app)


def test_a_cancelled_action_is_paid_back_in_full_where_the_call_says_so(
    followed: SimpleNamespace,
    open_page: Open,  # noqa: F811
) -> None:
    app = chosen(opened_with(followed, open_page), "Annulation")
    field(app, "Motif").input("Abandon")
    send(app, "Inscrire")
    assert "choisissez ce qui est annulé" in words(app)
    assert balance().a_recuperer == 0
    next(one for one in app.selectbox if "Toute la subvention" in one.options).select("Toute la subvention")
    field(app, "Motif").input("")
    send(app, "Inscrire")
    assert "écrivez un motif" in words(app)
    field(app, "Motif").input("Abandon")
    send(app, "Inscrire")
    found = balance(followed.numeros[0])
    assert (found.a_recuperer, found.libere, found.consomme, found.reste) == (PAID, 4_000, 0, 0)
    assert "6\u202f000,00\u00a0€ à récupérer" in words(app)


def test_a_sum_is_claimed_within_what_was_paid(followed: SimpleNamespace, open_page: Open) -> None:  # noqa: F811
    app = chosen(opened_with(followed, open_page), "Somme à récupérer")
    field(app, "Montant (€)").input("6 000,01")
    field(app, "Motif").input("Trop versé")
    send(app, "Inscrire")
    assert "à récupérer en tout" in words(app)
    assert balance().a_recuperer == 0
    field(app, "Montant (€)").input("1 500,50")
    send(app, "Inscrire")
    assert balance(followed.numeros[0]).a_recuperer == Decimal("1500.50")


def test_proposals_are_written_once_a_person_confirms_them(
    followed: SimpleNamespace,
    open_page: Open,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = open_page(followed.path, PAGE, conso_vue="Récupération")
    monkeypatch.setenv("CLACT_AUJOURDHUI", AFTER.isoformat())
    app.run()
    sane(app)
    assert app.dataframe[0].value["reclamer"].tolist() == [PAID, PAID]
    assert balance(day=AFTER).a_recuperer == 0
    pick(app, 0, "recuperations_", 0, 1)
    send(app, "Confirmer : 12\u202f000,00\u00a0€ à récupérer et 8\u202f000,00\u00a0€ libérés")
    found = balance(day=AFTER)
    assert (found.a_recuperer, found.libere, found.reste) == (2 * PAID, 8_000, 0)
    assert "Télécharger toutes les lettres (2)" in [one.label for one in app.get("download_button")]


def test_an_invoice_then_its_credit_note_are_written_without_any_file(
    followed: SimpleNamespace,
    open_page: Open,  # noqa: F811
) -> None:
    app = opened_with(followed, open_page)
    field(app, "Montant imputé (€)").input("800,40")
    send(app, "Inscrire la pièce")
    assert "donnez le numéro de la facture" in words(app)
    assert field(app, "Montant imputé (€)").value == "800,40"
    field(app, "Numéro").input("F-2")
    send(app, "Inscrire la pièce")
    assert app.success[0].value == "Facture inscrite pour 800,40\u00a0€ : elle attend votre réponse."
    tracking.record(
        screens.opened(), programme(), DAY, [tracking.Admit(followed.numeros[0], _expense(followed, "F-2"), DAY)]
    )
    next(one for one in app.selectbox if one.label == "Pièce").set_value("Avoir")
    field(app, "Montant imputé (€)").input("100")
    field(app, "Numéro").input("A-2")
    send(app, "Inscrire la pièce")
    assert "Avoir inscrit pour 100,00\u00a0€" in app.success[0].value
    found = balance(followed.numeros[0])
    assert (found.presente, found.admis) == (PRESENTED + Decimal("700.40"), Decimal("800.40"))


def test_what_counts_only_after_the_day_judged_is_said_to(followed: SimpleNamespace, open_page: Open) -> None:  # noqa: F811
    app = opened_with(followed, open_page)
    field(app, "Montant imputé (€)").input("10")
    field(app, "Numéro").input("F-3")
    field(app, "Reçue le").set_value(date(2025, 7, 1))
    send(app, "Inscrire la pièce")
    assert "À compter du 01/07/2025 : les montants de la page, au 15/05/2025" in app.success[0].value


def _expense(followed: SimpleNamespace, reference: str) -> int:
    found = tracking.situations(screens.opened().cursor(), programme(), DAY)
    lines = next(one for one in found if one.numero == followed.numeros[0]).mouvements
    return next(line.id for line in lines if line.nature == "depense" and line.reference == reference)

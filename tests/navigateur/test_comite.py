"""A committee around one screen: envelope, constraint, optimum, why not this one, two scenarios side by side, decided."""

from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from clact_model import allocation, simulation
from clact_model.allocation import Settings
from clact_model.store import Base
from tests.conftest import Server, Start
from tests.navigateur.screens import MENU_LINK, settle
from tests.pages import arbitrage

ENVELOPE = Decimal(800_000)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return arbitrage.filled(tmp_path_factory.mktemp("comite"))


@pytest.fixture(scope="module")
def waiting(filled: Path) -> str:
    """The first request for which nothing is left."""
    base = Base(filled)
    prepared = simulation.prepare(base.cursor(), arbitrage.programme(), arbitrage.DAY)
    result = allocation.run(prepared.lines, Settings(ENVELOPE))
    base.close()
    return next(o.line.numero for o in result.lines if o.statut == "liste_attente")


@pytest.fixture
def site(start: Start, filled: Path, waiting: str) -> Server:
    return start(filled, CLACT_AUJOURDHUI=arbitrage.DAY.isoformat(), CLACT_UTILISATEUR="Claire Essai")


def test_a_committee_goes_from_its_questions_to_a_locked_selection(site: Server, page: Page, waiting: str) -> None:
    page.goto(f"{site.url}/enveloppe?appel={arbitrage.PROGRAMME}")
    settle(page)
    _envelope(page, "800 000")
    _why_not(page, waiting)
    _save(page, "Ordre du classement")
    _constraint(page)
    _optimum(page)
    _save(page, "Optimum")
    _side_by_side(page)
    _decided(page)


def _go(page: Page, name: str) -> None:
    page.locator(MENU_LINK).filter(has_text=name).click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    settle(page)


def _choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).first.click()
    settle(page)


def _envelope(page: Page, amount: str) -> None:
    exact = page.get_by_role("textbox", name="Montant exact (€)")
    exact.fill(amount)
    exact.press("Enter")
    expect(page.get_by_text("Dossiers financés")).to_be_visible()
    settle(page)


def _why_not(page: Page, numero: str) -> None:
    """The request that is out, and what would bring it in."""
    # Typed: a long list draws only what is in sight.
    page.get_by_role("combobox", name="Suivre une demande").fill(numero)
    page.get_by_role("option", name=numero).first.click()
    expect(page.get_by_text(f"{numero} · ").first).to_be_visible()
    expect(page.get_by_test_id("stMetric").filter(has_text="Enveloppe en plus")).to_be_visible()
    settle(page)


def _constraint(page: Page) -> None:
    page.locator("summary").filter(has_text="Contraintes").click()
    bound = page.get_by_role("textbox", name="Borne")
    bound.fill("5")
    bound.press("Enter")
    settle(page)
    _choose(page, "Sens", "au plus")
    _choose(page, "Borner ce que reçoit", "Établissement")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_text("Au plus 5\u202f% de l'enveloppe par établissement").last).to_be_visible()
    settle(page)


def _optimum(page: Page) -> None:
    _choose(page, "Stratégie", "Optimum")
    expect(page.get_by_text("Optimum prouvé")).to_be_visible()
    settle(page)


def _save(page: Page, name: str) -> None:
    page.get_by_role("button", name="Enregistrer le scénario").click()
    page.get_by_role("textbox", name="Nom du scénario").fill(name)
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text(f"Scénario « {name} » enregistré")).to_be_visible()
    page.keyboard.press("Escape")
    settle(page)


def _side_by_side(page: Page) -> None:
    _go(page, "Scénarios")
    page.get_by_role("radio", name="Comparer").click()
    expect(page.get_by_text("Entrants").first).to_be_visible()
    expect(page.get_by_text("Sortants").first).to_be_visible()
    settle(page)


def _decided(page: Page) -> None:
    _go(page, "Sélection")
    _choose(page, "Scénario", "Ordre du classement")
    page.get_by_role("button", name="Adopter ce scénario").click()
    page.get_by_role("button", name="Adopter", exact=True).click()
    expect(page.get_by_text("Scénario adopté")).to_be_visible()
    settle(page)
    page.get_by_role("button", name="Confirmer").click()
    expect(page.get_by_text("décisions prises au comité")).to_be_visible()
    settle(page)
    page.get_by_role("button", name="Verrouiller").click()
    page.get_by_role("textbox", name="Motif").fill("Séance levée.")
    page.get_by_role("button", name="Verrouiller", exact=True).click()
    expect(page.get_by_text("Sélection verrouillée").first).to_be_visible()

"""A slider that moves while the optimum is computed: under bounds of four champs that cross, the solver takes seconds."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from clact_model import allocation, formats, intake, paths, scenario, simulation
from clact_model.allocation import STRATEGIES, Constraint, Line, Settings
from clact_model.programme import load_all
from clact_model.store import Base
from tests.conftest import Server, Start
from tests.navigateur.screens import settle

PROGRAMME = "grand_est_2024"
DAY = date(2024, 6, 15)
ENVELOPE = Decimal(2_000_000)
STEP = Decimal(10_000)
"""Of the slider."""
BOUNDED = {"departement": 4, "secteur": 2, "statut": 2, "axe": 2}
"""Champ → how many of its largest groups are bounded."""


@pytest.fixture
def lines(tmp_path: Path) -> tuple[Path, tuple[Line, ...]]:
    """The demo of the call, with a scenario of ten bounds."""
    chosen = load_all().programmes[PROGRAMME]
    base = Base(tmp_path / "optimum.duckdb")
    given = [intake.UploadedFile.from_path(paths.DEMO_FOLDER / f"{PROGRAMME}.xlsx")]
    intake.write(base, chosen, intake.preview(base, chosen, given))
    prepared = simulation.prepare(base.cursor(), chosen, DAY)
    # Saved by rank, which is quick: the page is asked for the optimum.
    settings = Settings(ENVELOPE, contraintes=_bounds(prepared.lines))
    scenario.save(base, chosen, "Croisé", allocation.run(prepared.lines, settings), prepared.basis)
    base.close()
    return base.path, tuple(prepared.lines)


def _bounds(lines: tuple[Line, ...]) -> tuple[Constraint, ...]:
    """A tenth less than the optimum gives to one group, a tenth more to the next."""
    free = allocation.run(lines, Settings(ENVELOPE, strategie="optimum"))
    given: Counter[tuple[str, str]] = Counter()
    for outcome in free.funded:
        given.update(dict.fromkeys(outcome.line.groups.items(), outcome.granted))
        given.update({group: Decimal(cents) / 100 for group, cents in outcome.line.shares.items()})
    found = []
    for champ, count in BOUNDED.items():
        largest = sorted((key for key in given if key[0] == champ), key=lambda key: (-given[key], key))[:count]
        for place, key in enumerate(largest):
            way, factor = ("max", Decimal("0.9")) if place % 2 == 0 else ("min", Decimal("1.1"))
            found.append(Constraint(*key, way, montant=(given[key] * factor).quantize(Decimal(1))))
    return tuple(found)


def test_a_move_does_not_wait_for_the_optimum_of_the_one_before_it(
    start: Start, lines: tuple[Path, tuple[Line, ...]], page: Page
) -> None:
    path, every = lines
    site: Server = start(path, CLACT_AUJOURDHUI=DAY.isoformat(), CLACT_UTILISATEUR="Claire Essai")
    page.goto(f"{site.url}/scenarios?appel={PROGRAMME}")
    settle(page)
    page.get_by_role("button", name="Ouvrir dans Enveloppe").click()
    expect(page.get_by_role("heading", level=1, name="Enveloppe")).to_be_visible()
    settle(page)
    page.get_by_role("combobox", name="Stratégie").click()
    page.get_by_role("option", name="Optimum").click()
    by_rank = STRATEGIES[Settings(ENVELOPE).strategie].libelle.lower()
    slider, exact = page.get_by_role("slider").first, page.get_by_role("textbox", name="Montant exact (€)")
    expect(page.get_by_text("L'optimum se calcule")).to_be_visible()
    for move in range(1, 4):
        slider.press("ArrowRight")
        expect(exact).to_have_value(formats.number(ENVELOPE + move * STEP))
    expect(page.get_by_text("L'optimum se calcule")).to_be_visible()
    expect(page.get_by_text(f"la réponse d'avant ({by_rank}, {formats.euros(ENVELOPE)})")).to_be_visible()
    # Sélection goes on with what is asked, not with what was answered before it; and the way back finds it again.
    page.get_by_role("link", name="Sélection", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Sélection")).to_be_visible()
    whole = page.get_by_test_id("stMetric").filter(has_text="Enveloppe")
    expect(whole).to_contain_text(formats.euros(ENVELOPE + 3 * STEP), timeout=60_000)
    page.get_by_role("link", name="Enveloppe", exact=True).click()
    expect(page.get_by_text("Optimum prouvé")).to_be_visible(timeout=60_000)
    asked = Settings(ENVELOPE + 3 * STEP, strategie="optimum", contraintes=_bounds(every))
    granted = page.get_by_test_id("stMetric").filter(has_text="Accordé")
    expect(granted.first).to_contain_text(formats.euros(allocation.run(every, asked).granted))

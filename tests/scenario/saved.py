"""A small call with saved scenarios: what the tests of scenarios, of their comparison and of their equity start from."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from clact_model import allocation, scenario, simulation
from clact_model.allocation import Settings
from clact_model.programme import Programme
from clact_model.scenario import Scenario
from tests.allocation.campaign import TODAY, Campaign, campaign, dossier

DOSSIERS = (
    dossier("1"),
    dossier("2", actions=[{"agents_concernes": 300}, {"axe": "axe_3", "thematique": "management"}], departement="54"),
    dossier("3", departement="67", clact_anterieur="acheve", clact_anterieur_respecte="oui", effectif_total=None),
    dossier("4", "déposé le 11 mai à 0 h 00"),
)
"""Three dossiers of 20 000, 40 000 and 20 000 €, and one that came too late."""


def call(folder: Path) -> Campaign:
    return campaign(folder, *DOSSIERS)


def keep(call: Campaign, nom: str, enveloppe: str, programme: Programme | None = None, **rest: Any) -> Scenario:
    """Simulate as the screens do, save, and read back."""
    saving = {name: rest.pop(name) for name in ("note", "replace", "operation") if name in rest}
    settings = Settings(Decimal(enveloppe), **rest)
    under = programme or call.programme
    ready = simulation.prepare(call.base.cursor(), under, TODAY, settings.unite, settings.inclure)
    result = allocation.run(ready.lines, settings)
    scenario.save(call.base, under, nom, result, ready.basis, **saving)
    return load(call, nom)


def load(call: Campaign, nom: str) -> Scenario:
    return scenario.load(call.base.cursor(), call.programme, nom)


def change(call: Campaign, statement: str) -> None:
    """The dossiers change under the scenarios, as an import would change them."""
    with call.base.write("importer", call.programme.id) as writing:
        writing.cursor.execute(statement)
        writing.log("Import de corrections")

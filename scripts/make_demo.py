"""Make the demonstration workbooks again: ``python -m scripts.make_demo [FOLDER]`` (default: data/demo).

The seed is fixed: the same script gives the same dossiers. Everything in them is invented.
"""

import sys
from pathlib import Path
from random import Random

from clact_model import paths
from clact_model.demo import HISTORY
from scripts.demo import dossiers, earlier, faults, workbook
from scripts.demo.calls import CALLS, Call
from scripts.demo.dossiers import Row

SEED = 2026


def make(call: Call) -> list[Row]:
    """The dossiers of one call, with their faults, numbered."""
    rng = Random(f"{SEED} {call.programme}")
    filed = dossiers.dossiers(call, rng)
    faults.strike(call, filed, rng)
    dossiers.number(call, filed, rng)
    return filed


def main(folder: Path) -> None:
    """Write one workbook per call, and that of the call before Grand Est's."""
    history = folder / HISTORY.name
    history.mkdir(parents=True, exist_ok=True)
    made = {call.programme: make(call) for call in CALLS}
    for programme, filed in made.items():
        workbook.write(folder / f"{programme}.xlsx", programme, filed)
        _say(programme, filed)
    before = earlier.make(made["grand_est_2024"], Random(f"{SEED} {earlier.PROGRAMME}"))
    workbook.write(history / f"{earlier.PROGRAMME}.xlsx", earlier.PROGRAMME, before, HISTORY)
    _say(earlier.PROGRAMME, before)


def _say(programme: str, filed: list[Row]) -> None:
    asked = sum(row["montant_demande"] for dossier in filed for row in dossier["actions"])
    lines = sum(len(dossier["actions"]) for dossier in filed)
    print(f"{programme} : {len(filed)} dossiers, {lines} lignes, {asked} € demandés")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else paths.DEMO_FOLDER)

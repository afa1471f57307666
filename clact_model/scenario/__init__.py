"""Simulations kept under a name, with all that they stood on."""

from clact_model.scenario.guard import ScenarioHeldError
from clact_model.scenario.keeping import annotate, copy, delete, lock, rename, unlock
from clact_model.scenario.kept import Basis, Facts, Lock, Part, Scenario
from clact_model.scenario.listing import Listed, of_programme
from clact_model.scenario.notes import Note
from clact_model.scenario.notes import of_scenario as notes_of
from clact_model.scenario.shelf import ScenarioDamagedError, ScenarioNameError, load, names, save
from clact_model.scenario.texts import of_scenario as programme_of

__all__ = [
    "Basis",
    "Facts",
    "Listed",
    "Lock",
    "Note",
    "Part",
    "Scenario",
    "ScenarioDamagedError",
    "ScenarioHeldError",
    "ScenarioNameError",
    "annotate",
    "copy",
    "delete",
    "load",
    "lock",
    "names",
    "notes_of",
    "of_programme",
    "programme_of",
    "rename",
    "save",
    "unlock",
]

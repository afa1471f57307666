"""Simulations kept under a name, with all that they stood on."""

from clact_model.scenario.kept import Basis, Scenario
from clact_model.scenario.shelf import ScenarioDamagedError, ScenarioNameError, load, names, save

__all__ = ["Basis", "Scenario", "ScenarioDamagedError", "ScenarioNameError", "load", "names", "save"]

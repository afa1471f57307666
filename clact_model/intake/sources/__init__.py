"""What each file was given by: recognised by its content, each kind with its own way of reading the sheets."""

from clact_model.intake.sources.kinds import Chosen, Cofinancing, Found, Kind, Reader, Totals
from clact_model.intake.sources.recognition import KINDS, Recognition, recognise_files

__all__ = ["KINDS", "Chosen", "Cofinancing", "Found", "Kind", "Reader", "Recognition", "Totals", "recognise_files"]

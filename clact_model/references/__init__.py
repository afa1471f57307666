"""The national registers: what an establishment is, who it belongs to, and in which group it is.

Files are read and loaded; the dossiers of a call are checked against them and, when a person says so, completed.
"""

from clact_model.references.checking import CERTAINTIES, KINDS, Certainty, Difference, Kind, check
from clact_model.references.completion import Key, Proposal, complete, left_as_decided, proposals
from clact_model.references.extract import NATURES, Extract
from clact_model.references.files import PACKED_BYTES, ReferenceFile
from clact_model.references.identity import OtherDossier, same_establishment
from clact_model.references.loading import Holdings, Loaded, OlderReferenceError, holdings, load, loaded, refuse_older
from clact_model.references.recognition import read

__all__ = [
    "CERTAINTIES",
    "KINDS",
    "NATURES",
    "PACKED_BYTES",
    "Certainty",
    "Difference",
    "Extract",
    "Holdings",
    "Key",
    "Kind",
    "Loaded",
    "OlderReferenceError",
    "OtherDossier",
    "Proposal",
    "ReferenceFile",
    "check",
    "complete",
    "holdings",
    "left_as_decided",
    "load",
    "loaded",
    "proposals",
    "read",
    "refuse_older",
    "same_establishment",
]

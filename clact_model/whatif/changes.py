"""What may be tried, one change at a time: a parameter, a rule switched off, a weight, the envelope."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from clact_model import formats
from clact_model.allocation import Settings
from clact_model.eligibility.words import in_words
from clact_model.programme import ParameterValue, Programme
from clact_model.programme.without import without_rules


@dataclass(frozen=True)
class State:
    """What dossiers are judged, ranked and funded by, as the changes made so far leave it.

    ``programme`` is the call's own; ``sans_regles`` are the ids of the rules switched off. Weights and parameters that are
    not named are the programme's.
    """

    programme: Programme
    settings: Settings
    weights: Mapping[str, Decimal] = field(default_factory=dict)
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)
    sans_regles: frozenset[str] = frozenset()


class Change(Protocol):
    """One change. Hashable: what it gives is kept under it."""

    nature: ClassVar[str]

    def applied(self, state: State) -> State:
        """The state after it. Raises UsageError for a name or a value that the programme does not admit."""
        ...

    def phrase(self, state: State) -> str:
        """What it changes in that state, in French: « Taux maximal de l'aide : 50 % → 40 % »."""
        ...

    def to_json(self) -> dict[str, Any]:
        """``nature``, ``nom`` and ``valeur``, null where there is none."""
        ...


@dataclass(frozen=True)
class ParameterChange:
    """A parameter of the programme given another value."""

    nature: ClassVar[str] = "parametre"
    nom: str
    valeur: ParameterValue

    def applied(self, state: State) -> State:
        state.programme.parameters({self.nom: self.valeur})
        return replace(state, parameters={**state.parameters, self.nom: self.valeur})

    def phrase(self, state: State) -> str:
        parameter = state.programme.file.parametres[self.nom]
        before = state.programme.parameters(state.parameters)[self.nom]
        return f"{parameter.libelle} : {in_words(before, parameter.type)} → {in_words(self.valeur, parameter.type)}"

    def to_json(self) -> dict[str, Any]:
        return {"nature": self.nature, "nom": self.nom, "valeur": str(self.valeur)}


@dataclass(frozen=True)
class RuleOff:
    """A rule switched off, and the ceiling or assiette that stands for it."""

    nature: ClassVar[str] = "sans_regle"
    regle: str

    def applied(self, state: State) -> State:
        off = state.sans_regles | {self.regle}
        without_rules(state.programme, off)
        return replace(state, sans_regles=off)

    def phrase(self, state: State) -> str:
        return f"Sans la règle {self.regle} : {state.programme.rule(self.regle).libelle}"

    def to_json(self) -> dict[str, Any]:
        return {"nature": self.nature, "nom": self.regle, "valeur": None}


@dataclass(frozen=True)
class WeightChange:
    """A criterion given another weight."""

    nature: ClassVar[str] = "poids"
    critere: str
    poids: Decimal

    def applied(self, state: State) -> State:
        weights = {**state.weights, self.critere: self.poids}
        state.programme.weights(weights)
        return replace(state, weights=weights)

    def phrase(self, state: State) -> str:
        criterion = next(c for c in state.programme.file.critere if c.id == self.critere)
        before = state.programme.weights(state.weights)[self.critere]
        return f"Poids de « {criterion.libelle} » : {formats.number(before)} → {formats.number(self.poids)}"

    def to_json(self) -> dict[str, Any]:
        return {"nature": self.nature, "nom": self.critere, "valeur": str(self.poids)}


@dataclass(frozen=True)
class EnvelopeChange:
    """Another envelope, EUR."""

    nature: ClassVar[str] = "enveloppe"
    enveloppe: Decimal

    def applied(self, state: State) -> State:
        return replace(state, settings=replace(state.settings, enveloppe=self.enveloppe))

    def phrase(self, state: State) -> str:
        return f"Enveloppe : {formats.euros(state.settings.enveloppe)} → {formats.euros(self.enveloppe)}"

    def to_json(self) -> dict[str, Any]:
        return {"nature": self.nature, "nom": "enveloppe", "valeur": f"{self.enveloppe:.2f}"}

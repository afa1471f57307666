"""What may be tried, one change at a time: a parameter, a rule switched off, a weight, the envelope."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import ClassVar, Protocol

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
    """One change. ``valeur``: what it sets, None for what is only switched."""

    @property
    def nature(self) -> str: ...
    @property
    def nom(self) -> str: ...
    @property
    def valeur(self) -> ParameterValue | None: ...

    def applied(self, state: State) -> State:
        """The state after it. Raises UsageError for a name or a value that the programme does not admit."""
        ...

    def phrase(self, state: State) -> str:
        """What it changes in that state, in French: « Taux maximal de l'aide : 50 % → 40 % »."""
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


@dataclass(frozen=True)
class RuleOff:
    """A rule switched off, and the ceiling or assiette that stands for it."""

    nature: ClassVar[str] = "sans_regle"
    valeur: ClassVar[None] = None
    nom: str

    def applied(self, state: State) -> State:
        off = state.sans_regles | {self.nom}
        without_rules(state.programme, off)
        return replace(state, sans_regles=off)

    def phrase(self, state: State) -> str:
        return f"Sans la règle {self.nom} : {state.programme.rule(self.nom).libelle}"


@dataclass(frozen=True)
class WeightChange:
    """A criterion given another weight."""

    nature: ClassVar[str] = "poids"
    nom: str
    valeur: Decimal

    def applied(self, state: State) -> State:
        weights = {**state.weights, self.nom: self.valeur}
        state.programme.weights(weights)
        return replace(state, weights=weights)

    def phrase(self, state: State) -> str:
        criterion = next(c for c in state.programme.file.critere if c.id == self.nom)
        before = state.programme.weights(state.weights)[self.nom]
        return f"Poids de « {criterion.libelle} » : {formats.number(before)} → {formats.number(self.valeur)}"


@dataclass(frozen=True)
class EnvelopeChange:
    """Another envelope, EUR."""

    nature: ClassVar[str] = "enveloppe"
    nom: ClassVar[str] = "enveloppe"
    valeur: Decimal

    def applied(self, state: State) -> State:
        return replace(state, settings=replace(state.settings, enveloppe=self.valeur))

    def phrase(self, state: State) -> str:
        return f"Enveloppe : {formats.euros(state.settings.enveloppe)} → {formats.euros(self.valeur)}"

"""A checked programme: what its file says, its dictionary, and its expressions as SQL."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from clact_model.errors import UsageError
from clact_model.fields import Dictionary
from clact_model.programme.call import ParameterValue, check_value
from clact_model.programme.expressions import Expression, LineFact
from clact_model.programme.parts import Level
from clact_model.programme.rules import Rule
from clact_model.programme.schema import ProgrammeFile


@dataclass(frozen=True)
class Compiled:
    """The expressions of a programme, by level and source text."""

    dictionary: Dictionary
    expressions: Mapping[tuple[Level, str], Expression]

    @property
    def facts(self) -> dict[str, LineFact]:
        """Every fact about lines that some expression names, once."""
        return {fact.name: fact for e in self.expressions.values() for fact in e.facts}


@dataclass(frozen=True)
class Programme:
    """One regional call of one year. ``file`` holds what the analyst wrote."""

    file: ProgrammeFile
    text: str
    """The file as it stands: kept with what is decided under it."""
    fingerprint: str
    """SHA-256 of the text."""
    compiled: Compiled = field(repr=False)

    @property
    def id(self) -> str:
        return self.file.id

    @property
    def titre(self) -> str:
        return self.file.titre

    @property
    def fuseau(self) -> str:
        return self.file.fuseau

    @property
    def dictionary(self) -> Dictionary:
        """The shared dictionary with this programme's fields, axes and themes."""
        return self.compiled.dictionary

    @property
    def line_word(self) -> str:
        """What the call names a line, in the singular: « action », « projet »."""
        return self.file.ligne.singulier

    @property
    def line_words(self) -> str:
        """The same in the plural."""
        return self.file.ligne.pluriel

    @property
    def version(self) -> str:
        """The version its author gave and the first characters of its fingerprint."""
        return f"{self.file.version} ({self.fingerprint[:8]})"

    def rules(self, level: Level) -> tuple[Rule, ...]:
        """The rules of one level, in the order of the file."""
        return tuple(rule for rule in self.file.regle if rule.niveau == level)

    def rule(self, identifier: str) -> Rule:
        """One rule; KeyError when the programme lacks it."""
        return next(rule for rule in self.file.regle if rule.id == identifier)

    def expression(self, level: Level, source: str) -> Expression:
        """The checked form of an expression of the file."""
        return self.compiled.expressions[level, source]

    def rule_expressions(self, rule: Rule) -> list[Expression]:
        """All that a rule reads: its ``si``, its condition, its cases."""
        sources = [rule.si, rule.condition, *(case.quand for case in rule.outcomes)]
        return [self.expression(rule.niveau, source) for source in sources if source is not None]

    def parameters(self, changed: Mapping[str, ParameterValue] | None = None) -> dict[str, ParameterValue]:
        """The value of every parameter, with those a simulation changes.

        Raises UsageError for a parameter that the programme lacks or a value not of its type.
        """
        values = {name: parameter.valeur for name, parameter in self.file.parametres.items()}
        for name, value in (changed or {}).items():
            if name not in values:
                raise UsageError(
                    f"Le programme « {self.id} » n'a pas de paramètre « {name} » (il a : {', '.join(sorted(values))})."
                )
            try:
                check_value(self.file.parametres[name].type, value)
            except ValueError as error:
                raise UsageError(f"Paramètre « {name} » : {error}.") from error
            values[name] = value
        return values

    def weights(self, changed: Mapping[str, Decimal] | None = None) -> dict[str, Decimal]:
        """The weight of every criterion, with those that are changed.

        Raises UsageError for an unknown criterion, a negative weight, or weights that are all 0.
        """
        weights = {criterion.id: criterion.poids for criterion in self.file.critere}
        for name, weight in (changed or {}).items():
            if name not in weights:
                raise UsageError(
                    f"Le programme « {self.id} » n'a pas de critère « {name} » (il a : {', '.join(weights)})."
                )
            if weight < 0:
                raise UsageError(f"Le poids du critère « {name} » ne peut pas être négatif ({weight}).")
            weights[name] = weight
        if weights and not any(weights.values()):
            raise UsageError("Tous les poids sont nuls : donnez un poids à un critère au moins.")
        return weights

"""What may be granted to each line today: what a decision is held against when it is taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb

from clact_model import eligibility, formats, scoring
from clact_model.allocation import Key, Line, Unit, from_base
from clact_model.allocation.settings import INCLUDABLE
from clact_model.allocation.summary import possible_for
from clact_model.decision.kept import Decision
from clact_model.programme import Programme
from clact_model.scenario import Basis


@dataclass(frozen=True, slots=True)
class Possible:
    """What one line may receive. Amounts in EUR."""

    demande: Decimal
    aide_maximale: Decimal | None
    """What is still to be checked or completed included."""
    limit: Decimal
    """The aide maximale, never more than what is asked; 0 when unknown."""
    sure: Decimal
    """The same without what is still to be checked or completed."""
    refused: bool
    settled: bool
    """Its verdict is final."""
    cause: str
    """Why it waits or is refused."""

    def conditional(self, decision: Decision) -> bool:
        """Whether the decision hangs on an instruction that is not over."""
        if decision.issue == "refuse":
            return False
        above = decision.issue == "retenu" and not decision.derogation and decision.accorde > self.sure
        return not self.settled or above


def possible(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, today: date, unite: Unit, basis: Basis
) -> Mapping[Key, Possible]:
    """Every line of the programme → what it may receive, under the parameters of the scenario adopted.

    Writes nothing but temporary tables of the cursor.
    """
    parameters = basis.parameters(programme)
    scoring.rank(eligibility.judge(cursor, programme, today, parameters))
    sure = {line.key: line for line in from_base.lines(cursor, programme, unite, parameters=parameters)}
    wide = from_base.lines(cursor, programme, unite, INCLUDABLE, parameters=parameters)
    return {line.key: _possible(line, sure[line.key]) for line in wide}


def refusal(decision: Decision, found: Possible | None) -> str | None:
    """Why a line cannot be retained for that amount, as a sentence with its figures; None when it can."""
    name, asked = decision.label, formats.euros(decision.accorde)
    if found is None:
        return f"{name} n'est plus parmi les demandes instruites : refaites la simulation, ou décidez un refus."
    if found.refused:
        return (
            f"{name} : {clause(found.cause)}, rien ne peut lui être accordé. Posez d'abord une dérogation sur sa fiche."
        )
    if decision.accorde > found.demande:
        return f"{name} : {asked} accordés dépassent les {formats.euros(found.demande)} demandés. Réduisez le montant."
    if decision.accorde > found.limit and not decision.derogation:
        return (
            f"{name} : {asked} accordés dépassent l'aide maximale ({formats.euros(found.aide_maximale)}). "
            "Réduisez le montant, ou dérogez au plafond avec un motif."
        )
    return None


def _possible(line: Line, sure: Line) -> Possible:
    return Possible(
        demande=line.requested,
        aide_maximale=line.ceiling,
        limit=possible_for(line),
        sure=possible_for(sure) if sure.fundable else Decimal("0.00"),
        refused=line.standing == "refuse",
        settled=sure.standing != "en_attente",
        cause=sure.cause,
    )


def clause(cause: str) -> str:
    """The sentence as part of another one."""
    words = cause.strip().removesuffix(".")
    return words[:1].lower() + words[1:]

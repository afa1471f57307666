"""What is to be asked back or freed once the last day is gone, proposed account by account; a person confirms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clact_model import formats
from clact_model.consumption.alerts import Watched
from clact_model.ledger import ZERO, Poste
from clact_model.programme import Programme, Quote
from clact_model.tracking import Act, Claim, Free, unconsumed


@dataclass(frozen=True, slots=True)
class Proposal:
    """One account whose last day is gone and whose money is not all consumed. Amounts in EUR."""

    numero: str
    poste: Poste
    raison_sociale: str | None
    echeance: date
    reclamer: Decimal
    """Paid and not consumed: to come back."""
    dont_rejete: Decimal
    """Of which expenses rejected: a use that does not conform."""
    liberer: Decimal
    """Granted, neither paid nor consumed: not to be paid."""
    a_instruire: Decimal
    """Presented without an answer: answer first, the amounts above may fall by as much."""
    motif: str
    citation: Sequence[Quote]
    interpretation: str | None

    def acts(self, day: date, motif: str) -> list[Act]:
        """What writes it into the ledger."""
        found: list[Act] = []
        if self.reclamer:
            found.append(Claim(self.numero, day, motif, self.reclamer, self.poste))
        if self.liberer:
            found.append(Free(self.numero, day, motif, self.liberer, self.poste))
        return found


def proposals(programme: Programme, watched: Iterable[Watched], day: date) -> list[Proposal]:
    """What can be asked back or freed as of a day, the largest first."""
    found = [proposal for one in watched if (proposal := _proposal(programme, one, day)) is not None]
    return sorted(found, key=lambda one: (-(one.reclamer + one.liberer), one.numero, one.poste))


def unanswered(one: Watched) -> Decimal:
    """EUR presented that were neither admitted nor rejected."""
    balance = one.situation.balance
    return max(balance.presente - balance.admis - balance.rejete, ZERO)


def _proposal(programme: Programme, one: Watched, day: date) -> Proposal | None:
    situation, balance = one.situation, one.situation.balance
    if one.echeance is None or day <= one.echeance:
        return None
    claim = min(unconsumed(balance), balance.reste)
    free = min(balance.a_verser, balance.reste - claim)
    if not claim and not free:
        return None
    rejected = min(claim, balance.rejete)
    recovery = programme.file.controle.recuperation
    return Proposal(
        situation.numero,
        situation.poste,
        situation.raison_sociale,
        one.echeance,
        claim,
        rejected,
        free,
        unanswered(one),
        _motif(one.echeance, claim, rejected),
        recovery.citation if recovery else (),
        recovery.interpretation if recovery else None,
    )


def _motif(echeance: date, claim: Decimal, rejected: Decimal) -> str:
    gone = f"échéance du {formats.day(echeance)} passée"
    if not claim:
        return f"Subvention non consommée : {gone}"
    if rejected == claim:
        return f"Emploi non conforme : {gone}"
    mixed = f", dont {formats.euros(rejected)} d'emploi non conforme" if rejected else ""
    return f"Sous-consommation : {gone}{mixed}"

"""Which accounts are late, at risk or over their grant, each reason with its euros and days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from clact_model import formats
from clact_model.consumption.forecast import Spread
from clact_model.ledger import ZERO
from clact_model.tracking.obligation import Kind, Obligation
from clact_model.tracking.situation import Situation

Signal = Literal["en_retard", "depassement", "non_conforme", "a_risque", "en_cours", "clos"]
SIGNALS: Mapping[Signal, str] = {
    "en_retard": "En retard",
    "depassement": "Dépassement",
    "non_conforme": "Non conforme",
    "a_risque": "À risque",
    "en_cours": "Sans alerte",
    "clos": "Clos",
}
"""From the most pressing on: an account bears the first of its reasons."""
MEANINGS: Mapping[Signal, str] = {
    "en_retard": "Un démarrage, un bilan, la fin ou la consommation aurait dû être constaté.",
    "depassement": "Plus de dépenses présentées que de subvention accordée.",
    "non_conforme": "Des dépenses ont été rejetées.",
    "a_risque": "La subvention ne sera sans doute pas consommée à l'échéance.",
    "en_cours": "Rien à signaler.",
    "clos": "Tout est consommé, libéré ou récupéré.",
}
OWED: frozenset[Kind] = frozenset({"demarrage", "bilan", "duree", "consommation", "evaluation"})
"""What an establishment is late with."""
TOLERATED = Decimal("0.05")
"""Share of a grant that may be left without a word: invoices are rarely what was foreseen, to the euro."""
HALF = Decimal("0.5")
"""Without a forecast, the account's own pace says something from half of its time on."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an account is pointed at. ``euros`` in EUR, ``jours`` late; None where it is not about that."""

    signal: Signal
    phrase: str
    euros: Decimal | None = None
    jours: int | None = None


@dataclass(frozen=True)
class Watched:
    """One account with all that is to be said of it."""

    situation: Situation
    raisons: Sequence[Reason]
    echeance: date | None
    """The last day for consuming."""
    avant: tuple[date, ...]
    """Last days that carry-overs moved."""
    prevision: Spread | None
    """None: too few cases, or nothing signed."""

    @property
    def signal(self) -> Signal:
        """The most pressing reason."""
        found = {reason.signal for reason in self.raisons}
        if found:
            return next(signal for signal in SIGNALS if signal in found)
        return "clos" if self.situation.closed else "en_cours"

    @property
    def jours(self) -> int:
        """Days of the longest delay; 0 without any."""
        return max((reason.jours or 0 for reason in self.raisons), default=0)

    @property
    def euros(self) -> Decimal | None:
        """EUR of the most pressing reason that is about money."""
        ordered = sorted(self.raisons, key=lambda reason: list(SIGNALS).index(reason.signal))
        return next((reason.euros for reason in ordered if reason.euros is not None), None)

    @property
    def running(self) -> bool:
        """Something is still to come of it, and a forecast says what."""
        return bool(self.situation.balance.reste) and self.prevision is not None

    @property
    def unspent(self) -> Decimal | None:
        """EUR that will probably not be consumed, by the median of the forecast; None without one, 0 once all is settled."""
        left = self.situation.balance.reste
        if not left:
            return ZERO
        if self.prevision is None:
            return None
        return min(max(left + self.situation.balance.consomme - self.prevision.median, ZERO), left)


def watch(
    situation: Situation, owed: Iterable[Obligation], prevision: Spread | None, day: date, signed: date | None
) -> Watched:
    """What is to be said of an account as of a day."""
    mine = [one for one in owed if one.nature in OWED]
    last = last_day(mine)
    echeance = last.echeance if last else None
    found = Watched(situation, (), echeance, last.avant if last else (), prevision)
    raisons = (
        *_late(mine, situation),
        *_over(situation),
        *_rejected(situation),
        *_at_risk(found, day, signed),
    )
    return Watched(situation, raisons, echeance, found.avant, prevision)


def last_day(owed: Iterable[Obligation]) -> Obligation | None:
    """The last thing due by which the money is consumed: the call's deadline for that, else the end of the last action."""
    known = [one for one in owed if one.echeance is not None and one.nature in ("consommation", "duree")]
    ordered = sorted(known, key=lambda one: (one.nature == "consommation", one.echeance or date.min))
    return ordered[-1] if ordered else None


def _late(owed: Iterable[Obligation], situation: Situation) -> list[Reason]:
    late = sorted((one for one in owed if one.etat == "en_retard"), key=lambda one: -one.retard)
    return [
        Reason(
            "en_retard",
            f"{one.libelle}{'' if one.ligne is None else f' (ligne {one.ligne})'}, attendu le {formats.day(one.echeance)}",
            situation.balance.reste if one.nature == "consommation" else None,
            one.retard,
        )
        for one in late
    ]


def _over(situation: Situation) -> list[Reason]:
    balance = situation.balance
    over = balance.presente - balance.rejete - balance.accorde
    if over <= 0:
        return []
    phrase = f"{formats.euros(balance.presente)} présentés pour {formats.euros(balance.accorde)} accordés"
    return [Reason("depassement", phrase, over)]


def _rejected(situation: Situation) -> list[Reason]:
    # Once all is settled, what was rejected is settled too: nobody is waited for.
    rejected = ZERO if situation.closed else situation.balance.rejete
    return [Reason("non_conforme", f"{formats.euros(rejected)} de dépenses rejetées", rejected)] if rejected > 0 else []


def _at_risk(found: Watched, day: date, signed: date | None) -> list[Reason]:
    balance, echeance = found.situation.balance, found.echeance
    if not balance.reste or echeance is None or signed is None or day > echeance:
        return []
    limit = balance.accorde * TOLERATED
    if found.prevision is not None:
        unspent = found.unspent or ZERO
        told = (
            f"prévision : {formats.whole_euros(found.prevision.median)} consommés sur {formats.euros(balance.accorde)}"
        )
        cases = formats.plural(found.prevision.cases, "cas", "cas")
        return [Reason("a_risque", f"{told} ({cases})", unspent)] if unspent > limit else []
    elapsed = Decimal((day - signed).days) / max((echeance - signed).days, 1)
    if elapsed < HALF:
        return []
    unspent = (balance.consomme + balance.reste - balance.consomme / elapsed).quantize(Decimal(1))
    told = f"au rythme actuel, {formats.whole_euros(balance.consomme / elapsed)} consommés le {formats.day(echeance)}"
    return [Reason("a_risque", f"{told} (trop peu de cas pour une prévision)", unspent)] if unspent > limit else []

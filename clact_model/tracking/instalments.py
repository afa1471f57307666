"""The tranches of an account as they stand: due, paid, and whether what each waits for has come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clact_model import ledger
from clact_model.ledger import ZERO, Movement
from clact_model.tracking.schedule import Condition


@dataclass(frozen=True, slots=True)
class Instalment:
    """One tranche. Amounts in EUR."""

    tranche: int
    libelle: str
    condition: Condition
    annee: int | None
    ligne: int | None
    montant: Decimal
    """What cancelled or freed money took away is taken off."""
    paye: Decimal
    echeance: date | None
    """The last day granted; an earlier one is in ``avant``."""
    avant: tuple[date, ...]
    """Days that a carry-over has moved, the oldest first."""
    payable: Decimal
    """EUR that may be paid now: 0 as long as what it waits for has not come."""
    attend: str | None
    """What it still waits for, in French; None when it may be paid or is paid."""

    @property
    def reste(self) -> Decimal:
        return self.montant - self.paye


def instalments(movements: Collection[Movement], day: date) -> list[Instalment]:
    """The tranches of one account as of a day, in their order. Lines: of one account."""
    known = ledger.standing([m for m in movements if m.jour <= day])
    by_number: dict[int, list[Movement]] = {}
    for movement in known:
        if movement.nature == "tranche" and movement.tranche is not None:
            by_number.setdefault(movement.tranche, []).append(movement)
    proven, later = _proven(known, day)
    found = []
    for number, lines in sorted(by_number.items()):
        instalment = _instalment(number, lines, known, day, proven, later)
        proven -= instalment.paye + instalment.payable if instalment.condition == "justificatif" else ZERO
        found.append(instalment)
    return found


def _proven(known: Sequence[Movement], day: date) -> tuple[Decimal, int | None]:
    """EUR admitted on the account that may be paid that day, and the year of those that come too late for its credits.

    An admission bears the last day on which it is paid, the end of the year that pays it: a proof received after the call's
    day of that year is paid in the next.
    """
    admitted = [m for m in known if m.nature == "admission"]
    later = [m for m in admitted if m.echeance is not None and m.echeance.year > day.year]
    ready = sum((m.montant or ZERO for m in admitted if m not in later), ZERO)
    return ready, min((m.echeance.year for m in later if m.echeance is not None), default=None)


def _instalment(
    number: int, lines: Sequence[Movement], known: Sequence[Movement], day: date, proven: Decimal, later: int | None
) -> Instalment:
    first = lines[0]
    due = sum((line.montant or ZERO for line in lines), ZERO)
    paid = sum((m.montant or ZERO for m in known if m.nature == "versement" and m.tranche == number), ZERO)
    moved = [m for m in known if m.nature == "report" and m.tranche == number and m.echeance]
    days = [m.echeance for m in (first, *moved) if m.echeance is not None]
    condition: Condition = first.details.get("condition", "signature")
    year = first.details.get("annee")
    waits = None if due <= paid else _waits(condition, year, known, day)
    ready = due - paid
    if condition == "justificatif":
        ready = max(ZERO, min(due, proven) - paid)
        missing = "des justificatifs admis" if later is None else f"l'année {later}"
        waits = missing if due > paid and not ready else None
    return Instalment(
        tranche=number,
        libelle=first.details.get("libelle", f"Tranche {number}"),
        condition=condition,
        annee=year,
        ligne=first.ligne,
        montant=due,
        paye=paid,
        echeance=days[-1] if days else None,
        avant=tuple(days[:-1]),
        payable=ZERO if waits else max(ready, ZERO),
        attend=waits,
    )


def _waits(condition: Condition, year: int | None, known: Sequence[Movement], day: date) -> str | None:
    if condition == "bilan" and not any(m.nature == "bilan" and m.reference == str(year) for m in known):
        return f"le bilan de {year}"
    if condition == "annee":
        if year is None:
            return "l'année de réalisation, que les dates du dossier ne disent pas"
        if day < date(year, 1, 1):
            return f"l'année {year}"
    return None

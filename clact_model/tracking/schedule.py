"""The tranches of a convention, as the programme's file says that it pays: their amounts make the whole to the cent."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from clact_model import months
from clact_model.allocation.money import amount, cents, split
from clact_model.errors import UsageError
from clact_model.programme import Programme
from clact_model.programme.payment import Instalment, Mode, Payment

Condition = Literal["signature", "bilan", "annee", "justificatif"]
"""What a tranche waits for: the signature, the report of a year, the year of realisation, the proof of it."""


@dataclass(frozen=True, slots=True)
class ActionShare:
    """What a convention gives to one action, in EUR (``ligne`` None: to the dossier), and its days where they are known."""

    ligne: int | None
    montant: Decimal
    date_debut: date | None = None
    date_fin: date | None = None


@dataclass(frozen=True, slots=True)
class Tranche:
    """One payment to come. ``tranche``: its number, from 1, in the order of payment. ``montant``: EUR, never 0.

    ``ligne``: the action that it pays, None for the whole convention. ``echeance``: the last day foreseen for paying it; None
    when the file or the dates do not tell. ``annee``: the civil year that the report tells of, or that is paid for.
    """

    tranche: int
    libelle: str
    montant: Decimal
    ligne: int | None
    echeance: date | None
    condition: Condition
    annee: int | None


@dataclass(frozen=True, slots=True)
class _Part:
    """A tranche before it has its number, in cents."""

    libelle: str
    whole_cents: int
    ligne: int | None
    echeance: date | None
    condition: Condition
    annee: int | None = None


def planned(programme: Programme, shares: Sequence[ActionShare], signed_on: date, notified_on: date) -> list[Tranche]:
    """The tranches of a convention signed that day: their amounts add up to those of the shares.

    ``notified_on``: the day of the agreement. Raises UsageError when the programme does not say how it pays, ValueError for a
    negative amount or one that is not made of whole cents.
    """
    if any(share.montant < 0 for share in shares):
        raise ValueError("a share of a convention is negative")
    payment = _payment(programme)
    parts = [part for part in _MODES[payment.mode](programme, payment, shares, signed_on) if part.whole_cents]
    parts.sort(key=lambda part: (part.echeance is None, part.echeance or date.max))
    return [
        Tranche(number, part.libelle, amount(part.whole_cents), part.ligne, part.echeance, part.condition, part.annee)
        for number, part in enumerate(parts, start=1)
    ]


def due_on_proof(programme: Programme, received_on: date) -> date | None:
    """The last day of the year on whose credits a proof received that day is paid; None when the call ties it to no year.

    Raises UsageError when the programme does not pay on proof.
    """
    payment = _payment(programme)
    if payment.mode != "sur_justificatif":
        raise UsageError(f"Le programme « {programme.id} » ne paie pas sur justificatifs.")
    last = payment.recus_jusqu_au
    if last is None:
        return None
    return _end_of(received_on.year if received_on <= last.of(received_on.year) else received_on.year + 1)


def report_due(programme: Programme, year: int) -> date | None:
    """The last day for the report that tells of a civil year; None when the call asks for none."""
    deadline = programme.file.controle.deadline("bilan")
    return deadline.chaque_annee.of(year + 1) if deadline and deadline.chaque_annee else None


def _payment(programme: Programme) -> Payment:
    if programme.file.paiement is None:
        raise UsageError(
            f"Le programme « {programme.id} » ne dit pas comment il paie : ajoutez la section [paiement] à son fichier."
        )
    return programme.file.paiement


def _end_of(year: int) -> date:
    return date(year, 12, 31)


def _total(shares: Sequence[ActionShare]) -> int:
    return sum(cents(share.montant) for share in shares)


def _at_once(programme: Programme, payment: Payment, shares: Sequence[ActionShare], signed_on: date) -> Iterator[_Part]:
    yield _Part("Versement unique, à la convention", _total(shares), None, signed_on, "signature")


def _in_parts(
    programme: Programme, payment: Payment, shares: Sequence[ActionShare], signed_on: date
) -> Iterator[_Part]:
    weights = [int(instalment.part * 10**Instalment.DECIMALS) for instalment in payment.tranches]
    for instalment, whole_cents in zip(payment.tranches, split(_total(shares), weights), strict=True):
        if instalment.annee is None:
            yield _Part(instalment.libelle, whole_cents, None, signed_on, "signature")
        else:
            year = signed_on.year + instalment.annee - 1
            yield _Part(instalment.libelle, whole_cents, None, report_due(programme, year), "bilan", year)


def _by_year(programme: Programme, payment: Payment, shares: Sequence[ActionShare], signed_on: date) -> Iterator[_Part]:
    for share in shares:
        first, last = share.date_debut, share.date_fin
        if first is None or last is None or last < first:
            unknown = "Année de réalisation à préciser : les dates du dossier manquent ou se contredisent"
            yield _Part(unknown, cents(share.montant), share.ligne, None, "annee")
            continue
        counted = months.by_year(first, last)
        for year, whole_cents in zip(counted, split(cents(share.montant), list(counted.values())), strict=True):
            # What was carried out before the signature cannot have been paid before it.
            day = max(_end_of(year), signed_on)
            yield _Part(f"Réalisation de {year}", whole_cents, share.ligne, day, "annee", year)


def _on_proof(
    programme: Programme, payment: Payment, shares: Sequence[ActionShare], signed_on: date
) -> Iterator[_Part]:
    for share in shares:
        yield _Part("Sur justificatifs de réalisation", cents(share.montant), share.ligne, None, "justificatif")


_MODES: Mapping[Mode, Callable[[Programme, Payment, Sequence[ActionShare], date], Iterator[_Part]]] = {
    "unique": _at_once,
    "tranches": _in_parts,
    "par_annee": _by_year,
    "sur_justificatif": _on_proof,
}
"""How each mode of the file cuts a convention into payments."""

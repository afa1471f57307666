"""Which grant each payment belongs to: candidates with a confidence and its reasons, for a person to confirm."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rapidfuzz import fuzz, process

from clact_model import formats, ledger
from clact_model.ledger import ZERO, Poste
from clact_model.payments.accounts import Payable
from clact_model.payments.naming import named, naming
from clact_model.payments.rows import Payment
from clact_model.tracking import Instalment
from clact_model.wording import folded, numbered

Statut = Literal["sur", "a_confirmer", "sans_candidat", "deja_inscrit"]
STATUTS: dict[Statut, str] = {
    "sur": "✔ Sûr",
    "a_confirmer": "? À confirmer",
    "sans_candidat": "✖ Sans candidat",
    "deja_inscrit": "= Déjà inscrit",
}
"""What a row of an extract is → shape and word."""

NAMED, SAME_SIRET, SAME_SIREN, LIKE_NAME = Decimal("0.60"), Decimal("0.35"), Decimal("0.15"), Decimal("0.25")
OTHER_SIRET = Decimal("-0.30")
ONE_TRANCHE, ALL_LEFT, ALL_READY = Decimal("0.35"), Decimal("0.25"), Decimal("0.25")
AFTER_SIGNATURE = Decimal("0.05")
STILL_WAITS = Decimal("-0.15")
SURE = Decimal("0.90")
"""From this confidence on, a payment whose amount is one that is due may be written without a person looking."""
SHOWN = Decimal("0.20")
"""Under it, a candidate is none."""
APART = Decimal("0.10")
"""A candidate this near to the best leaves a doubt."""
LIKE = 90
"""Likeness of two names, 0..100."""
MOST = 5
"""Candidates kept."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An account that a payment may belong to. ``confiance``: 0..1."""

    numero: str
    poste: Poste
    raison_sociale: str | None
    tranche: int | None
    """The tranche that it pays in full; None: the oldest that are due."""
    confiance: Decimal
    raisons: tuple[str, ...]
    empechement: str | None = None
    """Why the ledger would refuse it; None when it would not."""
    montant_attendu: bool = False
    """Its amount is one that is due."""

    @property
    def label(self) -> str:
        """``Dossier 12``, with its grant when it is the second."""
        return ledger.place((self.numero, self.poste))


@dataclass(frozen=True, slots=True)
class Proposal:
    """One payment and what it may be. ``candidats``: the best first."""

    payment: Payment
    statut: Statut
    candidats: tuple[Candidate, ...] = ()
    raison: str = ""
    """In one sentence, why it is so."""

    @property
    def best(self) -> Candidate | None:
        return self.candidats[0] if self.candidats else None


def match(payments: Sequence[Payment], accounts: Sequence[Payable]) -> list[Proposal]:
    """A proposal for each payment, in their order. Nothing is written.

    Payments are taken by their days: two that pay equal tranches of one grant are set against one each.
    """
    matching = _Matching(accounts)
    ordered = sorted(range(len(payments)), key=lambda place: (payments[place].jour, place))
    found = {place: matching.proposal(payments[place]) for place in ordered}
    return [found[place] for place in range(len(payments))]


class _Matching:
    def __init__(self, accounts: Sequence[Payable]) -> None:
        self.accounts = accounts
        self.numbers = named(accounts)
        self.names = {place: folded(account.raison_sociale or "") for place, account in enumerate(accounts)}
        self.taken: dict[tuple[int, int], Decimal] = {}
        """Account and tranche → EUR that earlier payments of the file are set against."""
        self.met: dict[tuple[object, ...], Payment] = {}
        """Reference, amount, day → the first payment of the files that has them."""

    def proposal(self, payment: Payment) -> Proposal:
        if (known := self._known(payment)) is not None:
            return Proposal(payment, "deja_inscrit", (), f"Déjà inscrit au dossier {known.numero}.")
        found = [self._candidate(payment, account, words) for account, words in self._likely(payment)]
        best = sorted((one for one in found if one[0].confiance >= SHOWN), key=_order)[:MOST]
        candidates = tuple(candidate for candidate, _, _ in best)
        if not candidates:
            why = "Aucune subvention n'a ce numéro, ce SIRET ni ce nom : choisissez le dossier, ou laissez ce paiement."
            return Proposal(payment, "sans_candidat", (), why)
        statut, why = _verdict(candidates)
        if doubts := [*self._doubts(payment, best[0][1])]:
            statut = "a_confirmer"
            why = f"{why.removesuffix('.')} ; {', '.join(doubts)}."
        if candidates[0].empechement is None:
            self._take(payment, best[0][1], best[0][2])
        return Proposal(payment, statut, candidates, why)

    def _known(self, payment: Payment) -> Payable | None:
        reference, amount, day = payment.identity
        return next((one for one in self.accounts if one.paid.get((reference, day)) == amount), None)

    def _doubts(self, payment: Payment, account: Payable) -> Iterable[str]:
        """Why a person must look, however well it fits: it may be taken back, or be one that was paid or read already."""
        if payment.contre is not None:
            yield f"la {payment.contre} semble l'annuler"
        first = self.met.setdefault(payment.identity, payment)
        if first is not payment:
            yield f"mêmes référence, montant et jour que la {first.seen_from(payment)}"
        reference = payment.identity[0]
        if reference in map(numbered, (account.numero, *account.conventions)):
            # A number of the grant, which all of its payments bear.
            return
        for (known, day), amount in account.paid.items():
            if known == reference:
                yield f"la référence {payment.reference} est déjà inscrite, pour {formats.euros(amount)} du {formats.day(day)}"

    def _likely(self, payment: Payment) -> list[tuple[Payable, str | None]]:
        """The accounts that something ties to the payment, with the words by which it names them."""
        found: dict[int, tuple[Payable, str | None]] = {id(a): (a, words) for a, words in naming(payment, self.numbers)}
        for account in self.accounts:
            if payment.siret and account.siret and account.siret[:9] == payment.siret[:9]:
                found.setdefault(id(account), (account, None))
        if payment.beneficiaire:
            like = process.extract(
                folded(payment.beneficiaire), self.names, scorer=fuzz.token_sort_ratio, score_cutoff=LIKE, limit=MOST
            )
            for _, _, place in like:
                found.setdefault(id(self.accounts[place]), (self.accounts[place], None))
        return list(found.values())

    def _candidate(
        self, payment: Payment, account: Payable, words: str | None
    ) -> tuple[Candidate, Payable, Sequence[Instalment]]:
        """One candidate, with its account and what is due on it that day."""
        due = [one for one in account.instalments(payment.jour) if self._left(account, one) > 0]
        evidence = [*_identity(payment, account, words), *self._amount(payment, account, due), *_day(payment, account)]
        tranche = next((one.tranche for one in due if self._left(account, one) == payment.montant), None)
        left = sum((self._left(account, one) for one in due), ZERO)
        expected = tranche is not None or payment.montant in (left, self._ready(account, due))
        return (
            Candidate(
                account.numero,
                account.poste,
                account.raison_sociale,
                tranche,
                min(max(sum((points for points, _ in evidence), ZERO), ZERO), Decimal(1)).quantize(Decimal("0.0001")),
                tuple(reason for _, reason in evidence),
                _hindrance(payment, account, left),
                expected,
            ),
            account,
            due,
        )

    def _left(self, account: Payable, one: Instalment) -> Decimal:
        return one.reste - self.taken.get((id(account), one.tranche), ZERO)

    def _ready(self, account: Payable, due: Sequence[Instalment]) -> Decimal:
        """EUR that nothing holds back that day, less what earlier payments of the file are set against."""
        held = (one.payable - self.taken.get((id(account), one.tranche), ZERO) for one in due)
        return sum((part for part in held if part > 0), ZERO)

    def _amount(self, payment: Payment, account: Payable, due: Sequence[Instalment]) -> Iterable[tuple[Decimal, str]]:
        paid_in_full = next((one for one in due if self._left(account, one) == payment.montant), None)
        if paid_in_full is not None:
            yield ONE_TRANCHE, f"montant de la tranche {paid_in_full.tranche} ({paid_in_full.libelle})"
        elif due and sum((self._left(account, one) for one in due), ZERO) == payment.montant:
            yield ALL_LEFT, "montant de tout ce qui reste à verser"
        elif payment.montant == self._ready(account, due):
            # One payment for the parts of several actions: an agency pays a dossier's year at once.
            yield ALL_READY, "montant de tout ce qui peut être versé ce jour-là"
        waiting = next((one for one in due if one.attend and paid_in_full in (None, one)), None)
        if waiting is not None and (waiting is paid_in_full or payment.montant > self._ready(account, due)):
            yield STILL_WAITS, f"la tranche {waiting.tranche} attend encore {waiting.attend}"

    def _take(self, payment: Payment, account: Payable, due: Sequence[Instalment]) -> None:
        """Set the payment against the tranche that it pays in full, else against the oldest."""
        exact = [one for one in due if self._left(account, one) == payment.montant][:1]
        amount = payment.montant
        for one in exact or due:
            part = min(amount, self._left(account, one))
            key = id(account), one.tranche
            self.taken[key] = self.taken.get(key, ZERO) + part
            amount -= part


def _order(found: tuple[Candidate, Payable, Sequence[Instalment]]) -> tuple[bool, Decimal, str]:
    return found[0].empechement is not None, -found[0].confiance, found[0].numero


def _identity(payment: Payment, account: Payable, words: str | None) -> Iterable[tuple[Decimal, str]]:
    """Who is paid: by a number, by SIRET, else by name."""
    if words is not None:
        yield NAMED, words
    if payment.siret and account.siret:
        if payment.siret == account.siret:
            yield SAME_SIRET, "même SIRET"
        elif payment.siret[:9] == account.siret[:9]:
            yield SAME_SIREN, "même SIREN, autre établissement"
        else:
            yield OTHER_SIRET, f"SIRET différent ({account.siret} au dossier)"
    elif _alike(payment.beneficiaire, account.raison_sociale):
        yield LIKE_NAME, f"nom semblable ({account.raison_sociale})"


def _alike(one: str | None, other: str | None) -> bool:
    return bool(one and other) and fuzz.token_sort_ratio(folded(one or ""), folded(other or "")) >= LIKE


def _day(payment: Payment, account: Payable) -> Iterable[tuple[Decimal, str]]:
    if account.signed_on is not None and payment.jour >= account.signed_on:
        yield AFTER_SIGNATURE, f"après la signature du {formats.day(account.signed_on)}"


def _hindrance(payment: Payment, account: Payable, left: Decimal) -> str | None:
    """Why the ledger would refuse the payment."""
    if account.signed_on is None or payment.jour < account.signed_on:
        return f"aucune convention signée au {formats.day(payment.jour)}"
    if payment.montant > left:
        return f"il ne reste que {formats.euros(left)} à verser"
    return None


def _verdict(candidates: Sequence[Candidate]) -> tuple[Statut, str]:
    best, others = candidates[0], candidates[1:]
    why = f"{best.label} : {', '.join(best.raisons)}"
    if best.empechement is not None:
        return "a_confirmer", f"{why} ; {best.empechement}."
    near = [one for one in others if one.empechement is None and one.confiance > best.confiance - APART]
    if near:
        return "a_confirmer", f"{why} ; {near[0].label} convient autant."
    if best.confiance >= SURE and best.montant_attendu:
        return "sur", f"{why}."
    return "a_confirmer", why + (" ; le montant n'est pas celui d'une tranche." if not best.montant_attendu else ".")

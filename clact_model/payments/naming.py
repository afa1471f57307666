"""Numbers of dossiers and conventions, found in what a payment says whatever separates their parts."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from clact_model.payments.accounts import Payable
from clact_model.payments.rows import Payment
from clact_model.wording import folded

SHORTEST = 4
"""Letters and figures of a number that may be looked for in a free text: a shorter one is in too many of them."""
PARTS = 6
"""Parts of a text that are read as one number: « 2026 - 0001 », « CONV/2024/GE/12 »."""
_PARTS = re.compile(r"[a-z0-9]+")

Named = Mapping[str, Sequence[tuple[Payable, str]]]
"""A number without its separators → the accounts that bear it, and what it is to each."""


def named(accounts: Iterable[Payable]) -> Named:
    """The numbers by which a payment may name an account."""
    found: dict[str, list[tuple[Payable, str]]] = {}
    for account in accounts:
        found.setdefault(_squeezed(account.numero), []).append((account, f"dossier {account.numero}"))
        for reference in account.conventions:
            found.setdefault(_squeezed(reference), []).append((account, f"convention {reference}"))
    return found


def naming(payment: Payment, numbers: Named) -> list[tuple[Payable, str]]:
    """The accounts that a payment names, each with the words for it, once each."""
    found: dict[int, tuple[Payable, str]] = {}
    for column, text in (("colonne", payment.numero), ("colonne", payment.convention)):
        for account, what in numbers.get(_squeezed(text or ""), ()):
            found.setdefault(id(account), (account, f"{what} dans sa {column}"))
    for place, text in (("la référence", payment.reference), ("le libellé", payment.libelle)):
        for number in _runs(text or ""):
            if len(number) >= SHORTEST:
                for account, what in numbers.get(number, ()):
                    found.setdefault(id(account), (account, f"{what} dans {place}"))
    return list(found.values())


def _squeezed(text: str) -> str:
    return "".join(_PARTS.findall(folded(text)))


def _runs(text: str) -> Iterator[str]:
    """Every run of parts of a text, joined."""
    parts = _PARTS.findall(folded(text))
    for start in range(len(parts)):
        for stop in range(start + 1, min(start + PARTS, len(parts)) + 1):
            yield "".join(parts[start:stop])

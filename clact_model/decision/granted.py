"""What is notified opens an account in the ledger; a notification taken back closes it, as long as nothing was built on it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from clact_model import ledger
from clact_model.decision.kept import Decision
from clact_model.decision.refusing import DecisionRefusedError
from clact_model.ledger import Book, Entry, Movement, Poste
from clact_model.store import Writing

TAKEN_BACK = "Notification retirée"
BUILT_ON: frozenset[ledger.Nature] = frozenset(
    {"convention", "tranche", "versement", "report", "annulation", "liberation", "a_recuperer", "recouvrement"}
)
"""Lines that stand on the grant."""


def open_accounts(writing: Writing, decisions: Sequence[Decision], notifie_le: date) -> None:
    """Write what is granted from that day on: one line a decision and a grant."""
    book = Book(writing, {decision.numero for decision in decisions})
    for decision in decisions:
        for poste, amount in _grants(decision):
            book.add(
                Entry(
                    numero=decision.numero,
                    ligne=decision.ligne,
                    poste=poste,
                    nature="octroi",
                    jour=notifie_le,
                    montant=amount,
                )
            )
    book.close()


def close_accounts(writing: Writing, decisions: Sequence[Decision], motif: str) -> None:
    """Take back what notified decisions granted: it never counted.

    Raises DecisionRefusedError when the follow-up of one has begun.
    """
    book = Book(writing, {decision.numero for decision in decisions})
    for decision in decisions:
        for poste in ledger.POSTES:
            standing = ledger.standing(book.of(decision.numero, poste))
            granted = [m for m in standing if m.nature == "octroi" and m.ligne == decision.ligne]
            if granted:
                _require_nothing_built(decision, standing)
            for movement in granted:
                book.reverse(movement, movement.jour, f"{TAKEN_BACK} : {motif}")
    book.close()


def _grants(decision: Decision) -> list[tuple[Poste, Decimal]]:
    if decision.issue != "retenu":
        return []
    grants: list[tuple[Poste, Decimal]] = [("aide", decision.accorde), ("supplement", decision.supplement)]
    return [(poste, amount) for poste, amount in grants if amount > 0]


def _require_nothing_built(decision: Decision, standing: Sequence[Movement]) -> None:
    built = next((movement for movement in standing if movement.nature in BUILT_ON), None)
    if built is not None:
        raise DecisionRefusedError(
            f"{decision.label} : le suivi a commencé (« {built.words.lower()} »). Contre-passez d'abord ses lignes dans "
            "Conventions et versements."
        )

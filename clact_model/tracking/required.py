"""What an act must be given: a reason, an amount in whole cents."""

from decimal import Decimal

from clact_model import ledger
from clact_model.ledger import LedgerRefusedError, Poste


def require_amount(numero: str, poste: Poste, montant: Decimal) -> None:
    """Raise LedgerRefusedError when an amount is not positive, or not made of whole cents."""
    if montant <= 0 or montant != round(montant, 2):
        raise LedgerRefusedError(
            f"{ledger.place((numero, poste))} : « {montant} » n'est pas un montant en euros et centimes, plus grand que zéro."
        )


def required_reason(numero: str, motif: str) -> str:
    """The reason as it is kept. Raises LedgerRefusedError for an empty one."""
    if not (written := motif.strip()):
        raise LedgerRefusedError(f"Dossier {numero} : écrivez un motif, il est gardé avec votre nom et la date.")
    return written

"""Whole cents: what is added, compared and shared out inside the allocation."""

from decimal import Decimal


def cents(amount: Decimal) -> int:
    """Euros → cents. ValueError when the amount is not made of whole cents."""
    hundredfold = amount * 100
    whole = int(hundredfold)
    if whole != hundredfold:
        raise ValueError(f"{amount} is not a whole number of cents")
    return whole


def amount(whole_cents: int) -> Decimal:
    """Cents → euros, always with two decimals."""
    return Decimal(whole_cents).scaleb(-2)

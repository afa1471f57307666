"""Whole cents: what is added, compared and shared out inside the allocation."""

from collections.abc import Sequence
from decimal import Decimal

CENT = Decimal("0.01")


def cents(amount: Decimal) -> int:
    """Euros → cents. ValueError when the amount is not made of whole cents."""
    hundredfold = amount * 100
    whole = int(hundredfold)
    if whole != hundredfold:
        raise ValueError(f"{amount} is not a whole number of cents")
    return whole


def amount(whole_cents: int) -> Decimal:
    """Cents → euros, always with two decimals."""
    # Faster by half than scaleb, and the balances of 100,000 grants take a million of these.
    return Decimal(whole_cents) * CENT


def split(whole: int, weights: Sequence[int]) -> list[int]:
    """Cents in proportion to weights of which one at least is positive, by largest remainder: the parts make the whole."""
    total = sum(weights)
    parts = [whole * weight // total for weight in weights]
    largest_remainder = sorted(range(len(weights)), key=lambda place: (-(whole * weights[place] % total), place))
    for place in largest_remainder[: whole - sum(parts)]:
        parts[place] += 1
    return parts

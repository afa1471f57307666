"""How weights are drawn around the chosen ones, from a seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from clact_model import formats
from clact_model.errors import UsageError

MOST_DRAWS = 100_000
STEPS = 10_000
"""A factor is a whole number of ten-thousandths: every drawn grid could be typed in, and gives the same ranking there."""
DIGITS = 10
"""Digits kept of the largest weight: with the factors and some forty criteria, sums stay exact in binary."""


@dataclass(frozen=True, slots=True)
class Law:
    """Each chosen weight times a number drawn evenly in [1 - ecart, 1 + ecart], whatever the others.

    A criterion of weight 0 was left aside, and stays so. The same seed gives the same draws. Raises UsageError.
    """

    tirages: int = 10_000
    ecart: Decimal = Decimal("0.5")
    """Share, 0..1."""
    graine: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.tirages <= MOST_DRAWS:
            raise UsageError(
                f"Le nombre de tirages va de 1 à {formats.number(MOST_DRAWS)} : « {self.tirages} » est refusé."
            )
        if not 0 <= self.ecart <= 1 or self.ecart != round(self.ecart, 4):
            raise UsageError(
                f"L'écart est une part de 0 à 1, quatre décimales au plus : « {self.ecart} » est refusé (0.5 pour la moitié)."
            )
        if self.graine < 0:
            raise UsageError(f"La graine est un nombre entier positif : « {self.graine} » est refusé.")

    @property
    def sentence(self) -> str:
        """The law in one French sentence."""
        if not self.ecart:
            return "Avec un écart nul, chaque tirage reprend les poids choisis."
        low, high = formats.number(1 - self.ecart), formats.number(1 + self.ecart)
        return (
            f"À chaque tirage, le poids choisi de chaque critère est multiplié par un nombre pris au hasard entre "
            f"{low} et {high}, tous également probables, indépendamment des autres ; un poids nul le reste."
        )


def draws(weights: Sequence[Decimal], law: Law, number: int) -> NDArray[np.int64]:
    """The first ``number`` grids of the law: draws × criteria, whole numbers of which only the proportions count."""
    spread = int(law.ecart * STEPS)
    random = np.random.default_rng(law.graine)
    # Never 0, even with a spread of 1: a grid of nothing ranks nobody.
    factors = random.integers(max(1, STEPS - spread), STEPS + spread, (number, len(weights)), endpoint=True)
    return whole(weights) * factors


def whole(weights: Sequence[Decimal]) -> NDArray[np.int64]:
    """The weights as whole numbers in the same proportions, to ``DIGITS`` digits of the largest."""
    largest = max(weights, default=Decimal(1))
    unit = Decimal(1).scaleb(largest.adjusted() + 1 - DIGITS)
    return np.array([int((weight / unit).to_integral_value()) for weight in weights], dtype=np.int64)


def shares(grids: NDArray[np.int64]) -> NDArray[np.float64]:
    """Each weight's share of its grid, 0..1: the very numbers that scoring takes."""
    totals = np.maximum(grids.sum(axis=-1, keepdims=True), 1)
    return np.asarray(grids / totals, dtype=np.float64)

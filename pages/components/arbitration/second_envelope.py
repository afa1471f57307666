"""The second envelope of a call that has one: what it holds, what goes out of it."""

from decimal import Decimal

from clact_model import formats
from pages.components import metrics
from pages.components.metrics import Figure


def show(envelope: Decimal, granted: Decimal, demands: int) -> None:
    """The figures of a supplement: they are no part of those of the first envelope."""
    metrics.grid(
        [
            Figure("Seconde enveloppe (€)", formats.euros(envelope), "Celle du supplément, à part de la première."),
            Figure(
                "Suppléments (€)",
                formats.euros(granted),
                "Pris sur la seconde enveloppe, en plus de l'aide.",
                formats.plural(demands, "demande"),
            ),
            Figure(
                "Reste de la seconde (€)", formats.euros(envelope - granted), "Seconde enveloppe moins les suppléments."
            ),
        ],
        columns=3,
    )

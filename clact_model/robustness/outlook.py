"""What the draws say of each line, and of the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from clact_model.allocation import Outcome, Result
from clact_model.allocation.money import amount
from clact_model.robustness.law import Law

Classe = Literal["noyau", "limite", "hors"]
CLASSES: tuple[Classe, ...] = ("noyau", "limite", "hors")
CORE = Decimal("0.95")
"""Funded in this share of the draws or more: the chosen weights, within the spread, do not decide of it."""
OUT = Decimal("0.05")
"""In this share or less: they do not either."""
PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Ranks:
    """Places over the draws, 1 first: a place is at most ``high`` (95 %) in that share of the draws, or in more."""

    lowest: int
    low: int
    """5 %."""
    median: int
    high: int
    """95 %."""
    highest: int


@dataclass(frozen=True, slots=True)
class Missing:
    """What missing data can do under the chosen weights. Places, 1 first; funded: None when it was not worked out."""

    criteria: tuple[str, ...]
    """Ids of the criteria whose data is missing."""
    best: int
    worst: int
    funded_at_best: bool | None
    funded_at_worst: bool | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """One line: what it receives with the chosen weights, and how sure that is."""

    today: Outcome
    share: Decimal
    """Of the draws in which it receives something, 0..1."""
    ranks: Ranks
    missing: Missing

    @property
    def in_the_running(self) -> bool:
        """Whether it may be funded as it stands: neither waiting nor refused."""
        return self.today.line.fundable

    @property
    def classe(self) -> Classe:
        """``noyau``, ``limite`` or ``hors``; ``hors`` for what may not be funded."""
        if self.share >= CORE:
            return "noyau"
        return "hors" if self.share <= OUT else "limite"

    def to_json(self) -> dict[str, Any]:
        """Shares as strings with four decimals, unknown as null."""
        line = self.today.line
        return {
            "numero": line.numero,
            "ligne": line.ligne,
            "position": line.position,
            "financable": self.in_the_running,
            "finance": self.today.funded,
            "accorde": f"{self.today.granted:.2f}",
            "part_finance": f"{self.share.quantize(PLACES, ROUND_HALF_UP)}",
            "classe": self.classe,
            "rang_min": self.ranks.lowest,
            "rang_5": self.ranks.low,
            "rang_median": self.ranks.median,
            "rang_95": self.ranks.high,
            "rang_max": self.ranks.highest,
            "donnees_manquantes": list(self.missing.criteria),
            "rang_meilleur": self.missing.best,
            "rang_pire": self.missing.worst,
            "finance_meilleur": self.missing.funded_at_best,
            "finance_pire": self.missing.funded_at_worst,
        }


@dataclass(frozen=True)
class Robustness:
    """Every line that has a place, in the order of the chosen weights."""

    law: Law
    tirages: int
    """Draws that were made: fewer than the law's where they would have taken too long."""
    one_by_one: bool
    """Whether each draw was an allocation of its own: the settings ask for more than the ranking."""
    result: Result
    """The allocation with the chosen weights."""
    lines: Sequence[Outlook]

    def of(self, classe: Classe) -> list[Outlook]:
        """The lines of a class, among those that may be funded."""
        return [line for line in self.lines if line.classe == classe and line.in_the_running]

    @property
    def out_of_the_running(self) -> list[Outlook]:
        """The lines that have a place, and may not be funded whatever it is."""
        return [line for line in self.lines if not line.in_the_running]

    def granted(self, classe: Classe) -> Decimal:
        """What the allocation with the chosen weights gives to a class, EUR."""
        return sum((line.today.granted for line in self.of(classe)), amount(0))

    def to_json(self) -> dict[str, Any]:
        """The answer of ``robustesse --json``."""
        settings = self.result.settings
        return {
            "tirages": self.tirages,
            "tirages_demandes": self.law.tirages,
            "ecart": f"{self.law.ecart:.4f}",
            "graine": self.law.graine,
            "strategie": settings.strategie,
            "unite": settings.unite,
            "enveloppe": f"{settings.enveloppe:.2f}",
            "reserve": f"{settings.reserve:.2f}",
            "seuil_noyau": f"{CORE:.4f}",
            "seuil_hors": f"{OUT:.4f}",
            "dossiers": [line.to_json() for line in self.lines],
        }

"""Scenarios side by side: who comes in and goes out, by group, and the way from one total to the other."""

from clact_model.comparison.figures import Count, Figures, figures
from clact_model.comparison.groups import CHAMPS, SEVERAL, UNKNOWN, by_group, totals
from clact_model.comparison.rows import FEWEST, MOST, Comparison, Row, compare
from clact_model.comparison.sides import Cell, Side
from clact_model.comparison.waterfall import Step, Waterfall, waterfall

__all__ = [
    "CHAMPS",
    "FEWEST",
    "MOST",
    "SEVERAL",
    "UNKNOWN",
    "Cell",
    "Comparison",
    "Count",
    "Figures",
    "Row",
    "Side",
    "Step",
    "Waterfall",
    "by_group",
    "compare",
    "figures",
    "totals",
    "waterfall",
]

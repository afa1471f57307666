"""What grants changed: indicators promised and measured, the funded beside the others, several years, the sums of a call."""

from clact_model.impact.assessment import CHAMPS, Assessment, Sums, assess
from clact_model.impact.checking import ImpactRefusedError
from clact_model.impact.comparing import MEASURES, NO_PROOF, Compared, Comparison, Group, Measure, compare, years
from clact_model.impact.following import STATES, Due, Followed, follow
from clact_model.impact.history import Year, of_establishment, of_region, stem
from clact_model.impact.kept import MOIS, PERCENT, Indicator, Sens, Yearly, indicators, yearly
from clact_model.impact.reading import Reading, preview, summary
from clact_model.impact.sheets import INDICATORS, SHEETS, YEARS
from clact_model.impact.statistics import TOO_FEW
from clact_model.impact.writing import record, remove

__all__ = [
    "CHAMPS",
    "INDICATORS",
    "MEASURES",
    "MOIS",
    "NO_PROOF",
    "PERCENT",
    "SHEETS",
    "STATES",
    "TOO_FEW",
    "YEARS",
    "Assessment",
    "Compared",
    "Comparison",
    "Due",
    "Followed",
    "Group",
    "ImpactRefusedError",
    "Indicator",
    "Measure",
    "Reading",
    "Sens",
    "Sums",
    "Year",
    "Yearly",
    "assess",
    "compare",
    "follow",
    "indicators",
    "of_establishment",
    "of_region",
    "preview",
    "record",
    "remove",
    "stem",
    "summary",
    "yearly",
    "years",
]

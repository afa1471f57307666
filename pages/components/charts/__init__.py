"""The charts of the screens, a way of drawing a module: French numbers, a text for those who cannot see, data underneath."""

from pages.components.charts.categories import bars, contributions
from pages.components.charts.curve import steps
from pages.components.charts.days import calendar
from pages.components.charts.fall import waterfall
from pages.components.charts.parts import grouped, stacked
from pages.components.charts.times import over_time

__all__ = ["bars", "calendar", "contributions", "grouped", "over_time", "stacked", "steps", "waterfall"]

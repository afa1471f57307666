"""Where a call stands: its dossiers as lists show them, counts by verdict, rule and group, what awaits someone.

Amounts in EUR, Decimal; codes as they are stored; unknown is None. Nothing here writes to the base.
"""

from clact_model.overview.columns import Column, columns, table
from clact_model.overview.counts import Count, LineCount, by_axis, by_verdict, pressure, share, split
from clact_model.overview.envelope import Envelope, envelope
from clact_model.overview.filters import FILTER_LABELS, Filters, choices, filtered, in_words, present
from clact_model.overview.glance import Overview, overview
from clact_model.overview.imports import (
    Import,
    Incoming,
    KeptAnomaly,
    Recognised,
    import_anomalies,
    imports,
    incoming,
    recognised,
)
from clact_model.overview.labels import EFFECTS, LINE_VERDICTS, NOT_GIVEN, OUTCOMES, VERDICTS, values
from clact_model.overview.rules import RuleCount, by_rule, grid
from clact_model.overview.summaries import Summary, aid, asked, summaries
from clact_model.overview.waiting import WAITING, Task, Waiting, tasks
from clact_model.overview.words import (
    OPERATIONS,
    expression_in_words,
    field_label,
    kept_in_words,
    total,
    value_in_words,
)

__all__ = [
    "EFFECTS",
    "FILTER_LABELS",
    "LINE_VERDICTS",
    "NOT_GIVEN",
    "OPERATIONS",
    "OUTCOMES",
    "VERDICTS",
    "WAITING",
    "Column",
    "Count",
    "Envelope",
    "Filters",
    "Import",
    "Incoming",
    "KeptAnomaly",
    "LineCount",
    "Overview",
    "Recognised",
    "RuleCount",
    "Summary",
    "Task",
    "Waiting",
    "aid",
    "asked",
    "by_axis",
    "by_rule",
    "by_verdict",
    "choices",
    "columns",
    "envelope",
    "expression_in_words",
    "field_label",
    "filtered",
    "grid",
    "import_anomalies",
    "imports",
    "in_words",
    "incoming",
    "kept_in_words",
    "overview",
    "present",
    "pressure",
    "recognised",
    "share",
    "split",
    "summaries",
    "table",
    "tasks",
    "total",
    "value_in_words",
    "values",
]

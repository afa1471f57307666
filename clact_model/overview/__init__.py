"""Where a call stands: its dossiers as lists show them, counts by verdict, rule and group, what awaits someone.

Amounts in EUR, Decimal; codes as they are stored; unknown is None. Nothing here writes to the base.
"""

from clact_model.overview.columns import Column, columns, table
from clact_model.overview.counts import Count, LineCount, by_axis, by_verdict, pressure, share, split
from clact_model.overview.coverage import Missing, missing
from clact_model.overview.envelope import Envelope, envelope, of_selection
from clact_model.overview.filters import FILTER_LABELS, Filters, choices, filtered, in_words, label, present
from clact_model.overview.followed import followed
from clact_model.overview.glance import Overview, overview
from clact_model.overview.imports import (
    Import,
    Incoming,
    KeptAnomaly,
    Recognised,
    files_kept,
    import_anomalies,
    imported_file,
    imports,
    incoming,
    recognised,
)
from clact_model.overview.labels import EFFECTS, LINE_VERDICTS, NOBODY, NOT_GIVEN, OUTCOMES, VERDICTS, values
from clact_model.overview.rules import RuleCount, by_rule, grid
from clact_model.overview.spoken import expression_in_words, outcomes_in_words
from clact_model.overview.summaries import Summary, aid, asked, summaries
from clact_model.overview.turned import Turned, turned
from clact_model.overview.waiting import WAITING, Task, Waiting, tasks
from clact_model.overview.words import (
    OPERATIONS,
    field_label,
    kept_in_words,
    total,
    value_in_words,
)

__all__ = [
    "EFFECTS",
    "FILTER_LABELS",
    "LINE_VERDICTS",
    "NOBODY",
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
    "Missing",
    "Overview",
    "Recognised",
    "RuleCount",
    "Summary",
    "Task",
    "Turned",
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
    "files_kept",
    "filtered",
    "followed",
    "grid",
    "import_anomalies",
    "imported_file",
    "imports",
    "in_words",
    "incoming",
    "kept_in_words",
    "label",
    "missing",
    "of_selection",
    "outcomes_in_words",
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
    "turned",
    "value_in_words",
    "values",
]

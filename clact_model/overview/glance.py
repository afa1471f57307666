"""A whole call at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from clact_model.eligibility import Judgement
from clact_model.overview.counts import Count, LineCount, by_axis, by_verdict, split
from clact_model.overview.followed import followed
from clact_model.overview.labels import values
from clact_model.overview.summaries import Summary, asked, summaries
from clact_model.overview.waiting import Task, tasks


@dataclass(frozen=True)
class Overview:
    """A call at a glance, on one day."""

    rows: Sequence[Summary]
    """Every dossier, in the order of the file."""
    dossiers: int
    recevables: int
    demande: Decimal
    demande_recevable: Decimal
    tasks: Sequence[Task]
    verdicts: Sequence[Count]
    secteurs: Sequence[Count]
    statuts: Sequence[Count]
    departements: Sequence[Count]
    axes: Sequence[LineCount]


def overview(judgement: Judgement) -> Overview:
    """The whole call, counted. Writes the ranking's temporary tables of the cursor."""
    programme = judgement.programme
    rows = followed(judgement.cursor, programme, judgement.today, summaries(judgement))
    admitted = [row for row in rows if row.verdict == "recevable"]
    return Overview(
        rows,
        len(rows),
        len(admitted),
        asked(rows),
        asked(admitted),
        tasks(rows, programme.file.ligne),
        by_verdict(rows),
        split(rows, "secteur", values(programme, "secteur")),
        split(rows, "statut", values(programme, "statut")),
        split(rows, "departement", values(programme, "departement")),
        by_axis(judgement),
    )

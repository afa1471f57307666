"""Which of the saved correspondences a file calls for."""

from collections.abc import Iterator, Sequence

from clact_model.intake.mapping.correspondence import APPLIES_FROM, Correspondence
from clact_model.intake.sources.kinds import Kind
from clact_model.intake.values.text import one_line
from clact_model.reading import Content
from clact_model.reading.limits import HEADER_WITHIN
from clact_model.wording import folded


def fitting(content: Content, kind: Kind, correspondences: Sequence[Correspondence]) -> Correspondence:
    """The correspondence of this kind whose titles the file holds most; an empty one when none holds enough."""
    present = set(_titles(content))
    shares = [(_share(one, present), one) for one in correspondences if one.source in ("", kind.code)]
    best = max(shares, key=lambda pair: pair[0], default=(0.0, Correspondence()))
    return best[1] if best[0] >= APPLIES_FROM else Correspondence()


def _share(one: Correspondence, present: set[str]) -> float:
    titles = [title.partition("#")[0] for columns in one.columns.values() for title in columns]
    return sum(title in present for title in titles) / len(titles) if titles else 0.0


def _titles(content: Content) -> Iterator[str]:
    for sheet in content.sheets:
        for row in sheet.rows[:HEADER_WITHIN]:
            yield from (folded(one_line(cell)) for cell in row if isinstance(cell, str) and cell)

"""The demonstration: invented dossiers of each call, taken in by the ordinary import, and the day each one plays on.

The workbooks and ``jours.toml`` lie in ``data/demo/``; ``python -m scripts.make_demo`` makes the workbooks again.
"""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from clact_model import paths
from clact_model.programme import load_all
from clact_model.store import Base

DAYS = paths.DEMO_FOLDER / "jours.toml"


def is_demo(path: Path) -> bool:
    """True when the base at ``path`` is the one that holds invented dossiers."""
    return path.resolve() == paths.DEMO_BASE.resolve()


def ensure(base: Base) -> None:
    """Import each workbook of the demonstration that the base lacks; leave alone a base with other dossiers.

    An import cut short is taken up again: each workbook is written whole, once, under an operation of its own.
    """
    imports = {row[0] for row in base.cursor().execute("SELECT DISTINCT importation FROM dossier").fetchall()}
    workbooks = {f"demo-{path.stem}": path for path in sorted(paths.DEMO_FOLDER.glob("*.xlsx"))}
    missing = workbooks.keys() - imports
    if imports - workbooks.keys() or not missing:
        return
    # Only the first start needs the import and what it loads (Arrow, the spreadsheet readers): not every one.
    from clact_model import intake

    programmes = load_all().programmes
    for operation in sorted(missing):
        programme = programmes.get(workbooks[operation].stem)
        if programme is not None:
            report = intake.preview(base, programme, [intake.UploadedFile.from_path(workbooks[operation])])
            intake.write(base, programme, report, operation=operation)


def judged_day(programme_id: str) -> date | None:
    """The day on which the demonstration judges a programme; None when it does not show it."""
    day = _settings().get(programme_id, {}).get("jour")
    return day if isinstance(day, date) else None


def envelope(programme_id: str) -> Decimal | None:
    """EUR: the invented envelope of a call whose text states none; None for the others."""
    amount = _settings().get(programme_id, {}).get("enveloppe")
    return Decimal(amount) if isinstance(amount, int) else None


@cache
def _settings() -> dict[str, dict[str, object]]:
    return tomllib.loads(DAYS.read_text(encoding="utf-8"))

"""When the demonstration plays: the days of each call, and which of its two bases a day opens.

One base holds the calls while they are instructed, nothing decided yet; the other the same calls decided and followed.
Before the committee's day a call is read in the first, from then on in the second: what is decided counts from its date,
and who tries an adoption finds nothing adopted.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from clact_model import paths
from clact_model.programme import Programme

DAYS = paths.DEMO_FOLDER / "jours.toml"


@dataclass(frozen=True, slots=True)
class Committee:
    """How the invented committee of a call decides, and when. Amounts in EUR."""

    day: date
    notified_on: date
    envelope: Decimal
    by_action: bool
    """It decides line by line, and not dossier by dossier."""
    supplement: tuple[Decimal, Decimal] | None
    """The second envelope, and what each line that may have it receives."""
    given_again_on: date | None
    """The day on which it gives again what came back; None where it does not."""
    given_again_told: date | None


def is_demo(path: Path) -> bool:
    """True when the base at ``path`` is one of those that hold invented dossiers."""
    return _resolved(path) in (_resolved(paths.DEMO_BASE), _resolved(paths.FOLLOWED_DEMO_BASE))


@cache
def _resolved(path: Path) -> Path:
    # A screen asks fifty times a run, and each answer walks the whole path.
    return path.resolve()


def base_on(programme_id: str, day: date) -> Path:
    """The base that shows a call as it stood on a day."""
    decided = _day(programme_id, "comite")
    return paths.FOLLOWED_DEMO_BASE if decided and day >= decided else paths.DEMO_BASE


def judged_day(programme_id: str) -> date | None:
    """The day on which the demonstration judges a programme; None when it does not show it."""
    return _day(programme_id, "jour")


def committee(programme: Programme) -> Committee | None:
    """The invented committee of a call; None for a call that the demonstration leaves undecided."""
    day, notified_on = (_day(programme.id, name) for name in ("comite", "notification"))
    available = programme.file.enveloppe or envelope(programme.id)
    if day is None or notified_on is None or available is None:
        return None
    settings = _settings()[programme.id]
    second, each = settings.get("enveloppe_supplement"), settings.get("supplement")
    return Committee(
        day=day,
        notified_on=notified_on,
        envelope=available,
        by_action=settings.get("unite") == "action",
        supplement=(Decimal(second), Decimal(each)) if isinstance(second, int) and isinstance(each, int) else None,
        given_again_on=_day(programme.id, "reaffectation"),
        given_again_told=_day(programme.id, "reaffectation_notifiee"),
    )


def calls() -> list[str]:
    """The calls that the demonstration shows, by id."""
    return list(_settings())


def followed_day(programme_id: str) -> date | None:
    """The day on which the follow-up of a call is looked at."""
    return _day(programme_id, "suivi") or judged_day(programme_id)


def gives_again(programme_id: str) -> bool:
    """Whether the invented committee of a call gives again what came back."""
    return _day(programme_id, "reaffectation") is not None


def moments(programme_id: str) -> Mapping[str, date]:
    """The moments worth a look: name → day. Empty for a call that has only one."""
    followed, judged = _day(programme_id, "suivi"), judged_day(programme_id)
    if followed is None or judged is None:
        return {}
    return {"Instruction": judged, "Suivi": followed}


def envelope(programme_id: str) -> Decimal | None:
    """EUR: the invented envelope of a call whose text states none; None for the others."""
    amount = _settings().get(programme_id, {}).get("enveloppe")
    return Decimal(amount) if isinstance(amount, int) else None


def _day(programme_id: str, name: str) -> date | None:
    day = _settings().get(programme_id, {}).get(name)
    return day if isinstance(day, date) else None


@cache
def _settings() -> dict[str, dict[str, object]]:
    return tomllib.loads(DAYS.read_text(encoding="utf-8"))

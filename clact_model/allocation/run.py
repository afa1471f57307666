"""Envelope and ranks → who gets how much, and why."""

from collections.abc import Iterable, Sequence
from operator import attrgetter

from clact_model import formats
from clact_model.allocation.lines import Key, Line, UnknownKeyError, in_rank_order
from clact_model.allocation.money import amount, cents
from clact_model.allocation.reasons import Grant, Outcome, Why
from clact_model.allocation.result import Result, check
from clact_model.allocation.settings import Settings, SettingsError, label
from clact_model.allocation.strategies import STRATEGIES

key = attrgetter("key")


class EnvelopeTooSmallError(SettingsError):
    """What is forced in does not fit together."""


def run(lines: Iterable[Line], settings: Settings) -> Result:
    """Every line with its grant, in rank order.

    What may not be funded is set aside, what is forced in is served first and in full, the strategy shares out the
    rest. Raises UnknownKeyError, SettingsError, EnvelopeTooSmallError.
    """
    ranked = in_rank_order(lines)
    _check_forced(ranked, settings)
    grants = _without_money(ranked, settings)
    candidates = [line for line in ranked if line.key not in grants]
    first = [line for line in candidates if line.named_by(settings.forced_in)]
    rest = [line for line in candidates if not line.named_by(settings.forced_in)]

    available = cents(settings.enveloppe) - cents(settings.reserve)
    grants |= zip(map(key, first), _forced_in(first, available), strict=True)
    available -= sum(line.limit for line in first)
    grants |= zip(map(key, rest), STRATEGIES[settings.strategie].allocate(rest, available, settings), strict=True)

    assert len(grants) == len(ranked), "two lines bear the same key"
    result = Result(settings, [Outcome(line, grants[line.key]) for line in ranked])
    check(result)
    return result


def _without_money(ranked: Sequence[Line], settings: Settings) -> dict[Key, Grant]:
    """The lines that receive nothing whatever the envelope."""
    return {
        line.key: Grant(0, why, forced_in_vain=line.named_by(settings.forced_in))
        for line in ranked
        if (why := _ground_for_nothing(line, settings)) is not None
    }


def _ground_for_nothing(line: Line, settings: Settings) -> Why | None:
    if line.standing == "refuse":
        return Why.REFUSED
    if settings.forced_out and line.named_by(settings.forced_out):
        return Why.FORCED_OUT
    if not line.fundable:
        return Why.WAITING
    return None if line.limit > 0 else Why.NOTHING_TO_GRANT


def _forced_in(first: Sequence[Line], available: int) -> list[Grant]:
    """What is forced in, in full."""
    needed = sum(line.limit for line in first)
    if needed > available:
        raise EnvelopeTooSmallError(
            f"{formats.plural(len(first), 'demande retenue', 'demandes retenues')} d'office : {formats.euros(amount(needed))} en tout, "
            f"pour {formats.euros(amount(available))} à répartir. Augmentez l'enveloppe, ou retenez-en moins."
        )
    return [Grant(line.limit, Why.FORCED_IN) for line in first]


def _check_forced(ranked: Sequence[Line], settings: Settings) -> None:
    """Every forced key names a line, and no line is forced both ways through its dossier."""
    forced = settings.forced_in | settings.forced_out
    if not forced:
        return
    known: set[Key] = {line.key for line in ranked} | {(line.numero, None) for line in ranked}
    if missing := sorted(label(key) for key in forced - known):
        raise UnknownKeyError(f"Aucune demande de cette simulation ne porte le numéro {', '.join(missing)}.")
    for line in ranked:
        if line.named_by(settings.forced_in) and line.named_by(settings.forced_out):
            raise SettingsError(f"{label(line.key)} est à la fois retenu d'office et écarté. Choisissez l'un des deux.")

"""Envelope and ranks → who gets how much, and why."""

from collections.abc import Iterable, Sequence

from clact_model import formats
from clact_model.allocation.lines import Key, Line, UnknownKeyError, in_rank_order
from clact_model.allocation.money import amount, cents
from clact_model.allocation.reasons import Grant, Outcome, Why
from clact_model.allocation.result import Result, check
from clact_model.allocation.settings import Settings, SettingsError, label
from clact_model.allocation.strategies import STRATEGIES


class EnvelopeTooSmallError(SettingsError):
    """What is forced in does not fit together."""


def run(lines: Iterable[Line], settings: Settings) -> Result:
    """Every line with its grant, in rank order.

    What may not be funded is set aside, what is forced in is served first and in full, the strategy shares out the
    rest. Raises UnknownKeyError, SettingsError, EnvelopeTooSmallError.
    """
    ranked = in_rank_order(lines)
    _check_forced(ranked, settings)
    grants = [_without_money(line, settings) for line in ranked]
    candidates = [place for place, grant in enumerate(grants) if grant is None]
    first = [place for place in candidates if ranked[place].named_by(settings.forced_in)]
    rest = sorted(set(candidates) - set(first)) if first else candidates

    available = cents(settings.enveloppe) - cents(settings.reserve)
    served = [ranked[place] for place in first]
    for place, grant in zip(first, _forced_in(served, available), strict=True):
        grants[place] = grant
    available -= sum(line.limit for line in served)
    shared = STRATEGIES[settings.strategie].allocate([ranked[place] for place in rest], available, settings)
    for place, grant in zip(rest, shared, strict=True):
        grants[place] = grant

    result = Result(settings, [Outcome(line, grant) for line, grant in zip(ranked, grants, strict=True) if grant])
    check(result)
    return result


def _without_money(line: Line, settings: Settings) -> Grant | None:
    """The answer to a line that receives nothing whatever the envelope; None for the others."""
    why = _ground_for_nothing(line, settings)
    return None if why is None else Grant(0, why, forced_in_vain=line.named_by(settings.forced_in))


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

"""What each thing that was set costs: the same simulation without it, one at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from clact_model import formats
from clact_model.allocation import Key, Line, Outcome, Result, Settings, SettingsError, run
from clact_model.allocation.settings import label


@dataclass(frozen=True)
class Price:
    """What the simulation would gain without one of its settings. Negative: it would lose."""

    libelle: str
    """The setting in words."""
    accorde: Decimal
    """EUR granted in addition."""
    score: Decimal
    """Added to the total score."""
    agents: int | None
    """Staff reached in addition; None when unknown on one side."""
    deplace: Decimal
    """EUR that lines receive because of the setting, and would not receive without it."""
    entrants: Sequence[Line]
    """The lines funded only without it."""
    sortants: Sequence[Line]
    """The lines funded only with it."""


def prices(lines: Sequence[Line], settings: Settings) -> list[Price]:
    """Each constraint, the reserve, each decision to put in or out, and what goes together, on its own."""
    now = run(lines, settings)
    found = []
    for libelle, without in _lifted(lines, settings):
        try:
            found.append(_price(libelle, now, run(lines, without)))
        except SettingsError:
            continue
    return found


def _lifted(lines: Sequence[Line], settings: Settings) -> Iterator[tuple[str, Settings]]:
    """Each thing that was set, in words, with the settings without it."""
    for constraint in settings.contraintes:
        others = tuple(other for other in settings.contraintes if other != constraint)
        yield _capital(constraint.words()), replace(settings, contraintes=others)
    if settings.reserve:
        yield f"Réserve de {formats.euros(settings.reserve)}", replace(settings, reserve=Decimal(0))
    if settings.plancher:
        words = f"Rien en dessous de {formats.euros(settings.plancher)}"
        yield words, replace(settings, plancher=Decimal(0))
    if settings.ordre_des_rangs:
        yield "Pas de rang 2 sans le rang 1", replace(settings, ordre_des_rangs=False)
    if settings.dossier_entier:
        yield "Le dossier entier ou rien", replace(settings, dossier_entier=False)
    names = {line.numero: line.etablissement for line in lines}
    for key in sorted(settings.forced_in, key=_in_order):
        yield _named("Retenu d'office", key, names[key[0]]), replace(settings, forced_in=settings.forced_in - {key})
    for key in sorted(settings.forced_out, key=_in_order):
        yield _named("Écarté", key, names[key[0]]), replace(settings, forced_out=settings.forced_out - {key})


def _price(libelle: str, now: Result, without: Result) -> Price:
    before, after = _by_key(now), _by_key(without)
    return Price(
        libelle,
        without.granted - now.granted,
        without.score_total - now.score_total,
        None if now.agents is None or without.agents is None else without.agents - now.agents,
        sum((max(Decimal(0), o.granted - _granted(after, key)) for key, o in before.items()), Decimal("0.00")),
        [outcome.line for key, outcome in after.items() if key not in before],
        [outcome.line for key, outcome in before.items() if key not in after],
    )


def _by_key(result: Result) -> dict[Key, Outcome]:
    return {outcome.line.key: outcome for outcome in result.funded}


def _granted(outcomes: dict[Key, Outcome], key: Key) -> Decimal:
    return outcomes[key].granted if key in outcomes else Decimal(0)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _named(what: str, key: Key, name: str) -> str:
    return f"{what} : {label(key)}" + (f", {name}" if name else "")


def _in_order(key: Key) -> tuple[str, int]:
    return key[0], key[1] or 0

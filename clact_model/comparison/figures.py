"""The figures of one scenario that a committee sets beside another's. Amounts in EUR."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from clact_model.allocation import Outcome, Unit
from clact_model.allocation.money import amount
from clact_model.comparison.sides import Side

CENT = Decimal("0.01")
FIRST_TIME = "aucun"
"""Code of ``clact_anterieur`` for who never had a CLACT."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many funded dossiers, and what they receive together."""

    dossiers: int
    accorde: Decimal


@dataclass(frozen=True, slots=True)
class Figures:
    """One scenario in figures."""

    nom: str
    strategie: str
    unite: Unit
    enveloppe: Decimal
    reserve: Decimal
    accorde: Decimal
    reste: Decimal
    score_total: Decimal
    dossiers_finances: int
    agents: int | None
    """Staff reached by the requests whose staff is known; None when it is known of none."""
    agents_inconnus: int
    """Funded requests whose staff is not known."""
    cout_par_agent: Decimal | None
    """What the requests whose staff is known receive ÷ that staff, to the cent."""
    etablissements: int | None
    """Establishments funded, by their FINESS or SIRET; None when none is known."""
    etablissements_inconnus: int
    """Funded dossiers whose establishment bears no number."""
    primo: Count
    """First application: no CLACT before."""
    deja: Count
    """A CLACT before, whatever came of it."""
    anterieur_inconnu: Count


def figures(side: Side) -> Figures:
    """The figures of a scenario."""
    result = side.result
    known = [outcome for outcome in result.funded if outcome.line.agents is not None]
    agents = sum(outcome.line.agents or 0 for outcome in known)
    grants = _by_dossier(result.funded)
    identities = {numero: side.facts[numero].etablissement if numero in side.facts else None for numero in grants}
    named = {identity for identity in identities.values() if identity}
    return Figures(
        nom=side.nom,
        strategie=result.settings.strategie,
        unite=result.settings.unite,
        enveloppe=result.enveloppe,
        reserve=result.reserve,
        accorde=result.granted,
        reste=result.left,
        score_total=result.score_total,
        dossiers_finances=len(grants),
        agents=agents if known or not result.funded else None,
        agents_inconnus=len(result.funded) - len(known),
        cout_par_agent=per_head(amount(sum(outcome.grant.granted for outcome in known)), agents),
        etablissements=len(named) if named or not grants else None,
        etablissements_inconnus=sum(identity is None for identity in identities.values()),
        primo=_count(side, grants, True),
        deja=_count(side, grants, False),
        anterieur_inconnu=_count(side, grants, None),
    )


def per_head(granted: Decimal, heads: int) -> Decimal | None:
    """EUR a head, to the cent; None without heads."""
    return (granted / heads).quantize(CENT, ROUND_HALF_UP) if heads else None


def is_first(side: Side, numero: str) -> bool | None:
    """Whether the dossier is its establishment's first application; None when that is not known."""
    facts = side.facts.get(numero)
    return None if facts is None or facts.clact_anterieur is None else facts.clact_anterieur == FIRST_TIME


def _by_dossier(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """Number → cents."""
    found: dict[str, int] = {}
    for outcome in outcomes:
        found[outcome.line.numero] = found.get(outcome.line.numero, 0) + outcome.grant.granted
    return found


def _count(side: Side, grants: dict[str, int], first: bool | None) -> Count:
    own = [granted for numero, granted in grants.items() if is_first(side, numero) is first]
    return Count(len(own), amount(sum(own)))

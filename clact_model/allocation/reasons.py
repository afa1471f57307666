"""Why a line got what it got: codes and figures while computing, a French sentence when someone reads it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from string import Formatter
from typing import Literal, NamedTuple

from clact_model import formats
from clact_model.allocation.lines import Line
from clact_model.allocation.money import amount

Statut = Literal["finance", "partiel", "liste_attente", "refuse", "en_attente_instruction"]

NOT_ENOUGH = "retenir d'office ne rend pas finançable ce qui ne l'est pas"


class Why(Enum):
    """Every ground there is: the status that follows, and the sentence that says it."""

    IN_FULL = "finance", "{place} : {granted} accordés, soit toute l'aide possible, pour {requested} demandés."
    FORCED_IN = (
        "finance",
        "Demande retenue d'office, avant le classement : {granted} accordés pour {requested} demandés.",
    )
    REDUCED = (
        "partiel",
        "{place} : l'aide pouvait atteindre {limit}, {granted} accordés en dernier : tout ce qui restait pour cette demande.",
    )
    NO_ROOM = "liste_attente", "{place} : l'aide pouvait atteindre {limit}, il ne restait que {left} de l'enveloppe."
    NO_USEFUL_SHARE = (
        "liste_attente",
        "{place} : l'aide pouvait atteindre {limit}, il ne restait que {left} de l'enveloppe, "
        "moins que la part utile minimale ({share}).",
    )
    AFTER_THE_STOP = (
        "liste_attente",
        "{place} : l'enveloppe s'est arrêtée avant, à une aide de {stop} pour laquelle il ne restait que {left}.",
    )
    AFTER_THE_LAST = "liste_attente", "{place} : l'enveloppe a été accordée en entier aux demandes mieux classées."
    CEILING = (
        "liste_attente",
        "{place} : l'aide pouvait atteindre {limit}, et la contrainte « {bound} » ne laissait que {left}.",
    )
    KEPT = (
        "liste_attente",
        "{place} : l'aide pouvait atteindre {limit} ; les {left} qui restaient sont gardés pour tenir « {bound} ».",
    )
    NEEDS = (
        "liste_attente",
        "{place} : pas de financement sans {bound}, et l'ensemble ne tient pas : il restait {left}.",
    )
    IN_PART = (
        "partiel",
        "{place} : l'aide pouvait atteindre {limit}, {granted} accordés : tout ce qui restait pour cette demande.",
    )
    TO_REACH = "finance", "{place} : {granted} accordés pour tenir « {bound} », pour {requested} demandés."
    UNDER_FLOOR = (
        "liste_attente",
        "{place} : l'aide possible, {limit}, est sous le plancher de {left} en deçà duquel rien n'est accordé.",
    )
    BEST = (
        "finance",
        "{place} : fait partie du meilleur total ; {granted} accordés, soit toute l'aide possible, pour {requested} demandés.",
    )
    BEST_IN_PART = (
        "partiel",
        "{place} : fait partie du meilleur total ; {granted} accordés sur {limit} possibles, pour {requested} demandés.",
    )
    NOT_BEST = (
        "liste_attente",
        "{place} : l'aide pouvait atteindre {limit} ; dans la même enveloppe, d'autres demandes donnent un meilleur total.",
    )
    ADDS_NOTHING = (
        "liste_attente",
        "{place} : l'aide pouvait atteindre {limit} ; {bound}, la demande n'ajoute rien au meilleur total.",
    )
    AT_THE_RATE = "finance", "{place} : au taux commun de {rate}, {granted} accordés pour {requested} demandés."
    AT_ITS_RATE = (
        "partiel",
        "{place} : {granted} accordés pour {requested} demandés ; « {bound} » éloigne cette demande du taux commun de {rate}.",
    )
    PAYROLL = (
        "partiel",
        "{place} : part de l'enveloppe selon la masse salariale : {granted} accordés, l'aide pouvait atteindre {limit}.",
    )
    PAYROLL_IN_FULL = (
        "finance",
        "{place} : la part selon la masse salariale couvre toute l'aide possible : {granted} pour {requested} demandés.",
    )
    PAYROLL_UNKNOWN = (
        "en_attente_instruction",
        "La masse salariale de l'établissement n'est pas connue : sa part ne peut pas être calculée.",
    )
    MODULE = (
        "partiel",
        "{place} : score de {score}, pour un seuil de {threshold} : {granted} accordés sur {limit} possibles.",
    )
    MODULE_IN_FULL = "finance", "{place} : score de {score} : {granted} accordés, soit toute l'aide possible."
    UNDER_THRESHOLD = "liste_attente", "{place} : le score ({score}) ne dépasse pas le seuil de {threshold}."
    NO_SHARE = (
        "liste_attente",
        "{place} : la part qui reviendrait à cette demande est sous le plus petit montant accordé, {left}.",
    )
    NOTHING_TO_GRANT = "refuse", "L'aide possible est de {limit} pour {requested} demandés : rien ne peut être accordé."
    FORCED_OUT = "refuse", "Demande écartée par décision de l'agence ({place})."
    REFUSED = "refuse", "{cause}"
    WAITING = "en_attente_instruction", "{cause}"

    def __init__(self, statut: Statut, sentence: str) -> None:
        self.statut: Statut = statut
        self.sentence = sentence
        self.figures = [name for _, name, _, _ in Formatter().parse(sentence) if name]
        """What the sentence names; see ``_FIGURES``."""


class Grant(NamedTuple):
    """What a strategy answers for one line, and on what ground. Amounts in cents."""

    granted: int
    why: Why
    left: int = 0
    """What remained when its turn came."""
    stop: int = 0
    """The aid at which the allocation stopped."""
    share: Decimal | None = None
    """The smallest useful share, 0..1."""
    forced_in_vain: bool = False
    """Forced in, though nothing may go to it."""
    bound: str = ""
    """The constraint, or the other line, that decided."""
    rate: Decimal | None = None
    """The common rate, 0..1."""
    supplement: int = 0
    """What it receives from the second envelope, on top."""

    @property
    def statut(self) -> Statut:
        return self.why.statut

    def sentence(self, line: Line) -> str:
        """One French sentence, with its figures, fit for a letter."""
        text = self.why.sentence.format(**{name: _FIGURES[name](self, line) for name in self.why.figures})
        if self.forced_in_vain:
            text = f"{text.removesuffix('.')} ; {NOT_ENOUGH}."
        if self.supplement:
            text = f"{text.removesuffix('.')}. S'y ajoute un supplément de {formats.euros(amount(self.supplement))}."
        if line.standing == "conditionnel" and self.statut != "refuse":
            text = f"{text.removesuffix('.')}. Sous condition : {line.cause}"
        return text


_FIGURES: Mapping[str, Callable[[Grant, Line], str]] = {
    "place": lambda grant, line: _place(line.position),
    "granted": lambda grant, line: formats.euros(amount(grant.granted)),
    "requested": lambda grant, line: formats.euros(line.requested),
    "limit": lambda grant, line: formats.euros(amount(line.limit)),
    "left": lambda grant, line: formats.euros(amount(grant.left)),
    "stop": lambda grant, line: formats.euros(amount(grant.stop)),
    "share": lambda grant, line: formats.share(grant.share),
    "cause": lambda grant, line: line.cause,
    "bound": lambda grant, line: grant.bound,
    "rate": lambda grant, line: formats.rate(grant.rate),
    "score": lambda grant, line: formats.number(line.score),
    "threshold": lambda grant, line: formats.number(grant.share),
}


@dataclass(frozen=True, slots=True)
class Shared:
    """What a strategy answers: one grant per line, in the same order, and what there is to know of the whole."""

    grants: Sequence[Grant]
    proven: bool | None = None
    """Whether a solver proved the total best; None for a strategy that seeks none."""
    rate: Decimal | None = None
    """The common rate, 0..1."""
    ceilings: Mapping[int, int] = field(default_factory=dict)
    """Place → the aid, in cents, that the line may have under what the strategy solved, where that is another one."""


class KeptGrant(NamedTuple):
    """A grant read back from a saved scenario, with its sentence as it was written."""

    granted: int
    statut: Statut
    text: str
    supplement: int = 0

    def sentence(self, line: Line) -> str:
        return self.text


class Outcome(NamedTuple):
    """One line, and what it receives."""

    line: Line
    grant: Grant | KeptGrant

    @property
    def granted(self) -> Decimal:
        """What it receives, in EUR."""
        return amount(self.grant.granted)

    @property
    def supplement(self) -> Decimal:
        """What it receives on top from the second envelope, in EUR."""
        return amount(self.grant.supplement)

    @property
    def statut(self) -> Statut:
        return self.grant.statut

    @property
    def reason(self) -> str:
        """The French sentence, made when it is read: 100,000 of them would take seconds."""
        return self.grant.sentence(self.line)

    @property
    def funded(self) -> bool:
        return self.grant.granted > 0

    @property
    def conditional(self) -> bool:
        """Included by the analyst before the instruction was over."""
        return self.line.standing == "conditionnel"


def _place(position: int | None) -> str:
    if position is None:
        return "Hors classement"
    return "1re place du classement" if position == 1 else f"{position}e place du classement"

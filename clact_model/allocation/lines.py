"""What asks for money: one line a dossier, or one line an action."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import Literal

from clact_model.allocation.money import cents
from clact_model.errors import UsageError

Unit = Literal["dossier", "action"]
Standing = Literal["finançable", "conditionnel", "en_attente", "refuse"]
"""``conditionnel``: to be checked or completed, and included by the analyst all the same."""
Key = tuple[str, int | None]
"""Number of the dossier, number of the line in it (None: the dossier)."""
Base = tuple[int, int]
"""The assiette of an action and the most it may receive whatever the rate, in cents."""


@dataclass(frozen=True, slots=True)
class Line:
    """One request. Amounts in EUR, whole cents; score 0..100."""

    numero: str
    ligne: int | None
    """None by dossier."""
    position: int | None
    """Place in the ranking, 1 first; None when not ranked: served after all the others."""
    score: Decimal | None
    requested: Decimal
    ceiling: Decimal | None
    """The most that the programme allows (aide maximale); None when unknown."""
    standing: Standing = "finançable"
    cause: str = ""
    """Why it waits, is refused or is conditional: a French sentence, empty when fundable without reserve."""
    rang: int | None = None
    """The establishment's own order of its actions; None by dossier."""
    agents: int | None = None
    """Staff concerned."""
    etablissement: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)
    """Codes by secteur, statut, departement, axe, enjeu_has, etablissement, entite_juridique: what floors and ceilings
    are counted on. An unknown code is absent, and so is one that differs between the actions of a dossier."""
    shares: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Of a dossier with actions of several axes or stakes: (champ, code) → cents of its aid that count there."""
    payroll: Decimal | None = None
    """Yearly payroll of the establishment, EUR (``masse_salariale``)."""
    bases: Sequence[Base] = ()
    """What a common rate applies to, one pair per action; empty when unknown or when the programme names no such rate."""
    supplementable: bool = False
    """Whether the programme's supplement may go to it."""

    limit: int = field(init=False, repr=False, compare=False)
    """The most it may receive, in cents: its ceiling, never more than what it asks for; 0 when unknown."""

    key: Key = field(init=False, repr=False, compare=False)

    fundable: bool = field(init=False, repr=False, compare=False)
    """Whether money may go to it at all, as it stands."""

    turn: tuple[bool, int, str, int] = field(init=False, repr=False, compare=False)
    """What it is sorted by: its position, then its number."""

    def __post_init__(self) -> None:
        # Once: an allocation is made at each move of a slider.
        limit = 0 if self.ceiling is None else cents(min(self.ceiling, self.requested))
        object.__setattr__(self, "limit", limit)
        object.__setattr__(self, "key", (self.numero, self.ligne))
        fundable = self.standing in ("finançable", "conditionnel") and self.ceiling is not None
        object.__setattr__(self, "fundable", fundable)
        turn = (self.position is None, self.position or 0, self.numero, self.ligne or 0)
        object.__setattr__(self, "turn", turn)

    def counted(self, champ: str, code: str) -> int:
        """Cents of its aid that count in a group."""
        if self.groups.get(champ) == code:
            return self.limit
        return self.shares.get((champ, code), 0)

    def named_by(self, keys: Collection[Key]) -> bool:
        """Whether the keys name it, or its whole dossier."""
        return bool(keys) and (self.key in keys or (self.numero, None) in keys)


def in_rank_order(lines: Iterable[Line]) -> list[Line]:
    """By position, then what is not ranked, by number: the order of the rows received plays no part."""
    return sorted(lines, key=attrgetter("turn"))


def find_key(text: str, lines: Iterable[Line]) -> Key:
    """``NUMERO`` or ``NUMERO/LIGNE`` → its key; a number may itself hold a slash. UsageError when nothing bears it."""
    keys = {line.key for line in lines}
    if text in {numero for numero, _ in keys}:
        return text, None
    numero, _, ligne = text.rpartition("/")
    if ligne.isdecimal() and (numero, int(ligne)) in keys:
        return numero, int(ligne)
    raise UnknownKeyError(f"« {text} » n'est dans aucune demande de cette simulation : vérifiez le numéro.")


class UnknownKeyError(UsageError):
    """A line forced in or out does not exist."""

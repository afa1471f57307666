"""« 1 500 € (CNRACL) » in a column of other funders → the public aid that it tells."""

import re
from dataclasses import dataclass
from decimal import Decimal

from clact_model import formats
from clact_model.intake import funders
from clact_model.intake.cells import is_zero
from clact_model.intake.values import Cell, RefusalError, amount, quoted
from clact_model.intake.values.text import one_line
from clact_model.wording import folded

NONE = frozenset(("neant", "aucun", "aucune", "sans objet", "non", "rien", "so", "s.o.", "pas d'autre financeur"))

_AFTER = re.compile(
    r"(?P<montant>[\d\s.,]+(?:k?€|k?eur|euros?)?)\s*(?:\((?P<inside>[^()]+)\)|[-–—:]\s*(?P<nom>.+))", re.I
)
_BEFORE = re.compile(r"(?P<nom>[^\d()]+?)\s*(?:[:=–—-]\s*)?\(?(?P<montant>\d[\d\s.,]*(?:k?€|k?eur|euros?)?)\)?", re.I)
_SEVERAL = re.compile(r"\s*[;+]\s*|\n+")


@dataclass(frozen=True, slots=True)
class Told:
    """The public aid of one cell, and the sentence about how it was read; none where nothing was to be understood."""

    montant: Decimal
    sentence: str = ""


def read(cell: Cell, *, named: bool) -> Told:
    """What a filled cell tells. ``named``: the column wants the name of each funder, without which an amount says nothing.

    Raises RefusalError for an amount without a name, an unknown funder, and any other words.
    """
    if is_zero(cell) or folded(one_line(cell)) in NONE:
        return Told(Decimal(0))
    if not isinstance(cell, str) or not re.search(r"[^\W\d]{2}", re.sub(r"(?i)euros?|eur|k?€|ttc", "", cell)):
        if not named:
            return Told(amount.parse(cell).value)
        raise RefusalError(f"{quoted(cell)} ne dit pas qui paie : on ne sait pas si cette aide est publique.")
    shares = [_share(part, cell) for part in _SEVERAL.split(cell.strip()) if part]
    public = sum((montant for nature, montant, _ in shares if nature == "public"), Decimal(0))
    names = ", ".join(nom for _, _, nom in shares)
    return Told(
        public, f"{quoted(cell)} est lu comme {formats.euros(public)} d'aides publiques (financeur nommé : {names})."
    )


def _share(part: str, cell: Cell) -> tuple[str, Decimal, str]:
    """Nature of the funder, amount, name."""
    found = _AFTER.fullmatch(part.strip()) or _BEFORE.fullmatch(part.strip())
    if found is None:
        raise RefusalError(
            f"{quoted(cell)} n'est pas un montant suivi du nom du financeur : écrivez par exemple 1 500 € (CARSAT)."
        )
    groups = found.groupdict()
    nom = one_line(groups.get("inside") or groups["nom"])
    nature = funders.nature(nom)
    if nature is None:
        raise RefusalError(f"« {nom} » n'est pas un financeur connu : on ne sait pas si son aide est publique.")
    return nature, amount.parse(groups["montant"]).value, nom

"""What one action was granted, paid and admitted: what its cancellation is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from clact_model.allocation.money import amount, cents, split
from clact_model.ledger import ZERO, Balance, Movement, Nature


@dataclass(frozen=True, slots=True)
class Part:
    """Of one action, or of a whole account; EUR. What was freed or asked back before is taken off."""

    accorde: Decimal
    paye: Decimal
    admis: Decimal


def part_of(standing: Sequence[Movement], ligne: int | None, whole: Balance) -> Part | None:
    """What an action was granted, paid and admitted; None when nothing was granted to it. ``ligne`` None: the account.

    Amounts that no line of the ledger gives to an action are shared out in proportion to the grants, to the cent.
    """
    claimed = whole.a_recuperer + whole.recupere
    if ligne is None:
        left = whole.accorde - whole.libere - claimed
        return Part(left, whole.paye - claimed, min(whole.admis, left)) if left > 0 else None
    grants = by_action(standing)
    if ligne not in grants:
        return None
    granted = grants[ligne] - _own(standing, "liberation", ligne) - _own(standing, "a_recuperer", ligne)
    paid = _share(standing, "versement", ligne, grants) - _own(standing, "a_recuperer", ligne)
    admitted = _share(standing, "admission", ligne, grants)
    return Part(max(granted, ZERO), max(paid, ZERO), max(ZERO, min(admitted, granted)))


def by_action(standing: Iterable[Movement]) -> dict[int | None, Decimal]:
    """Action → EUR granted to it: by the convention, else by the decision; under None what is given to no action."""
    lines = list(standing)
    nature: Nature = "convention" if any(m.nature == "convention" for m in lines) else "octroi"
    grants: dict[int | None, Decimal] = {}
    for movement in lines:
        if movement.nature == nature:
            grants[movement.ligne] = grants.get(movement.ligne, ZERO) + (movement.montant or ZERO)
    return grants


def _own(standing: Iterable[Movement], nature: Nature, ligne: int | None) -> Decimal:
    return sum((m.montant or ZERO for m in standing if m.nature == nature and m.ligne == ligne), ZERO)


def _share(standing: Sequence[Movement], nature: Nature, ligne: int, grants: dict[int | None, Decimal]) -> Decimal:
    """What lines of that nature give to the action, and its share of what they give to none."""
    common = cents(_own(standing, nature, None))
    parts = split(common, [cents(grant) for grant in grants.values()])
    return _own(standing, nature, ligne) + amount(dict(zip(grants, parts, strict=True))[ligne])

"""What must hold on every day of an account: checked before a line is written."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from clact_model import formats
from clact_model.errors import ClactError
from clact_model.ledger.balances import ZERO, from_sums
from clact_model.ledger.lines import AccountKey, Movement
from clact_model.ledger.natures import NATURES, POSTES


class LedgerRefusedError(ClactError):
    """The line would put an euro in two states, or in none: nothing was written."""


REMEDY = "Corrigez le montant ou le jour, ou inscrivez d'abord ce qui manque ; une ligne dont d'autres dépendent se reprend après elles."


def check(account: AccountKey, movements: Iterable[Movement]) -> None:
    """Raise LedgerRefusedError, with the day and the figures, when the lines of an account cannot all stand."""
    ordered = sorted(movements, key=lambda m: (m.jour, m.id))
    sums: dict[str, Decimal] = {}
    for day, some in groupby(ordered, key=lambda m: m.jour):
        for movement in some:
            if movement.montant is not None:
                sums[movement.nature] = sums.get(movement.nature, ZERO) + movement.montant
        _check_day(account, day, sums)
    _check_expenses(account, ordered)


def _check_day(account: AccountKey, day: date, sums: dict[str, Decimal]) -> None:
    for nature, total in sums.items():
        if total < 0:
            raise LedgerRefusedError(
                f"{place(account)} : au {formats.day(day)}, le total « {NATURES[nature].lower()} » tomberait à "  # type: ignore[index]
                f"{formats.euros(total)} : un avoir ou une contre-passation ne peut pas dépasser ce qui est inscrit."
            )
    found = from_sums(sums)
    claimed = found.a_recuperer + found.recupere
    granted = (found.accorde, "accordés")
    for amount, what, (limit, of) in (
        (found.conventionne, "conventionnés", granted),
        (
            found.paye,
            "versés",
            (found.conventionne, "conventionnés"),
        ),
        (found.paye + found.libere, "versés ou libérés", granted),
        (claimed, "à récupérer en tout", (found.paye, "versés")),
        (found.libere + claimed, "libérés ou à récupérer", granted),
        (found.recupere, "récupérés", (claimed, "à récupérer")),
        (found.admis, "admis", (found.presente, "présentés")),
    ):
        if amount > limit:
            raise LedgerRefusedError(
                f"{place(account)} : au {formats.day(day)}, {formats.euros(amount)} {what} pour {formats.euros(limit)} {of}. "
                f"{REMEDY}"
            )


def _check_expenses(account: AccountKey, movements: Sequence[Movement]) -> None:
    """Of each expense, what is admitted and rejected within what was presented, with its sign."""
    presented: dict[int, Decimal] = {}
    answered: dict[int, Decimal] = {}
    names: dict[int, str] = {}
    for movement in movements:
        amount = movement.montant or ZERO
        if movement.nature == "depense":
            of = movement.id if movement.contrepasse is None else movement.contrepasse
            presented[of] = presented.get(of, ZERO) + amount
            names.setdefault(of, movement.reference or f"ligne {of}")
        elif movement.nature in ("admission", "rejet") and movement.sur is not None:
            answered[movement.sur] = answered.get(movement.sur, ZERO) + amount
    for of, amount in answered.items():
        limit = presented.get(of, ZERO)
        if not min(limit, ZERO) <= amount <= max(limit, ZERO):
            raise LedgerRefusedError(
                f"{place(account)}, dépense « {names.get(of, of)} » : {formats.euros(amount)} admis ou rejetés pour "
                f"{formats.euros(limit)} présentés."
            )


def place(account: AccountKey) -> str:
    """``Dossier 12``, ``Dossier 12 (supplément)``."""
    numero, poste = account
    return f"Dossier {numero}" + ("" if poste == "aide" else f" ({POSTES[poste].lower()})")

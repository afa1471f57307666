"""An invoice that comes twice: in the file, or in the ledger already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from clact_model import formats
from clact_model.statements.expenses import Expense, Line
from clact_model.statements.known import Account, Presented

Etat = Literal["nouvelle", "completee", "connue"]
"""New to the ledger; there, and answered by this file; there as the file says it."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """An expense to be kept, and what it is to the ledger."""

    expense: Expense
    etat: Etat
    fichier: str
    known: int | None = None
    """The line of the ledger that it is, when it is there already."""


def once(lines: Sequence[Line], accounts: Mapping[str, Account]) -> list[tuple[Line, Accepted]]:
    """Each expense once: rows that repeat another are told, those that contradict one are refused."""
    met: dict[tuple[str, str], list[Line]] = {}
    kept: list[tuple[Line, Accepted]] = []
    for line in lines:
        if line.refused:
            continue
        numero = line.expense.numero.casefold()
        earlier = met.setdefault((numero, line.expense.cle), [])
        if not _repeats(line, earlier):
            earlier.append(line)
            accepted = _against_ledger(line, accounts[numero])
            if accepted is not None:
                kept.append((line, accepted))
    return kept


def _repeats(line: Line, earlier: Sequence[Line]) -> bool:
    """True for a row that must not count: told when it is the same as another, refused when it contradicts one."""
    expense = line.expense
    for other in earlier:
        # Their numbers are compared already, without case nor blanks.
        if replace(expense, numero=other.expense.numero, reference=other.expense.reference) == other.expense:
            line.warn(
                "numero_facture",
                f"Doublon : la facture {expense.reference} du dossier {expense.numero} est déjà à la {_place(other, line)}, "
                "elle est comptée une fois.",
            )
            return True
    for other in earlier:
        if _same_part(expense.ligne, other.expense.ligne):
            names = ", ".join(f"« {name} »" for name in _differing(expense, other.expense))
            line.refuse(
                "numero_facture",
                f"Doublon : la facture {expense.reference} du dossier {expense.numero} est déjà à la {_place(other, line)}, "
                f"avec d'autres valeurs ({names}). Gardez une seule ligne ; si ce sont deux factures, complétez leur "
                "numéro par le nom du fournisseur.",
            )
            return True
    return False


def _place(other: Line, line: Line) -> str:
    """The row of another expense, with its sheet or its file where that is another one."""
    there, here = other.rows.recognised.sheet, line.rows.recognised.sheet
    if there.fichier != here.fichier:
        return f"ligne {other.ligne} de {there.fichier}"
    return f"ligne {other.ligne}" + (f" de la feuille « {there.nom} »" if there.nom != here.nom else "")


def _same_part(one: int | None, other: int | None) -> bool:
    """Two actions may share an invoice; a row without an action speaks of all of it."""
    return one is None or other is None or one == other


def _differing(one: Expense, other: Expense) -> list[str]:
    return [name for name, champ in _COMPARED.items() if getattr(one, champ) != getattr(other, champ)]


_COMPARED: Mapping[str, str] = {
    "Tranche": "tranche",
    "Date de facture": "date_facture",
    "Montant facturé": "montant_facture",
    "Montant imputé à l'aide": "montant_impute",
    "Montant admis": "montant_admis",
    "Montant versé": "montant_verse",
    "N° d'action": "ligne",
    "Objet": "objet",
    "Motif de rejet": "motif_rejet",
    "Déjà présentée le": "presente_le",
}


def _against_ledger(line: Line, account: Account) -> Accepted | None:
    """The row beside what the ledger holds of its invoice; None when it contradicts it."""
    # Its number is written as the base writes it.
    expense, fichier = replace(line.expense, numero=account.numero), line.rows.recognised.sheet.fichier
    rivals = [one for one in account.by_reference.get(expense.cle, ()) if _same_part(expense.ligne, one.movement.ligne)]
    if not rivals:
        if expense.date_facture is None:
            line.refuse("date_facture", "« Date de facture » est vide : cette valeur est obligatoire, renseignez-la.")
            return None
        if expense.presente_le is not None:
            line.warn(
                "presente_le",
                f"La facture {expense.reference} est donnée comme déjà présentée, et le registre ne l'a pas : elle est "
                "prise comme une nouvelle dépense.",
            )
        return Accepted(expense, "nouvelle", fichier)
    same = next((one for one in rivals if _is(one, expense)), None)
    if same is None:
        _refuse_other(line, rivals[0])
        return None
    return _answered(line, expense, same)


def _is(known: Presented, expense: Expense) -> bool:
    """True when the ledger holds that very expense; what it does not know contradicts nothing."""
    details = known.movement.details
    return (
        known.movement.montant == expense.montant_impute
        and _agrees(details.get("montant_facture"), f"{expense.montant_facture:.2f}")
        and _agrees(details.get("date_facture"), expense.date_facture and expense.date_facture.isoformat())
        and _agrees(known.movement.tranche, expense.tranche)
    )


def _agrees(held: object, given: object) -> bool:
    return held is None or given is None or held == given


def _refuse_other(line: Line, known: Presented) -> None:
    expense, movement = line.expense, known.movement
    line.refuse(
        "numero_facture",
        f"La facture {expense.reference} est déjà au registre du dossier {expense.numero}, présentée le "
        f"{formats.day(movement.jour)} pour {formats.euros(movement.montant)}, avec d'autres valeurs. Corrigez cette ligne, "
        "ou contre-passez d'abord la dépense du registre.",
    )


def _answered(line: Line, expense: Expense, known: Presented) -> Accepted | None:
    """A known expense: complete with its answer, unchanged, or refused when the ledger answered otherwise."""
    fichier = line.rows.recognised.sheet.fichier
    if expense.montant_admis is None or _same_answer(expense, known):
        if expense.presente_le is None:
            line.warn(
                "numero_facture",
                f"Doublon : la facture {expense.reference} est déjà au registre du dossier {expense.numero}, présentée le "
                f"{formats.day(known.movement.jour)} ; elle n'est pas comptée de nouveau.",
            )
        return Accepted(expense, "connue", fichier, known.movement.id)
    if known.admis is None:
        return Accepted(expense, "completee", fichier, known.movement.id)
    line.refuse(
        "montant_admis",
        f"La facture {expense.reference} est déjà instruite : {formats.euros(known.admis)} admis au registre, "
        f"{formats.euros(expense.montant_admis)} dans le fichier. Corrigez cette ligne, ou contre-passez d'abord l'admission.",
    )
    return None


def _same_answer(expense: Expense, known: Presented) -> bool:
    rejected = expense.montant_rejete or Decimal(0)
    return expense.montant_admis == known.admis and rejected == (known.rejete or Decimal(0))

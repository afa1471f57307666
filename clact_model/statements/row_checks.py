"""What one row says, against itself and against what the base knows of its dossier."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal

from clact_model import formats
from clact_model.ledger import ZERO
from clact_model.statements.doubles import Accepted
from clact_model.statements.expenses import Line
from clact_model.statements.known import Account

CENT = Decimal("0.01")


def refuse(lines: Sequence[Line], accounts: Mapping[str, Account]) -> None:
    """Refuse the rows that cannot be: of an unknown dossier, tranche or action, or whose amounts contradict each other."""
    for line in lines:
        account = accounts.get(line.expense.numero.casefold())
        if account is None:
            line.refuse(
                "numero",
                f"Le dossier {line.expense.numero} est inconnu : il n'est pas dans la base. Corrigez le numéro, ou "
                "importez d'abord sa candidature.",
            )
            continue
        _check_places(line, account)
        _check_amounts(line)


def warn(pairs: Sequence[tuple[Line, Accepted]], accounts: Mapping[str, Account], received: date) -> None:
    """Tell of the new expenses that a person must look at: credit notes, days, the part that counts on the aid."""
    for line, accepted in pairs:
        if accepted.etat == "nouvelle" and not line.refused:
            account = accounts[accepted.expense.numero.casefold()]
            _tell_credit(line, account)
            _tell_days(line, account, received)
            _tell_rate(line, account)


def _check_places(line: Line, account: Account) -> None:
    """The tranche and the action that the row names."""
    tranche, ligne = line.expense.tranche, line.expense.ligne
    if tranche is not None and account.tranches and tranche not in account.tranches:
        line.refuse(
            "tranche",
            f"La tranche {tranche} est inconnue : le dossier {account.numero} a "
            f"{_listed(account.tranches, 'tranche')}. Corrigez le numéro, ou laissez la cellule vide.",
        )
    if ligne is not None and ligne not in account.couts:
        line.refuse(
            "ligne",
            f"L'action {ligne} est inconnue : le dossier {account.numero} a {_listed(account.couts, 'action')}. "
            "Corrigez le numéro, ou laissez la cellule vide.",
        )


def _listed(numbers: Collection[int], noun: str) -> str:
    """``2 tranches (1, 2)``."""
    names = f" ({', '.join(map(str, sorted(numbers)))})" if numbers else ""
    return formats.plural(len(numbers), noun) + names


def _check_amounts(line: Line) -> None:
    """Each amount within the one that it is a part of: the invoice, what counts on the aid, what is admitted, what is paid."""
    expense = line.expense
    invoice, counted, admitted = expense.montant_facture, expense.montant_impute, expense.montant_admis
    if not counted:
        line.refuse(
            "montant_impute" if expense.impute_ecrit else "montant_facture",
            "0 € n'est pas une dépense : écrivez son montant, ou retirez la ligne.",
        )
        return
    if not _within(counted, invoice):
        line.refuse("montant_impute", _beyond("imputé à l'aide", counted, "facturé", invoice))
        return
    limit, of = (counted, "imputé à l'aide") if expense.impute_ecrit else (invoice, "facturé")
    if admitted is not None and not _within(admitted, limit):
        line.refuse("montant_admis", _beyond("admis", admitted, of, limit))
    if expense.montant_verse is not None:
        limit, of = (limit, of) if admitted is None else (admitted, "admis")
        if not _within(expense.montant_verse, limit):
            line.refuse("montant_verse", _beyond("versé", expense.montant_verse, of, limit))
    if expense.motif_rejet is not None and admitted is None:
        line.refuse(
            "motif_rejet",
            "« Motif de rejet » est rempli et « Montant admis » est vide : écrivez ce qui est admis, 0 si toute la "
            "dépense est rejetée.",
        )


def _tell_credit(line: Line, account: Account) -> None:
    if line.expense.montant_facture < 0:
        line.warn(
            "montant_facture",
            f"{formats.euros(line.expense.montant_facture)} : c'est un avoir, il diminue les dépenses présentées du dossier "
            f"{account.numero}.",
        )


def _tell_days(line: Line, account: Account, received: date) -> None:
    day, notified = line.expense.date_facture, account.notifie_le
    if day is None:
        return
    if notified is not None and day < notified:
        line.warn(
            "date_facture",
            f"La facture est du {formats.day(day)}, avant la notification du {formats.day(notified)} : vérifiez que "
            "l'appel admet cette dépense.",
        )
    if day > received:
        line.warn(
            "date_facture",
            f"La facture est du {formats.day(day)}, après la réception de l'état ({formats.day(received)}) : vérifiez la date.",
        )


def _tell_rate(line: Line, account: Account) -> None:
    """Only where the row says itself what counts on the aid: a whole invoice does so for want of better."""
    expense, rate = line.expense, account.rate(line.expense.ligne)
    if not expense.impute_ecrit or rate is None or expense.montant_facture <= 0:
        return
    likely = (expense.montant_facture * rate).quantize(CENT)
    if expense.montant_impute > likely + CENT:
        line.warn(
            "montant_impute",
            f"{formats.euros(expense.montant_impute)} comptés sur l'aide, pour {formats.euros(likely)} au taux accordé "
            f"({formats.share(rate)} de la facture) : vérifiez la part imputée.",
        )


def _within(amount: Decimal, limit: Decimal) -> bool:
    """Between 0 and the limit, on its side of 0: a credit note's parts are below 0 too."""
    return min(limit, ZERO) <= amount <= max(limit, ZERO)


def _beyond(part: str, amount: Decimal, whole: str, limit: Decimal) -> str:
    beyond = "dépasse" if 0 <= limit < amount else "n'est pas compris entre 0 et"
    return (
        f"Le montant {part} ({formats.euros(amount)}) {beyond} le montant {whole} ({formats.euros(limit)}) : "
        "corrigez l'un des deux."
    )

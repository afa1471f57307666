"""What the expenses of a file add up to in each account, beside those of the ledger."""

from collections.abc import Mapping, Sequence
from datetime import date

from clact_model import formats
from clact_model.ledger import ZERO
from clact_model.programme import Programme
from clact_model.statements.doubles import Accepted
from clact_model.statements.entries import add_lines
from clact_model.statements.expenses import Line
from clact_model.statements.known import Account
from clact_model.statements.trial import Trial

Pairs = Sequence[tuple[Line, Accepted]]


def check(programme: Programme, pairs: Pairs, accounts: Mapping[str, Account], received: date) -> list[Accepted]:
    """The expenses that the ledger can take, in the order of the file; the rows of the others are refused."""
    by_account: dict[str, list[tuple[Line, Accepted]]] = {}
    for line, accepted in pairs:
        by_account.setdefault(accepted.expense.numero.casefold(), []).append((line, accepted))
    for key, of_account in by_account.items():
        account = accounts[key]
        _refuse_credits(of_account, account)
        _refuse_impossible(programme, of_account, account, received)
        _warn_beyond_grant(of_account, account)
    return [accepted for line, accepted in pairs if not line.refused]


def _refuse_credits(pairs: Pairs, account: Account) -> None:
    """A credit note may lower what was presented to 0, not below: the last ones are refused until it holds."""
    new = [pair for pair in pairs if pair[1].etat == "nouvelle"]
    total = account.balance.presente + sum((accepted.expense.montant_impute for _, accepted in new), ZERO)
    for line, accepted in reversed(new):
        amount = accepted.expense.montant_impute
        if total < 0 and amount < 0:
            line.refuse(
                "montant_facture",
                f"L'avoir de {formats.euros(-amount)} ferait passer les dépenses présentées du dossier {account.numero} sous 0 "
                f"({formats.euros(total)}) : présentez d'abord la facture qu'il corrige, ou corrigez son montant.",
            )
            total -= amount


def _refuse_impossible(programme: Programme, pairs: Pairs, account: Account, received: date) -> None:
    """What the ledger itself would refuse: an answer that its expenses cannot bear."""
    kept = [pair for pair in pairs if not pair[0].refused]
    if _refusal(programme, account, [accepted for _, accepted in kept], received) is None:
        return
    possible: list[Accepted] = []
    # Credit notes last: what they lower must be there.
    for line, accepted in sorted(kept, key=lambda pair: pair[1].expense.montant_impute < 0):
        said = _refusal(programme, account, [*possible, accepted], received)
        if said is None:
            possible.append(accepted)
        else:
            line.refuse(
                "montant_admis",
                f"{said} Corrigez les montants de cette ligne ; pour un avoir, « Montant admis » est négatif aussi.",
            )


def _refusal(programme: Programme, account: Account, accepted: Sequence[Accepted], received: date) -> str | None:
    """Why the ledger would not take these expenses; None when it does."""
    trial = Trial(account.movements)
    for one in accepted:
        add_lines(programme, one, received, trial.add)
    return trial.refusal((account.numero, "aide"))


def _warn_beyond_grant(pairs: Pairs, account: Account) -> None:
    granted, presented = account.balance.accorde, account.balance.presente
    if not granted:
        return
    for line, accepted in pairs:
        if line.refused or accepted.etat != "nouvelle":
            continue
        before, presented = presented, presented + accepted.expense.montant_impute
        if presented > granted >= before:
            line.warn(
                "montant_facture",
                f"Avec cette facture, {formats.euros(presented)} sont présentés pour {formats.euros(granted)} accordés au "
                f"dossier {account.numero} : seul ce qui est accordé sera compté.",
            )

"""What is said once of a dossier, whatever the rows that name it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from clact_model import formats
from clact_model.ledger import ZERO
from clact_model.statements.doubles import Accepted
from clact_model.statements.expenses import Line
from clact_model.statements.known import Account, Presented

Pairs = Sequence[tuple[Line, Accepted]]


def tell(pairs: Pairs, accounts: Mapping[str, Account]) -> None:
    """At the first row of each dossier: no grant or no convention yet, payments that differ, invoices counted whole."""
    firsts: dict[str, Line] = {}
    for line, _ in pairs:
        if not line.refused:
            firsts.setdefault(line.expense.numero.casefold(), line)
    for key, line in firsts.items():
        account = accounts[key]
        accepted = [a for other, a in pairs if not other.refused and a.expense.numero == account.numero]
        if not account.balance.accorde:
            line.warn(
                "numero",
                f"Rien n'est encore accordé au dossier {account.numero} : ses dépenses sont gardées, et compteront sur "
                "l'aide quand elle sera notifiée. Vérifiez le numéro.",
            )
            continue
        if not account.conventionne:
            line.warn(
                "numero",
                f"Le dossier {account.numero} n'a pas encore de convention : ses dépenses sont gardées, ses tranches ne "
                "sont pas vérifiées.",
            )
        _compare_payments(line, account, accepted)
        _tell_whole_invoices(line, account, accepted)


def _compare_payments(line: Line, account: Account, accepted: Sequence[Accepted]) -> None:
    """What the establishment says that it received beside what the ledger paid: said, never written."""
    held = {one.movement.id: _declared(one) for one in account.presented}
    here = [(a.known, a.expense.montant_verse) for a in accepted if a.expense.montant_verse is not None]
    # What was declared before, and compared then, is not told again.
    if all(known is not None and held[known] == amount for known, amount in here):
        return
    said = {known for known, _ in here}
    earlier = sum((amount or ZERO for identity, amount in held.items() if identity not in said), ZERO)
    declared = earlier + sum((amount for _, amount in here), ZERO)
    paid = account.balance.paye
    if declared != paid:
        line.warn(
            "montant_verse",
            f"Le dossier {account.numero} déclare {formats.euros(declared)} versés, le registre en compte "
            f"{formats.euros(paid)} (écart {formats.euros(declared - paid)}) : le registre fait foi, vérifiez les versements.",
        )


def _declared(one: Presented) -> Decimal | None:
    written = one.movement.details.get("montant_verse_declare")
    return None if written is None else Decimal(written)


def _tell_whole_invoices(line: Line, account: Account, accepted: Sequence[Accepted]) -> None:
    whole = [a for a in accepted if a.etat == "nouvelle" and not a.expense.impute_ecrit]
    rate = account.taux
    if whole and rate is not None and rate < 1:
        line.inform(
            "montant_facture",
            f"L'aide du dossier {account.numero} est de {formats.share(rate)} de son coût : sans « Montant imputé à l'aide », "
            f"{formats.plural(len(whole), 'facture compte en entier', 'factures comptent en entier')} sur elle.",
        )

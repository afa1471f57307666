"""An accepted expense → the lines of the ledger that say it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from clact_model.ledger import Entry, Movement
from clact_model.programme import Programme
from clact_model.statements.doubles import Accepted
from clact_model.statements.expenses import Expense
from clact_model.tracking import paid_until

Add = Callable[[Entry], Movement]
"""What adds a line to an account and gives it as it is written."""


def add_lines(programme: Programme, accepted: Accepted, received: date, add: Add) -> None:
    """The expense when the ledger lacks it, then what is admitted and rejected of it; nothing for what it knows."""
    expense, of = accepted.expense, accepted.known
    if accepted.etat == "connue":
        return
    presented = Entry(
        numero=expense.numero,
        nature="depense",
        jour=received,
        ligne=expense.ligne,
        montant=expense.montant_impute,
        tranche=expense.tranche,
        reference=expense.reference,
    )
    if of is None:
        of = add(replace(presented, details=_details(expense, accepted.fichier))).id
    answer, rejected = replace(presented, sur=of), expense.montant_rejete
    # Nothing admitted and all of it rejected is one line: a line of 0 € would say nothing.
    if expense.montant_admis is not None and (expense.montant_admis or not rejected):
        until = paid_until(programme, received)
        add(replace(answer, nature="admission", montant=expense.montant_admis, echeance=until))
    if rejected:
        add(replace(answer, nature="rejet", montant=rejected, motif=expense.motif_rejet))


def _details(expense: Expense, fichier: str) -> Mapping[str, str]:
    """What the statement says of the invoice besides what counts on the aid."""
    said = {
        "date_facture": None if expense.date_facture is None else expense.date_facture.isoformat(),
        "montant_facture": f"{expense.montant_facture:.2f}",
        "montant_verse_declare": None if expense.montant_verse is None else f"{expense.montant_verse:.2f}",
        "objet": expense.objet,
        "fichier": fichier,
    }
    return {name: value for name, value in said.items() if value is not None}

"""An accepted expense → the lines of the ledger that say it."""

from collections.abc import Callable, Mapping
from datetime import date

from clact_model.ledger import Entry, Movement
from clact_model.programme import Programme
from clact_model.statements.doubles import Accepted
from clact_model.statements.expenses import Expense
from clact_model.tracking import due_on_proof

Add = Callable[[Entry], Movement]
"""What adds a line to an account and gives it as it is written."""


def add_lines(programme: Programme, accepted: Accepted, received: date, add: Add) -> None:
    """The expense when the ledger lacks it, then what is admitted and rejected of it; nothing for what it knows."""
    expense, of = accepted.expense, accepted.known
    if accepted.etat == "connue":
        return
    if of is None:
        of = add(
            Entry(
                numero=expense.numero,
                nature="depense",
                jour=received,
                ligne=expense.ligne,
                montant=expense.montant_impute,
                tranche=expense.tranche,
                reference=expense.reference,
                details=_details(expense, accepted.fichier),
            )
        ).id
    rejected = expense.montant_rejete
    # Nothing admitted and all of it rejected is one line: a line of 0 € would say nothing.
    if expense.montant_admis is not None and (expense.montant_admis or not rejected):
        add(
            Entry(
                numero=expense.numero,
                nature="admission",
                jour=received,
                ligne=expense.ligne,
                montant=expense.montant_admis,
                tranche=expense.tranche,
                echeance=_paid_until(programme, received),
                reference=expense.reference,
                sur=of,
            )
        )
    if rejected:
        add(
            Entry(
                numero=expense.numero,
                nature="rejet",
                jour=received,
                ligne=expense.ligne,
                montant=rejected,
                tranche=expense.tranche,
                reference=expense.reference,
                sur=of,
                motif=expense.motif_rejet,
            )
        )


def _paid_until(programme: Programme, received: date) -> date | None:
    """Where the call pays on proof, what is admitted has its day."""
    payment = programme.file.paiement
    return due_on_proof(programme, received) if payment and payment.mode == "sur_justificatif" else None


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

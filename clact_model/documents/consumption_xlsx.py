"""The consumption of a call as a workbook: accounts with their reasons, proofs one by one, and what it is."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from clact_model import formats as french
from clact_model import ledger
from clact_model.consumption import SIGNALS, Consumption, Watched
from clact_model.documents.account_columns import DAY, ENDED, GRANTED, NAMED, PAID, PROVED, WHO, worded
from clact_model.documents.book import written_to
from clact_model.documents.target import Target
from clact_model.documents.typed_sheet import Fact, Formats, SheetColumn, about, write_facts, write_rows
from clact_model.ledger import POSTES, ZERO
from clact_model.programme import Programme
from clact_model.store import author

ACCOUNTS = (
    *NAMED,
    SheetColumn("signal", "Alerte", width=16),
    SheetColumn("raisons", "Raisons", width=60),
    SheetColumn("euros", "De combien (€)", "euros"),
    SheetColumn("jours", "Retard (jours)", "entier"),
    DAY,
    SheetColumn("avant", "Reportée du", width=24),
    GRANTED,
    PAID,
    *PROVED,
    *ENDED,
    SheetColumn("bas", "Prévision basse (€, estimation)", "euros"),
    SheetColumn("prevu", "Prévision médiane (€, estimation)", "euros"),
    SheetColumn("haut", "Prévision haute (€, estimation)", "euros"),
    SheetColumn("cas", "Cas", "entier"),
)
PROOFS = (
    *WHO,
    SheetColumn("id", "N°", "numero"),
    SheetColumn("ligne", "Ligne", "entier"),
    SheetColumn("reference", "Facture", "identifiant", 20),
    SheetColumn("jour", "Reçue le", "date"),
    *PROVED,
    SheetColumn("attend", "Sans réponse (€)", "euros"),
    SheetColumn("motif", "Motif", width=40),
)
_SUMMED = ("accorde", "paye", "presente", "admis", "rejete", "consomme", "a_recuperer", "recupere", "libere", "reste")


def consumption_xlsx(
    programme: Programme,
    found: Consumption,
    shown: Sequence[Watched],
    filters: str,
    quand: datetime,
    target: Target,
) -> None:
    """Sheets « Consommation », « Justificatifs » and « Contexte » of the accounts shown. Amounts in EUR. Raises TargetError."""
    with written_to(target, "Consommation des subventions", quand) as book:
        kinds = Formats(book)
        whole = ledger.total(one.situation.balance for one in shown)
        totals = {name: getattr(whole, name) for name in _SUMMED}
        write_rows(book.add_worksheet("Consommation"), ACCOUNTS, map(account_row, shown), kinds, totals)
        write_rows(book.add_worksheet("Justificatifs"), worded(programme, PROOFS), _proofs(shown), kinds)
        write_facts(book.add_worksheet("Contexte"), _context(programme, found, shown, filters, quand), kinds)


def account_row(one: Watched) -> Mapping[str, Any]:
    """One account, by the names of ACCOUNTS."""
    situation, spread = one.situation, one.prevision if one.situation.balance.reste else None
    return {
        "numero": situation.numero,
        "poste": POSTES[situation.poste],
        "raison_sociale": situation.raison_sociale,
        "signal": SIGNALS[one.signal],
        "raisons": " ; ".join(reason.phrase for reason in one.raisons),
        "euros": one.euros,
        "jours": one.jours or None,
        "echeance": one.echeance,
        "avant": ", ".join(french.day(day) for day in one.avant),
        **{name: getattr(situation.balance, name) for name in _SUMMED},
        "bas": spread.low if spread else None,
        "prevu": spread.median if spread else None,
        "haut": spread.high if spread else None,
        "cas": spread.cases if spread else None,
    }


def proof_rows(one: Watched) -> Iterator[Mapping[str, Any]]:
    """The expenses of one account with their answers, by the names of PROOFS."""
    standing = ledger.standing(one.situation.mouvements)
    for expense in standing:
        if expense.nature != "depense":
            continue
        answers = [m for m in one.situation.mouvements if m.sur == expense.id and m.nature in ("admission", "rejet")]
        admitted = sum((m.montant or ZERO for m in answers if m.nature == "admission"), ZERO)
        rejected = sum((m.montant or ZERO for m in answers if m.nature == "rejet"), ZERO)
        yield {
            "numero": one.situation.numero,
            "poste": POSTES[one.situation.poste],
            "id": expense.id,
            "ligne": expense.ligne,
            "reference": expense.reference,
            "jour": expense.jour,
            "presente": expense.montant,
            "admis": admitted,
            "rejete": rejected,
            "attend": (expense.montant or ZERO) - admitted - rejected,
            "motif": " ; ".join(m.motif for m in answers if m.motif and m in standing) or None,
        }


def _proofs(shown: Sequence[Watched]) -> Iterator[Mapping[str, Any]]:
    for one in shown:
        yield from proof_rows(one)


def _context(
    programme: Programme, found: Consumption, shown: Sequence[Watched], filters: str, quand: datetime
) -> list[Fact]:
    facts: list[Fact] = [
        ("Situation au", found.jour, "date"),
        ("Filtres", filters, "texte"),
        ("Subventions affichées", len(shown), "entier"),
        (
            "Prévisions",
            "estimations tirées du rythme d'autres subventions, arrondies à l'euro : huit chances sur dix entre la basse et la "
            "haute ; aucune quand trop peu de cas les fondent",
            "texte",
        ),
    ]
    return about(programme, facts, author(), quand)

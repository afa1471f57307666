"""The follow-up as a workbook: grants, tranches and the lines of the ledger behind them, and what it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from clact_model import tracking
from clact_model.documents.account_columns import DAY, ENDED, GRANTED, NAMED, PAID, PROVED, WHO, worded
from clact_model.documents.book import written_to
from clact_model.documents.target import Target
from clact_model.documents.typed_sheet import Fact, Formats, SheetColumn, about, write_facts, write_rows
from clact_model.ledger import POSTES, Balance, concerned
from clact_model.programme import Programme
from clact_model.store import author
from clact_model.tracking import FORMS, STATES, Situation

_PAYABLE = SheetColumn("payable", "À verser maintenant (€)", "euros")
GRANTS = (
    *NAMED,
    SheetColumn("etat", "État", width=24),
    SheetColumn("notifie_le", "Notifiée le", "date"),
    SheetColumn("convention", "Convention", "identifiant"),
    SheetColumn("forme", "Forme", width=24),
    SheetColumn("signe_le", "Signée le", "date"),
    GRANTED,
    SheetColumn("conventionne", "Conventionné (€)", "euros"),
    PAID,
    _PAYABLE,
    *PROVED,
    *ENDED,
)
TRANCHES = (
    *WHO,
    SheetColumn("tranche", "Tranche", "entier"),
    SheetColumn("libelle", "Libellé", width=40),
    SheetColumn("ligne", "Ligne", "entier"),
    SheetColumn("montant", "Montant (€)", "euros"),
    PAID,
    _PAYABLE,
    DAY,
    SheetColumn("attend", "Attend", width=36),
)
LINES = (
    *WHO,
    SheetColumn("id", "N°", "numero"),
    SheetColumn("jour", "Jour", "date"),
    SheetColumn("nature", "Nature", width=30),
    SheetColumn("montant", "Montant (€)", "euros"),
    SheetColumn("ligne", "Ligne", "entier"),
    SheetColumn("tranche", "Tranche", "entier"),
    DAY,
    SheetColumn("reference", "Référence", "identifiant", 20),
    SheetColumn("sur", "Répond à la ligne", "numero"),
    SheetColumn("contrepasse", "Reprend la ligne", "numero"),
    SheetColumn("concerne", "Ligne concernée", width=56),
    SheetColumn("motif", "Motif", width=40),
    SheetColumn("auteur", "Inscrit par"),
    SheetColumn("quand", "Inscrit le", "moment", 18),
)


def tracking_xlsx(
    programme: Programme, accounts: Sequence[Situation], day: date, quand: datetime, target: Target
) -> None:
    """Sheets « Subventions », « Tranches », « Registre » and « Contexte », as of ``day``. Amounts in EUR. Raises TargetError."""
    with written_to(target, "Suivi des subventions", quand) as book:
        formats = Formats(book)
        whole = tracking.total(accounts)
        totals = {field.name: getattr(whole, field.name) for field in fields(Balance)}
        write_rows(book.add_worksheet("Subventions"), GRANTS, map(_grant, accounts), formats, totals)
        write_rows(book.add_worksheet("Tranches"), worded(programme, TRANCHES), _tranches(accounts), formats)
        write_rows(book.add_worksheet("Registre"), worded(programme, LINES), _lines(programme, accounts), formats)
        write_facts(book.add_worksheet("Contexte"), _context(programme, accounts, day, quand), formats)


def _who(one: Situation) -> dict[str, Any]:
    return {"numero": one.numero, "poste": POSTES[one.poste]}


def _grant(one: Situation) -> Mapping[str, Any]:
    signed = one.convention
    return {
        **_who(one),
        **{field.name: getattr(one.balance, field.name) for field in fields(Balance)},
        "raison_sociale": one.raison_sociale,
        "etat": ", ".join(STATES[code] for code in tracking.states(one)),
        "notifie_le": one.notifie_le,
        "convention": signed.reference if signed else None,
        "forme": FORMS.get(signed.forme) if signed else None,
        "signe_le": signed.signe_le if signed else None,
        "payable": one.payable,
    }


def _tranches(accounts: Sequence[Situation]) -> Iterator[Mapping[str, Any]]:
    for one in accounts:
        for tranche in one.tranches:
            yield {**_who(one), **{column.champ: getattr(tranche, column.champ) for column in TRANCHES[len(WHO) :]}}


def _lines(programme: Programme, accounts: Sequence[Situation]) -> Iterator[Mapping[str, Any]]:
    told = [column.champ for column in LINES[len(WHO) :] if column.champ not in ("nature", "concerne", "quand")]
    for one in accounts:
        others = concerned(one.mouvements)
        for movement in one.mouvements:
            cells = {champ: getattr(movement, champ) for champ in told}
            moment = movement.quand.astimezone(programme.file.zone)
            yield {**_who(one), **cells, "nature": movement.words, "concerne": others.get(movement.id), "quand": moment}


def _context(programme: Programme, accounts: Sequence[Situation], day: date, quand: datetime) -> list[Fact]:
    facts: list[Fact] = [
        ("Situation au", day, "date"),
        ("Subventions", len(accounts), "entier"),
        (
            "Accordé = consommé + à récupérer + récupéré + libéré + reste",
            "à chaque jour, subvention par subvention",
            "texte",
        ),
    ]
    return about(programme, facts, author(), quand)

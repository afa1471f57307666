"""The rows of an extract → payments, each with its place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from clact_model import formats
from clact_model.fields import follow_up
from clact_model.intake import completeness, consistency
from clact_model.intake import rows as cells
from clact_model.intake.mapping import Recognised
from clact_model.intake.rows import Rows, Values
from clact_model.intake.sources.payments import no_extract
from clact_model.wording import numbered


@dataclass(frozen=True, slots=True)
class Payment:
    """One row of an extract. ``montant`` in EUR."""

    ligne: int
    """The row of the file, as its author sees it."""
    fichier: str
    reference: str
    montant: Decimal
    jour: date
    feuille: str | None = None
    """The sheet of a workbook."""
    beneficiaire: str | None = None
    siret: str | None = None
    numero: str | None = None
    convention: str | None = None
    libelle: str | None = None
    contre: str | None = None
    """The row of the files that seems to take it back: a negative amount of the same reference, or the opposite one."""

    @property
    def place(self) -> str:
        """``ligne 3``, with its sheet."""
        return f"ligne {self.ligne}" + (f" de la feuille « {self.feuille} »" if self.feuille else "")

    def seen_from(self, other: "Payment") -> str:
        """Its place as a remark on another row says it: with the file, where it is in another one."""
        if self.fichier != other.fichier:
            return f"ligne {self.ligne} de {self.fichier}"
        return self.place if self.feuille != other.feuille else f"ligne {self.ligne}"

    @property
    def identity(self) -> tuple[str, Decimal, date]:
        """The same twice is one payment."""
        return numbered(self.reference), self.montant, self.jour


def read(sheets: Sequence[Recognised], zone: ZoneInfo, values: Values, today: date) -> tuple[list[Rows], list[Payment]]:
    """Every row that can be a payment, in the order of the files; the others are refused at their place."""
    read_rows = [cells.read(sheet, zone, values) for sheet in sheets]
    payments: list[Payment] = []
    reversals: list[Payment] = []
    met: dict[tuple[object, ...], Payment] = {}
    for rows in read_rows:
        _require(rows)
        consistency.check(rows)
        for position in range(len(rows.lines)):
            if position not in rows.refused:
                payment = _payment(rows, position)
                if payment.montant < 0:
                    reversals.append(payment)
                if _may_be(rows, position, payment, today) and not _repeats(rows, position, payment, met):
                    payments.append(payment)
    return read_rows, [replace(one, contre=_reversed_by(one, reversals)) for one in payments]


def _reversed_by(payment: Payment, reversals: Sequence[Payment]) -> str | None:
    for one in reversals:
        same_one = one.montant == -payment.montant and any(
            mine is not None and mine == theirs for mine, theirs in zip(_whose(payment), _whose(one), strict=True)
        )
        if one.reference == payment.reference or same_one:
            return one.seen_from(payment)
    return None


def _whose(payment: Payment) -> tuple[str | None, ...]:
    return payment.siret, payment.beneficiaire, payment.numero, payment.convention


def _require(rows: Rows) -> None:
    columns = {column.field.champ: column for column in rows.recognised.columns}
    required = [field for field in follow_up().of("versement") if field.obligatoire]
    missing = [field for field in required if field.champ not in columns]
    if missing:
        rows.refused |= set(range(len(rows.lines)))
    if missing == required:
        # Nothing of it is known: that is what is said, and not of each column that it is not.
        rows.anomalies.clear()
        rows.say("erreur", no_extract())
        return
    for field in missing:
        rows.say(
            "erreur",
            f"La colonne « {field.libelle} » est absente ou porte un autre titre : ajoutez-la, ou indiquez dans la "
            "correspondance la colonne du fichier qui en tient lieu.",
        )
    for field in required:
        column = columns.get(field.champ)
        if column is not None and rows.recognised.key:
            key = column is rows.recognised.key
            completeness.require(rows, column, rows.numeros if key else rows.values[field.champ])


def _payment(rows: Rows, position: int) -> Payment:
    def given(champ: str) -> Any:
        return rows.values[champ][position] if champ in rows.values else None

    return Payment(
        ligne=rows.lines[position],
        fichier=rows.recognised.sheet.fichier,
        feuille=rows.recognised.sheet.nom,
        reference=str(rows.numeros[position]),
        montant=given("montant_paye"),
        jour=given("date_paiement"),
        beneficiaire=given("beneficiaire"),
        siret=given("siret"),
        numero=given("numero_dossier_paye"),
        convention=given("convention_payee"),
        libelle=given("libelle_paiement"),
    )


def _may_be(rows: Rows, position: int, payment: Payment, today: date) -> bool:
    """A payment is positive, and of the past."""
    if payment.montant <= 0:
        _refuse(
            rows,
            position,
            "montant_paye",
            f"{formats.euros(payment.montant)} n'est pas un versement : un remboursement s'inscrit comme une récupération, "
            "une annulation par une contre-passation.",
        )
    elif payment.jour > today:
        _refuse(
            rows,
            position,
            "date_paiement",
            f"Le paiement est daté du {formats.day(payment.jour)}, qui n'est pas encore passé : vérifiez la date.",
        )
    return position not in rows.refused


def _refuse(rows: Rows, position: int, champ: str, message: str) -> None:
    column = next(column for column in rows.recognised.columns if column.field.champ == champ)
    rows.refuse(position, message, column, rows.recognised.sheet.cell(rows.lines[position], column.index))


def _repeats(rows: Rows, position: int, payment: Payment, met: dict[tuple[object, ...], Payment]) -> bool:
    """True for a row that says the same payment of the same establishment again."""
    told = (*payment.identity, payment.siret, payment.beneficiaire, payment.numero, payment.convention, payment.libelle)
    first = met.setdefault(told, payment)
    if first is payment:
        return False
    rows.say(
        "avertissement",
        f"Doublon : le paiement {payment.reference} de {formats.euros(payment.montant)} est déjà à la {first.seen_from(payment)}, "
        "il est compté une fois.",
        position,
        rows.recognised.key,
        payment.reference,
    )
    return True

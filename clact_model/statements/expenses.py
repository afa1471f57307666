"""The rows of a statement → expenses, each with its place: what is wrong with one is said there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from zoneinfo import ZoneInfo

from clact_model import formats
from clact_model.fields import follow_up
from clact_model.intake import completeness, consistency
from clact_model.intake import rows as cells
from clact_model.intake.mapping import Recognised
from clact_model.intake.rows import Rows, Values
from clact_model.wording import numbered


@dataclass(frozen=True, slots=True)
class Expense:
    """One invoice, or the part of it that one action bears. Amounts in EUR; negative: a credit note."""

    numero: str
    reference: str
    date_facture: date | None
    """None: of an expense of the ledger whose invoice's day nobody wrote."""
    montant_facture: Decimal
    montant_impute: Decimal
    """What counts on the aid: the whole invoice unless the row says less."""
    impute_ecrit: bool = False
    """The row says itself what counts on the aid."""
    tranche: int | None = None
    ligne: int | None = None
    """The action of the dossier that bears it."""
    objet: str | None = None
    montant_admis: Decimal | None = None
    montant_verse: Decimal | None = None
    """What the establishment says that it received: it is compared, never counted."""
    motif_rejet: str | None = None
    presente_le: date | None = None
    """When it was presented already, by the statement that we wrote."""

    @property
    def cle(self) -> str:
        """The number of the invoice as two writings of it are compared."""
        return numbered(self.reference)

    @property
    def montant_rejete(self) -> Decimal | None:
        """What is rejected, with its reason; None where nothing is said."""
        if self.montant_admis is None or self.motif_rejet is None:
            return None
        return self.montant_impute - self.montant_admis


@dataclass(frozen=True)
class Line:
    """One row of a sheet and the expense that it says."""

    rows: Rows
    position: int
    expense: Expense

    @property
    def refused(self) -> bool:
        return self.position in self.rows.refused

    @property
    def ligne(self) -> int:
        """The row as its author sees it."""
        return self.rows.lines[self.position]

    def refuse(self, champ: str, message: str) -> None:
        """Refuse the row, at the cell of a field."""
        self.rows.refused.add(self.position)
        self._say("erreur", champ, message)

    def warn(self, champ: str, message: str) -> None:
        self._say("avertissement", champ, message)

    def inform(self, champ: str, message: str) -> None:
        self._say("information", champ, message)

    def _say(self, gravite: Literal["erreur", "avertissement", "information"], champ: str, message: str) -> None:
        column = next((c for c in self.rows.recognised.columns if c.field.champ == champ), None)
        cell = self.rows.recognised.sheet.cell(self.ligne, column.index) if column else None
        self.rows.say(gravite, message, self.position, column, cell)


def read(sheets: Sequence[Recognised], zone: ZoneInfo, values: Values) -> tuple[list[Rows], list[Line]]:
    """Every sheet of expenses, typed, and the rows that can be read, in the order of the files."""
    read_rows = [cells.read(sheet, zone, values) for sheet in sheets]
    lines: list[Line] = []
    for rows in read_rows:
        _require(rows)
        consistency.check(rows)
        lines += [
            Line(rows, position, _expense(rows, position))
            for position in range(len(rows.lines))
            if position not in rows.refused
        ]
    return read_rows, lines


def _require(rows: Rows) -> None:
    """A column that is absent asks, and no row can go in without it; a cell that is empty refuses its row."""
    columns = {column.field.champ: column for column in rows.recognised.columns}
    required = [field for field in follow_up().of("depense") if field.obligatoire]
    absent = [field for field in required if field.champ not in columns]
    for field in absent:
        rows.say(
            "question",
            f"La colonne « {field.libelle} » est absente ou porte un autre titre : ajoutez-la, ou indiquez-la dans la "
            "correspondance.",
        )
    if absent and rows.lines:
        rows.refused |= set(range(len(rows.lines)))
        count = formats.plural(len(rows.lines), "ligne refusée", "lignes refusées")
        names = ", ".join(f"« {field.libelle} »" for field in absent)
        rows.say("erreur", f"{count} : sans {names}, une dépense ne peut pas être reconnue d'un envoi à l'autre.")
    for champ, column in columns.items() if rows.recognised.key else ():
        if column.field.obligatoire:
            completeness.require(rows, column, _required(rows, champ))


def _required(rows: Rows, champ: str) -> Sequence[object]:
    """The values that may not be empty. The day of an invoice may be, where our own statement did not know it."""
    if champ == "numero":
        return rows.numeros
    values = rows.values[champ]
    if champ == "date_facture" and "presente_le" in rows.values:
        return [day or known for day, known in zip(values, rows.values["presente_le"], strict=True)]
    return values


def _expense(rows: Rows, position: int) -> Expense:
    def given(champ: str) -> Any:
        return rows.values[champ][position] if champ in rows.values else None

    return Expense(
        numero=str(rows.numeros[position]),
        reference=given("numero_facture"),
        date_facture=given("date_facture"),
        montant_facture=given("montant_facture"),
        montant_impute=given("montant_facture") if given("montant_impute") is None else given("montant_impute"),
        impute_ecrit=given("montant_impute") is not None,
        tranche=given("tranche"),
        ligne=given("ligne"),
        objet=given("objet"),
        montant_admis=given("montant_admis"),
        montant_verse=given("montant_verse"),
        motif_rejet=given("motif_rejet"),
        presente_le=given("presente_le"),
    )

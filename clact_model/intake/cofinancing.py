"""Who else pays: the rows of a repeatable block → the amounts of the lines of each dossier."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from clact_model import formats
from clact_model.fields import Dictionary
from clact_model.intake import funders
from clact_model.intake.joining import same_file
from clact_model.intake.report import Anomaly
from clact_model.intake.rows import Rows
from clact_model.intake.sources import Cofinancing
from clact_model.intake.values import Cell, RefusalError, amount, dossier_number, is_blank, quoted, shown

KEPT = "Les cofinancements de ce dossier restent inconnus : complétez-les."
FIELDS: Mapping[str, str] = {"public": "autres_aides_publiques", "propre": "apport_etablissement"}
"""Nature of a funder → the field of a line that its money goes to; a third kind is neither public nor the
establishment's own."""


@dataclass
class _Sums:
    """Nature of the funder → what one dossier receives; None when one of its rows cannot be read."""

    by_nature: dict[str, Decimal | None] = field(default_factory=lambda: dict.fromkeys(FIELDS, Decimal(0)))

    def add(self, nature: str, montant: Decimal) -> None:
        known = self.by_nature.get(nature)
        if known is not None:
            self.by_nature[nature] = known + montant

    def blur(self) -> None:
        self.by_nature = dict.fromkeys(FIELDS)


def share(sheets: Sequence[Rows], found: Iterable[Cofinancing], dictionary: Dictionary) -> None:
    """Add the co-financings of each file to its lines.

    A dossier with one line takes the sum; with several, nothing says which line is paid: unknown, and said. A dossier
    without a row declares no other aid.
    """
    for cofinancing in found:
        sums, said = _read(cofinancing)
        for rows in sheets:
            if "action" in rows.recognised.tables and same_file(rows, cofinancing.sheet.fichier):
                rows.anomalies += said
                _into_lines(rows, sums, dictionary)


def _into_lines(rows: Rows, sums: Mapping[str, _Sums], dictionary: Dictionary) -> None:
    lines = Counter(rows.numeros)
    nothing = _Sums().by_nature
    for nature, champ in FIELDS.items():
        values: list[object] = []
        told: set[str | None] = set()
        for position, numero in enumerate(rows.numeros):
            total = sums[numero].by_nature[nature] if numero and numero in sums else nothing[nature]
            divided = lines[numero] == 1 or not total
            if not divided and numero not in told:
                told.add(numero)
                _tell_undivided(rows, position, champ, total, lines[numero], dictionary)
            values.append(total if divided else None)
        rows.add(dictionary.get("action", champ), values)


def _tell_undivided(
    rows: Rows, position: int, champ: str, total: Decimal | None, count: int, dictionary: Dictionary
) -> None:
    rows.say(
        "avertissement",
        f"Dossier {rows.numeros[position]} : {formats.euros(total)} de cofinancement sont déclarés pour ses {count} demandes ensemble. "
        f"« {dictionary.get('action', champ).libelle} » reste inconnu pour chacune : répartissez ce montant.",
        position,
    )


def _read(found: Cofinancing) -> tuple[dict[str, _Sums], list[Anomaly]]:
    """What each dossier receives, and what could not be read."""
    sums: dict[str, _Sums] = {}
    said: list[Anomaly] = []
    for line in range(found.header_row + 1, len(found.sheet.rows) + 1):
        number, funder, written = (
            found.sheet.cell(line, column) for column in (found.dossier, found.financeur, found.montant)
        )
        if is_blank(number):
            continue
        try:
            numero = dossier_number.parse(number).value
        except RefusalError as refusal:
            said.append(_anomaly(found, line, found.dossier, number, str(refusal)))
            continue
        dossier, nature = sums.setdefault(numero, _Sums()), funders.nature(funder)
        try:
            montant = None if is_blank(written) else amount.parse(written).value
        except RefusalError as refusal:
            dossier.blur()
            said.append(_anomaly(found, line, found.montant, written, f"{refusal} {KEPT}", numero))
            continue
        if nature is None:
            dossier.blur()
            sentence = (
                f"{quoted(funder)} n'est pas un financeur connu : on ne sait pas si son aide est publique. {KEPT}"
            )
            said.append(_anomaly(found, line, found.financeur, funder, sentence, numero))
        elif montant is None:
            dossier.blur()
            said.append(
                _anomaly(found, line, found.montant, written, f"Le montant du cofinancement est vide. {KEPT}", numero)
            )
        else:
            dossier.add(nature, montant)
    return sums, said


def _anomaly(
    found: Cofinancing, line: int, column: int, cell: Cell, message: str, numero: str | None = None
) -> Anomaly:
    feuille, ligne, place = found.sheet.where(line, column, "")
    return Anomaly(found.sheet.fichier, "avertissement", message, feuille, ligne, place, shown(cell), numero)

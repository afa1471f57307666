"""What a dossier asks as a whole against the sum of its lines: when they differ, both are said and the lines count."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from clact_model import formats
from clact_model.intake.cells import is_zero
from clact_model.intake.joining import same_file
from clact_model.intake.report import Anomaly
from clact_model.intake.rows import Rows
from clact_model.intake.sources import Totals
from clact_model.intake.values import RefusalError, amount, is_blank, shown

TOLERANCE = Decimal(1)
"""Euros: forms let people round their lines."""


def check(sheets: Sequence[Rows], found: Iterable[Totals]) -> None:
    """Warn of each dossier whose total is not the sum of its lines."""
    for totals in found:
        dossiers = next(rows for rows in sheets if rows.recognised is totals.dossiers)
        sums = _sums(
            rows for rows in sheets if "action" in rows.recognised.tables and same_file(rows, totals.sheet.fichier)
        )
        for line, numero in zip(dossiers.lines, dossiers.numeros, strict=True):
            asked, total = _amount(totals, line), sums.get(numero)
            if asked is not None and total is not None and abs(asked - total) > TOLERANCE:
                dossiers.anomalies.append(_differs(totals, line, str(numero), asked, total))


def _sums(actions: Iterable[Rows]) -> dict[str | None, Decimal | None]:
    """Dossier → what its lines ask; None when one of them is unknown."""
    sums: dict[str | None, Decimal | None] = defaultdict(Decimal)
    for rows in actions:
        for numero, asked in zip(rows.numeros, rows.values.get("montant_demande", []), strict=False):
            known = sums[numero]
            sums[numero] = known + asked if known is not None and isinstance(asked, Decimal) else None
    return dict(sums)


def _amount(totals: Totals, line: int) -> Decimal | None:
    cell = totals.sheet.cell(line, totals.montant)
    if is_blank(cell) or is_zero(cell):
        return None
    try:
        return amount.parse(cell).value
    except RefusalError:
        return None


def _differs(totals: Totals, line: int, numero: str, asked: Decimal, total: Decimal) -> Anomaly:
    feuille, ligne, colonne = totals.sheet.where(line, totals.montant, "")
    return Anomaly(
        totals.sheet.fichier,
        "avertissement",
        f"Le dossier {numero} demande {formats.euros(asked)} au total, et {formats.euros(total)} si l'on additionne ses demandes : "
        "les demandes font foi, vérifiez-les.",
        feuille,
        ligne,
        colonne,
        shown(totals.sheet.cell(line, totals.montant)),
        numero,
    )

"""The cells of a form as they are read: a formula without a saved result is recomputed, and said once."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from clact_model import formats
from clact_model.intake.report import Anomaly
from clact_model.intake.sources.form_formulas import Calculator, Place
from clact_model.intake.sources.form_labels import cell_at
from clact_model.intake.values import Cell, shown
from clact_model.reading import Sheet
from clact_model.reading.limits import reference_of

HALF_A_CENT = Decimal("0.005")
NAMED = 5
"""Cells named in a sentence before « … »."""

Fault = tuple[str, str]
"""What a cell shows, and why it cannot be read."""


@dataclass
class Cells:
    """The cells of one form, read one by one; what was found on the way is told by :meth:`said`."""

    fichier: str
    _calculators: dict[int, Calculator] = field(default_factory=dict)
    _recomputed: list[tuple[Sheet, Place]] = field(default_factory=list)
    _contradictions: list[Anomaly] = field(default_factory=list)

    def read(self, sheet: Sheet, place: Place) -> tuple[Cell, Fault | None]:
        """The cell at (row, column), and why it cannot be read, if so."""
        cell, fault = cell_at(sheet, place), sheet.faults.get(place)
        if place not in sheet.formulas:
            return cell, fault
        result = self._calculators.setdefault(id(sheet), Calculator(sheet)).result(place)
        if fault is None:
            self._compare(sheet, place, cell, result)
            return cell, None
        if result is None or not math.isfinite(float(result)):
            return cell, fault
        self._recomputed.append((sheet, place))
        # As Excel would have saved it.
        return float(result), None

    def said(self) -> Iterator[Anomaly]:
        """One sentence for all the formulas recomputed, one for each saved result that its formula contradicts."""
        if self._recomputed:
            sheet, (row, column) = self._recomputed[0]
            names = ", ".join(reference_of(*place) for _, place in self._recomputed[:NAMED])
            more = "…" if len(self._recomputed) > NAMED else ""
            count = formats.plural(len(self._recomputed), "montant recalculé", "montants recalculés")
            sentence = f"{count} ({names}{more}) : le fichier garde leurs formules sans leurs résultats."
            yield Anomaly(self.fichier, "information", sentence, *sheet.where(row, column, ""))
        yield from self._contradictions

    def _compare(self, sheet: Sheet, place: Place, cell: Cell, result: Decimal | None) -> None:
        if result is None or isinstance(cell, bool) or not isinstance(cell, int | float) or not math.isfinite(cell):
            return
        if abs(Decimal(repr(cell)) - result) > HALF_A_CENT:
            sentence = (
                f"La formule « {shown(sheet.formulas[place])} » donne {formats.number(result)}, et le fichier garde "
                f"{formats.number(Decimal(repr(cell)))} : la valeur enregistrée est lue, vérifiez-la."
            )
            where = sheet.where(*place, "")
            self._contradictions.append(Anomaly(self.fichier, "avertissement", sentence, *where, shown(cell)))

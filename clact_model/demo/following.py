"""The follow-up of the demonstration: acts written in a file, recorded by the ordinary functions, many at once."""

import csv
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, cast

from clact_model import tracking
from clact_model.demo.moments import Committee
from clact_model.demo.steps import FOLLOW, FOLLOWUP, operation
from clact_model.ledger import Poste
from clact_model.programme import Programme
from clact_model.store import Base
from clact_model.tracking import Act, Form
from clact_model.tracking.desk import Desk
from clact_model.tracking.recording import MANY
from clact_model.tracking.recovering import Mode

COLUMNS = (
    "acte", "numero", "poste", "jour", "ligne", "tranche", "montant", "reference", "forme", "mode", "echeance", "motif",
    "objet", "date_facture", "montant_facture", "indicateurs",
)  # fmt: skip


def follow(base: Base, programme: Programme, committee: Committee, done: Collection[str]) -> None:
    """Record the acts of a call, all together; nothing when that is among the operations ``done``."""
    written = operation(FOLLOW, programme.id)
    if written not in done:
        acts = [_MAKERS[row["acte"]](row) for row in _rows(programme.id)]
        tracking.record(base, programme, committee.day, acts, operation=written)


@dataclass(frozen=True, slots=True)
class _Answer:
    """An expense admitted, or rejected, that the same file presents: its line has its number only once it is written."""

    nature: ClassVar[str] = MANY
    row: Mapping[str, Any]

    @property
    def numero(self) -> str:
        return str(self.row["numero"])

    @property
    def words(self) -> str:
        return f"{self.row['acte']} {self.row['reference']}"

    def enter(self, desk: Desk) -> None:
        row = self.row
        presented = desk.standing(self.numero, _poste(row), "depense")
        of = next(movement.id for movement in presented if movement.reference == row["reference"])
        answer = tracking.Admit if row["acte"] == "admettre" else tracking.Reject
        answer(self.numero, of, row["jour"], row["montant"], row["motif"] or "").enter(desk)


def _rows(programme_id: str) -> list[dict[str, Any]]:
    """The acts as written; days, amounts and numbers typed, an empty cell None."""
    path = FOLLOWUP / f"{programme_id}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {name: _TYPES.get(name, str)(text) if text else None for name, text in row.items()}
            for row in csv.DictReader(file, delimiter=";")
        ]


_TYPES: Mapping[str, Callable[[str], Any]] = {
    "jour": date.fromisoformat,
    "echeance": date.fromisoformat,
    "montant": Decimal,
    "ligne": int,
    "tranche": int,
}


def _sign(row: Mapping[str, Any]) -> Act:
    forme = cast(Form, row["forme"])
    return tracking.Sign(row["numero"], row["jour"], row["reference"], forme, row["indicateurs"] or "")


def _start(row: Mapping[str, Any]) -> Act:
    return tracking.Start(row["numero"], row["jour"], row["ligne"])


def _report(row: Mapping[str, Any]) -> Act:
    year = None if row["reference"] == tracking.FINAL else int(row["reference"])
    return tracking.ReceiveReport(row["numero"], year, row["jour"])


def _present(row: Mapping[str, Any]) -> Act:
    details = {name: row[name] for name in ("date_facture", "montant_facture", "objet") if row[name]}
    return tracking.Present(
        row["numero"], row["montant"], row["jour"], row["reference"], row["ligne"], row["tranche"], _poste(row), details
    )


def _carry_over(row: Mapping[str, Any]) -> Act:
    return tracking.CarryOver(row["numero"], row["jour"], row["echeance"], row["motif"], row["ligne"], row["tranche"])


def _pay(row: Mapping[str, Any]) -> Act:
    return tracking.Pay(row["numero"], row["montant"], row["jour"], row["reference"], row["tranche"], _poste(row))


def _cancel(row: Mapping[str, Any]) -> Act:
    return tracking.Cancel(row["numero"], row["jour"], row["motif"], row["ligne"], _poste(row))


def _free(row: Mapping[str, Any]) -> Act:
    return tracking.Free(row["numero"], row["jour"], row["motif"], row["montant"], _poste(row))


def _claim(row: Mapping[str, Any]) -> Act:
    return tracking.Claim(row["numero"], row["jour"], row["motif"], row["montant"], _poste(row))


def _recover(row: Mapping[str, Any]) -> Act:
    mode = cast(Mode, row["mode"])
    return tracking.Recover(row["numero"], row["jour"], mode, row["reference"], row["montant"], _poste(row))


def _poste(row: Mapping[str, Any]) -> Poste:
    return cast(Poste, row["poste"])


_MAKERS: Mapping[str, Callable[[Mapping[str, Any]], Act]] = {
    "conventionner": _sign,
    "demarrer": _start,
    "recevoir_bilan": _report,
    "justifier": _present,
    "reporter": _carry_over,
    "admettre": _Answer,
    "rejeter": _Answer,
    "verser": _pay,
    "annuler_action": _cancel,
    "liberer": _free,
    "reclamer": _claim,
    "recouvrer": _recover,
}
"""Act, by the journal's name for it → how its line in the file is read."""

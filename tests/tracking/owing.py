"""A dossier granted and followed, and what is due of it on a day."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from clact_model import tracking
from clact_model.ledger import Book, Entry, Poste
from clact_model.programme import Programme, load_one
from clact_model.store import Base
from clact_model.tracking.calendar import due
from clact_model.tracking.obligation import Kind, Obligation
from tests import facts

CASES = Path(__file__).parents[1] / "cases"


def d(text: str) -> date:
    return date.fromisoformat(text)


@dataclass
class Owing:
    """One base, one call, one dossier or several."""

    base: Base
    programme: Programme
    numero: str = "1000"

    def do(self, day: str, *acts: tracking.Act) -> None:
        tracking.record(self.base, self.programme, d(day), acts)

    def sign(self, day: str) -> None:
        self.do(day, tracking.Sign(self.numero, d(day), f"CONV-{self.numero}"))

    def spend(self, day: str, montant: str, facture: str = "F1", ligne: int | None = None) -> None:
        """An expense presented and admitted the same day."""
        self.do(day, tracking.Present(self.numero, Decimal(montant), d(day), facture, ligne))
        row = self.base.cursor().execute("SELECT max(id) FROM mouvement WHERE nature = 'depense'").fetchone()
        assert row is not None
        self.do(day, tracking.Admit(self.numero, int(row[0]), d(day)))

    def due(self, day: str, nature: Kind | None = None) -> list[Obligation]:
        found = due(self.base.cursor(), self.programme, d(day), [self.numero])
        return [one for one in found if nature in (None, one.nature)]

    def one(self, day: str, nature: Kind) -> Obligation:
        (found,) = self.due(day, nature)
        return found


@cache
def _empty() -> Path:
    """A base without a dossier: its migrations are run once for all the tests."""
    path = Path(mkdtemp()) / "vide.duckdb"
    Base(path).close()
    return path


def owing(
    folder: Path,
    call: str,
    notified: str,
    granted: Sequence[tuple[int | None, str]] = ((1, "10000.00"),),
    actions: Sequence[tuple[str | None, str | None]] = ((None, None),),
    numero: str = "1000",
    base: Base | None = None,
    poste: Poste = "aide",
    **dossier: Any,
) -> Owing:
    """A dossier of a call with the days of its actions, granted these EUR by line on that day."""
    programme = load_one(call)
    case = json.loads((CASES / f"{call}.json").read_text(encoding="utf-8"))[0]
    base = base or Base(Path(shutil.copy(_empty(), folder / "suivi.duckdb")))
    lines = [
        dict(case["actions"][0], rang=rank, date_debut=first, date_fin=last)
        for rank, (first, last) in enumerate(actions, start=1)
    ]
    facts.put(base, programme, dict(case["dossier"], numero=numero, **dossier), lines)
    with base.write("notifier", programme.id) as writing:
        book = Book(writing)
        for ligne, amount in granted:
            entry = Entry(
                numero=numero, ligne=ligne, poste=poste, nature="octroi", jour=d(notified), montant=Decimal(amount)
            )
            book.add(entry)
        book.close()
    return Owing(base, programme, numero)

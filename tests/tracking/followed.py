"""A dossier granted under one of the calls, ready to be followed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from clact_model import ledger, tracking
from clact_model.ledger import Balance, Book, Entry, Movement
from clact_model.programme import Programme, load_one
from clact_model.store import Base
from clact_model.tracking import Act, Instalment
from tests import facts

CASES = Path(__file__).parents[1] / "cases"


@dataclass
class Followed:
    """One dossier, its base and its call."""

    base: Base
    programme: Programme
    numero: str
    today: date

    def do(self, *acts: Act, operation: str | None = None) -> list[Movement]:
        return list(tracking.record(self.base, self.programme, self.today, acts, operation=operation))

    def balance(self, day: str = "2099-12-31", poste: ledger.Poste = "aide") -> Balance:
        found = ledger.balances(self.base.cursor(), self.programme.id, date.fromisoformat(day))
        return found.get((self.numero, poste), Balance())

    def tranches(self, day: str = "2099-12-31", poste: ledger.Poste = "aide") -> list[Instalment]:
        lines = ledger.lines(self.base.cursor(), self.programme.id, [self.numero])
        return tracking.instalments([m for m in lines if m.poste == poste], date.fromisoformat(day))


def followed(
    folder: Path,
    call: str,
    granted: Mapping[int | None, str],
    notified: str,
    *,
    supplement: str | None = None,
    actions: int = 1,
) -> Followed:
    """The complete dossier of a call's cases with that many actions, granted these EUR by line (None: as a whole)."""
    programme = load_one(call)
    case = json.loads((CASES / f"{call}.json").read_text(encoding="utf-8"))[0]
    base = Base(folder / "suivi.duckdb")
    lines = [dict(case["actions"][0], rang=rank) for rank in range(1, actions + 1)]
    numero = facts.put(base, programme, case["dossier"], lines)
    day = date.fromisoformat(notified)
    with base.write("notifier", programme.id) as writing:
        book = Book(writing)
        for ligne, amount in granted.items():
            book.add(Entry(numero=numero, ligne=ligne, nature="octroi", jour=day, montant=Decimal(amount)))
        if supplement:
            book.add(Entry(numero=numero, poste="supplement", nature="octroi", jour=day, montant=Decimal(supplement)))
        book.close()
    return Followed(base, programme, numero, date.fromisoformat(case["aujourdhui"]))

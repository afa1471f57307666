"""What the base knows of the dossiers that a statement names: their grant, their tranches, what was presented already."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

import duckdb

from clact_model import ledger
from clact_model.ledger import ZERO, Balance, Movement
from clact_model.wording import numbered


@dataclass(frozen=True)
class Presented:
    """An expense of the ledger and what became of it. Amounts in EUR."""

    movement: Movement
    admis: Decimal | None = None
    """None: nothing was said yet."""
    rejete: Decimal | None = None
    motif_rejet: str | None = None


@dataclass(frozen=True)
class Account:
    """One dossier and its grant, as far as the base knows them."""

    numero: str
    raison_sociale: str | None
    couts: Mapping[int, Decimal | None]
    """Action of the dossier → its cost, EUR."""
    movements: Sequence[Movement] = field(default=(), repr=False)
    """The lines of its aid, reversals too."""

    @cached_property
    def standing(self) -> list[Movement]:
        return ledger.standing(self.movements)

    @cached_property
    def balance(self) -> Balance:
        return ledger.of_lines(self.movements)

    @property
    def notifie_le(self) -> date | None:
        """The day from which it is granted."""
        return min((m.jour for m in self.standing if m.nature == "octroi"), default=None)

    @property
    def conventionne(self) -> bool:
        return any(m.nature == "convention" for m in self.standing)

    @property
    def tranches(self) -> frozenset[int]:
        """The numbers of its tranches."""
        return frozenset(m.tranche for m in self.standing if m.nature == "tranche" and m.tranche is not None)

    @property
    def taux(self) -> Decimal | None:
        """The part of the cost that is granted, 0..1; None when the cost is unknown."""
        grants = [m for m in self.standing if m.nature == "octroi"]
        of_all = any(m.ligne is None for m in grants)
        lignes = set(self.couts) if of_all else {m.ligne for m in grants if m.ligne is not None}
        costs = [self.couts.get(ligne) for ligne in lignes]
        total = sum((cost for cost in costs if cost is not None), ZERO)
        return self.balance.accorde / total if total and None not in costs else None

    def rate(self, ligne: int | None) -> Decimal | None:
        """The part of an action's cost that is granted, 0..1, where the grant is the action's own; else ``taux``."""
        own = [m.montant or ZERO for m in self.standing if m.nature == "octroi" and m.ligne == ligne]
        if ligne is None or not own:
            return self.taux
        cost = self.couts.get(ligne)
        return sum(own, ZERO) / cost if cost else None

    @cached_property
    def presented(self) -> Sequence[Presented]:
        """The expenses that stand, in the order in which they were received."""
        standing = self.standing
        answers: dict[int, list[Movement]] = {}
        for m in standing:
            if m.nature in ("admission", "rejet") and m.sur is not None:
                answers.setdefault(m.sur, []).append(m)
        return [_presented(m, answers.get(m.id, ())) for m in standing if m.nature == "depense"]

    @cached_property
    def by_reference(self) -> Mapping[str, Sequence[Presented]]:
        """Folded number of an invoice → the expenses of the ledger that bear it."""
        found: dict[str, list[Presented]] = {}
        for one in self.presented:
            found.setdefault(numbered(one.movement.reference or ""), []).append(one)
        return found


def _presented(movement: Movement, answers: Collection[Movement]) -> Presented:
    def total(nature: str) -> Decimal | None:
        amounts = [m.montant or ZERO for m in answers if m.nature == nature]
        return sum(amounts, ZERO) if amounts else None

    motifs = [m.motif for m in answers if m.nature == "rejet" and m.motif]
    admis, rejete = total("admission"), total("rejet")
    if admis is None and rejete is not None:
        admis = ZERO
    return Presented(movement, admis, rejete, motifs[-1] if motifs else None)


def accounts(
    cursor: duckdb.DuckDBPyConnection, programme: str, numeros: Collection[str] | None = None
) -> dict[str, Account]:
    """Number without case → the dossier of the base that bears it; those named, or all, in the order of the base."""
    wanted = None if numeros is None else {numero.casefold() for numero in numeros}
    rows = [
        (numero, name)
        for numero, name in cursor.execute(
            "SELECT numero, raison_sociale FROM dossier WHERE programme = ? ORDER BY ordre", [programme]
        ).fetchall()
        if wanted is None or numero.casefold() in wanted
    ]
    found = [numero for numero, _ in rows]
    costs: dict[str, dict[int, Decimal | None]] = {}
    for numero, ligne, cost in cursor.execute(
        "SELECT numero, ligne, cout_total FROM action WHERE programme = $programme "
        "AND list_contains($numeros::VARCHAR[], numero) ORDER BY numero, ligne",
        {"programme": programme, "numeros": found},
    ).fetchall():
        costs.setdefault(numero, {})[ligne] = cost
    movements: dict[str, list[Movement]] = {}
    for m in ledger.lines(cursor, programme, found):
        if m.poste == "aide":
            movements.setdefault(m.numero, []).append(m)
    return {
        numero.casefold(): Account(numero, name, costs.get(numero, {}), movements.get(numero, ()))
        for numero, name in rows
    }

"""A grant under any sequence of acts, against a small ledger kept apart."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from shutil import copy
from tempfile import mkdtemp
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from clact_model import tracking
from clact_model.ledger import LedgerRefusedError, Movement
from clact_model.store import Base
from clact_model.tracking import Act
from tests.tracking.followed import Followed, followed

GRANTED = Decimal("20000.00")
FIRST = date(2024, 10, 9)
SIGNED = date(2024, 10, 20)
AMOUNTS = st.integers(1, 2_500_000).map(lambda cents: Decimal(cents).scaleb(-2))
DAYS = st.integers(0, 1000).map(lambda days: SIGNED + timedelta(days))
PARTS = (
    "octroi",
    "convention",
    "versement",
    "depense",
    "admission",
    "rejet",
    "liberation",
    "a_recuperer",
    "recouvrement",
)


class Reference:
    """Dated amounts by nature, and nothing else."""

    def __init__(self) -> None:
        self.dated: list[tuple[date, str, Decimal]] = []

    def add(self, day: date, **amounts: Decimal) -> None:
        self.dated += [(day, nature, amount) for nature, amount in amounts.items()]

    def sums(self, day: date) -> dict[str, Decimal]:
        found = dict.fromkeys(PARTS, Decimal("0.00"))
        for when, nature, amount in self.dated:
            if when <= day:
                found[nature] += amount
        return found

    def holds(self, day: date, **amounts: Decimal) -> bool:
        """Whether every day would still be possible with these amounts added."""
        tried = Reference()
        tried.dated = [*self.dated]
        tried.add(day, **amounts)
        return all(possible(tried.sums(when)) for when in {when for when, _, _ in tried.dated})


def possible(s: dict[str, Decimal]) -> bool:
    return (
        min(s.values()) >= 0
        and s["versement"] <= s["convention"] <= s["octroi"]
        and s["versement"] + s["liberation"] <= s["octroi"]
        and s["recouvrement"] <= s["a_recuperer"] <= s["versement"]
        and s["liberation"] + s["a_recuperer"] <= s["octroi"]
        and s["admission"] <= s["depense"]
    )


class Grant(RuleBasedStateMachine):
    """One dossier of a call that pays at once; its convention is signed at the start."""

    one: Followed

    @initialize()
    def begin(self) -> None:
        folder = Path(mkdtemp())
        copy(template(), folder / "suivi.duckdb")
        programme, numero = known()
        self.one = Followed(Base(folder / "suivi.duckdb"), programme, numero, SIGNED)
        self.kept = Reference()
        self.kept.add(FIRST, octroi=GRANTED)
        self.kept.add(SIGNED, convention=GRANTED)
        self.expenses: dict[int, Decimal] = {}
        self.written: list[tuple[Movement, dict[str, Decimal]]] = []
        self.invoices = 0
        self.cancelled = False
        self.reports: set[int] = set()

    def attempt(self, act: Act, day: date, **amounts: Decimal) -> list[Movement]:
        """Do it: written exactly when the reference says that it can stand."""
        wanted = self.kept.holds(day, **amounts)
        try:
            lines = self.one.do(act)
        except LedgerRefusedError:
            assert not wanted, (act, amounts)
            return []
        assert wanted, (act, amounts)
        self.kept.add(day, **amounts)
        return lines

    @rule(amount=AMOUNTS, day=DAYS)
    def pay(self, amount: Decimal, day: date) -> None:
        done = self.kept.sums(day)
        # Payments and money freed of a later day are not known on that one: tranches are looked at as of the day.
        act = tracking.Pay(self.one.numero, amount, day, motif="Décision")
        if amount > done["convention"] - done["versement"] - done["liberation"]:
            try:
                self.one.do(act)
            except LedgerRefusedError:
                return
            raise AssertionError("more than the tranches was paid")
        lines = self.attempt(act, day, versement=amount)
        self.written += [(line, {"versement": amount}) for line in lines]

    @rule(amount=AMOUNTS, day=DAYS)
    def present(self, amount: Decimal, day: date) -> None:
        self.invoices += 1
        (line,) = self.attempt(
            tracking.Present(self.one.numero, amount, day, f"F-{self.invoices}"), day, depense=amount
        )
        self.expenses[line.id] = amount

    @precondition(lambda self: self.expenses)
    @rule(data=st.data(), amount=AMOUNTS, day=DAYS, admitted=st.booleans())
    def answer(self, data: Any, amount: Decimal, day: date, admitted: bool) -> None:
        number = data.draw(st.sampled_from(sorted(self.expenses)))
        act = tracking.Admit if admitted else tracking.Reject
        nature = "admission" if admitted else "rejet"
        fits = amount <= self.expenses[number] and self.kept.holds(day, **{nature: amount})
        try:
            self.one.do(act(self.one.numero, number, day, amount, "Vu"))
        except LedgerRefusedError:
            assert not fits
            return
        assert fits
        self.kept.add(day, **{nature: amount})
        self.expenses[number] -= amount

    @rule(amount=AMOUNTS, day=DAYS)
    def free(self, amount: Decimal, day: date) -> None:
        now = self.kept.sums(date.max)
        if not now["octroi"] - now["versement"] - now["liberation"]:
            return
        self.attempt(tracking.Free(self.one.numero, day, "Renonce", amount), day, liberation=amount)

    @rule(amount=AMOUNTS, day=DAYS)
    def claim(self, amount: Decimal, day: date) -> None:
        self.attempt(tracking.Claim(self.one.numero, day, "Non conforme", amount), day, a_recuperer=amount)

    @rule(amount=AMOUNTS, day=DAYS)
    def recover(self, amount: Decimal, day: date) -> None:
        now = self.kept.sums(day)
        if now["a_recuperer"] == now["recouvrement"]:
            return
        act = tracking.Recover(self.one.numero, day, "reversement", "Titre", amount)
        self.attempt(act, day, recouvrement=amount)

    @rule(day=DAYS)
    def carry_over(self, day: date) -> None:
        self.one.do(tracking.CarryOver(self.one.numero, day, day + timedelta(90), "Retard des travaux"))

    @rule(day=DAYS)
    def cancel(self, day: date) -> None:
        now = self.kept.sums(date.max)
        left = now["octroi"] - now["liberation"] - now["a_recuperer"]
        if self.cancelled or not left:
            return
        paid, consumed = now["versement"] - now["a_recuperer"], min(now["admission"], left)
        back = max(paid - consumed, Decimal(0))
        freed = max(left - max(paid, consumed), Decimal(0))
        act = tracking.Cancel(self.one.numero, day, "Abandon")
        self.cancelled = bool(self.attempt(act, day, a_recuperer=back, liberation=freed))

    @rule(day=DAYS)
    def report(self, day: date) -> None:
        act = tracking.ReceiveReport(self.one.numero, day.year, day)
        try:
            self.one.do(act)
        except LedgerRefusedError:
            assert day.year in self.reports
        self.reports.add(day.year)

    @precondition(lambda self: self.written)
    @rule(data=st.data())
    def undo(self, data: Any) -> None:
        line, _ = data.draw(st.sampled_from(self.written))
        together = [kept for kept, _ in self.written if kept.operation == line.operation]
        amounts = sum((kept.montant or Decimal(0) for kept in together), Decimal(0))
        day = max(self.one.today, line.jour)
        if self.kept.holds(day, versement=-amounts):
            assert tracking.undo(self.one.base, self.one.programme, self.one.today, line.operation, "Erreur") == len(
                together
            )
            self.kept.add(day, versement=-amounts)
            self.written = [kept for kept in self.written if kept[0].operation != line.operation]

    @precondition(lambda self: self.written)
    @rule(data=st.data(), days=st.integers(0, 400))
    def take_back(self, data: Any, days: int) -> None:
        line, amounts = data.draw(st.sampled_from(self.written))
        day = line.jour + timedelta(days)
        lines = self.attempt(
            tracking.Reverse(self.one.numero, line.id, day, "Erreur"),
            day,
            **{nature: -(line.montant or Decimal(0)) for nature in amounts},
        )
        if lines:
            self.written = [kept for kept in self.written if kept[0].id != line.id]

    @invariant()
    def every_day_ties_to_the_reference(self) -> None:
        days = {when for when, _, _ in self.kept.dated}
        for day in sorted(days)[-6:]:
            found, sums = self.one.balance(day.isoformat()), self.kept.sums(day)
            assert found.accorde == found.consomme + found.a_recuperer + found.recupere + found.libere + found.reste
            assert (found.accorde, found.paye, found.admis, found.libere, found.recupere) == (
                sums["octroi"],
                sums["versement"],
                sums["admission"],
                sums["liberation"],
                sums["recouvrement"],
            )
            assert min(found.consomme, found.a_recuperer, found.reste) >= 0
            assert found.paye == sum(tranche.paye for tranche in self.one.tranches(day.isoformat()))

    def teardown(self) -> None:
        self.one.base.close()


_KNOWN: list[Any] = []


def known() -> tuple[Any, str]:
    template()
    return _KNOWN[1], _KNOWN[2]


def template() -> Path:
    """A base with the dossier granted and its convention signed, made once."""
    if not _KNOWN:
        folder = Path(mkdtemp())
        one = followed(folder, "grand_est_2024", {None: str(GRANTED)}, FIRST.isoformat())
        one.do(tracking.Sign(one.numero, SIGNED, "C-1"))
        one.base.close()
        _KNOWN.extend([folder / "suivi.duckdb", one.programme, one.numero])
    return Path(_KNOWN[0])


TestGrant = Grant.TestCase
TestGrant.settings = settings(
    max_examples=8, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck)
)

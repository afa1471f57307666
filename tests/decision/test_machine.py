"""Any sequence of steps, held against a small reference: never overspent, always adding up, every change in the journal."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from clact_model import decision, formats
from clact_model.decision import AdoptionQuestionError, DecisionRefusedError, Held, Wish
from tests.allocation.campaign import TODAY
from tests.decision.builders import COMITE, TOLD, adopted, small_call

NUMBERS = tuple("1234567")
UNSETTLED, REFUSED = "6", "7"
ASKED = Decimal(20_000)
numbers = st.sampled_from(NUMBERS)
some = st.sets(numbers, min_size=1, max_size=3)
issues = st.sampled_from(sorted(decision.ISSUES))
amounts = st.integers(0, 21).map(lambda thousand: Decimal(thousand) * 1000 + Decimal("0.37"))


class Selection(RuleBasedStateMachine):
    """The reference: each line as (statut, issue, amount), what is available, whether it is locked."""

    def __init__(self) -> None:
        super().__init__()
        self.call = small_call(Path(mkdtemp()))
        self.lines: dict[str, tuple[str, str, Decimal]] = {}
        self.available = Decimal(0)
        self.locked = False

    def teardown(self) -> None:
        self.call.base.close()

    def held(self) -> Held | None:
        return decision.held(self.call.base.cursor(), self.call.programme)

    def attempt(self, allowed: bool, write: Callable[[], None]) -> bool:
        """Do it; what the reference does not allow must be refused and leave everything as it is."""
        before = self.held()
        try:
            write()
        except (DecisionRefusedError, AdoptionQuestionError) as refused:
            assert not allowed, refused
            assert self.held() == before
            return False
        assert allowed
        return True

    def fits(self, lines: dict[str, tuple[str, str, Decimal]], available: Decimal) -> bool:
        return sum((amount for _, _, amount in lines.values()), Decimal(0)) <= available

    @rule(enveloppe=st.integers(20, 90), reserve=st.integers(0, 10), accept=st.booleans())
    def adopt(self, enveloppe: int, reserve: int, accept: bool) -> None:
        result = self.call.run(str(enveloppe * 1000), reserve=Decimal(reserve * 1000))
        issue = {"finance": "retenu", "partiel": "retenu", "refuse": "refuse"}
        lines = {o.line.numero: ("propose", issue.get(o.statut, "liste_attente"), o.granted) for o in result.lines} | {
            numero: line for numero, line in self.lines.items() if line[0] != "propose"
        }
        asks = any(line[0] != "propose" for line in self.lines.values())
        available = result.enveloppe - result.reserve
        allowed = not self.locked and (accept or not asks) and self.fits(lines, available)
        what = adopted(self.call, result)
        if self.attempt(
            allowed, lambda: decision.adopt(self.call.base, self.call.programme, TODAY, what, accept=accept)
        ):
            self.lines, self.available = lines, available

    @precondition(lambda self: self.lines)
    @rule(numero=numbers, issue=issues, amount=amounts, decides=st.booleans())
    def amend(self, numero: str, issue: str, amount: Decimal, decides: bool) -> None:
        statut = self.lines[numero][0]
        granted = amount if issue == "retenu" else Decimal(0)
        after = "propose" if statut == "propose" and not decides else issue
        lines = {**self.lines, numero: (after, issue, granted)}
        possible = issue != "retenu" or (numero != REFUSED and 0 < amount <= ASKED)
        allowed = not self.locked and statut != "notifie" and possible and self.fits(lines, self.available)
        wish, key, call = Wish(issue, amount), (numero, None), self.call
        if self.attempt(
            allowed,
            lambda: (
                decision.decide(call.base, call.programme, TODAY, key, wish, "essai", COMITE)
                if decides
                else decision.amend(call.base, call.programme, TODAY, key, wish, "essai")
            ),
        ):
            self.lines = lines

    @precondition(lambda self: self.lines)
    @rule(chosen=some | st.none())
    def confirm(self, chosen: set[str] | None) -> None:
        ready = {n for n, line in self.lines.items() if line[0] == "propose"}
        taken = ready if chosen is None else chosen
        allowed = not self.locked and bool(taken) and taken <= ready
        keys = None if chosen is None else [(n, None) for n in chosen]
        if self.attempt(allowed, lambda: decision.confirm(self.call.base, self.call.programme, TODAY, keys, COMITE)):
            self.lines |= {n: (self.lines[n][1], *self.lines[n][1:]) for n in taken}

    @precondition(lambda self: self.lines)
    @rule(chosen=some | st.none())
    def notify(self, chosen: set[str] | None) -> None:
        decided = {n for n, line in self.lines.items() if line[0] not in ("propose", "notifie")}
        held_back = {n for n in (UNSETTLED, REFUSED) if self.lines[n][1] != "refuse"}
        taken = decided - held_back if chosen is None else chosen
        allowed = not self.locked and bool(taken) and taken <= decided - held_back
        keys = None if chosen is None else [(n, None) for n in chosen]
        if self.attempt(allowed, lambda: decision.notify(self.call.base, self.call.programme, TODAY, keys, TOLD)):
            self.lines |= {n: ("notifie", *self.lines[n][1:]) for n in taken}

    @precondition(lambda self: self.lines)
    @rule(chosen=some)
    def step_back(self, chosen: set[str]) -> None:
        allowed = not self.locked and all(self.lines[n][0] != "propose" for n in chosen)
        keys = [(n, None) for n in chosen]
        if self.attempt(allowed, lambda: decision.step_back(self.call.base, self.call.programme, keys, "essai")):
            back = {n: (self.lines[n][1] if self.lines[n][0] == "notifie" else "propose") for n in chosen}
            self.lines |= {n: (statut, *self.lines[n][1:]) for n, statut in back.items()}

    @precondition(lambda self: self.lines)
    @rule()
    def lock(self) -> None:
        if self.attempt(not self.locked, lambda: decision.lock(self.call.base, self.call.programme, "essai")):
            self.locked = True

    @precondition(lambda self: self.lines)
    @rule()
    def unlock(self) -> None:
        if self.attempt(self.locked, lambda: decision.unlock(self.call.base, self.call.programme, "essai")):
            self.locked = False

    @invariant()
    def the_base_says_what_the_reference_says(self) -> None:
        found = self.held()
        if found is None:
            assert not self.lines
            return
        assert {d.numero: (d.statut, d.issue, d.accorde) for d in found.decisions} == self.lines
        assert found.committee.locked == self.locked

    @invariant()
    def the_envelope_is_never_overspent_and_its_parts_add_up(self) -> None:
        if found := self.held():
            parts = found.parts()
            assert sum(parts.values()) == found.committee.enveloppe
            assert parts["decide"] + parts["propose"] <= found.committee.available
            assert min(parts.values()) >= 0
        assert self.call.base.faults() == []

    @invariant()
    def the_journal_alone_gives_the_same_decisions(self) -> None:
        told: dict[tuple[str, str], str | None] = {}
        for step in reversed(decision.steps(self.call.base.cursor(), self.call.programme)):
            for change in step.changes:
                assert not change.numero or told.get((change.numero, change.champ)) == change.avant
                told[change.numero, change.champ] = change.apres
        for numero, (statut, _, amount) in self.lines.items():
            assert told[numero, "decision_statut"] == decision.STATUTS[statut]
            assert told[numero, "decision_accorde"] == formats.euros(amount)


TestSelection = Selection.TestCase
TestSelection.settings = settings(max_examples=5, stateful_step_count=12, deadline=None)

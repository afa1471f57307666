"""Money that came back, given again to the waiting list: exactly, never more than there is, and within the call's rules."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from clact_model import allocation, decision, eligibility, overview, reallocation, rerun, scenario, tracking
from clact_model.allocation import Result
from clact_model.decision import Adopted, DecisionRefusedError, StaleSelectionError, Wish
from clact_model.decision.given_again import require_covered
from clact_model.errors import UsageError
from clact_model.programme import Programme
from clact_model.reallocation import Forecast, Offer, OverProgrammingError
from clact_model.store import Base
from clact_model.tracking import Free
from tests.allocation.campaign import grand_est
from tests.decision.builders import held, told_copy

LATER = date(2024, 9, 2)
EURO = Decimal(1)


@dataclass(frozen=True)
class Call:
    base: Base
    programme: Programme


def funded_two(folder: Path, enveloppe: str = "45000") -> Call:
    """Five dossiers of 20 000 €: the first two are granted and notified, 5 000 € are left, the others wait."""
    return Call(Base(told_copy(folder, enveloppe)), grand_est())


def free(call: Call, amount: str, numero: str = "1") -> None:
    act = Free(numero, LATER, "Projet réduit", Decimal(amount))
    tracking.record(call.base, call.programme, LATER, [act])


def offered(call: Call, over: str = "1", day: date | None = None) -> Offer:
    return reallocation.offer(call.base.cursor(), call.programme, LATER, day, Decimal(over))


def simulated(call: Call, over: str = "1", **asked) -> tuple[Offer, Result]:
    found = offered(call, over)
    return found, allocation.run(found.lines, found.settings(replace(found.held.committee.settings, **asked)))


def give_again(call: Call, over: str = "1", nom: str | None = None, **asked) -> Result:
    found, result = simulated(call, over, **asked)
    reallocation.adopt(call.base, call.programme, LATER, Adopted(result, found.basis, nom))
    return result


def test_what_was_freed_is_offered_with_what_the_envelope_still_holds(tmp_path):
    call = funded_two(tmp_path)
    free(call, "15000")
    money = offered(call).money
    assert (money.libere, money.recupere, money.reste, money.given) == (15000, 0, 5000, 0)
    assert money.total == 20000
    assert offered(call, day=date(2024, 9, 1)).money.total == 5000, "the day before it was freed"


def test_a_waiting_line_is_funded_by_freed_money_and_its_reason_says_so(tmp_path):
    call = funded_two(tmp_path)
    free(call, "15000")
    result = give_again(call)
    after = held(call)
    third = after.get(("3", None))
    assert third is not None
    assert (third.statut, third.issue, third.accorde, third.notifie_le) == ("propose", "retenu", 20000, None)
    assert "20\u202f000,00\u00a0€ accordés" in third.motif
    assert {o.line.numero for o in result.lines} == {"3", "4", "5", "6"}, "only those that wait are offered anything"
    assert after.committee.reaffecte == 15000
    assert after.left == 0
    assert after.committee.available == 45000 + 15000
    assert call.base.faults() == []


def test_the_parts_of_the_envelope_add_up_to_it_whatever_was_given_again(tmp_path):
    call = funded_two(tmp_path)
    free(call, "15000")
    give_again(call)
    bar = overview.of_selection(call.base.cursor(), call.programme, held(call), LATER)
    assert bar.total == 45000, "what came back is counted once, in the new grant"
    assert sum(bar.parts.values()) == bar.total


def test_nothing_is_given_before_it_has_come_back(tmp_path):
    call = funded_two(tmp_path)
    free(call, "14999.99")
    _, result = simulated(call)
    assert result.granted == 0
    with pytest.raises(DecisionRefusedError, match="ne donne rien à personne"):
        give_again(call)


def test_the_rules_of_the_call_still_decide(tmp_path):
    call = funded_two(tmp_path)
    free(call, "15000")
    found, result = simulated(call)
    eligibility.override(call.base, call.programme, LATER, "3", "irrecevable", "Retrait de l'établissement.")
    with pytest.raises(DecisionRefusedError, match="rien ne peut lui être accordé"):
        reallocation.adopt(call.base, call.programme, LATER, Adopted(result, found.basis))
    assert held(call).committee.reaffecte == 0


def test_the_constraints_and_strategies_of_the_arbitration_apply(tmp_path):
    call = funded_two(tmp_path)
    free(call, "15000")
    _, out = simulated(call, forced_out=frozenset({("3", None)}), strategie="optimum")
    assert [o.line.numero for o in out.funded] == ["4"]


def test_over_programming_goes_beyond_what_came_back_and_what_comes_back_later_covers_it_first(tmp_path):
    call = funded_two(tmp_path, "40000")
    assert offered(call, "1.25").money.total == 10000
    give_again(call, "1.5")
    committee = held(call).committee
    assert (committee.reaffecte, committee.surprogramme) == (0, 20000)
    free(call, "20000")
    assert offered(call).money.total == 0, "it covers what was given already"
    free(call, "20000", "2")
    give_again(call)
    committee = held(call).committee
    assert (committee.reaffecte, committee.surprogramme) == (40000, 0)


@pytest.mark.parametrize("over", ["0.99", "1.51"])
def test_an_over_programming_out_of_reason_is_refused(tmp_path, over):
    call = funded_two(tmp_path)
    with pytest.raises(OverProgrammingError, match="va de 100"):
        offered(call, over)


def test_the_same_money_is_not_given_twice_by_two_screens(tmp_path):
    call = funded_two(tmp_path)
    free(call, "15000")
    found, result = simulated(call)
    seen = found.held.committee.version
    reallocation.adopt(call.base, call.programme, LATER, Adopted(result, found.basis), seen=seen)
    with pytest.raises(StaleSelectionError):
        reallocation.adopt(call.base, call.programme, LATER, Adopted(result, found.basis), seen=seen)
    with pytest.raises(DecisionRefusedError, match="n'est plus en liste d'attente"):
        reallocation.adopt(call.base, call.programme, LATER, Adopted(result, found.basis))


def test_many_at_once_give_the_money_once(tmp_path):
    call = funded_two(tmp_path)
    free(call, "15000")
    plans = []
    for numero in ("3", "4", "5"):
        others = frozenset((n, None) for n in "345" if n != numero)
        found, result = simulated(call, forced_out=others)
        plans.append(Adopted(result, found.basis))

    def attempt(number: int) -> bool:
        try:
            reallocation.adopt(call.base, call.programme, LATER, plans[number % 3])
        except DecisionRefusedError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(attempt, range(12))) == 1
    after = held(call)
    assert (after.committee.reaffecte, after.left) == (15000, 0)


def test_an_operation_done_twice_is_done_once(tmp_path):
    call = funded_two(tmp_path)
    free(call, "15000")
    found, result = simulated(call)
    for _ in range(2):
        reallocation.adopt(call.base, call.programme, LATER, Adopted(result, found.basis), operation="une-fois")
    assert held(call).committee.reaffecte == 15000


def test_what_is_granted_to_nobody_can_be_given_back_and_nothing_more(tmp_path):
    call = funded_two(tmp_path)
    free(call, "15000")
    give_again(call)
    with pytest.raises(DecisionRefusedError, match="rien n'est à rendre"):
        reallocation.give_back(call.base, call.programme, "essai")
    decision.amend(call.base, call.programme, LATER, ("3", None), Wish("liste_attente"), "Plus de projet")
    reallocation.give_back(call.base, call.programme, "Plus de projet")
    after = held(call)
    assert (after.committee.reaffecte, after.left) == (0, 5000)
    assert offered(call).money.total == 20000


def test_money_given_again_is_not_taken_back_by_the_ledger(tmp_path):
    call = funded_two(tmp_path)
    free(call, "15000")
    require_covered(call.base.cursor(), call.programme.id, LATER)
    give_again(call)
    require_covered(call.base.cursor(), call.programme.id, LATER)
    with pytest.raises(DecisionRefusedError, match="sont déjà réaffectés"):
        require_covered(call.base.cursor(), call.programme.id, date(2024, 9, 1))


def test_a_locked_selection_gives_nothing_again(tmp_path):
    call = funded_two(tmp_path)
    free(call, "15000")
    found, result = simulated(call)
    decision.lock(call.base, call.programme, "Clos")
    with pytest.raises(DecisionRefusedError, match="verrouillée"):
        reallocation.adopt(call.base, call.programme, LATER, Adopted(result, found.basis))


def test_a_reallocation_is_a_scenario_that_only_its_own_page_adopts(tmp_path):
    call = funded_two(tmp_path)
    free(call, "15000")
    found, result = simulated(call, "1.02")
    scenario.save(call.base, call.programme, "Septembre", result, found.basis)
    kept = scenario.load(call.base.cursor(), call.programme, "Septembre")
    assert kept.basis.surprogrammation == Decimal("1.02")
    again = Adopted(kept.result, kept.basis, kept.nom)
    with pytest.raises(DecisionRefusedError, match="page Réaffectation"):
        decision.adopt(call.base, call.programme, LATER, again, accept=True)
    with pytest.raises(UsageError, match="est une réaffectation"):
        rerun.run(call.base.cursor(), call.programme, kept, LATER)
    reallocation.adopt(call.base, call.programme, LATER, again)
    third = held(call).get(("3", None))
    assert third is not None
    assert third.scenario == "Septembre"


def test_a_scenario_of_the_whole_call_is_no_reallocation(tmp_path):
    call = funded_two(tmp_path)
    found, result = simulated(call)
    whole = replace(found.basis, surprogrammation=None)
    with pytest.raises(DecisionRefusedError, match="page Sélection"):
        reallocation.adopt(call.base, call.programme, LATER, Adopted(result, whole, "Mars"))


def test_the_journal_names_the_money_and_the_lines(tmp_path):
    call = funded_two(tmp_path)
    free(call, "15000")
    give_again(call)
    step = decision.steps(call.base.cursor(), call.programme)[0]
    assert step.nature == "reaffecter"
    assert "20\u202f000,00\u00a0€ réaffectés à 1 demande" in step.detail
    assert {change.champ for change in step.changes} >= {"decision_reaffecte", "decision_issue", "decision_accorde"}


def test_the_risk_of_over_programming_counts_the_draws_that_cover_it(tmp_path):
    call = funded_two(tmp_path, "40000")
    money = offered(call, "1.5").money
    drawn = Forecast([Decimal(n * 1000) for n in range(40)], cas=30)
    found = reallocation.risk(money, Decimal(20000), drawn)
    assert (found.decouvert, found.probabilite) == (20000, Decimal("0.5000"))
    assert len(found.warnings) == 1
    few = reallocation.risk(money, Decimal(20000), replace(drawn, cas=3))
    assert "3 subventions" in few.warnings[1]
    unknown = reallocation.risk(money, Decimal(20000), None)
    assert unknown.probabilite is None
    assert "inconnue" in unknown.warnings[1]
    assert reallocation.risk(money, Decimal(0), None).warnings == []


amounts = st.integers(1, 20_000_00).map(lambda cents: Decimal(cents) / 100)
steps = st.lists(
    st.tuples(st.sampled_from("12"), amounts, st.sampled_from(["1", "1.1", "1.5"])), min_size=1, max_size=3
)


@settings(
    max_examples=5, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=steps)
def test_money_given_again_never_exceeds_what_came_back_and_the_surplus_chosen(tmp_path_factory, steps):
    call = funded_two(tmp_path_factory.mktemp("base"))
    freed, most = Decimal(0), Decimal(0)
    for numero, amount, over in steps:
        try:
            free(call, str(amount), numero)
            freed += amount
        except Exception as refused:
            assert "libér" in str(refused)
        before = held(call)
        most = max(most, Decimal(over))
        try:
            result = give_again(call, over, partiel=True)
        except DecisionRefusedError as refused:
            assert "ne donne rien" in str(refused)
            continue
        committee = held(call).committee
        grown = committee.available - before.committee.available
        assert grown == max(Decimal(0), result.granted - before.left)
        assert committee.reaffecte <= freed
        assert committee.given_again <= freed + 45000 * (most - 1)
        assert held(call).left >= 0
    assert call.base.faults() == []
    call.base.close()

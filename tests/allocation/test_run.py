"""What holds whatever the strategy, and what is said of each line."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clact_model.allocation import (
    STRATEGIES,
    EnvelopeTooSmallError,
    Grant,
    Result,
    SettingsError,
    Strategy,
    UnknownKeyError,
    find_key,
    money,
)
from clact_model.allocation.reasons import Shared, Why
from tests.allocation.builders import allocate, calls, codes, euros, grants, line, of, ranked


@given(calls(), codes, euros(300), euros(50))
def test_never_more_than_the_enveloppe_less_the_reserve(lines, strategie, enveloppe, reserve):
    reserve = min(reserve, enveloppe)
    result = allocate(lines, str(enveloppe), strategie, reserve=reserve)
    assert sum(outcome.granted for outcome in result.lines) + reserve <= enveloppe
    assert result.left == enveloppe - reserve - result.granted


@given(calls(), codes, euros(300))
def test_nobody_receives_more_than_the_aid_nor_than_was_asked_for(lines, strategie, enveloppe):
    for outcome in allocate(lines, str(enveloppe), strategie).lines:
        assert 0 <= outcome.granted <= outcome.line.requested
        assert outcome.granted <= (outcome.line.ceiling or 0)


@given(calls(), codes, euros(300))
def test_only_what_may_be_funded_receives_and_every_line_has_its_sentence(lines, strategie, enveloppe):
    result = allocate(lines, str(enveloppe), strategie)
    assert len(result.lines) == len(lines)
    for outcome in result.lines:
        assert outcome.line.fundable or not outcome.funded
        assert outcome.funded == (outcome.statut in ("finance", "partiel"))
        assert outcome.reason.endswith(".")
        assert "{" not in outcome.reason


@given(st.data(), calls(), codes, euros(300))
def test_the_order_of_the_rows_changes_nothing(data, lines, strategie, enveloppe):
    shuffled = data.draw(st.permutations(lines))
    assert (
        allocate(shuffled, str(enveloppe), strategie).to_json() == allocate(lines, str(enveloppe), strategie).to_json()
    )


def test_the_place_in_the_ranking_counts_and_not_the_number_and_what_has_none_comes_last():
    lines = [line("A", "60", 10), line("B", "60", 9), line("C", "60", None)]
    result = allocate(lines, "60")
    assert [outcome.line.numero for outcome in result.lines] == ["B", "A", "C"]
    assert grants(result) == {"B": "60.00"}
    assert of(result, "C").reason.startswith("Hors classement : ")


@given(calls(), codes, euros(300), st.sampled_from(["refuse", "en_attente"]))
def test_one_more_line_that_may_not_be_funded_changes_no_other(lines, strategie, enveloppe, standing):
    more = [*lines, line("Z", "40", None, standing=standing, cause="Le dossier est irrecevable.")]
    assert grants(allocate(more, str(enveloppe), strategie)) == grants(allocate(lines, str(enveloppe), strategie))


@given(st.integers(0, 10**14))
def test_cents_and_euros_are_the_same_money(cents):
    assert money.cents(money.amount(cents)) == cents


def test_a_fraction_of_a_cent_is_refused():
    with pytest.raises(ValueError, match="cents"):
        money.cents(Decimal("0.001"))


def test_a_request_above_the_aid_is_capped_and_one_below_it_is_not_raised():
    lines = [line("A", "50", 1, requested=Decimal(80)), line("B", "50", 2, requested=Decimal(20))]
    assert grants(allocate(lines, "1000")) == {"A": "50.00", "B": "20.00"}


def test_a_refused_line_says_why_there_was_no_room():
    result = allocate(ranked("60", "50.5"), "100")
    assert of(result, "B").statut == "liste_attente"
    assert of(result, "B").reason == (
        "2e place du classement : l'aide pouvait atteindre 50,50\u00a0€, il ne restait que 40,00\u00a0€ de l'enveloppe."
    )


def test_after_the_stop_the_sentence_names_the_aid_that_did_not_fit():
    result = allocate(ranked("60", "50", "30"), "100", "classement")
    assert of(result, "C").reason == (
        "3e place du classement : l'enveloppe s'est arrêtée avant, à une aide de 50,00\u00a0€ "
        "pour laquelle il ne restait que 40,00\u00a0€."
    )


def test_an_aid_of_nothing_is_not_put_on_the_waiting_list():
    result = allocate(ranked("0", "50"), "100")
    assert of(result, "A").statut == "refuse"
    assert "rien ne peut être accordé" in of(result, "A").reason


def test_what_waits_is_listed_apart_with_its_cause():
    result = allocate([line("A", "50", 1, standing="en_attente", cause="Le dossier reste à vérifier.")], "100")
    assert (of(result, "A").statut, of(result, "A").reason) == (
        "en_attente_instruction",
        "Le dossier reste à vérifier.",
    )


def test_an_unknown_aid_waits():
    assert (
        of(allocate([line("A", None, 1, cause="Une information manque.")], "100"), "A").statut
        == "en_attente_instruction"
    )


def test_what_is_included_before_the_end_of_its_instruction_is_marked_conditional():
    cause = "Le dossier reste à compléter."
    result = allocate([line("A", "50", 1, standing="conditionnel", cause=cause)], "100")
    assert (of(result, "A").statut, of(result, "A").conditional) == ("finance", True)
    assert of(result, "A").reason.endswith(f"Sous condition : {cause}")


def test_forced_in_is_served_first_and_in_full():
    result = allocate(ranked("60", "50", "30"), "80", "classement", forced_in=frozenset({("C", None)}))
    assert grants(result) == {"C": "30.00"}
    assert of(result, "C").reason.startswith("Demande retenue d'office")


def test_forced_in_never_funds_what_may_not_be_funded():
    lines = [line("A", "50", 1, standing="refuse", cause="Le dossier est irrecevable.")]
    outcome = of(allocate(lines, "100", forced_in=frozenset({("A", None)})), "A")
    assert (outcome.statut, outcome.granted) == ("refuse", 0)
    assert outcome.reason == "Le dossier est irrecevable ; retenir d'office ne rend pas finançable ce qui ne l'est pas."


def test_forced_in_that_does_not_fit_together_is_refused_with_the_amounts():
    with pytest.raises(
        EnvelopeTooSmallError, match=r"2 demandes retenues d'office : 110,00\s€ en tout, pour 100,00\s€"
    ):
        allocate(ranked("60", "50"), "100", forced_in=frozenset({("A", None), ("B", None)}))


def test_forced_out_is_refused_by_the_agency_and_leaves_its_room_to_others():
    result = allocate(ranked("60", "50"), "100", forced_out=frozenset({("A", None)}))
    assert grants(result) == {"B": "50.00"}
    assert of(result, "A").statut == "refuse"
    assert "écartée par décision de l'agence" in of(result, "A").reason


def test_forced_out_keeps_the_legal_reason_of_what_was_refused_already():
    lines = [line("A", "50", 1, standing="refuse", cause="Le dossier est irrecevable.")]
    assert of(allocate(lines, "100", forced_out=frozenset({("A", None)})), "A").reason == "Le dossier est irrecevable."


def test_by_action_a_dossier_forced_out_takes_all_its_lines_with_it():
    lines = [line("A", "50", 1, ligne=1), line("A", "50", 2, ligne=2), line("B", "50", 3, ligne=1)]
    result = allocate(lines, "500", unite="action", forced_out=frozenset({("A", None)}))
    assert grants(result) == {"B": "50.00"}


def test_a_line_forced_in_whose_dossier_is_forced_out_is_refused():
    lines = [line("A", "50", 1, ligne=1), line("A", "50", 2, ligne=2)]
    with pytest.raises(SettingsError, match="A/2 est à la fois"):
        allocate(lines, "500", unite="action", forced_out=frozenset({("A", None)}), forced_in=frozenset({("A", 2)}))


def test_a_forced_number_that_does_not_exist_is_refused():
    with pytest.raises(UnknownKeyError, match="Z"):
        allocate(ranked("60"), "100", forced_in=frozenset({("Z", None)}))


def test_a_number_that_holds_a_slash_is_found_before_a_line_is_looked_for():
    lines = [line("M/01", "1", 1, ligne=2), line("M/01/2", "1", 2, ligne=1)]
    assert find_key("M/01", lines) == ("M/01", None)
    assert find_key("M/01/2", lines) == ("M/01/2", None)
    assert find_key("M/01/2/1", lines) == ("M/01/2", 1)
    with pytest.raises(UnknownKeyError, match="M/09"):
        find_key("M/09", lines)


def test_two_lines_of_the_same_key_are_a_fault_of_ours():
    with pytest.raises(AssertionError, match="same key"):
        allocate([*ranked("10"), *ranked("10")], "100")


def test_staff_reached_is_unknown_when_known_of_nobody_funded():
    assert allocate(ranked("10"), "100").agents is None
    assert allocate([replace(known, agents=30) for known in ranked("10", "20")], "10").agents == 30


def test_the_answer_for_machines_holds_what_product_md_says():
    answer = allocate(ranked("60", "50.5"), "100", reserve=Decimal(10)).to_json()
    assert answer | {"lignes": []} == {
        "enveloppe": "100.00",
        "reserve": "10.00",
        "strategie": "classement_continu",
        "unite": "dossier",
        "accorde": "60.00",
        "reste": "30.00",
        "score_total": "50.0000",
        "prouve": None,
        "taux": None,
        "supplement": None,
        "lignes": [],
    }
    assert answer["lignes"][1] == {
        "numero": "B",
        "ligne": None,
        "rang": None,
        "position": 2,
        "score": "50.0000",
        "demande": "50.50",
        "aide_maximale": "50.50",
        "accorde": "0.00",
        "supplement": "0.00",
        "statut": "liste_attente",
        "conditionnel": False,
        "raison": "2e place du classement : l'aide pouvait atteindre 50,50\u00a0€, "
        "il ne restait que 30,00\u00a0€ de l'enveloppe.",
    }


def test_a_strategy_that_spends_too_much_is_stopped(monkeypatch):
    """Another strategy is one function: whatever it does, the envelope holds."""
    generous = Strategy(
        "large", "", "", lambda problem: Shared([Grant(limit, Why.IN_FULL) for limit in problem.limits])
    )
    monkeypatch.setitem(STRATEGIES, "large", generous)
    assert isinstance(allocate(ranked("60", "40"), "100", "large"), Result)
    with pytest.raises(AssertionError, match="more than the envelope"):
        allocate(ranked("60", "50"), "100", "large")

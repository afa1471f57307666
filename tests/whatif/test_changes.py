"""Every parameter can be changed, every rule switched off, and what each change does adds up to what all of them do."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clact_model import eligibility
from clact_model.allocation import SettingsError
from clact_model.eligibility import Judgement
from clact_model.eligibility.rules_sql import SATISFIED, verdicts
from clact_model.errors import UsageError
from clact_model.programme import Level, Programme
from clact_model.programme.without import without_rules
from clact_model.store import Base
from clact_model.whatif import Change, EnvelopeChange, ParameterChange, RuleOff, State, WeightChange, follow, moved
from tests.whatif.trials import EVERY_PARAMETER, SHIPPED, another, day, looker, shipped, start

each = pytest.mark.parametrize("programme", SHIPPED, ids=lambda p: p.id)
MANY = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def several(programme: Programme) -> list[Change]:
    """One change of each kind, two of some."""
    rules = [rule.id for rule in programme.file.regle]
    return [
        ParameterChange("taux", another(programme, "taux")),
        RuleOff(rules[3]),
        WeightChange(programme.file.critere[0].id, Decimal(3)),
        EnvelopeChange(Decimal("345678.90")),
        RuleOff(rules[-1]),
    ]


@pytest.mark.parametrize(("programme", "name"), EVERY_PARAMETER, ids=lambda one: getattr(one, "id", one))
def test_every_parameter_of_every_programme_can_be_changed(base: Base, programme: Programme, name: str) -> None:
    change = ParameterChange(name, another(programme, name))
    eligibility.judge(base.cursor(), programme, day(programme), change.applied(start(programme)).parameters)
    assert "→" in change.phrase(start(programme))


@each
def test_every_rule_of_every_programme_can_be_switched_off(base: Base, programme: Programme) -> None:
    """What comes out without a rule is the strongest of the other rules: never stronger than before."""
    cursor = base.cursor()
    whole = eligibility.judge(cursor, programme, day(programme))
    before = {level: found(whole, level) for level in LEVELS}
    for rule in programme.file.regle:
        changed = without_rules(programme, [rule.id])
        assert changed.file.regle == tuple(one for one in programme.file.regle if one != rule)
        judgement = eligibility.judge(cursor, changed, day(programme))
        after, order = found(judgement, rule.niveau), verdicts(rule.niveau)
        place = [one.id for one in programme.rules(rule.niveau)].index(rule.id)
        for key, (verdict, *codes) in before[rule.niveau].items():
            assert order.index(after[key][0]) <= order.index(verdict), (rule.id, key)
            if codes[place] == SATISFIED:
                assert after[key][0] == verdict, (rule.id, key)


LEVELS: tuple[Level, ...] = ("dossier", "action")


def found(judgement: Judgement, level: Level) -> dict[tuple[str, int], tuple[Any, ...]]:
    """Dossier and line → its verdict and the code of each rule."""
    line = "0" if level == "dossier" else "ligne"
    codes = "".join(f", {live.column}" for live in judgement.rules(level))
    rows = judgement.cursor.execute(f"SELECT numero, {line}, verdict {codes} FROM jugement_{level}").fetchall()
    return {(numero, ligne): tuple(rest) for numero, ligne, *rest in rows}


def test_a_ceiling_goes_with_its_rule(base: Base) -> None:
    programme = shipped("guadeloupe_2023")
    look = looker(base, programme)
    followed = follow(start(programme), [RuleOff("gp-taux"), RuleOff("gp-plafond")], look)
    assert [a.regle for a in without_rules(programme, ["gp-taux"]).file.aide.plafond] == [
        None,
        "gp-plafond",
        "gp-cumul-aides",
    ]
    assert followed.effect.aide_possible > 0
    assert all(m.apres.aide is None or m.apres.aide <= m.demande for m in followed.moved)


def test_a_reduced_assiette_goes_with_its_rule() -> None:
    programme = without_rules(shipped("hauts_de_france_2022"), ["hf-formation"])
    assert [amount.montant for amount in programme.file.aide.assiette] == ["cout_total"]


def test_what_another_part_says_of_a_rule_goes_and_the_titles_of_the_text_stay() -> None:
    programme = shipped("grand_est_2024")
    changed = without_rules(programme, ["ge-duerp", "ge-taux"])
    assert [piece.regles for piece in changed.file.piece if piece.champ == "duerp"] == [("ge-duerp-a-jour",)]
    titles = [line for line in programme.text.split("\n") if line.startswith("# ---")]
    assert [line for line in changed.text.split("\n") if line.startswith("# ---")] == titles


def test_a_rule_that_is_none_and_a_programme_without_rules_are_refused() -> None:
    programme = shipped("grand_est_2024")
    with pytest.raises(UsageError, match="ge-delai"):
        without_rules(programme, ["ge-inconnue"])
    with pytest.raises(UsageError, match="une au moins"):
        without_rules(programme, [rule.id for rule in programme.file.regle])
    with pytest.raises(UsageError, match="n'a pas de règle"):
        RuleOff("ge-inconnue").applied(start(programme))


@each
def test_the_steps_add_up_and_the_last_is_the_whole(base: Base, programme: Programme) -> None:
    look, changes = looker(base, programme), several(programme)
    begun = start(programme)
    followed = follow(begun, changes, look)
    at_once = State(
        programme,
        start(programme, enveloppe=Decimal("345678.90")).settings,
        {changes[2].nom: Decimal(3)},
        {"taux": another(programme, "taux")},
        frozenset({changes[1].nom, changes[4].nom}),
    )
    whole = look(at_once)
    assert followed.after.totals == whole.totals
    assert not moved(followed.after, whole)
    for name in ("recevables", "aide_possible", "accorde", "reste", "finances"):
        total = getattr(followed.before.totals, name) + sum(getattr(step.effect, name) for step in followed.steps)
        assert total == getattr(whole.totals, name), name


def test_another_order_ends_the_same(base: Base) -> None:
    programme = shipped("normandie_2025")
    look, changes = looker(base, programme), several(programme)
    forwards, backwards = (follow(start(programme), order, look) for order in (changes, changes[::-1]))
    assert backwards.after.totals == forwards.after.totals
    assert backwards.moved == forwards.moved
    assert {step.phrase for step in backwards.steps} == {step.phrase for step in forwards.steps}


def test_no_change_moves_nobody(base: Base) -> None:
    programme = shipped("normandie_2025")
    same = ParameterChange("taux", programme.parameters()["taux"])
    followed = follow(start(programme), [same], looker(base, programme))
    assert not followed.moved
    assert followed.effect.accorde == 0


@MANY
@given(rates=st.tuples(st.integers(0, 100), st.integers(0, 100)))
@pytest.mark.parametrize("identifier", ["normandie_2025", "guadeloupe_2023"])
def test_a_stricter_rate_never_raises_an_aid(base: Base, identifier: str, rates: tuple[int, int]) -> None:
    programme = shipped(identifier)
    low, high = (Decimal(rate).scaleb(-2) for rate in sorted(rates))
    cursor = base.cursor()

    def aids(rate: Decimal) -> dict[tuple[str, int], Decimal | None]:
        eligibility.judge(cursor, programme, day(programme), {"taux": rate})
        rows = cursor.execute("SELECT numero, ligne, aide_maximale FROM jugement_action").fetchall()
        return {(numero, ligne): aid for numero, ligne, aid in rows}

    strict, loose = aids(low), aids(high)
    for key, aid in strict.items():
        other = loose[key]
        assert (aid is None) == (other is None)
        assert aid is None or other is None or aid <= other


def test_by_line_the_verdict_told_is_what_stands_in_the_way(base: Base) -> None:
    programme = shipped("normandie_2025")
    look = looker(base, programme)
    followed = follow(start(programme, unite="action"), [ParameterChange("date_limite", date(2025, 3, 1))], look)
    assert followed.moved
    assert all(line.ligne is not None for line in followed.moved)
    turned = [line for line in followed.moved if line.apres.verdict != line.avant.verdict]
    assert {line.apres.verdict for line in turned} == {"irrecevable"}
    assert {line.avant.verdict for line in turned} >= {"eligible"}


def test_winners_come_first_with_the_reason_of_each_side(base: Base) -> None:
    programme = shipped("grand_est_2024")
    followed = follow(start(programme), [ParameterChange("taux", Decimal("0.4"))], looker(base, programme))
    gaps = [line.ecart for line in followed.moved]
    assert gaps == sorted(gaps, reverse=True)
    entered = [line for line in followed.moved if line.entre]
    assert entered
    assert all("accordés" in line.apres.raison and "accordés" not in line.avant.raison for line in entered)


def test_settings_that_cannot_be_followed_name_the_change(base: Base) -> None:
    programme = shipped("normandie_2025")
    begun = start(programme, reserve=Decimal(600_000))
    with pytest.raises(SettingsError, match="réserve"):
        follow(begun, [EnvelopeChange(Decimal(1000))], looker(base, programme))
    number = next(key for key, outcome in looker(base, programme)(begun).outcomes.items() if outcome.granted > 10_000)
    forced = start(programme, forced_in=frozenset({number}))
    with pytest.raises(SettingsError, match="Après « Enveloppe"):
        follow(forced, [EnvelopeChange(Decimal(1000))], looker(base, programme))

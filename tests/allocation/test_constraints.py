"""Every strategy under every constraint, against what trying everything finds on small calls."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clact_model.allocation import (
    STRATEGIES,
    ConflictError,
    Constraint,
    ConstraintError,
    Line,
    Result,
    Settings,
    Supplement,
    constraints,
    run,
)
from tests.allocation.builders import codes, grants, line, of

Funded = tuple[bool, ...]
WHOLE = ("classement_continu", "classement", "optimum")
sectors = st.sampled_from(["sanitaire", "medico_social"])
departements = st.sampled_from(["67", "68", "88"])


@st.composite
def lines_of_groups(draw: st.DrawFn, most: int = 7) -> list[Line]:
    """Fundable lines in rank order, of two sectors and three départements; some dossiers have several ranked actions."""
    count = draw(st.integers(1, most))
    return [
        line(
            f"D{draw(st.integers(1, 4))}",
            str(draw(st.integers(1, 40))),
            place,
            ligne=place,
            rang=draw(st.none() | st.integers(1, 3)),
            score=Decimal(draw(st.integers(0, 100))),
            payroll=Decimal(draw(st.integers(1, 900))),
            agents=draw(st.none() | st.integers(0, 50)),
            groups={"secteur": draw(sectors), "departement": draw(departements), "etablissement": f"E{place % 3}"},
        )
        for place in range(1, count + 1)
    ]


@st.composite
def bounds(draw: st.DrawFn) -> tuple[Constraint, ...]:
    """Up to three floors and ceilings."""
    champs = {"secteur": sectors, "departement": departements, "etablissement": st.just("*")}
    found = []
    for _ in range(draw(st.integers(0, 3))):
        champ = draw(st.sampled_from(sorted(champs)))
        sens = "max" if champ == "etablissement" else draw(st.sampled_from(["min", "max"]))
        found.append(Constraint(champ, draw(champs[champ]), sens, montant=Decimal(draw(st.integers(0, 60)))))
    return tuple(found)


@st.composite
def rules(draw: st.DrawFn) -> dict[str, object]:
    """Constraints, and what goes together."""
    return {
        "contraintes": draw(bounds()),
        "ordre_des_rangs": draw(st.booleans()),
        "dossier_entier": draw(st.booleans()),
        "plancher": Decimal(draw(st.sampled_from([0, 0, 5, 15]))),
    }


def allocate(lines: Sequence[Line], enveloppe: int, strategie: str, **rest: object) -> Result:
    return run(lines, Settings(Decimal(enveloppe), strategie=strategie, unite="action", **rest))  # type: ignore[arg-type]


def allowed(lines: Sequence[Line], funded: Funded, enveloppe: int, rules: dict[str, object]) -> bool:
    """The rules as their definitions say them, on a set of whole grants."""
    chosen = [own for own, kept in zip(lines, funded, strict=True) if kept]
    if sum(own.requested for own in chosen) > enveloppe or any(own.requested < rules["plancher"] for own in chosen):
        return False
    return all(_holds(chosen, constraint) for constraint in rules["contraintes"]) and all(
        not _needs(own, other, rules) or other in chosen for own in chosen for other in lines
    )


def _holds(chosen: Sequence[Line], constraint: Constraint) -> bool:
    codes = {o.groups[constraint.champ] for o in chosen} if constraint.valeur == "*" else {constraint.valeur}
    for code in codes:
        total = sum(own.requested for own in chosen if own.groups[constraint.champ] == code)
        if total < constraint.montant if constraint.sens == "min" else total > constraint.montant:
            return False
    return True


def _needs(own: Line, other: Line, rules: dict[str, object]) -> bool:
    if own.numero != other.numero or other.requested < rules["plancher"]:
        return False
    better = own.rang is not None and other.rang is not None and other.rang < own.rang
    return bool(rules["dossier_entier"]) or (bool(rules["ordre_des_rangs"]) and better)


def possible_sets(lines: Sequence[Line], enveloppe: int, rules: dict[str, object]) -> list[Funded]:
    everything = product((True, False), repeat=len(lines))
    return [funded for funded in everything if allowed(lines, funded, enveloppe, rules)]


@settings(max_examples=80)
@given(lines_of_groups(), st.integers(0, 150), rules())
def test_classement_continu_is_the_set_that_the_ranking_prefers_of_all_that_the_rules_allow(lines, enveloppe, rules):
    possible = possible_sets(lines, enveloppe, rules)
    if not possible:
        with pytest.raises(ConflictError):
            allocate(lines, enveloppe, "classement_continu", **rules)
        return
    result = allocate(lines, enveloppe, "classement_continu", **rules)
    assert tuple(outcome.funded for outcome in result.lines) == max(possible)


@settings(max_examples=80)
@given(lines_of_groups(), st.integers(0, 150), rules(), st.sampled_from(["score", "agents", "score_agents"]))
def test_optimum_is_the_best_total_of_all_that_the_rules_allow_and_says_that_it_is_proven(
    lines, enveloppe, rules, objectif
):
    possible = possible_sets(lines, enveloppe, rules)
    if not possible:
        with pytest.raises(ConflictError):
            allocate(lines, enveloppe, "optimum", **rules)
        return
    result = allocate(lines, enveloppe, "optimum", objectif=objectif, **rules)
    value = {
        "score": lambda own: own.score,
        "agents": lambda own: own.agents or 0,
        "score_agents": lambda own: own.score * (own.agents or 0),
    }[objectif]
    best = max(sum(value(own) for own, kept in zip(lines, funded, strict=True) if kept) for funded in possible)
    assert sum(value(outcome.line) for outcome in result.funded) == best
    assert tuple(outcome.funded for outcome in result.lines) in possible
    assert result.proven


@settings(max_examples=80)
@given(lines_of_groups(), st.integers(0, 150), rules(), st.sampled_from(["classement", "dernier_reduit"]))
def test_strict_ranking_keeps_every_rule_and_passes_a_line_only_for_a_rule(lines, enveloppe, rules, strategie):
    possible = possible_sets(lines, enveloppe, rules)
    if not possible:
        with pytest.raises(ConflictError):
            allocate(lines, enveloppe, strategie, **rules)
        return
    result = allocate(lines, enveloppe, strategie, **rules)
    if not any(outcome.statut == "partiel" for outcome in result.lines):
        assert tuple(outcome.funded for outcome in result.lines) in possible
    continued = allocate(lines, enveloppe, "classement_continu", **rules)
    stop = (i for i, o in enumerate(result.lines) if o.statut != "finance" and "la contrainte «" not in o.reason)
    first = next(stop, len(lines))
    assert [o.funded for o in result.lines[:first]] == [o.funded for o in continued.lines[:first]]


@settings(max_examples=80)
@given(lines_of_groups(), st.integers(0, 150), rules(), codes, st.booleans())
def test_every_strategy_keeps_every_rule_or_names_what_is_in_conflict(lines, enveloppe, rules, strategie, partiel):
    partiel = partiel and not (rules["ordre_des_rangs"] or rules["dossier_entier"])
    try:
        result = allocate(lines, enveloppe, strategie, partiel=partiel, seuil=Decimal(20), **rules)
    except ConflictError as error:
        assert "enveloppe de" in str(error)
        assert not STRATEGIES[strategie].in_part or not possible_sets(lines, enveloppe, rules) or strategie == "module"
        return
    funded = [outcome for outcome in result.lines if outcome.funded]
    assert sum(outcome.granted for outcome in funded) <= enveloppe
    assert all(outcome.granted >= rules["plancher"] for outcome in funded)
    for constraint in rules["contraintes"]:
        codes = {o.groups[constraint.champ] for o in lines} if constraint.valeur == "*" else {constraint.valeur}
        for code in codes:
            total = sum(o.granted for o in funded if o.line.groups[constraint.champ] == code)
            assert total <= constraint.montant if constraint.sens == "max" else total >= constraint.montant
    keys = {outcome.line.key for outcome in funded}
    for outcome in funded:
        for other in lines:
            if _needs(outcome.line, other, rules) and strategie != "module":
                assert other.key in keys, (outcome.line.key, other.key)


@settings(max_examples=80)
@given(st.data(), lines_of_groups(), st.integers(0, 150), rules(), codes)
def test_the_order_of_the_rows_changes_nothing_under_any_rule(data, lines, enveloppe, rules, strategie):
    shuffled = data.draw(st.permutations(lines))
    try:
        expected = allocate(lines, enveloppe, strategie, **rules).to_json()
    except ConflictError as error:
        with pytest.raises(ConflictError) as found:
            allocate(shuffled, enveloppe, strategie, **rules)
        assert str(found.value) == str(error)
        return
    assert allocate(shuffled, enveloppe, strategie, **rules).to_json() == expected


def test_a_ceiling_passes_a_line_and_the_ranking_goes_on():
    lines = [
        line("A", "60", 1, groups={"secteur": "sanitaire"}),
        line("B", "50", 2, groups={"secteur": "sanitaire"}),
        line("C", "30", 3, groups={"secteur": "medico_social"}),
    ]
    most = Constraint("secteur", "sanitaire", "max", part=Decimal("0.5"))
    result = run(lines, Settings(Decimal(200), strategie="classement", contraintes=(most,)))
    assert grants(result) == {"A": "60.00", "C": "30.00"}
    assert of(result, "B").reason == (
        "2e place du classement : l'aide pouvait atteindre 50,00\u00a0€, et la contrainte « au plus 50\u202f% de l'enveloppe "
        "pour le secteur « sanitaire » » ne laissait que 40,00\u00a0€."
    )


def test_in_part_a_ceiling_leaves_what_a_floor_needs():
    lines = [
        line(n, c, p, groups={"departement": "67", "etablissement": n})
        for p, (n, c) in enumerate([("A", "2"), ("B", "1"), ("C", "1")], start=1)
    ]
    asked = (
        Constraint("etablissement", "*", "max", montant=Decimal(1)),
        Constraint("departement", "67", "min", montant=Decimal(3)),
    )
    result = run(lines, Settings(Decimal(3), strategie="classement", contraintes=asked, partiel=True))
    assert grants(result) == {"A": "1.00", "B": "1.00", "C": "1.00"}


def test_a_floor_out_of_reach_says_what_its_group_can_have():
    lines = [
        line("A", "60", 1, groups={"secteur": "sanitaire"}),
        line("B", "50.10", 2, groups={"secteur": "medico_social"}),
        line("C", "90", 3, groups={"secteur": "medico_social"}, standing="refuse"),
    ]
    with pytest.raises(ConflictError, match=r"Tout ce qui peut y être financé fait 50,10\u00a0€\. Changez ce réglage"):
        allocate(
            lines, 100, "classement", contraintes=(Constraint("secteur", "medico_social", "min", montant=Decimal(55)),)
        )
    # Within reach of the group, and not of the envelope: nothing of the kind to say.
    with pytest.raises(ConflictError) as short:
        allocate(
            lines,
            50,
            "classement",
            contraintes=(Constraint("secteur", "medico_social", "min", montant=Decimal("50.10")),),
        )
    assert "Tout ce qui peut" not in str(short.value)


def test_money_is_kept_for_a_floor_and_the_one_passed_is_told_which():
    lines = [
        line("A", "60", 1, groups={"secteur": "sanitaire"}),
        line("B", "50", 2, groups={"secteur": "medico_social"}),
    ]
    least = Constraint("secteur", "medico_social", "min", montant=Decimal(45), libelle="Médico-social")
    result = run(lines, Settings(Decimal(100), contraintes=(least,)))
    assert grants(result) == {"B": "50.00"}
    assert (
        "sont gardés pour tenir « au moins 45,00\u00a0€ pour le secteur « Médico-social » »" in of(result, "A").reason
    )


def test_the_smallest_set_in_conflict_is_named_and_nothing_else():
    lines = [line(n, "60", p, groups={"secteur": s}) for n, p, s in (("A", 1, "sanitaire"), ("B", 2, "medico_social"))]
    asked = (
        Constraint("secteur", "sanitaire", "min", montant=Decimal(60)),
        Constraint("secteur", "medico_social", "min", montant=Decimal(60)),
        Constraint("secteur", "medico_social", "max", montant=Decimal(90)),
    )
    with pytest.raises(ConflictError) as found:
        run(lines, Settings(Decimal(100), contraintes=asked, plancher=Decimal(1)))
    assert str(found.value) == (
        "Avec une enveloppe de 100,00\u00a0€, ne tiennent pas ensemble : (1) au moins 60,00\u00a0€ pour le secteur « sanitaire » ; "
        "(2) au moins 60,00\u00a0€ pour le secteur « medico_social ». Changez l'un de ces réglages, ou l'enveloppe."
    )


def test_each_departement_can_be_held_to_the_same_ceiling():
    lines = [line(str(i), "30", i + 1, groups={"departement": "67" if i < 3 else "68"}) for i in range(5)]
    each = Constraint("departement", "*", "max", montant=Decimal(60))
    result = run(lines, Settings(Decimal(1000), contraintes=(each,)))
    assert grants(result) == {"0": "30.00", "1": "30.00", "3": "30.00", "4": "30.00"}


def test_an_action_of_rank_two_waits_for_rank_one_and_takes_it_along():
    lines = [
        line("A", "40", 1, ligne=2, rang=2),
        line("B", "40", 2, ligne=1, rang=1),
        line("A", "50", 3, ligne=1, rang=1),
    ]
    together = run(lines, Settings(Decimal(100), unite="action", ordre_des_rangs=True))
    assert [o.line.key for o in together.lines if o.funded] == [("A", 2), ("A", 1)]
    short = run(lines, Settings(Decimal(80), unite="action", ordre_des_rangs=True))
    assert [o.line.key for o in short.lines if o.funded] == [("B", 1)]
    assert "pas de financement sans la demande de rang 1 (ligne 1)" in short.lines[0].reason


def test_the_second_envelope_comes_on_top_in_rank_order_and_stays_its_own():
    lines = [line(n, "40", p, supplementable=n != "B") for p, n in enumerate("ABC", start=1)]
    result = run(lines, Settings(Decimal(120), supplement=Supplement(Decimal(9), Decimal(5))))
    assert [str(o.granted) for o in result.lines] == ["40.00"] * 3
    assert [o.grant.supplement for o in result.lines] == [500, 0, 0]
    assert result.to_json()["supplement"] == {"enveloppe": "9.00", "accorde": "5.00", "reste": "4.00"}
    assert "S'y ajoute un supplément de 5,00\u00a0€." in result.lines[0].reason


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("secteur=medico_social:min:45%", "secteur=medico_social:min:45%"),
        ("departement=67:max:500 000,50", "departement=67:max:500000.50"),
        ("etablissement=*:max:1000", "etablissement=*:max:1000.00"),
    ],
)
def test_a_constraint_is_read_as_it_is_written(text, written):
    assert constraints.read(text).written() == written
    assert Constraint.from_json(constraints.read(text).to_json()) == constraints.read(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("couleur=bleu:min:10", "« couleur » ne peut pas porter de contrainte"),
        ("secteur=sanitaire:min:140%", "va de 0 à 100"),
        ("secteur=sanitaire:environ:10", "n'est pas une contrainte"),
        ("secteur=sanitaire:min:1.000,50", "n'est pas un nombre"),
        ("secteur=sanitaire:min:10.005", "n'est pas un montant"),
    ],
)
def test_a_wrong_constraint_is_refused_in_words(text, said):
    with pytest.raises(ConstraintError, match=said):
        constraints.read(text)


@given(lines_of_groups(), bounds())
def test_settings_with_constraints_come_back_from_what_a_scenario_keeps(lines, bounds):
    asked = Settings(Decimal(100), contraintes=bounds, plancher=Decimal("2.50"), partiel=True, objectif="agents")
    assert Settings.from_json(asked.to_json()) == asked

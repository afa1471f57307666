"""A saved scenario run again: the same when nothing has changed, else each cause with what it changes."""

from datetime import date, timedelta
from decimal import Decimal

from clact_model import allocation, rerun, scenario, simulation
from clact_model.allocation import Settings
from clact_model.programme.loading import read
from tests.allocation.campaign import TODAY
from tests.scenario.saved import call, change, keep, load


def test_nothing_changed_gives_the_same_figures(tmp_path):
    found = call(tmp_path)
    for unite in ("dossier", "action"):
        kept = keep(found, unite, "50000", unite=unite)
        again = rerun.run(found.base.cursor(), found.programme, kept, TODAY)
        assert [step.cause for step in again.steps] == [rerun.DATA]
        assert again.comparison.same
        assert [outcome.reason for outcome in again.steps[0].side.result.lines] == [o.reason for o in kept.result.lines]
        assert not again.operations and not again.differences


def test_the_weights_and_parameters_of_then_are_used_again(tmp_path):
    found = call(tmp_path)
    changed = {"taux": Decimal("0.25"), "date_limite": date(2024, 5, 20)}
    ready = simulation.prepare(
        found.base.cursor(), found.programme, TODAY, weights={"agents": Decimal(7)}, parameters=changed
    )
    result = allocation.run(ready.lines, Settings(Decimal(50000)))
    scenario.save(found.base, found.programme, "Mars", result, ready.basis)
    kept = load(found, "Mars")
    assert kept.facts["1"].parts[0].aide == Decimal(10000)
    assert rerun.run(found.base.cursor(), found.programme, kept, TODAY).comparison.same


def test_each_cause_is_told_with_what_it_changes_and_the_parts_add_up(tmp_path):
    found = call(tmp_path)
    kept = keep(found, "Mars", "90000")
    change(found, "UPDATE action SET montant_demande = 15000 WHERE numero = '1'")
    now = read(found.programme.text.replace("valeur = 0.50", "valeur = 0.25"), found.programme.id)
    again = rerun.run(found.base.cursor(), now, kept, TODAY + timedelta(days=1))
    assert [step.cause for step in again.steps] == [rerun.DATA, rerun.RULES, rerun.DAY]
    falls = dict(again.waterfalls())
    assert falls[rerun.DATA].arrivee - falls[rerun.DATA].depart == -5000
    assert falls[rerun.RULES].baisses.demandes == 3
    assert falls[rerun.DAY].depart == falls[rerun.DAY].arrivee
    assert [row.key[0] for row in again.comparison.changes] == ["2", "1", "3"]
    assert again.operations == ["Import de corrections"]
    assert any(difference.partie == "paramètre « taux »" for difference in again.differences)


def test_a_forced_dossier_that_has_left_is_said_in_the_sentence_of_the_allocation(tmp_path):
    found = call(tmp_path)
    kept = keep(found, "Mars", "90000", forced_in=frozenset({("3", None)}))
    change(found, "DELETE FROM action WHERE numero = '3'")
    change(found, "DELETE FROM dossier WHERE numero = '3'")
    again = rerun.run(found.base.cursor(), found.programme, kept, TODAY)
    assert again.comparison is None
    assert "ne porte le numéro 3" in again.steps[0].refus


def test_a_programme_whose_text_was_not_kept_leaves_one_cause_for_both(tmp_path):
    found = call(tmp_path)
    keep(found, "Mars", "90000")
    change(found, "UPDATE scenario SET empreinte_programme = NULL")
    now = read(found.programme.text.replace("valeur = 0.50", "valeur = 0.25"), found.programme.id)
    again = rerun.run(found.base.cursor(), now, load(found, "Mars"), TODAY)
    assert [step.cause for step in again.steps] == [rerun.DATA_AND_RULES]
    assert not again.differences

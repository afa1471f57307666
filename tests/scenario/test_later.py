"""A year later: the dossiers and the programme have changed, the scenario has not."""

from dataclasses import replace

import pytest

from clact_model import intake, scenario, store
from clact_model.comparison import CHAMPS, Side, figures, totals
from clact_model.equity import CHAMPS as EQUITY
from clact_model.equity import groups
from clact_model.programme.loading import read
from tests import workbooks
from tests.allocation.campaign import TODAY
from tests.scenario.saved import DOSSIERS, call, change, keep, load


def seen(saved):
    side = Side.of(saved)
    return (
        saved.result.to_json(),
        figures(side),
        [totals(side, champ) for champ in CHAMPS],
        [groups(side, champ) for champ in EQUITY],
    )


@pytest.mark.parametrize("unite", ["dossier", "action"])
def test_a_later_import_changes_no_figure_of_a_saved_scenario(tmp_path, unite):
    found = call(tmp_path)
    before = seen(keep(found, "Mars", "70000", unite=unite))
    facts, lines = DOSSIERS[0]
    changed = facts | {
        "departement": "88",
        "secteur": "medico_social",
        "effectif_total": 9,
        "clact_anterieur": "acheve",
    }
    other = lines[0] | {"axe": "axe_2", "agents_concernes": 1, "cout_total": 10, "montant_demande": 5}
    book = workbooks.fill(found.programme, tmp_path / "suite.xlsx", [(changed, [other])])
    report = intake.preview(found.base, found.programme, [intake.UploadedFile.from_path(book)])
    intake.write(found.base, found.programme, report)
    assert store.Base.version(found.base) > load(found, "Mars").basis.version_donnees
    assert seen(load(found, "Mars")) == before


def test_a_changed_programme_file_changes_no_figure_and_the_text_of_then_is_found_again(tmp_path):
    found = call(tmp_path)
    kept = keep(found, "Mars", "70000")
    before = seen(kept)
    now = read(found.programme.text.replace("valeur = 0.50", "valeur = 0.40"), found.programme.id)
    assert now.fingerprint != found.programme.fingerprint
    again = scenario.load(found.base.cursor(), now, "Mars")
    assert seen(again) == before
    then = scenario.programme_of(found.base.cursor(), now, again)
    assert (then.text, then.version) == (found.programme.text, again.basis.version_programme)


def test_a_text_is_kept_once_however_many_scenarios_it_has(tmp_path):
    found = call(tmp_path)
    for nom in ("Mars", "Avril"):
        keep(found, nom, "50000")
    assert found.base.cursor().execute("SELECT count(*) FROM programme_texte").fetchone() == (1,)


def test_the_lines_keep_the_groups_and_the_staff_of_that_day(tmp_path):
    found = call(tmp_path)
    before = {line.key: line for line in found.lines()}
    keep(found, "Mars", "70000")
    change(found, "UPDATE dossier SET departement = '88', raison_sociale = 'Autre', effectif_total = 1")
    after = {outcome.line.key: outcome.line for outcome in load(found, "Mars").result.lines}
    assert {key: (one.groups, one.agents, one.etablissement) for key, one in after.items()} == {
        key: (one.groups, one.agents, one.etablissement) for key, one in before.items()
    }


def test_what_a_scenario_older_than_these_facts_does_not_know_is_unknown(tmp_path):
    found = call(tmp_path)
    keep(found, "Mars", "70000")
    change(found, "DELETE FROM scenario_dossier")
    change(found, "UPDATE scenario_ligne SET groupes = NULL, raison_sociale = NULL")
    side = Side.of(load(found, "Mars"))
    assert [list(totals(side, champ)) for champ in CHAMPS] == [["inconnu"]] * len(CHAMPS)
    assert figures(side).etablissements is None
    assert [group.par_agent for group in groups(side, "taille")] == [None]


def test_facts_of_a_base_that_has_changed_meanwhile_are_not_invented(tmp_path):
    found = call(tmp_path)
    result = found.run("70000")
    basis = scenario.Basis(TODAY, found.programme.version, found.base.version())
    change(found, "UPDATE dossier SET effectif_total = 1")
    scenario.save(found.base, found.programme, "Mars", result, basis)
    assert load(found, "Mars").facts == {}


def test_a_proven_total_and_a_seed_are_kept(tmp_path):
    found = call(tmp_path)
    basis = scenario.Basis(TODAY, found.programme.version, found.base.version(), graine=42)
    scenario.save(found.base, found.programme, "Mars", replace(found.run("70000"), proven=True), basis)
    again = load(found, "Mars")
    assert (again.result.proven, again.basis.graine) == (True, 42)

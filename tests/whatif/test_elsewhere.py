"""The dossiers of one call under another's rules: nothing is written, what is not known is said, nothing is borrowed by chance."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from clact_model import eligibility, whatif
from clact_model.programme import Programme
from clact_model.programme.loading import read
from clact_model.store import Base
from clact_model.whatif import Elsewhere, OtherProgramme, RuleOff, follow, in_the_year_of, lend
from tests.allocation.campaign import case, grand_est
from tests.facts import put
from tests.whatif.trials import SHIPPED, day, looker, shipped, start

PAIRS = list(zip(SHIPPED, SHIPPED[1:] + SHIPPED[:1], strict=True))
"""Each call once as the lender, once as the borrower."""


def tried(base: Base, programme: Programme, other: Programme) -> Elsewhere:
    cursor = base.cursor()
    lend(cursor, programme, other)
    return whatif.elsewhere(cursor, programme, other, day(programme))


def state_of(base: Base) -> list[object]:
    tables = base.cursor().execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY 1").fetchall()
    counts = [base.cursor().execute(f"SELECT count(*) FROM {name}").fetchone() for (name,) in tables]
    stored = base.cursor().execute("SELECT * FROM dossier ORDER BY ALL").fetchall()
    return [tables, counts, stored, base.version(), base.writes(), base.faults()]


@pytest.mark.parametrize(("programme", "other"), PAIRS, ids=lambda p: p.id)
def test_the_dossiers_of_each_call_are_judged_by_another_and_nothing_is_written(
    base: Base, programme: Programme, other: Programme
) -> None:
    before = state_of(base)
    brought = in_the_year_of(programme, other)
    found = tried(base, programme, brought)
    assert state_of(base) == before
    assert [one.rule.id for one in found.rules] == [rule.id for rule in other.file.regle]
    own = look_at(base, programme)
    totals = {"dossier": sum(own.totals.verdicts.values())}
    for one in found.rules:
        assert min(one.oui, one.non, one.inconnu) >= 0
        if one.rule.niveau == "dossier":
            assert one.oui + one.non + one.inconnu == totals["dossier"]
    # The territory of one region is not that of another, and a deadline is its own.
    left = {one.rule.id: one.a_laisser for one in found.rules if one.a_laisser}
    assert any("territoire" in words for words in left.values())
    assert any("date de dépôt" in words for words in left.values())
    assert set(found.proposed) == set(left)


def look_at(base: Base, programme: Programme) -> whatif.Look:
    return looker(base, programme)(start(programme))


def test_leaving_out_the_rules_proposed_lets_the_others_speak(base: Base) -> None:
    programme, other = shipped("grand_est_2024"), in_the_year_of(shipped("grand_est_2024"), shipped("normandie_2025"))
    found = tried(base, programme, other)
    lent = base.cursor()
    lend(lent, programme, other)
    own = base.cursor()
    followed = follow(
        start(programme),
        [OtherProgramme(other), *map(RuleOff, found.proposed)],
        lambda state: whatif.look(own if state.programme is programme else lent, state, day(programme)),
    )
    assert followed.steps[0].after.totals.verdicts["irrecevable"] == 330
    assert followed.after.totals.recevables > 200
    assert followed.after.totals.accorde > 0
    assert {line.numero for line in followed.moved} <= {numero for numero, _ in followed.before.outcomes}


def test_what_no_dossier_fills_is_named_with_who_reads_it(base: Base) -> None:
    programme = shipped("grand_est_2024")
    found = tried(base, programme, in_the_year_of(programme, shipped("normandie_2025")))
    unfilled = {one.field.champ: one.lu_par for one in found.unfilled}
    assert unfilled["plan_egalite"] == ("no-egalite",)
    assert "critère prevention" in unfilled["axe"]
    rule = next(one for one in found.rules if one.rule.id == "no-egalite")
    assert (rule.oui, rule.non, rule.a_laisser) == (0, 0, "sans réponse pour tous")
    assert {field.champ for field in rule.jamais_remplis} == {"axe", "thematique", "plan_egalite"}


def test_the_dates_of_the_other_call_come_to_the_year_judged() -> None:
    other = in_the_year_of(shipped("grand_est_2024"), shipped("hauts_de_france_2022"))
    assert other.file.parametres["date_limite"].valeur == date(2024, 5, 31)
    assert other.file.completer_jusqu_au is None or other.file.completer_jusqu_au.year == 2024
    assert in_the_year_of(other, other) is other


def like(programme: Programme, **changes: str) -> Programme:
    """The same call under another name, with some words of its text changed."""
    text = programme.text.replace(f'id = "{programme.id}"', 'id = "voisine_2024"')
    for before, after in changes.items():
        pattern = {"axe": 'code = "axe_1"\nlibelle = "Axe 1', "autre": 'code = "axe_2"\nlibelle = "'}[before]
        assert pattern in text
        text = text.replace(pattern, pattern.replace("Axe 1", after))
    return read(text, "voisine_2024")


@pytest.fixture
def lone(tmp_path: Path) -> Base:
    """One complete dossier, in a base of its own."""
    found = Base(tmp_path / "un.duckdb")
    facts = case("dossier complet")
    put(found, grand_est(), facts["dossier"], facts["actions"])
    return found


def verdict(base: Base, programme: Programme, other: Programme) -> tuple[str, ...]:
    cursor = base.cursor()
    lend(cursor, programme, other)
    eligibility.judge(cursor, other, date(2024, 6, 15))
    rows = cursor.execute("SELECT verdict FROM jugement_dossier").fetchall()
    return tuple(row[0] for row in rows)


def test_overrides_answer_the_rules_of_their_own_call_only(lone: Base) -> None:
    programme, twin = grand_est(), like(grand_est())
    numero = str(case("dossier complet")["dossier"]["numero"])
    assert verdict(lone, programme, twin) == ("recevable",)
    eligibility.override(lone, programme, date(2024, 6, 15), numero, "irrecevable", "essai")
    assert verdict(lone, programme, twin) == ("recevable",)


def test_an_override_of_the_other_call_on_the_same_number_is_not_taken_for_ours(lone: Base) -> None:
    programme, twin = grand_est(), like(grand_est())
    facts = case("dossier complet")
    put(lone, twin, facts["dossier"], facts["actions"])
    eligibility.override(lone, twin, date(2024, 6, 15), str(facts["dossier"]["numero"]), "irrecevable", "essai")
    assert verdict(lone, programme, twin) == ("recevable",)


def test_dossiers_of_the_other_call_itself_are_out_of_sight(lone: Base) -> None:
    twin = like(grand_est())
    put(lone, twin, {"numero": "ailleurs"}, [{}])
    assert verdict(lone, grand_est(), twin) == ("recevable",)


def test_an_axis_of_the_same_code_and_other_words_is_unknown(lone: Base) -> None:
    programme = grand_est()
    cursor = lone.cursor()
    lend(cursor, programme, like(programme))
    (kept,) = cursor.execute("SELECT axe FROM action").fetchone() or (None,)
    other = like(programme, axe="Tout autre chose")
    second = lone.cursor()
    lend(second, programme, other)
    row = second.execute("SELECT axe, enjeu_has FROM action").fetchone()
    assert kept == "axe_1"
    assert row == (None, "sante_au_travail")
    assert whatif.elsewhere(second, programme, other, date(2024, 6, 15)).propres["axe"][0].startswith("Axe 1")


def test_amounts_reach_the_other_call_to_the_cent(lone: Base) -> None:
    cursor = lone.cursor()
    lend(cursor, grand_est(), like(grand_est()))
    lent = cursor.execute("SELECT sum(montant_demande) FROM action").fetchone()
    own = lone.cursor().execute("SELECT sum(montant_demande) FROM action").fetchone()
    assert lent == own
    assert isinstance(lent and lent[0], Decimal)

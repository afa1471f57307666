"""What lists and counts say of the demonstration agrees with the judgement, and with each other."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from clact_model import allocation, eligibility, overview, scenario, scoring, simulation
from clact_model.allocation import Settings
from clact_model.eligibility import Judgement
from clact_model.overview import Filters, Summary
from clact_model.programme import Programme, load_all
from clact_model.store import Base
from tests.pages.walk import DAY, filled_copy, programme

PROGRAMME = programme()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    opened = Base(filled_copy(tmp_path_factory.mktemp("apercu")))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def judgement(base: Base) -> Judgement:
    return eligibility.judge(base.cursor(), PROGRAMME, DAY)


@pytest.fixture(scope="module")
def rows(judgement: Judgement) -> list[Summary]:
    return overview.summaries(judgement)


def test_each_dossier_has_one_summary_with_its_verdict(judgement: Judgement, rows: list[Summary]) -> None:
    assert [(row.numero, row.verdict) for row in rows] == [(d.numero, d.verdict) for d in eligibility.judged(judgement)]


def test_a_summary_names_the_rules_that_say_no_or_nothing(judgement: Judgement, rows: list[Summary]) -> None:
    for dossier, row in zip(eligibility.judged(judgement), rows, strict=True):
        answers = [*dossier.answers, *(answer for action in dossier.actions for answer in action.answers)]
        assert set(row.non) == {answer.rule.id for answer in answers if answer.resultat == "non"}
        assert set(row.inconnu) == {answer.rule.id for answer in answers if answer.resultat == "inconnu"}


def test_the_amounts_of_a_summary_are_those_of_its_lines(judgement: Judgement, rows: list[Summary]) -> None:
    for dossier, row in zip(eligibility.judged(judgement), rows, strict=True):
        aids = [a.aide_maximale for a in dossier.actions if a.verdict == "eligible" and a.aide_maximale is not None]
        assert row.aide_maximale == (sum(aids, Decimal(0)) if aids else None)
        assert row.demande is None or isinstance(row.demande, Decimal)


def test_the_place_of_a_summary_is_that_of_the_ranking(judgement: Judgement, rows: list[Summary]) -> None:
    ranked = scoring.ranking(judgement.cursor, PROGRAMME, scoring.rank(judgement))
    assert {row.numero: row.position for row in rows if row.position} == {r.numero: r.position for r in ranked}


def test_every_split_adds_up_to_the_whole(judgement: Judgement, rows: list[Summary]) -> None:
    found = overview.overview(judgement)
    for counts in (found.verdicts, found.secteurs, found.statuts, found.departements):
        assert sum(count.dossiers for count in counts) == found.dossiers == len(rows)
        assert sum(count.recevables for count in counts) == found.recevables
        assert sum(count.demande for count in counts) == found.demande
        assert sum(count.part for count in counts if count.part is not None) == pytest.approx(1)
    assert sum(axis.demande for axis in found.axes) == found.demande


def test_what_awaits_someone_leads_to_the_dossiers_counted(rows: list[Summary]) -> None:
    found = overview.tasks(rows, PROGRAMME.file.ligne)
    assert {task.code for task in found} >= {"a_verifier", "a_completer", "a_noter", "sursis"}
    for task in found:
        assert len(overview.filtered(rows, Filters(attente=(task.code,)))) == task.dossiers


def test_only_what_can_be_completed_has_a_last_day(rows: list[Summary]) -> None:
    assert [task.code for task in overview.tasks(rows, PROGRAMME.file.ligne) if task.jusqu_au] == ["a_completer"]


def test_rules_count_dossiers_lines_and_euros(judgement: Judgement, rows: list[Summary]) -> None:
    dossiers = eligibility.judged(judgement)
    counted = {count.rule.id: count for count in overview.by_rule(judgement)}
    assert list(counted) == [rule.id for rule in PROGRAMME.file.regle]
    no = Counter(rule for row in rows for rule in row.non)
    lines = Counter(
        answer.rule.id for d in dossiers for a in d.actions for answer in a.answers if answer.resultat == "non"
    )
    for identifier, count in counted.items():
        assert count.dossiers_non == no[identifier]
        if count.rule.niveau == "dossier":
            concerned = [row for row in rows if identifier in row.non]
            assert (count.lignes_non, count.demande_non) == (None, overview.asked(concerned))
        else:
            assert count.lignes_non == lines[identifier]


def test_the_grid_says_what_the_summaries_say(judgement: Judgement, rows: list[Summary]) -> None:
    grid = overview.grid(judgement, [row.numero for row in rows])
    for row in rows:
        assert {rule for rule, answer in grid[row.numero].items() if answer == "non"} == set(row.non)


def test_filters_work_together_and_an_empty_one_lets_all_through(rows: list[Summary]) -> None:
    assert overview.filtered(rows, Filters()) == rows
    kept = overview.filtered(rows, Filters(verdict=("recevable", "a_verifier"), departement=("14",)))
    assert kept
    assert all(row.verdict in ("recevable", "a_verifier") and row.departement == "14" for row in kept)


def test_the_search_ignores_case_and_accents_and_wants_every_word(rows: list[Summary]) -> None:
    some = next(row for row in rows if row.raison_sociale and "é" in row.raison_sociale)
    assert some in overview.filtered(rows, Filters(texte=f"{some.numero} {(some.raison_sociale or '').upper()}"))
    assert not overview.filtered(rows, Filters(texte=f"{some.numero} introuvable"))


def test_filters_in_words_name_what_they_let_through() -> None:
    words = overview.in_words(PROGRAMME, Filters(texte=" chute ", verdict=("recevable", "sursis"), departement=("14",)))
    assert words == {"Recherche": "chute", "Verdict": "Recevable ou En sursis", "Département": "14 – Calvados"}


def test_the_pressure_is_asked_over_the_envelope_and_unknown_without_one() -> None:
    assert overview.pressure(Decimal("9000000.00"), Decimal(4_000_000)) == Decimal("2.25")
    assert overview.pressure(Decimal(1), None) is None


def test_the_parts_of_the_envelope_add_up_to_it(base: Base) -> None:
    cursor = base.cursor()
    assert overview.envelope(cursor, PROGRAMME, None, DAY) is None
    bare = overview.envelope(cursor, PROGRAMME, Decimal(100), DAY)
    assert bare is not None and bare.parts == {"Reste": Decimal(100)}
    prepared = simulation.prepare(cursor, PROGRAMME, DAY)
    result = allocation.run(prepared.lines, Settings(enveloppe=Decimal(400_000), reserve=Decimal(50_000)))
    scenario.save(base, PROGRAMME, "Comité", result, prepared.basis)
    found = overview.envelope(base.cursor(), PROGRAMME, None, DAY)
    assert found is not None and (found.scenario, found.total) == ("Comité", Decimal(400_000))
    assert sum(found.parts.values()) == found.total
    assert found.parts["Proposé"] == result.granted


def test_an_override_is_seen_and_waits_for_nobody(base: Base) -> None:
    first = overview.summaries(eligibility.judge(base.cursor(), PROGRAMME, DAY))[0]
    eligibility.override(base, PROGRAMME, DAY, first.numero, "sursis", "Décision du comité")
    found = overview.summaries(eligibility.judge(base.cursor(), PROGRAMME, DAY))[0]
    assert (found.verdict, found.verdict_calcule, found.derogation, found.a_confirmer) == (
        "sursis",
        first.verdict_calcule,
        True,
        False,
    )
    eligibility.lift(base, PROGRAMME, first.numero)


def test_imports_are_remembered_with_their_counts(base: Base) -> None:
    found = overview.imports(base.cursor(), PROGRAMME)
    assert [(one.id, one.fichiers, one.nouveaux) for one in found] == [("remplir", (f"{PROGRAMME.id}.xlsx",), 96)]
    assert len(overview.import_anomalies(base.cursor(), "remplir")) == found[0].anomalies


def test_an_expression_is_read_aloud_in_french() -> None:
    assert overview.expression_in_words(PROGRAMME, "montant_demande <= cout_retenu * $taux AND axe = 'domaine_3'") == (
        "« Montant demandé à l'ARS » ≤ (« Coût total » − « Dont rémunérations ») × « Taux maximal de l'aide » (50\u202f%) "
        "et « Axe » = « Domaine 3 – Nouvelles préoccupations des soignants et innovations au travail »"
    )


@pytest.mark.parametrize("programme", load_all().programmes.values(), ids=lambda programme: programme.id)
def test_every_expression_of_every_programme_is_read_without_a_word_of_code(programme: Programme) -> None:
    conditions = [part for rule in programme.file.regle for part in (rule.si, rule.condition) if part]
    amounts = [
        part
        for one in (*programme.file.aide.assiette, *programme.file.aide.plafond)
        for part in (one.si, one.montant)
        if part
    ]
    spoken = [overview.expression_in_words(programme, source) for source in (*conditions, *amounts)]
    spoken += [words for rule in programme.file.regle for words in overview.outcomes_in_words(programme, rule)]
    code = re.compile(r"[A-Z]{2,} |\b(toutes|une|distincts|lower|trim)\(|[$_]")
    acronyms = re.compile(r"« [^»]*»")
    assert [words for words in spoken if code.search(acronyms.sub("", words))] == []


def test_the_outcomes_of_a_rule_say_when_and_until_when() -> None:
    programme = load_all().get("hauts_de_france_2022")
    assert overview.outcomes_in_words(programme, programme.rule("hf-avis")) == [
        "si « Avis des instances » = « En attente » : à compléter jusqu'au 30/06/2022",
        "sinon : irrecevable",
    ]
    assert overview.outcomes_in_words(programme, programme.rule("hf-delai")) == []


def test_an_empty_call_counts_nothing(tmp_path: Path) -> None:
    opened = Base(tmp_path / "vide.duckdb")
    found = overview.overview(eligibility.judge(opened.cursor(), PROGRAMME, DAY))
    assert (found.dossiers, found.demande, list(found.tasks), list(found.verdicts)) == (0, Decimal(0), [], [])
    opened.close()

"""Scores, places, missing data, grades and grids."""

import json
import random
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from clact_model import scoring
from clact_model.eligibility import judge
from clact_model.errors import UsageError
from clact_model.programme import load_one
from clact_model.scoring import Ranked
from clact_model.store import Base, entries
from tests import facts

DAY = date(2025, 5, 15)
PROGRAMME = load_one("normandie_2025")
CASES = json.loads((Path(__file__).parent.parent / "cases" / "normandie_2025.json").read_text(encoding="utf-8"))
COMPLETE: dict[str, Any] = CASES[0]
LINE: dict[str, Any] = COMPLETE["actions"][0]
FIELDS = ("numero", "verdict", "score", "prioritaire", "agents", "contributions")


@pytest.fixture
def base(tmp_path: Path) -> Base:
    return Base(tmp_path / "essai.duckdb")


def put(base: Base, numero: str, *lines: dict[str, Any], **changes: Any) -> None:
    dossier = {**COMPLETE["dossier"], "finess": f"7600{numero}", **changes, "numero": numero}
    facts.put(base, PROGRAMME, dossier, [{**LINE, **line} for line in lines or ({},)])


def ranking(base: Base, weights: dict[str, Decimal] | None = None) -> list[Ranked]:
    judgement = judge(base.cursor(), PROGRAMME, DAY)
    return scoring.ranking(judgement.cursor, PROGRAMME, scoring.rank(judgement, weights))


def numbers(found: list[Ranked]) -> list[str]:
    return [dossier.numero for dossier in found]


def test_the_score_is_the_weighted_mean_of_the_criteria_times_a_hundred(base: Base) -> None:
    put(base, "1")
    (dossier,) = ranking(base)
    # domaines 1, prevention 1, dialogue 4/5, mutualisation 0, agents 120/300, coherence 4/5, innovation 0, attractivite 1
    assert dossier.score == Decimal("62.5000")
    assert dossier.contributions["agents"].points == Decimal("5.0000")


def test_weights_change_the_score(base: Base) -> None:
    put(base, "1")
    weights = dict.fromkeys(PROGRAMME.weights(), Decimal(0)) | {"agents": Decimal(3), "domaines": Decimal(1)}
    (dossier,) = ranking(base, weights)
    assert dossier.score == Decimal("55.0000")  # (3 × 0,4 + 1 × 1) ÷ 4


def test_a_criterion_of_the_lines_counts_by_their_assiette(base: Base) -> None:
    put(base, "1", {"innovante": "oui", "cout_total": 30000}, {"rang": 2, "innovante": "non", "cout_total": 10000})
    (dossier,) = ranking(base)
    assert dossier.contributions["innovation"].value == Decimal("0.75")


def test_a_dossier_whose_assiette_is_nothing_is_ranked_all_the_same(base: Base) -> None:
    put(base, "1", {"dont_remunerations": 40000, "innovante": "oui"})
    put(base, "2")
    found = {dossier.numero: dossier for dossier in ranking(base)}
    assert set(found) == {"1", "2"}
    assert found["1"].contributions["innovation"].value == 1
    assert not found["1"].contributions["innovation"].missing


def test_an_ineligible_line_does_not_count(base: Base) -> None:
    put(base, "1", {}, {"rang": 2, "innovante": "oui", "lien_activite": "non"})
    (dossier,) = ranking(base)
    assert dossier.contributions["innovation"].value == 0


def test_missing_data_counts_nothing_and_says_what_it_would_change(base: Base) -> None:
    put(base, "1", {"innovante": ""})
    (dossier,) = ranking(base)
    innovation = dossier.contributions["innovation"]
    assert innovation.missing
    assert innovation.points == 0
    assert innovation.possible == dossier.score + Decimal("12.5000")
    assert not dossier.contributions["agents"].missing


def test_contributions_add_up_to_the_score(base: Base) -> None:
    for i in range(12):
        put(
            base,
            str(i),
            {"agents_concernes": 7 * i + 1},
            {"rang": 2, "innovante": "oui", "cout_total": 333.33 * (i + 1)},
        )
    weights = {name: Decimal(i + 1) / 7 for i, name in enumerate(PROGRAMME.weights())}
    for dossier in ranking(base, weights):
        assert sum(c.points for c in dossier.contributions.values()) == dossier.score


def test_ties_go_to_more_staff_then_to_the_earlier_then_to_the_number(base: Base) -> None:
    full = {"agents_concernes": 300}
    put(base, "30", full)
    put(base, "4", full)
    put(base, "5", full, date_depot="2025-04-01T08:00")
    put(base, "6", {"agents_concernes": 301})
    assert numbers(ranking(base)) == ["6", "5", "4", "30"]


def test_the_order_of_the_rows_changes_nothing(tmp_path: Path) -> None:
    draw = random.Random(1)
    dossiers = [
        (str(n), {"agents_concernes": draw.randrange(400), "innovante": draw.choice(["oui", "non", ""])})
        for n in range(25)
    ]
    found = []
    for turn in range(2):
        base = Base(tmp_path / f"{turn}.duckdb")
        for numero, line in dossiers:
            put(base, numero, line)
        found.append(ranking(base))
        dossiers.reverse()
    assert found[0] == found[1]


def test_a_rejected_dossier_more_changes_nothing(base: Base) -> None:
    for n in range(5):
        put(base, str(n), {"agents_concernes": 10 * n})
    before = ranking(base)
    put(base, "9", {"agents_concernes": 300}, date_depot="2025-06-01T08:00")
    assert ranking(base) == before


def test_the_priority_field_comes_first_whatever_the_score(tmp_path: Path) -> None:
    programme = load_one("guadeloupe_2023")
    case = json.loads((Path(__file__).parent.parent / "cases" / "guadeloupe_2023.json").read_text(encoding="utf-8"))[0]
    base = Base(tmp_path / "essai.duckdb")
    dossier, line = case["dossier"], case["actions"][0]
    facts.put(base, programme, {**dossier, "numero": "1"}, [{**line, "axe": "autre", "innovante": "oui"}])
    facts.put(base, programme, {**dossier, "numero": "2", "finess": "970100236"}, [line])
    judgement = judge(base.cursor(), programme, date(2023, 11, 20))
    found = scoring.ranking(judgement.cursor, programme, scoring.rank(judgement))
    assert numbers(found) == ["2", "1"]
    assert found[1].score > found[0].score
    assert [dossier.prioritaire for dossier in found] == [True, False]


def test_a_grade_goes_before_the_file_and_leaves_its_line_in_the_journal(base: Base) -> None:
    put(base, "1")
    scoring.grade(base, PROGRAMME, "1", "dialogue_social", Decimal("2.5"))
    (dossier,) = ranking(base)
    assert dossier.contributions["dialogue_social"].value == Decimal("0.5")
    changed = next(entry for entry in entries(base.cursor()) if entry.champ)
    assert (changed.numero, changed.champ, changed.avant, changed.apres) == ("1", "dialogue_social", "4.00", "2.5")


def test_a_grade_is_written_once_however_often_the_button_is_pressed(base: Base) -> None:
    put(base, "1")
    for _ in range(2):
        scoring.grade(base, PROGRAMME, "1", "dialogue_social", Decimal(2), operation="clic")
    assert len([entry for entry in entries(base.cursor(), numero="1") if entry.operation == "clic"]) == 2


@pytest.mark.parametrize("note", ["-1", "5.01", "3.333"])
def test_a_grade_outside_the_scale_is_refused(base: Base, note: str) -> None:
    put(base, "1")
    with pytest.raises(UsageError, match="de 0 à 5"):
        scoring.grade(base, PROGRAMME, "1", "coherence", Decimal(note))


def test_only_graded_criteria_take_a_grade(base: Base) -> None:
    assert set(scoring.gradable(PROGRAMME)) == {"dialogue_social", "coherence"}
    with pytest.raises(UsageError, match="ne se note pas"):
        scoring.grade(base, PROGRAMME, "1", "innovation", Decimal(1))


def test_weights_are_kept_under_a_name(base: Base) -> None:
    weights = PROGRAMME.weights() | {"innovation": Decimal("2.5")}
    scoring.save_grid(base, PROGRAMME, "Comité de mai", weights)
    assert scoring.grids(base.cursor(), PROGRAMME) == {"Comité de mai": weights}


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({"inconnu": Decimal(1)}, "n'a pas de critère"),
        ({"agents": Decimal(-1)}, "négatif"),
        (dict.fromkeys(PROGRAMME.weights(), Decimal(0)), "nuls"),
    ],
)
def test_wrong_weights_are_refused(base: Base, weights: dict[str, Decimal], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        ranking(base, weights)

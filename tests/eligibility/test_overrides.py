"""An instructor's verdict: reasoned, signed, kept through a re-import, and shown as such."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clact_model import eligibility, intake
from clact_model.errors import UsageError
from clact_model.programme import load_one
from clact_model.store import Base, entries
from tests import workbooks

PROGRAMME = load_one("grand_est_2024")
DAY = date(2024, 6, 15)
CASES = json.loads((Path(__file__).parent.parent / "cases" / "grand_est_2024.json").read_text(encoding="utf-8"))
DOSSIER: dict[str, Any] = {**CASES[0]["dossier"], "rib": "non"}
LINE: dict[str, Any] = {**CASES[0]["actions"][0], "remboursable_opco": "oui"}


@pytest.fixture
def base(tmp_path: Path) -> Base:
    opened = Base(tmp_path / "essai.duckdb")
    bring(opened, tmp_path, DOSSIER, LINE)
    return opened


def bring(base: Base, folder: Path, dossier: dict[str, Any], line: dict[str, Any]) -> None:
    path = workbooks.fill(PROGRAMME, folder / "candidatures.xlsx", [(dossier, [line])])
    report = intake.preview(base, PROGRAMME, [intake.UploadedFile.from_path(path)])
    assert intake.write(base, PROGRAMME, report, accept=True).rejetes == 0


def judged(base: Base) -> eligibility.JudgedDossier:
    return eligibility.judged(eligibility.judge(base.cursor(), PROGRAMME, DAY))[0]


def test_it_replaces_the_verdict_and_keeps_the_computed_one(base: Base) -> None:
    eligibility.override(base, PROGRAMME, DAY, "1000", "recevable", "RIB reçu par courriel")
    dossier = judged(base)
    assert (dossier.verdict, dossier.verdict_calcule) == ("recevable", "irrecevable")
    assert dossier.override is not None
    assert dossier.override.motif == "RIB reçu par courriel"
    assert not dossier.override.a_confirmer
    assert [a.rule.id for a in dossier.answers if a.effet == "irrecevable"] == ["ge-rib"]


def test_a_line_may_be_overruled_alone(base: Base) -> None:
    eligibility.override(base, PROGRAMME, DAY, "1000", "eligible", "Refus de l'OPCO joint", ligne=1)
    (line,) = judged(base).actions
    assert (line.verdict, line.verdict_calcule) == ("eligible", "ineligible")
    assert str(line.aide_maximale) == "20000.00"


def test_it_survives_a_reimport(base: Base, tmp_path: Path) -> None:
    eligibility.override(base, PROGRAMME, DAY, "1000", "recevable", "RIB reçu par courriel")
    bring(base, tmp_path, {**DOSSIER, "effectif_total": 801}, LINE)
    override = judged(base).override
    assert override is not None
    assert not override.a_confirmer


def test_it_is_to_be_confirmed_once_what_the_rule_reads_has_changed(base: Base, tmp_path: Path) -> None:
    eligibility.override(base, PROGRAMME, DAY, "1000", "recevable", "RIB reçu par courriel")
    bring(base, tmp_path, {**DOSSIER, "rib": ""}, LINE)
    override = judged(base).override
    assert override is not None
    assert override.a_confirmer
    eligibility.confirm(base, PROGRAMME, "1000")
    override = judged(base).override
    assert override is not None
    assert not override.a_confirmer


def test_it_can_be_taken_back(base: Base) -> None:
    eligibility.override(base, PROGRAMME, DAY, "1000", "recevable", "RIB reçu par courriel")
    eligibility.lift(base, PROGRAMME, "1000")
    assert judged(base).verdict == "irrecevable"


def test_the_journal_says_who_when_before_and_after(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLACT_UTILISATEUR", "Camille Instructrice")
    eligibility.override(base, PROGRAMME, DAY, "1000", "recevable", "RIB reçu par courriel")
    change, operation = entries(base.cursor(), numero="1000")[:2]
    assert (change.champ, change.avant, change.apres) == ("verdict", "irrecevable", "recevable")
    assert (operation.detail, operation.auteur) == ("RIB reçu par courriel", "Camille Instructrice")


@pytest.mark.parametrize(
    ("numero", "verdict", "motif", "ligne", "words"),
    [
        ("1000", "recevable", "  ", None, "motif"),
        ("1000", "eligible", "x", None, "pas un verdict"),
        ("1000", "recevable", "x", 1, "pas un verdict"),
        ("9999", "recevable", "x", None, "pas dans la base"),
        ("1000", "eligible", "x", 7, "pas de ligne 7"),
    ],
)
def test_a_wrong_override_is_refused(
    base: Base, numero: str, verdict: str, motif: str, ligne: int | None, words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        eligibility.override(base, PROGRAMME, DAY, numero, verdict, motif, ligne)
    assert judged(base).override is None


def test_it_is_lifted_once_however_often_the_button_is_pressed(base: Base) -> None:
    eligibility.override(base, PROGRAMME, DAY, "1000", "recevable", "RIB reçu par courriel")
    for _ in range(2):
        eligibility.lift(base, PROGRAMME, "1000", operation="clic")
    assert [entry.nature for entry in entries(base.cursor(), numero="1000")].count("lever_derogation") == 2
    assert judged(base).verdict == "irrecevable"


def test_it_is_confirmed_once_however_often_the_button_is_pressed(base: Base) -> None:
    eligibility.override(base, PROGRAMME, DAY, "1000", "recevable", "RIB reçu par courriel")
    for _ in range(2):
        eligibility.confirm(base, PROGRAMME, "1000", operation="clic")
    assert [entry.nature for entry in entries(base.cursor(), numero="1000")].count("confirmer_derogation") == 1


def test_what_was_not_overruled_cannot_be_confirmed(base: Base) -> None:
    with pytest.raises(UsageError, match="Aucune dérogation"):
        eligibility.confirm(base, PROGRAMME, "1000")

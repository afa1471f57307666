"""robustesse: how sure the ranking is, on the command line."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from clact_model import paths
from clact_model.cli.main import main
from tests.cli.command import Command

GU = ("--programme", "guadeloupe_2023", "--enveloppe", "800000")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("robustesse") / "demo.duckdb"
    workbook = str(paths.DEMO_FOLDER / "guadeloupe_2023.xlsx")
    assert main(["importer", workbook, "--programme", "guadeloupe_2023", "--base", str(path), "--accepter"]) == 0
    return path


@pytest.fixture
def clact(base: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(base, capsys, monkeypatch).on("2023-11-20")


def by_key(document: dict[str, Any], name: str) -> dict[Any, Any]:
    return {(line["numero"], line["ligne"]): line for line in document[name]}


def test_the_document_has_what_the_readme_says(clact):
    document = clact("robustesse", *GU, "--tirages", 500, "--ecart", "0.3", "--graine", 4).document
    assert {name: document[name] for name in ("tirages", "tirages_demandes", "ecart", "graine")} == {
        "tirages": 500,
        "tirages_demandes": 500,
        "ecart": "0.3000",
        "graine": 4,
    }
    assert (document["strategie"], document["unite"]) == ("classement_continu", "dossier")
    assert (document["enveloppe"], document["reserve"]) == ("800000.00", "0.00")
    first = document["dossiers"][0]
    assert (
        list(first)
        == (
            "numero ligne position financable finance accorde part_finance classe rang_min rang_5 rang_median rang_95 rang_max "
            "donnees_manquantes rang_meilleur rang_pire finance_meilleur finance_pire"
        ).split()
    )
    assert first["position"] == 1
    assert len(first["part_finance"]) == 6


@pytest.mark.parametrize("unite", ["dossier", "action"])
def test_places_and_grants_of_the_chosen_weights_are_those_of_simuler(clact, unite):
    options = (*GU, "--unite", unite, "--poids", "agents=3", "--reserve", "10000")
    simulated = clact("simuler", *options).document
    rows = clact("robustesse", *options, "--tirages", 50).document["dossiers"]
    placed = {key: line for key, line in by_key(simulated, "lignes").items() if line["position"]}
    assert {(r["numero"], r["ligne"]): (r["position"], r["accorde"]) for r in rows} == {
        key: (line["position"], line["accorde"]) for key, line in placed.items()
    }


def test_the_same_seed_gives_the_same_answer_and_another_seed_another(clact):
    one, again, other = (clact("robustesse", *GU, "--tirages", 200, "--graine", n).document for n in (1, 1, 2))
    assert one == again
    assert one["dossiers"] != other["dossiers"]


def test_forced_in_is_noyau_and_forced_out_is_hors(clact):
    rows = clact("robustesse", *GU, "--tirages", 100).document["dossiers"]
    weak = next(r for r in reversed(rows) if r["financable"] and not r["finance"])["numero"]
    strong = next(r for r in rows if r["finance"])["numero"]
    turned = clact("robustesse", *GU, "--tirages", 100, "--force", weak, "--exclure", strong).document["dossiers"]
    found = {r["numero"]: (r["part_finance"], r["classe"]) for r in turned}
    assert (found[weak], found[strong]) == (("1.0000", "noyau"), ("0.0000", "hors"))


def test_what_may_not_be_funded_has_a_place_and_no_chance(clact):
    rows = clact("robustesse", *GU, "--tirages", 100).document["dossiers"]
    waiting = [r for r in rows if not r["financable"]]
    assert waiting
    assert {(r["part_finance"], r["classe"]) for r in waiting} == {("0.0000", "hors")}
    included = clact("robustesse", *GU, "--tirages", 100, "--inclure", "a_verifier").document["dossiers"]
    assert sum(r["financable"] for r in included) > len(rows) - len(waiting)


@pytest.mark.parametrize(
    "wrong", [("--tirages", "0"), ("--ecart", "1.5"), ("--ecart", "beaucoup"), ("--graine", "-1"), ("--poids", "x=1")]
)
def test_wrong_usage_is_a_sentence_and_status_2(clact, wrong):
    answer = clact("robustesse", *GU, *wrong)
    assert answer.status == 2
    assert answer.errors.startswith("Erreur : ")
    assert answer.document is None


def test_in_words_each_line_has_its_class_and_the_law_is_said(base, capsys, monkeypatch):
    monkeypatch.setenv("CLACT_AUJOURDHUI", "2023-11-20")
    assert main(["robustesse", "--base", str(base), *GU, "--tirages", "100"]) == 0
    head, law, *lines = capsys.readouterr().out.splitlines()
    assert head.startswith("100 tirages (graine 1) : ")
    assert "multiplié par un nombre pris au hasard entre 0,5 et 1,5" in law
    numbers = [int(part) for part in head.split(" : ")[1].replace(",", " ").split() if part.isdigit()]
    assert sum(numbers) == len(lines)
    assert Decimal(len(lines)) > 50

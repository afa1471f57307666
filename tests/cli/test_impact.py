"""reaffecter, bilan, indicateurs: the JSON that other programs are built on."""

import openpyxl
import pytest

from clact_model import tracking
from clact_model.tracking import Free
from tests.cli.command import Command
from tests.impact.builders import LATER, funded_two

PROGRAMME = ("--programme", "grand_est_2024")


@pytest.fixture
def command(tmp_path, capsys, monkeypatch) -> Command:
    """Two grants of 20 000 €, of which one was freed of 15 000 €; 5 000 € are left of the envelope."""
    base, programme = funded_two(tmp_path)
    tracking.record(base, programme, LATER, [Free("1", LATER, "Projet réduit")])
    base.close()
    return Command(tmp_path / "essai.duckdb", capsys, monkeypatch).on(LATER.isoformat())


def test_reaffecter_says_what_there_is_keeps_it_and_gives_it_again(command):
    found = command("reaffecter", *PROGRAMME, "--surprogrammation", "1.04").document
    assert found["disponible"] == {
        "date": "2026-09-01",
        "libere": "20000.00",
        "recupere": "0.00",
        "deja_reaffecte": "0.00",
        "deja_surprogramme": "0.00",
        "reste_enveloppe": "5000.00",
        "surprogrammation": "1.0400",
        "surprogramme": "1800.00",
        "total": "26800.00",
    }
    assert (found["enveloppe"], found["accorde"], found["reste"]) == ("26800.00", "20000.00", "6800.00")
    assert [(line["numero"], line["accorde"]) for line in found["lignes"]][:2] == [("3", "20000.00"), ("4", "0.00")]
    assert found["risque"]["probabilite_couverture"] is None
    given = command("reaffecter", *PROGRAMME, "--enregistrer", "Septembre", "--adopter")
    assert given.status == 0
    after = command("decisions", *PROGRAMME).document
    assert (after["reaffecte"], after["surprogramme"], after["propose"]) == ("15000.00", "0.00", "20000.00")
    again = command("reaffecter", *PROGRAMME).document
    assert (again["disponible"]["total"], again["accorde"]) == ("5000.00", "0.00")


def test_reaffecter_takes_the_constraints_and_strategies_of_simuler(command):
    out = command("reaffecter", *PROGRAMME, "--exclure", "3", "--strategie", "optimum", "--partiel")
    funded = [line["numero"] for line in out.document["lignes"] if line["accorde"] != "0.00"]
    assert out.document["strategie"] == "optimum"
    assert "3" not in funded
    assert command("reaffecter", *PROGRAMME, "--surprogrammation", "beaucoup").status == 2
    assert command("reaffecter", *PROGRAMME, "--date", "2026-08-31", "--adopter").status == 2


def test_reaffecter_twice_adopts_once_and_the_second_finds_no_line_waiting(command):
    command("reaffecter", *PROGRAMME, "--enregistrer", "Septembre")
    assert command("reaffecter", *PROGRAMME, "--scenario", "Septembre", "--adopter").status == 0
    refused = command("reaffecter", *PROGRAMME, "--scenario", "Septembre", "--adopter")
    assert refused.status == 1
    assert "n'est plus en liste d'attente" in refused.errors


def test_bilan_adds_up_and_names_what_it_rests_on(command, tmp_path):
    target = tmp_path / "bilan.xlsx"
    found = command("bilan", *PROGRAMME, "--sortie", target).document
    assert (found["dossiers"], found["dossiers_aides"], found["accorde"], found["libere"], found["reste"]) == (
        7,
        2,
        "40000.00",
        "20000.00",
        "20000.00",
    )
    assert sum(one["dossiers"] for one in found["groupes"]["secteur"]) == 7
    assert found["impact"] is None, "no year was measured"
    assert openpyxl.load_workbook(target).sheetnames == ["Bilan", "Indicateurs", "Années", "Contexte"]
    assert [one["annee"] for one in command("bilan", *PROGRAMME, "--numero", "1").document["annees"]] == [2024]
    before = command("bilan", *PROGRAMME, "--date", "2024-06-24").document
    assert before["accorde"] == "0.00"


def test_an_indicator_is_entered_measured_and_its_workbook_goes_round(command, tmp_path):
    entered = command(
        *("indicateurs", *PROGRAMME, "1", "--nom", "Absences", "--unite", "%"),
        *("--reference", "2023=9,5", "--cible", "8", "--sens", "baisse", "--mesure", "12=9", "--le", "2025-07-01"),
    ).document
    assert (entered["promis"], entered["mesures_12"], entered["en_retard"]) == (1, 1, 1)
    assert entered["lignes"][0]["mesures"][1] == {
        "mois": 24,
        "echeance": "2026-06-25",
        "valeur": None,
        "etat": "en_retard",
    }
    book = tmp_path / "bilan.xlsx"
    command("indicateurs", *PROGRAMME, "--modele", book, "--annee", 2025)
    filled = openpyxl.load_workbook(book)
    filled["Indicateurs"].cell(2, 11).value = 0.078
    for row in range(2, 9):
        filled["Mesures annuelles"].cell(row, 5).value = 0.09
    filled.save(book)
    tried = command("indicateurs", *PROGRAMME, "--importer", book, "--simulation").document
    assert (tried["resultat"], tried["nouveaux"], tried["modifies"]) == ("accepte", 7, 1)
    command("indicateurs", *PROGRAMME, "--importer", book)
    found = command("bilan", *PROGRAMME).document
    assert found["indicateurs"]["lignes"][0]["atteint"] is True
    absence = found["impact"]["mesures"][0]
    assert absence["finances"]["n"] + absence["finances"]["inconnus"] == 2
    assert absence["avertissements"]
    assert command("indicateurs", *PROGRAMME, "1", "--nom", "Absences", "--retirer", "Doublon").document["promis"] == 0

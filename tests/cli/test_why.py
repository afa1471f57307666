"""pourquoi: one request, its reason, and what would change it."""

import json
from pathlib import Path
from typing import Any

import pytest

from clact_model.programme import load_one
from tests import workbooks
from tests.cli.command import Command, imported

GE = ("--programme", "grand_est_2024")
CASE = json.loads((Path(__file__).parent.parent / "cases" / "grand_est_2024.json").read_text(encoding="utf-8"))[0]
FINESS = ("510000029", "510000037", "510000045", "510000052")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four dossiers that ask for 10 000 to 40 000 €, the fourth without its RIB."""
    dossiers = []
    for i, finess in enumerate(FINESS, start=1):
        dossier: dict[str, Any] = {**CASE["dossier"], "numero": f"D{i}", "finess": finess}
        line = {**CASE["actions"][0], "cout_total": 20000 * i, "montant_demande": 10000 * i, "agents_concernes": 50 * i}
        dossiers.append((dossier | {"rib": "non" if i == 4 else "oui"}, [line]))
    return workbooks.fill(load_one("grand_est_2024"), tmp_path_factory.mktemp("why") / "candidatures.xlsx", dossiers)


@pytest.fixture(scope="module")
def taken_in(workbook: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return imported(tmp_path_factory.mktemp("pourquoi"), GE[1], workbook)


@pytest.fixture
def filled(clact: Command, taken_in: Path) -> Command:
    return clact.beginning_with(taken_in).on("2024-06-15")


def waiting(filled: Command, *options: str) -> str:
    """The number of a dossier on the waiting list."""
    lines = filled("simuler", *GE, *options).document["lignes"]
    return next(line["numero"] for line in lines if line["statut"] == "liste_attente")


def test_the_changes_it_gives_do_fund_the_request(filled):
    numero = waiting(filled, "--enveloppe", "35000")
    found = filled("pourquoi", numero, *GE, "--enveloppe", "35000").document
    assert (found["statut"], found["accorde"], found["verifie"]) == ("liste_attente", "0.00", True)
    assert set(found["changements"]) == {"points", "euros_en_moins", "enveloppe_en_plus"}
    assert found["plus_petit"]["enveloppe_en_plus"] is True
    assert "€" in found["explication"] and found["explication"].endswith(".")
    more = found["changements"]["enveloppe_en_plus"]
    for step, statut in (("0.00", "finance"), ("-0.01", "liste_attente")):
        enveloppe = f"{35000 + float(more) + float(step):.2f}"
        lines = filled("simuler", *GE, "--enveloppe", enveloppe).document["lignes"]
        assert next(line["statut"] for line in lines if line["numero"] == numero) == statut


def test_a_funded_request_says_how_far_the_envelope_may_fall(filled):
    found = filled("pourquoi", "D1", *GE, "--enveloppe", "60000").document
    assert found["statut"] == "finance"
    assert set(found["changements"].values()) == {None}
    least = 60000 - float(found["marge_enveloppe"])
    for enveloppe, funded in ((f"{least:.2f}", True), (f"{least - 0.01:.2f}", False)):
        lines = filled("simuler", *GE, "--enveloppe", enveloppe).document["lignes"]
        assert (next(line for line in lines if line["numero"] == "D1")["statut"] == "finance") is funded


def test_a_request_that_a_rule_refuses_names_it_and_no_change(filled):
    found = filled("pourquoi", "D4", *GE).document
    assert found["statut"] == "refuse"
    decisive = [rule for rule in found["regles"] if rule["effet"] == "irrecevable" and rule["ligne"] is None]
    assert decisive and decisive[0]["message"] in found["explication"]
    assert set(found["changements"].values()) == {None}
    assert found["explication"].endswith("Ni le score ni l'enveloppe n'entrent dans ce refus.")


def test_what_the_agency_put_out_says_what_it_would_have_received(filled):
    found = filled("pourquoi", "D1", *GE, "--exclure", "D1").document
    assert found["statut"] == "refuse"
    assert "Sans cette décision, 10\u202f000,00\u00a0€ auraient été accordés." in found["explication"]


def test_by_line_a_dossier_of_one_line_needs_no_line_number_and_constraints_are_followed(filled):
    found = filled("pourquoi", "D3", *GE, "--unite", "action", "--contrainte", "secteur=*:max:15000").document
    assert (found["ligne"], found["statut"]) == (1, "liste_attente")
    assert "15\u202f000,00\u00a0€" in found["explication"]


def test_without_json_it_answers_in_sentences(filled, capsys):
    from clact_model.cli.main import main

    assert main(["pourquoi", "D3", *GE, "--base", str(filled.base), "--enveloppe", "15000"]) == 0
    assert capsys.readouterr().out.startswith("La demande, de 30\u202f000,00\u00a0€, n'est pas financée.")


def test_an_unknown_number_is_wrong_usage(filled):
    answer = filled("pourquoi", "D9", *GE)
    assert answer.status == 2
    assert "D9" in answer.errors

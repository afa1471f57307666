"""From a notified grant to its closed account, verb by verb."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.cli.command import Command
from tests.cli.test_decisions import fill
from tests.cli.test_verbs import GE

PARTS = ("consomme", "a_recuperer", "recupere", "libere", "reste")


@pytest.fixture
def told(clact: Command, tmp_path: Path) -> Command:
    """D3 and D1 notified on 9 October 2024 for 30 000 and 10 000 €."""
    clact.on("2024-06-15")
    assert clact("importer", fill(tmp_path / "f.xlsx"), *GE).status == 0
    assert clact("simuler", *GE, "--enveloppe", "42000", "--reserve", "2000", "--enregistrer", "Mars").status == 0
    for verb in (
        ("adopter", "--scenario", "Mars"),
        ("decider", "--tous"),
        ("notifier", "--tous", "--le", "2024-10-09"),
    ):
        assert clact(verb[0], *verb[1:], *GE).status == 0
    return clact


def sums(answer) -> dict[str, str]:
    found = answer.document
    for one in (found, *found["dossiers"]):
        assert Decimal(one["accorde"]) == sum(Decimal(one[part]) for part in PARTS)
    return {name: found[name] for name in ("conventionne", "paye", "presente", "admis", *PARTS)}


def test_the_journey_of_a_grant(told: Command) -> None:
    assert sums(told("suivre", *GE, "--date", "2024-10-08"))["reste"] == "0.00"
    before = told("suivre", *GE, "--date", "2024-10-09")
    assert (before.document["accorde"], sums(before)["reste"]) == ("40000.00", "40000.00")
    told.on("2024-11-20")
    refused = told("verser", "D3", "30000", *GE)
    assert (refused.status, refused.document) == (1, None)
    assert "Signez d'abord la convention" in refused.errors
    assert told("conventionner", "D3", *GE, "--reference", "2024-003", "--le", "2024-11-04").status == 0
    paid = told("verser", "D3", "30 000,00", *GE, "--reference", "DV-1")
    assert (paid.status, sums(paid)["paye"]) == (0, "30000.00")
    assert [line["nature"] for line in paid.document["dossiers"][0]["mouvements"]] == [
        "octroi",
        "convention",
        "tranche",
        "versement",
    ]
    told.on("2026-02-01")
    shown = told("justifier", "D3", *GE, "--facture", "F-1", "--montant", "21000.50")
    expense = shown.document["dossiers"][0]["mouvements"][-1]["mouvement"]
    assert told("admettre", "D3", str(expense), *GE).status == 0
    told.on("2027-01-15")
    assert told("reclamer", "D3", *GE, "--motif", "Sous-consommation").status == 0
    assert told("liberer", "D1", *GE, "--motif", "Renonce").status == 0
    told("recouvrer", "D3", *GE, "--mode", "compensation", "--reference", "CLACT 2027", "--le", "2027-10-09")
    assert sums(told("suivre", *GE, "--date", "2027-10-09")) == {
        "conventionne": "30000.00",
        "paye": "30000.00",
        "presente": "21000.50",
        "admis": "21000.50",
        "consomme": "21000.50",
        "a_recuperer": "0.00",
        "recupere": "8999.50",
        "libere": "10000.00",
        "reste": "0.00",
    }
    assert sums(told("suivre", *GE, "--date", "2026-06-01"))["a_recuperer"] == "0.00"
    natures = {line["nature"] for line in told("journal", *GE).document["journal"]}
    assert {"conventionner", "verser", "justifier", "admettre", "reclamer", "liberer", "recouvrer"} <= natures


def test_a_line_of_the_ledger_is_taken_back_by_another(told: Command) -> None:
    told.on("2024-11-20")
    told("conventionner", "D1", *GE, "--reference", "2024-001")
    paid = told("verser", "D1", "10000", *GE, "--operation", "op-1")
    again = told("verser", "D1", "10000", *GE, "--operation", "op-1")
    assert sums(again) == sums(paid)
    line = paid.document["dossiers"][0]["mouvements"][-1]["mouvement"]
    assert told("contrepasser", "D1", str(line), *GE, "--motif", "Versé à un autre").status == 0
    found = told("suivre", "D1", *GE)
    assert sums(found)["paye"] == "0.00"
    assert found.document["dossiers"][0]["mouvements"][-1]["contrepasse"] == line


def test_a_notification_is_not_taken_back_once_a_convention_stands_on_it(told: Command) -> None:
    told.on("2024-11-20")
    told("conventionner", "D1", *GE, "--reference", "2024-001")
    refused = told("notifier", "D1", *GE, "--annuler", "--motif", "Erreur")
    assert (refused.status, "le suivi a commencé" in refused.errors) == (1, True)
    assert told("notifier", "D3", *GE, "--annuler", "--motif", "Erreur").status == 0
    assert told("suivre", *GE).document["accorde"] == "10000.00"


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("suivre", "D9", *GE), 2, "rien à suivre"),
        (("suivre", *GE, "--date", "demain"), 2, "AAAA-MM-JJ"),
        (("conventionner", "D9", *GE, "--reference", "X"), 1, "inconnu du programme"),
        (("recevoir", "D1", *GE, "--bilan", "l'an dernier"), 2, "ni une année"),
        (("reporter", "D1", *GE, "--au", "2020-01-01", "--motif", "Retard"), 1, "jour à venir"),
        (("contrepasser", "D1", "999", *GE, "--motif", "Erreur"), 1, "aucune ligne"),
        (
            ("justifier", "D1", *GE, "--facture", "F", "--montant", "1", "--action", "7"),
            1,
            "la ligne 7 n'existe pas (lignes connues : 1)",
        ),
        (("reclamer", "D1", *GE, "--motif", "Rien"), 1, "rien n'est à récupérer"),
    ],
)
def test_what_cannot_be_is_said_in_french(told: Command, arguments: tuple[str, ...], status: int, said: str) -> None:
    answer = told(*arguments)
    assert (answer.status, answer.document) == (status, None)
    assert said in answer.errors

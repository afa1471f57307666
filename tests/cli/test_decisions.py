"""From a scenario to what establishments are told, verb by verb."""

from pathlib import Path

import openpyxl
import pytest

from clact_model.programme import load_one
from tests import workbooks
from tests.cli.command import Command, imported
from tests.cli.test_verbs import DOSSIER, FINESS, GE, LINE

PARTS = ("decide", "propose", "reserve", "reste")


def fill(path: Path, montant_d1: int = 10000) -> Path:
    """Four dossiers that ask for 10 000 to 40 000 €, the fourth with its RIB unknown."""
    dossiers = []
    for i, finess in enumerate(FINESS, start=1):
        asked = montant_d1 if i == 1 else 10000 * i
        dossier = {**DOSSIER, "numero": f"D{i}", "finess": finess, "rib": None if i == 4 else "oui"}
        line = {**LINE, "cout_total": 2 * asked, "montant_demande": asked, "agents_concernes": 50 * i}
        dossiers.append((dossier, [line]))
    return workbooks.fill(load_one("grand_est_2024"), path, dossiers)


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return imported(tmp_path_factory.mktemp("base"), GE[1], fill(tmp_path_factory.mktemp("envoi") / "f.xlsx"))


@pytest.fixture
def saved(clact: Command, taken_in: Path) -> Command:
    """A base with the scenario « Mars »: D3 for 30 000 €, then D2 waits."""
    clact.beginning_with(taken_in).on("2024-06-15")
    assert clact("simuler", *GE, "--enveloppe", "42000", "--reserve", "2000", "--enregistrer", "Mars").status == 0
    return clact


def lines(answer) -> dict[str, tuple[str, str, str]]:
    return {d["numero"]: (d["statut"], d["decision"], d["accorde"]) for d in answer.document["decisions"]}


def sums(answer) -> None:
    found = answer.document
    cents = {name: round(float(found[name]) * 100) for name in ("enveloppe", *PARTS)}
    assert cents["enveloppe"] == sum(cents[name] for name in PARTS)


def test_the_journey_of_a_selection(saved: Command, tmp_path: Path) -> None:
    assert saved("decisions", *GE).document == {"enveloppe": None, "decisions": []}
    answer = saved("adopter", *GE, "--scenario", "Mars")
    assert answer.status == 0
    assert lines(answer) == {
        "D3": ("propose", "retenu", "30000.00"),
        "D2": ("propose", "liste_attente", "0.00"),
        "D1": ("propose", "retenu", "10000.00"),
        "D4": ("propose", "liste_attente", "0.00"),
    }
    sums(answer)
    refused = saved("decider", "D2", *GE, "--statut", "retenu", "--montant", "5000", "--motif", "Priorité")
    assert (refused.status, refused.document) == (1, None)
    assert "L'enveloppe ne suffit pas" in refused.errors
    answer = saved("decider", "D1", *GE, "--statut", "retenu", "--montant", "4 000,50", "--motif", "Coût revu")
    assert lines(answer)["D1"] == ("retenu", "retenu", "4000.50")
    sums(answer)
    answer = saved("decider", "--tous", *GE, "--comite", "2024-06-20")
    assert {statut for statut, _, _ in lines(answer).values()} == {"retenu", "liste_attente"}
    answer = saved("notifier", "--tous", *GE, "--le", "2024-06-25")
    assert {n: statut for n, (statut, _, _) in lines(answer).items()} == {
        "D3": "notifie",
        "D2": "notifie",
        "D1": "notifie",
        "D4": "liste_attente",
    }
    assert "sous condition" in saved("notifier", "D4", *GE, "--le", "2024-06-25").errors
    answer = saved("notifier", "D3", *GE, "--annuler", "--motif", "Lettre fausse")
    assert lines(answer)["D3"][0] == "retenu"
    answer = saved("verrouiller", *GE, "--motif", "Comité clos")
    assert answer.document["verrou"]["motif"] == "Comité clos"
    assert "verrouillée" in saved("decider", "D3", *GE, "--statut", "propose", "--motif", "x").errors
    assert saved("deverrouiller", *GE, "--motif", "Recours").document["verrou"] is None
    answer = saved("exporter", *GE, "--decisions", "--sortie", tmp_path / "decisions.xlsx")
    assert (answer.document["selection"], answer.document["accorde"]) == (2, "34000.50")
    context = {row[0].value: row[1].value for row in openpyxl.load_workbook(tmp_path / "decisions.xlsx")["Contexte"]}
    assert context["Décisions"] == "Décisions du comité du 20 juin 2024"
    assert context["Décidé (€)"] == 34000.5
    header, *rows = openpyxl.load_workbook(tmp_path / "decisions.xlsx")["Sélection"].iter_rows(values_only=True)
    found = {row[header.index("Numéro de dossier")]: row[header.index("Décision")] for row in rows[:-1]}
    assert found == {"D3": "Retenu, comité du 20/06/2024", "D1": "Retenu, notifié le 25/06/2024"}
    natures = [line["nature"] for line in saved("journal", *GE).document["journal"] if line["champ"] is None]
    assert natures[:4] == ["deverrouiller", "verrouiller", "revenir_sur_decision", "notifier"]


def test_adopting_again_asks_about_what_is_decided(saved: Command) -> None:
    saved("adopter", *GE, "--scenario", "Mars")
    saved("decider", "D1", *GE, "--statut", "refuse", "--motif", "Retrait")
    answer = saved("adopter", *GE, "--scenario", "Mars")
    assert answer.status == 4
    assert "Une demande est déjà décidée (D1)" in answer.document["question"]
    answer = saved("adopter", *GE, "--scenario", "Mars", "--accepter")
    assert (answer.status, lines(answer)["D1"]) == (0, ("refuse", "refuse", "0.00"))


def test_an_import_keeps_what_is_decided(saved: Command, tmp_path: Path) -> None:
    saved("adopter", *GE, "--scenario", "Mars")
    saved("decider", "D1", *GE, "--statut", "retenu", "--motif", "Accord")
    other = fill(tmp_path / "autre.xlsx", montant_d1=7000)
    answer = saved("importer", other, *GE)
    assert answer.status == 4
    assert {c["champ"] for c in answer.document["ecarts_gardes"]} == {"cout_total", "montant_demande"}
    assert saved("importer", other, *GE, "--accepter").status == 0
    listed = {d["numero"]: d["actions"][0]["montant_demande"] for d in saved("lister", *GE).document["dossiers"]}
    assert listed["D1"] == "10000.00"
    imported = saved("historique", *GE).document["imports"][0]["id"]
    first = saved("historique", *GE).document["imports"][-1]["id"]
    assert imported != first
    assert "Une décision du comité porte sur le dossier D1" in saved("annuler", first, *GE).errors


def test_the_same_operation_decides_once(saved: Command) -> None:
    saved("adopter", *GE, "--scenario", "Mars")
    for _ in range(2):
        answer = saved("decider", "D1", *GE, "--statut", "refuse", "--motif", "Retrait", "--operation", "a")
    assert answer.document["version"] == 2


WRONG = (
    ("adopter", *GE),
    ("adopter", *GE, "--scenario", "Avril"),
    ("decider", *GE),
    ("decider", "D1", *GE, "--tous"),
    ("decider", "D9", *GE, "--statut", "refuse", "--motif", "x"),
    ("decider", "D1", *GE, "--statut", "peut_etre", "--motif", "x"),
    ("decider", "D1", *GE, "--statut", "refuse", "--motif", "x", "--comite", "20/06/2024"),
    ("notifier", *GE),
    ("notifier", "D1", *GE, "--annuler", "--motif", "x"),
    ("verrouiller", *GE),
    ("exporter", *GE, "--decisions", "--scenario", "Mars", "--sortie", "x.csv"),
)


def test_wrong_usage_is_said_in_french(saved: Command) -> None:
    saved("adopter", *GE, "--scenario", "Mars")
    for arguments in WRONG:
        answer = saved(*arguments)
        assert (answer.status, answer.document) == (2, None), arguments
        assert answer.errors.startswith("Erreur : "), arguments


def test_without_a_selection_the_way_is_said(saved: Command, tmp_path: Path) -> None:
    assert "adoptez d'abord un scénario" in saved("verrouiller", *GE, "--motif", "x").errors
    assert "adoptez d'abord" in saved("exporter", *GE, "--decisions", "--sortie", tmp_path / "x.csv").errors

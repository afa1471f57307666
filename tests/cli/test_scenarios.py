"""scenarios, comparer: what other programs read, and what is refused."""

import shutil
from pathlib import Path

import pytest

from tests.allocation.campaign import campaign, dossier
from tests.cli.command import Command
from tests.scenario.saved import keep

GE = ("--programme", "grand_est_2024")
OUT = {"forced_out": frozenset({("D1", None)})}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three dossiers of 20 000 € each, and two scenarios of 40 000 €: with D1 and without."""
    repeated = dossier("D3", clact_anterieur="acheve", clact_anterieur_respecte="oui")
    call = campaign(tmp_path_factory.mktemp("appel"), dossier("D1"), dossier("D2", departement="54"), repeated)
    for nom, rest in {"Mars": {}, "Avril": OUT}.items():
        keep(call, nom, "40000", note=f"Note de {nom}", **rest)
    call.cursor.close()
    call.base.close()
    return call.base.path


@pytest.fixture
def saved(clact: Command, kept: Path) -> Command:
    shutil.copy(kept, clact.base)
    return clact.on("2024-06-15")


def test_the_list_gives_each_scenario_with_its_figures(saved: Command) -> None:
    found = saved("scenarios", *GE).document["scenarios"]
    assert [one["nom"] for one in found] == ["Avril", "Mars"]
    assert {name: found[1][name] for name in ("strategie", "unite", "enveloppe", "accorde", "reste", "notes")} == {
        "strategie": "classement_continu",
        "unite": "dossier",
        "enveloppe": "40000.00",
        "accorde": "40000.00",
        "reste": "0.00",
        "notes": 1,
    }
    assert found[1]["dossiers_finances"] == 2
    assert found[1]["verrou"] is None


def test_two_scenarios_side_by_side(saved: Command) -> None:
    found = saved("comparer", "Mars", "Avril", *GE).document
    assert [one["nom"] for one in found["scenarios"]] == ["Mars", "Avril"]
    assert [row["numero"] for row in found["sortants"]] == ["D1"]
    assert found["sortants"][0]["montants"] == ["20000.00", "0.00"]
    assert [row["numero"] for row in found["entrants"]] == ["D3"]
    assert found["scenarios"][1]["deja"] == {"dossiers": 1, "accorde": "20000.00"}
    assert found["scenarios"][0]["agents"] == 240
    assert found["scenarios"][0]["cout_par_agent"] == "166.67"
    (fall,) = found["cascades"]
    assert (fall["depart"], fall["entrants"]["montant"], fall["sortants"]["montant"], fall["arrivee"]) == (
        "40000.00",
        "20000.00",
        "-20000.00",
        "40000.00",
    )
    assert set(found["par"]) == {"departement", "secteur", "statut", "axe", "enjeu_has"}
    assert found["par"]["departement"] == {"51": ["20000.00", "20000.00"], "54": ["20000.00", "20000.00"]}
    assert saved("comparer", "Mars", "Mars", *GE).document["identiques"] is True


def test_a_scenario_is_annotated_copied_locked_renamed_and_deleted(saved: Command) -> None:
    assert saved("scenarios", "Mars", *GE, "--noter", "Vu en comité").document["notes"][0]["texte"] == "Vu en comité"
    assert saved("scenarios", "Mars", *GE, "--copier", "Copie").document["nom"] == "Copie"
    locked = saved("scenarios", "Mars", *GE, "--verrouiller", "Séance").document
    assert locked["verrou"]["motif"] == "Séance"
    refused = saved("scenarios", "Mars", *GE, "--supprimer")
    assert (refused.status, "verrouillé" in refused.errors) == (2, True)
    assert saved("scenarios", "Mars", *GE, "--deverrouiller", "Erreur").document["verrou"] is None
    assert saved("scenarios", "Mars", *GE, "--renommer", "Juin").document["nom"] == "Juin"
    assert saved("scenarios", "Juin", *GE, "--supprimer").status == 0
    assert {one["nom"] for one in saved("scenarios", *GE).document["scenarios"]} == {"Copie", "Avril"}


def test_a_scenario_with_its_equity(saved: Command) -> None:
    found = saved("scenarios", "Avril", *GE).document["equite"]
    assert found["anteriorite"]["premiere"]["accorde"] == "20000.00"
    assert found["taille"]["250_a_999"]["part_accorde"] == "1.0000"
    assert found["departement"]["51"]["par_agent"] == "12.50"


def test_run_again_the_same_figures_while_nothing_has_changed(saved: Command) -> None:
    found = saved("scenarios", "Mars", *GE, "--rejouer").document
    assert (found["identiques"], found["etapes"][0]["accorde"], found["entrants"]) == (True, "40000.00", [])
    saved("deroger", "D1", *GE, "--verdict", "irrecevable", "--motif", "Retrait")
    again = saved("scenarios", "Mars", *GE, "--rejouer").document
    assert [row["numero"] for row in again["sortants"]] == ["D1"]
    assert "D1" in again["operations"][0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("comparer", "Mars"), "2 à 4 scénarios"),
        (("comparer", "Mars", "Mai"), "Aucun scénario « Mai »"),
        (("scenarios", "--verrouiller", "Motif"), "Donnez le nom du scénario"),
        (("scenarios", "Mars", "--supprimer", "--noter", "x"), "Une seule action"),
    ],
)
def test_what_cannot_be_done_is_wrong_usage(saved: Command, arguments: tuple[str, ...], said: str) -> None:
    answer = saved(*arguments, *GE)
    assert (answer.status, answer.document) == (2, None)
    assert said in answer.errors


def test_a_simulation_is_saved_with_a_note(saved: Command) -> None:
    options = ("--enveloppe", "20000", "--enregistrer", "Mai", "--note", "Pour voir")
    assert saved("simuler", *GE, *options).status == 0
    assert [note["texte"] for note in saved("scenarios", "Mai", *GE).document["notes"]] == ["Pour voir"]

"""parametre: what may be changed, what a change does, and the same dossiers under another call."""

from decimal import Decimal
from pathlib import Path

import pytest

from clact_model import paths
from tests.cli.command import Command, imported

NO = ("--programme", "normandie_2025")
ENVELOPE = ("--enveloppe", "700000")


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return imported(tmp_path_factory.mktemp("parametre"), NO[1], paths.DEMO_FOLDER / "normandie_2025.xlsx")


@pytest.fixture
def filled(clact: Command, taken_in: Path) -> Command:
    return clact.beginning_with(taken_in).on("2025-05-15")


def test_without_a_change_it_lists_what_may_be_changed(clact: Command) -> None:
    answer = clact("parametre", "--programme", "guadeloupe_2023")
    assert answer.status == 0
    values = {one["nom"]: (one["type"], one["valeur"]) for one in answer.document["parametres"]}
    assert values["taux"] == ("part", "0.4000")
    assert values["plafond_projet"] == ("montant", "300000.00")
    assert values["projets_maximum"] == ("entier", 2)
    assert values["date_limite"] == ("date", "2023-11-06")
    assert {"id": "gp-delai", "libelle": "Déposé au plus tard le 6 novembre 2023", "niveau": "dossier"}.keys() == set(
        answer.document["regles"][0]
    )
    assert answer.document["regles"][0]["id"] == "gp-delai"


def test_each_change_is_a_step_in_the_order_written(filled: Command) -> None:
    changes = ("--sans-regle", "no-delai", "--parametre", "taux=0.4", "--poids", "agents=3")
    answer = filled("parametre", *NO, *ENVELOPE, *changes, "--nouvelle-enveloppe", "650 000,50")
    assert answer.status == 0, answer.errors
    found = answer.document
    assert [step["changement"] for step in found["etapes"]] == [
        {"nature": "sans_regle", "nom": "no-delai", "valeur": None},
        {"nature": "parametre", "nom": "taux", "valeur": "0.4000"},
        {"nature": "poids", "nom": "agents", "valeur": "3"},
        {"nature": "enveloppe", "nom": "enveloppe", "valeur": "650000.50"},
    ]
    assert found["etapes"][-1]["apres"] == found["apres"]
    assert found["avant"]["enveloppe"] == "700000.00"
    assert found["apres"]["enveloppe"] == "650000.50"
    for name in ("aide_possible", "accorde", "reste", "enveloppe"):
        effects = sum(Decimal(step["effet"][name]) for step in found["etapes"])
        assert Decimal(found["avant"][name]) + effects == Decimal(found["apres"][name])


def test_the_dossiers_that_change_agree_with_simuler(filled: Command) -> None:
    found = filled("parametre", *NO, *ENVELOPE, "--parametre", "taux=0.4").document
    changed = ("--parametre", "taux=0.4")
    before = {line["numero"]: line for line in filled("simuler", *NO, *ENVELOPE).document["lignes"]}
    after = {line["numero"]: line for line in filled("simuler", *NO, *ENVELOPE, *changed).document["lignes"]}
    told = {line["numero"]: line for line in found["dossiers"]}
    for numero, line in after.items():
        former = before[numero]
        moves = [line[key] != former[key] for key in ("accorde", "statut")]
        assert any(moves) <= (numero in told)
    assert told
    for numero, line in told.items():
        assert (line["accorde_avant"], line["accorde_apres"]) == (before[numero]["accorde"], after[numero]["accorde"])
        assert (line["statut_avant"], line["statut_apres"]) == (before[numero]["statut"], after[numero]["statut"])
        assert line["raison_apres"] == after[numero]["raison"]


def test_the_same_dossiers_under_another_call(filled: Command) -> None:
    listed = filled("lister", *NO).document
    options = ("--sous-programme", "hauts_de_france_2022")
    answer = filled("parametre", *NO, *ENVELOPE, *options)
    assert answer.status == 0, answer.errors
    assert answer.document["apres"]["recevables"] == 0
    left = [one["id"] for one in answer.document["regles"] if one["a_laisser"]]
    assert {"hf-delai", "hf-etablissement"} <= set(left)
    without = [text for name in left for text in ("--sans-regle", name)]
    second = filled("parametre", *NO, *ENVELOPE, *options, *without).document
    assert second["apres"]["recevables"] > 0
    assert second["etapes"][0]["changement"] == {
        "nature": "sous_programme",
        "nom": "hauts_de_france_2022",
        "valeur": None,
    }
    assert filled("lister", *NO).document == listed
    assert filled("lister", "--programme", "hauts_de_france_2022").document == {"dossiers": []}


WRONG = (
    (("--parametre", "inconnu=1"), "n'a pas de paramètre"),
    (("--parametre", "taux=40"), "une part va de 0 à 1"),
    (("--sans-regle", "no-inconnue"), "n'a pas de règle"),
    (("--poids", "inconnu=1"), "n'a pas de critère"),
    (("--sous-programme", "normandie_2025"), "un autre programme"),
    (("--sous-programme", "nulle_part"), "n'existe pas"),
    (("--nouvelle-enveloppe", "beaucoup"), "n'est pas un montant"),
)


def test_what_cannot_be_tried_is_wrong_usage(filled: Command) -> None:
    for arguments, sentence in WRONG:
        answer = filled("parametre", *NO, *ENVELOPE, *arguments)
        assert (answer.status, answer.document) == (2, None), arguments
        assert sentence in answer.errors


def test_without_an_envelope_a_change_is_wrong_usage(filled: Command) -> None:
    answer = filled("parametre", *NO, "--sans-regle", "no-delai")
    assert answer.status == 2
    assert "--enveloppe" in answer.errors


def test_a_base_that_is_not_there_is_wrong_usage(clact: Command, tmp_path: Path) -> None:
    assert clact("parametre", *NO, *ENVELOPE, "--sans-regle", "no-delai").status == 2
    assert not list(tmp_path.glob("*.duckdb"))

"""A wrong programme file is refused with one French sentence naming file, part and fault; the others load."""

import shutil
from pathlib import Path

import pytest

from clact_model.programme import load_all

MINIMAL = Path(__file__).parent / "minimal"
GOOD = "petit_equipement_2026.toml"
TEXT = (MINIMAL / GOOD).read_text(encoding="utf-8")

COST = 'condition = "cout_total <= $cout_maximum"'
PHOTO = 'condition = "toutes(photo)"'

WRONG = {
    # what is wrong: (words of the good file, what stands in their place, the part named, words of the sentence)
    "colonne inconnue": (COST, 'condition = "cout <= $cout_maximum"', "règle « pe-cout »", "la colonne « cout »"),
    "paramètre inconnu": (COST, 'condition = "cout_total <= $cout"', "règle « pe-cout »", "« $cout »"),
    "deux instructions": (COST, 'condition = "true); DROP TABLE dossier; SELECT (true"', "« pe-cout »", "instructions"),
    "deux requêtes": (COST, 'condition = "true); SELECT (true"', "« pe-cout »", "instructions"),
    "sous-requête": (COST, 'condition = "cout_total <= (SELECT 1)"', "« pe-cout »", "sous-requête"),
    "lecture d'une table": (COST, 'condition = "true) FROM dossier WHERE (true"', "« pe-cout »", "FROM"),
    "expression illisible": (COST, 'condition = "cout_total <="', "« pe-cout »", "pas une expression"),
    "commentaire": (COST, 'condition = "cout_total > 0 -- "', "", ""),
    "CASE": (COST, 'condition = "CASE WHEN mutualisee THEN true END"', "« pe-cout »", "CASE"),
    "coalesce": (COST, 'condition = "coalesce(mutualisee, true)"', "« pe-cout »", "inconnu en réponse"),
    "IS TRUE": (COST, 'condition = "mutualisee IS TRUE"', "« pe-cout »", "inconnu en réponse"),
    "IS NOT DISTINCT": (
        COST,
        "condition = \"nature IS NOT DISTINCT FROM 'etude'\"",
        "« pe-cout »",
        "inconnu en réponse",
    ),
    "IS NULL sans mention": (COST, 'condition = "cout_total IS NULL"', "« pe-cout »", "mention_exigee"),
    "NULL": (COST, 'condition = "cout_total = NULL"', "« pe-cout »", "NULL"),
    "fonction interdite": (COST, "condition = \"read_text('/etc/passwd') = ''\"", "« pe-cout »", "« read_text »"),
    "greatest": (COST, 'condition = "greatest(cout_total, 1) > 0"', "« pe-cout »", "« greatest »"),
    "fenêtrage": (COST, 'condition = "sum(cout_total) OVER () > 0"', "« pe-cout »", "fenêtrage"),
    "étoile": (COST, 'condition = "count(*) > 0"', "« pe-cout »", "count_star"),
    "code inconnu": (
        COST,
        "condition = \"nature = 'équipement'\"",
        "« pe-cout »",
        "« équipement » n'est pas une valeur",
    ),
    "code inconnu dans IN": (COST, "condition = \"nature IN ('etude', 'x')\"", "« pe-cout »", "« x »"),
    "texte contre nombre": (COST, 'condition = "intitule > 3"', "« pe-cout »", "types"),
    "pas un oui/non": (COST, 'condition = "cout_total"', "« pe-cout »", "oui/non"),
    "personne": (COST, "condition = \"courriel_contact = 'a'\"", "« pe-cout »", "« courriel_contact »"),
    "ligne au niveau dossier": (PHOTO, 'condition = "photo"', "« pe-photo »", "« photo » n'existe pas à ce niveau"),
    "toutes d'un nombre": (PHOTO, 'condition = "toutes(cout_total)"', "« pe-photo »", "oui/non"),
    "toutes sur une ligne": (COST, 'condition = "toutes(photo)"', "« pe-cout »", "niveau dossier"),
    "clé inconnue": (
        'libelle = "Une photographie',
        'libele = "x"\nlibelle = "Une photographie',
        "« pe-photo »",
        "« libele »",
    ),
    "clé manquante": ('message = "Un achat n\'a pas sa photographie."', "", "« pe-photo »", "« message » manque"),
    "citation absente du texte": ("accompagne chaque achat", "accompagne chaque projet", "« pe-photo »", "citation"),
    "source inconnue": ('fichier = "petit_equipement_2026.txt"', 'fichier = "autre.txt"', "", "autre.txt"),
    "taux de 50 pour 0.5": ("valeur = 0.80", "valeur = 50", "paramètre « taux »", "0.50 pour 50 %"),
    "issue inconnue": ('sinon = "ineligible"', 'sinon = "irrecevable"', "« pe-cout »", "« irrecevable »"),
    "issue au mauvais niveau": ('sinon = "irrecevable"', 'sinon = "ineligible"', "« pe-photo »", "« ineligible »"),
    "règle en double": ('id = "pe-photo"\nniveau', 'id = "pe-cout"\nniveau', "« pe-cout »", "deux fois"),
    "champ déjà pris": ('champ = "photo"\nlibelle', 'champ = "rib"\nlibelle', "champ « rib »", "déjà"),
    "type inconnu": ('type = "oui_non"', 'type = "booleen"', "champ « photo »", "« booleen »"),
    "message sans objet": ("{cout_total}, dépasse", "{cout}, dépasse", "« pe-cout »", "« {cout} »"),
    "pièce sans règle": ('regles = ["pe-photo"]', 'regles = ["pe-foto"]', "pièce « photo »", "« pe-foto »"),
    "division d'un montant": ('"assiette * $taux"', '"assiette / 2"', "aide", "ne se divise pas"),
    "fuseau inconnu": ("Europe/Paris", "Europe/Toulouse", "", "fuseau"),
    "identifiant étranger": ('id = "petit_equipement_2026"', 'id = "autre_2026"', "", "nom du fichier"),
    "TOML mal formé": ("annee = 2026", "annee = ", "", "TOML"),
    "département inconnu": ('["31", "34"]', '["31", "340"]', "départements", "« 340 »"),
}

DRAGS_ON = ("source inconnue", "règle en double", "champ déjà pris")
"""What else names the thing is at fault too."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (GOOD, "petit_equipement_2026.txt"):
        shutil.copy(MINIMAL / name, tmp_path / name)
    return tmp_path


def wrong_file(folder: Path, text: str) -> None:
    (folder / "faute_2026.toml").write_text(text, encoding="utf-8")


def test_the_good_file_loads(folder: Path) -> None:
    catalogue = load_all(folder, folder)
    assert list(catalogue.programmes) == ["petit_equipement_2026"]
    assert catalogue.faults == ()


@pytest.mark.parametrize("what", [what for what in WRONG if what not in ("commentaire", "identifiant étranger")])
def test_a_wrong_file_is_refused_in_one_sentence_and_the_others_load(what: str, folder: Path) -> None:
    before, after, place, words = WRONG[what]
    assert before in TEXT
    named = TEXT.replace('id = "petit_equipement_2026"', 'id = "faute_2026"', 1)
    wrong_file(folder, named.replace(before, after, 1))

    catalogue = load_all(folder, folder)

    assert list(catalogue.programmes) == ["petit_equipement_2026"]
    own = [fault for fault in catalogue.faults if place in fault and words in fault]
    assert len(own) == 1, catalogue.faults
    assert own[0].startswith("faute_2026.toml")
    assert own[0].endswith(".")
    assert len(catalogue.faults) == 1 or what in DRAGS_ON


def test_a_file_under_another_name_is_refused(folder: Path) -> None:
    wrong_file(folder, TEXT)
    assert "n'est pas le nom du fichier" in load_all(folder, folder).faults[0]


def test_a_comment_cannot_swallow_the_rest(folder: Path) -> None:
    (folder / GOOD).write_text(TEXT.replace(COST, WRONG["commentaire"][1]), encoding="utf-8")
    programme = load_all(folder, folder).get("petit_equipement_2026")
    assert programme.expression("action", "cout_total > 0 --").sql == "((cout_total > 0))"


CYCLE = """
[[calcul]]
nom = "a"
niveau = "action"
valeur = "b + 1"
[[calcul]]
nom = "b"
niveau = "action"
valeur = "a + 1"
"""


def test_calculations_that_go_round_in_circles_are_refused(folder: Path) -> None:
    wrong_file(folder, TEXT.replace('id = "petit_equipement_2026"', 'id = "faute_2026"', 1) + CYCLE)
    faults = load_all(folder, folder).faults
    assert len(faults) == 2
    assert "calcul « a » : le calcul « a » se définit par lui-même (a → b → a)" in faults[0]


def test_a_rule_of_several_cases_ends_without_a_condition(folder: Path) -> None:
    cases = '[[regle.cas]]\nquand = "rib"\nverdict = "a_completer"\n'
    text = TEXT.replace('id = "petit_equipement_2026"', 'id = "faute_2026"', 1)
    text = text.replace('sinon = "irrecevable"\n', "").replace(
        '[[regle]]\nid = "pe-cout"', cases + '\n[[regle]]\nid = "pe-cout"'
    )
    wrong_file(folder, text)
    (fault,) = load_all(folder, folder).faults
    assert "la dernière issue vaut sans condition" in fault

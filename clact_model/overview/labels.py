"""What the codes of a verdict, an outcome or a list are called on screen."""

from collections.abc import Mapping

from clact_model.departements import names as departement_names
from clact_model.programme import Programme

VERDICTS: Mapping[str, str] = {
    "recevable": "Recevable",
    "a_verifier": "À vérifier",
    "a_completer": "À compléter",
    "sursis": "En sursis",
    "irrecevable": "Irrecevable",
}
"""Verdict of a dossier → what is read on screen, weakest first."""

LINE_VERDICTS: Mapping[str, str] = {"eligible": "Éligible", "a_verifier": "À vérifier", "ineligible": "Inéligible"}
"""Verdict of a line → what is read on screen, weakest first."""

EFFECTS: Mapping[str, str] = {
    "plafond": "Aide plafonnée",
    "assiette": "Assiette réduite",
    "hors_priorite": "Hors priorité",
}
"""Consequence that is no verdict → what is read on screen."""

OUTCOMES: Mapping[str, str] = {
    "accepte": "Tout est entré",
    "accepte_avec_avertissement": "Tout est entré, avec des avertissements",
    "question": "En attente d'une réponse",
    "lignes_rejetees": "Des lignes ont été refusées",
    "fichier_rejete": "Le fichier a été refusé",
}
"""Result of an import → what is read on screen."""

NOT_GIVEN = "Non renseigné"
"""The group of what has no value."""
SEVERAL_AXES = "Plusieurs axes"
"""The group of money that is one sum for lines of several axes."""
NOBODY = "Sans instructeur"
"""The group of the dossiers that nobody is in charge of."""


def departement_label(code: str) -> str:
    """``01`` → ``01 – Ain``; an unknown code as it is."""
    name = departement_names().get(code)
    return f"{code} – {name}" if name else code


def values(programme: Programme, champ: str) -> dict[str, str]:
    """Code → French label of a field that is a list; of a département, its number and name."""
    if champ == "departement":
        return {code: departement_label(code) for code in departement_names()}
    known = programme.dictionary.find("dossier", champ) or programme.dictionary.get("action", champ)
    labels = {value.code: value.libelle for value in known.valeurs}
    if champ in ("axe", "thematique"):
        labels.setdefault("autre", "Autre, hors de la liste de l'appel")
    return labels

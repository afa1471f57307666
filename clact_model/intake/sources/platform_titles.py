"""The titles that the platform writes itself, folded, and how it builds those of the form's own questions."""

import re
from collections.abc import Mapping

from clact_model.intake.mapping.titles import Bare

STATE = "etat du dossier"
STANDARD_NUMBER = "id"
NUMBERS = frozenset({STANDARD_NUMBER, "no dossier", "no ds", "numero ds"})
"""The number, as the platform writes it and as people rename it; « Numéro de dossier » is our own workbook's."""
OF_THE_STANDARD = frozenset({STANDARD_NUMBER, "depose le", "derniere mise a jour le"})
"""Titles that only the standard export writes: an export with chosen columns has others for them."""
MARKS = frozenset(
    {
        "email",
        "adresse electronique",
        "depose le",
        "date de depot",
        "instructeurs",
        "a archiver",
        "archive",
        "derniere mise a jour le",
        "date du dernier evenement",
    }
)
"""One of these stands beside the number and the state in every export."""

DOSSIER = "dossier id"
BLOCK = frozenset({DOSSIER, "ligne"})
OPINIONS = frozenset({DOSSIER, "introduction", "reponse"})
APPLICANTS = frozenset({DOSSIER, "champ", "etablissement siret"})
APPLICANT = "dossier"
FUNDERS = frozenset({"financeur", "nom du financeur", "cofinanceur", "co-financeur", "autre financeur", "organisme"})
AMOUNT = re.compile(r"montant\b")

_SAYS_NOTHING = (
    "franceconnect ?|france connecte ?|derniere mise a jour le|derniere mise a jour du dossier le|passe en instruction le|"
    "traite le|motivation de la decision|instructeurs|groupe instructeur|labels|domaine fonctionnel|"
    "referentiel de programmation|centre de cout|date decision sva|date decision svr|date de creation|"
    "date du dernier evenement|date de derniere modification (usager)|date de passage en construction|"
    "date de passage en instruction|date de traitement|date d'expiration|civilite|nom|prenom|date de naissance|"
    "depot pour un tier|depot pour un tiers|nom du mandataire|prenom du mandataire|etablissement siege social|"
    "etablissement naf|etablissement libelle naf|libelle naf|code naf|etablissement adresse|etablissement numero voie|"
    "etablissement type voie|etablissement nom voie|etablissement complement adresse|etablissement code postal|"
    "etablissement localite|etablissement code insee localite|etablissement enseigne|entreprise siren|"
    "entreprise capital social|entreprise numero tva intracommunautaire|entreprise forme juridique|"
    "entreprise forme juridique code|entreprise nom commercial|entreprise siret siege social|"
    "entreprise code effectif entreprise|entreprise date de creation|entreprise etat administratif|entreprise nom|"
    "entreprise prenom|association rna|association titre|association objet|association date de creation|"
    "association date de declaration|association date de publication"
)

FIXED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_SAYS_NOTHING.split("|"), ()),
    # The applicant is often the legal entity: what the form asks about the establishment goes before.
    "email": ("courriel_contact",),
    "adresse electronique": ("courriel_contact",),
    "entreprise raison sociale": ("raison_sociale",),
    "etablissement siret": ("siret",),
}
"""Titles of the sheet of dossiers → the field each stands in for; none: the column says nothing to us."""

FIXED_IN_BLOCKS: Mapping[str, tuple[str, ...]] = {"ligne": ()}
FIXED_OF_APPLICANTS: Mapping[str, tuple[str, ...]] = {
    **FIXED,
    "champ": (),
    DOSSIER: ("numero",),
}

_IN_BLOCK = re.compile(r"^\(bloc repetable .*\) [–-] ")
_REPEATS = re.compile(r" \((?:code|primaire|secondaire)\)$")
_OF_A_SIRET = re.compile(r" – siret$")


def bare_in(block: str) -> Bare:
    """How to find the question in a title: without the name of its block, and without the part of it that is exported."""

    def bare(title: str) -> tuple[str, bool]:
        text = _IN_BLOCK.sub("", title)
        before, dash, after = text.partition(" – ")
        if dash and block and before.startswith(block[:20]):
            text = after
        text = _OF_A_SIRET.sub("", text)
        short = _REPEATS.sub("", text)
        return short, short != text

    return bare

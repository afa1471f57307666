"""What is stored and what was done, as a French reader says it."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from clact_model import decision, formats
from clact_model.fields import Dictionary, Field
from clact_model.overview.labels import LINE_VERDICTS, VERDICTS, departement_label

OPERATIONS: Mapping[str, str] = {
    "importer": "Import",
    "annuler_import": "Import annulé",
    "importer_consommation": "Import d'un état récapitulatif",
    "importer_versements": "Import de versements",
    "annuler_import_suivi": "Import du suivi annulé",
    "deroger": "Dérogation",
    "lever_derogation": "Dérogation levée",
    "confirmer_derogation": "Dérogation confirmée",
    "noter": "Note",
    "retirer_note": "Note retirée",
    "enregistrer_grille": "Grille de poids",
    "enregistrer_scenario": "Scénario",
    "annoter_scenario": "Scénario annoté",
    "copier_scenario": "Scénario copié",
    "renommer_scenario": "Scénario renommé",
    "verrouiller_scenario": "Scénario verrouillé",
    "deverrouiller_scenario": "Scénario déverrouillé",
    "supprimer_scenario": "Scénario supprimé",
    "enregistrer_programme": "Règles",
    "deposer_texte": "Texte de l'appel",
    "remarquer": "Remarque",
    "corriger_remarque": "Remarque corrigée",
    "retirer_remarque": "Remarque retirée",
    "affecter": "Affectation",
    "demander_piece": "Pièce demandée",
    "recevoir_piece": "Pièce reçue",
    "annuler_demande": "Demande de pièce annulée",
    "reporter_demande": "Échéance de pièce reportée",
    "enregistrer_vue": "Vue enregistrée",
    "supprimer_vue": "Vue supprimée",
    "completer": "Complété par le référentiel",
    "confirmer_anterieur": "CLACT antérieur confirmé",
    "reprendre_anterieur": "CLACT antérieur repris",
    "charger_reference": "Référentiel chargé",
    "reparer": "Base réparée",
    **decision.OPERATIONS,
}
"""Nature of an operation in the journal → what is read on screen."""


KEPT_FIELDS: Mapping[str, str] = {
    "verdict": "Verdict",
    "remarque": "Remarque",
    "instructeur": "Instructeur",
    "demande_piece": "Demande de pièce",
    "note_scenario": "Note d'un scénario",
    "verrou_scenario": "Verrou d'un scénario",
    **{champ: name.capitalize() for champ, name in decision.FIELDS.items()},
}
"""What the journal follows beside the fields of the dictionary → what it is called."""


def value_in_words(field: Field, value: Any) -> str:
    """A stored value with its unit; « — » for the unknown."""
    if value is None or value == "":
        return formats.UNKNOWN
    writers: Mapping[str, Callable[[Any], str]] = {
        "montant": formats.euros,
        "pourcentage": formats.share,
        "oui_non": formats.yes_no,
        "date": formats.day,
        "horodatage": formats.moment,
        "code": field.label_of,
        "departement": departement_label,
    }
    if field.type in writers:
        return writers[field.type](value)
    if isinstance(value, Decimal | int):
        unit = "" if field.unite in ("", "0..5") else f" {field.unite}"
        return f"{formats.number(value)}{' sur 5' if field.unite == '0..5' else unit}"
    return field.label_of(str(value))


def field_label(dictionary: Dictionary, champ: str | None, ligne: int | None) -> str | None:
    """What the field of a line of the journal is called."""
    if champ is None:
        return None
    field = dictionary.find("dossier" if ligne is None else "action", champ)
    return field.libelle if field else KEPT_FIELDS.get(champ, champ)


def kept_in_words(champ: str | None, ligne: int | None, text: str | None) -> str | None:
    """What the journal kept of a value: an import writes it in French already, a verdict is a code."""
    if champ == "verdict" and text is not None:
        return (VERDICTS if ligne is None else LINE_VERDICTS).get(text, text)
    return text


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Sum of the amounts that are known, EUR; None when none is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None

"""The text that asks an establishment to correct what it wrote. Pieces that are missing are asked for elsewhere (pieces.py)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clact_model.documents.addressees import Addressee
from clact_model.documents.marked import Said
from clact_model.intake import KINDS
from clact_model.programme import Programme

DEADLINE = "[date]"
"""What a person fills in before sending."""
_ASKS = re.compile(r"\b\w{3,}ez\b|\brest(?:e|ent)\b")
"""« corrigez », « vérifiez »; « reste inconnu »: the other warnings say what was understood, and ask for nothing."""
_FOR_THEM = (
    (re.compile(r"^Dossier \S+ : "), ""),
    (re.compile(r" En attendant, « .*"), ""),
    (re.compile(r" Le référentiel FINESS, s'il est chargé, .*"), ""),
    (re.compile(r" Le zéro perdu en tête .* est rétabli : \S+\.$"), ""),
    (re.compile(r", celui de l'établissement reste inconnu\."), " : indiquez celui de l'établissement."),
    (re.compile(r"La clé du N° (\w+) (\w+) ne correspond pas"), r"le N° \1 \2 ne semble pas exact"),
)
"""What is said to the agency → what the establishment needs to hear of it."""
_ON_SCREEN: Mapping[str, str] = {
    " : saisissez-le dans une cellule au format Texte.": " : corrigez-le.",
    ", saisis dans une cellule au format Texte": "",
    "est à 0, ce que cet export écrit aussi pour une case vide :": "est vide ou à 0 :",
    "La cellule ne contient pas": "la réponse n'est pas",
    "laissez la cellule vide": "laissez la réponse vide",
    "dans la colonne du": "dans la case du",
}
"""Words of a spreadsheet → those of a form on a screen."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is asked of one establishment about one dossier. ``texte``: ready to be copied, its subject first."""

    numero: str
    raison_sociale: str | None
    courriel: str | None
    """None unless the letter was asked to carry it."""
    objet: str
    texte: str


def letters(
    programme: Programme,
    source: str,
    anomalies: Sequence[Said],
    known: Mapping[str, Addressee],
    with_contact: bool = False,
) -> list[Letter]:
    """One letter for each dossier that has something to correct, in the order of the files.

    ``source``: what the files were taken for, in words: what came from the platform is told by the names of its fields,
    a workbook also by its cells. ``with_contact``: with the address of the contact, which is personal data.
    """
    on_platform = KINDS["plateforme"].label in source
    asked: dict[str, dict[str, None]] = {}
    for anomaly in anomalies:
        if anomaly.numero is not None and concerns_establishment(anomaly):
            sentence = _on_screen(anomaly) if on_platform else _in_workbook(anomaly)
            asked.setdefault(anomaly.numero, {})[sentence] = None
    return [
        _letter(programme, numero, known.get(numero, Addressee()), list(sentences), with_contact)
        for numero, sentences in asked.items()
    ]


def numbers(anomalies: Sequence[Said]) -> list[str]:
    """The dossiers that :func:`letters` writes about."""
    return list(dict.fromkeys(a.numero for a in anomalies if a.numero is not None and concerns_establishment(a)))


def concerns_establishment(anomaly: Said) -> bool:
    """True for what the establishment wrote and can correct; doubles and unknown numbers are the file's, not its own."""
    placed = anomaly.feuille is not None or anomaly.colonne is not None
    about_the_number = anomaly.valeur is not None and anomaly.valeur == anomaly.numero
    if not placed or about_the_number:
        return False
    return anomaly.gravite == "erreur" or (
        anomaly.gravite == "avertissement" and _ASKS.search(_for_them(anomaly.message)) is not None
    )


def _for_them(message: str) -> str:
    for said_to_the_agency, said_to_them in _FOR_THEM:
        message = said_to_the_agency.sub(said_to_them, message)
    return message


def _on_screen(anomaly: Said) -> str:
    message = _for_them(anomaly.message)
    for cells, screen in _ON_SCREEN.items():
        message = message.replace(cells, screen)
    return message


def _in_workbook(anomaly: Said) -> str:
    places = [f"feuille « {anomaly.feuille} »" if anomaly.feuille else ""]
    if anomaly.feuille and anomaly.colonne and anomaly.ligne:
        places.append(f"cellule {anomaly.colonne}{anomaly.ligne}")
    elif anomaly.ligne:
        places.append(f"ligne {anomaly.ligne}")
    place = ", ".join(place for place in places if place)
    message = _for_them(anomaly.message)
    return f"{message.removesuffix('.')} ({place})." if place else message


def _letter(
    programme: Programme, numero: str, addressee: Addressee, sentences: Sequence[str], with_contact: bool
) -> Letter:
    objet = f"{programme.titre}, dossier n° {numero} – informations à corriger"
    courriel = addressee.courriel if with_contact else None
    name = f" ({addressee.raison_sociale})" if addressee.raison_sociale else ""
    several = len(sentences) > 1
    lines = [
        *([f"À : {courriel}"] if courriel else []),
        f"Objet : {objet}",
        "",
        "Madame, Monsieur,",
        "",
        f"La lecture de votre dossier n° {numero}{name}, déposé au titre de l'appel « {programme.titre} », fait apparaître "
        + (
            "des informations à corriger ou à préciser\u00a0:"
            if several
            else "une information à corriger ou à préciser\u00a0:"
        ),
        "",
    ]
    for place, sentence in enumerate(sentences, start=1):
        lines += [f"{place}. {sentence}" if several else sentence, ""]
    lines += [
        f"Nous vous remercions de nous transmettre {'ces corrections' if several else 'cette correction'} avant le {DEADLINE}, en "
        "rappelant le numéro du dossier, et restons à votre disposition.",
        "",
        "Cordialement,",
    ]
    return Letter(numero, addressee.raison_sociale, courriel, objet, "\n".join(lines))

"""The text that reminds an establishment of what it owes: late, or due soon."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from clact_model import formats
from clact_model.documents.addressees import Addressee
from clact_model.documents.letter_of_faults import Letter
from clact_model.programme import Programme
from clact_model.tracking.obligation import Kind, Obligation

SOON = 30
"""Days ahead of which a deadline is recalled."""
RECALLED: frozenset[Kind] = frozenset({"demarrage", "bilan", "consommation", "evaluation"})
"""What an establishment can answer: nothing it sends tells the end of an action, whose length is watched without a letter."""


def reminders(
    programme: Programme,
    found: Iterable[Obligation],
    known: Mapping[str, Addressee],
    soon: int = SOON,
    with_contact: bool = False,
) -> list[Letter]:
    """One letter an establishment that is late or due within ``soon`` days; the longest late first.

    ``with_contact``: with the address of the contact, which is personal data.
    """
    by_dossier: dict[str, list[Obligation]] = {}
    for one in found:
        if to_recall(one, soon):
            by_dossier.setdefault(one.numero, []).append(one)
    ordered = sorted(by_dossier.items(), key=lambda pair: (-max(one.retard for one in pair[1]), pair[0]))
    return [_letter(programme, numero, owed, known.get(numero, Addressee()), with_contact) for numero, owed in ordered]


def to_recall(one: Obligation, soon: int = SOON) -> bool:
    """True for what the establishment itself owes, and is late or due within so many days."""
    if one.nature not in RECALLED or one.echeance is None:
        return False
    return one.etat == "en_retard" or (one.etat == "a_venir" and one.echeance <= one.jour + timedelta(days=soon))


def _letter(
    programme: Programme, numero: str, owed: Sequence[Obligation], addressee: Addressee, with_contact: bool
) -> Letter:
    late = any(one.etat == "en_retard" for one in owed)
    objet = f"{programme.titre}, dossier n° {numero} – {'relance' if late else 'rappel'}"
    courriel = addressee.courriel if with_contact else None
    name = f" ({addressee.raison_sociale})" if addressee.raison_sociale else ""
    lines = [
        *([f"À : {courriel}"] if courriel else []),
        f"Objet : {objet}",
        "",
        "Madame, Monsieur,",
        "",
        f"Au titre de la subvention accordée à votre dossier n° {numero}{name}, dans le cadre de l'appel « {programme.titre} », "
        + ("nous restons dans l'attente de ce qui suit\u00a0:" if late else "nous vous rappelons ce qui suit\u00a0:"),
        "",
    ]
    for one in owed:
        lines += [f"- {_sentence(programme, one)}", *(f"  « {quote.texte} »" for quote in one.citation[:1]), ""]
    lines += [
        "Si vous nous l'avez adressé entre-temps, veuillez ne pas tenir compte de ce message. En cas de difficulté dans la "
        f"réalisation de vos {programme.line_words}, merci de nous en informer sans attendre.",
        "",
        "Cordialement,",
    ]
    return Letter(numero, addressee.raison_sociale, courriel, objet, "\n".join(lines))


def _sentence(programme: Programme, one: Obligation) -> str:
    action = ""
    if one.ligne is not None:
        action = f", {programme.line_word} {one.ligne}" + (f" « {one.intitule} »" if one.intitule else "")
    left = f", {formats.euros(one.montant)} restant à justifier" if one.nature == "consommation" and one.montant else ""
    return f"{one.libelle}{action}{left} : {_when(one, one.echeance)}"


def _when(one: Obligation, day: date | None) -> str:
    if one.etat == "en_retard":
        return f"attendu au plus tard le {formats.long_day(day)}, soit {formats.plural(one.retard, 'jour')} de retard."
    return f"au plus tard le {formats.long_day(day)}."

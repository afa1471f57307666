"""The text that tells an establishment what is asked back from it, on what words of the call, and how it is recovered."""

from collections.abc import Iterable, Mapping

from clact_model import formats, ledger
from clact_model.documents.addressees import Addressee
from clact_model.documents.letter_of_faults import Letter
from clact_model.programme import Programme
from clact_model.tracking.situation import Situation

_WAYS: Mapping[str, str] = {
    "compensation": "Cette somme sera imputée sur la prochaine notification de crédits à votre établissement.",
    "reversement": "Cette somme est à reverser à l'agence, qui vous en adressera le titre.",
}
_UNSAID = "L'agence vous précisera les modalités du reversement."


def recovery_letters(
    programme: Programme, some: Iterable[Situation], known: Mapping[str, Addressee], with_contact: bool = False
) -> list[Letter]:
    """One letter an account of which something is still to come back, the largest amount first.

    ``with_contact``: with the address of the contact, which is personal data.
    """
    asked = sorted((one for one in some if one.balance.a_recuperer > 0), key=lambda one: -one.balance.a_recuperer)
    return [_letter(programme, one, known.get(one.numero, Addressee()), with_contact) for one in asked]


def _letter(programme: Programme, one: Situation, addressee: Addressee, with_contact: bool) -> Letter:
    recovery = programme.file.controle.recuperation
    balance, signed = one.balance, one.convention
    name = addressee.raison_sociale or one.raison_sociale
    objet = f"{programme.titre}, dossier n° {one.numero} – somme à récupérer"
    courriel = addressee.courriel if with_contact else None
    under = f", par convention n° {signed.reference} du {formats.long_day(signed.signe_le)}" if signed else ""
    claims = [m for m in ledger.standing(one.mouvements) if m.nature == "a_recuperer"]
    lines = [
        *([f"À : {courriel}"] if courriel else []),
        f"Objet : {objet}",
        "",
        "Madame, Monsieur,",
        "",
        f"Une subvention de {formats.euros(balance.accorde)} vous a été accordée au titre de l'appel « {programme.titre} », pour "
        f"votre dossier n° {one.numero}{f' ({name})' if name else ''}{under}. Au {formats.long_day(claims[-1].jour)} :",
        "",
        f"- versé : {formats.euros(balance.paye)}",
        f"- dépenses présentées : {formats.euros(balance.presente)}, dont admises {formats.euros(balance.admis)} et rejetées "
        f"{formats.euros(balance.rejete)}",
        *(f"- demandé en retour : {formats.euros(m.montant)} ({m.motif})" for m in claims),
        *([f"- déjà revenu : {formats.euros(balance.recupere)}"] if balance.recupere else []),
        "",
        f"Il reste {formats.euros(balance.a_recuperer)} à récupérer. {_WAYS[recovery.par] if recovery else _UNSAID}",
        *(f"  « {quote.texte} »" for quote in (recovery.citation if recovery else ())),
        "",
        *_rejections(one),
        "Si vous disposez de justificatifs qui ne nous seraient pas parvenus, merci de nous les adresser sans attendre.",
        "",
        "Cordialement,",
    ]
    return Letter(one.numero, name, courriel, objet, "\n".join(lines))


def _rejections(one: Situation) -> list[str]:
    rejected = [m for m in ledger.standing(one.mouvements) if m.nature == "rejet"]
    if not rejected:
        return []
    told = [
        f"- facture {m.reference or '—'}, {formats.euros(m.montant)} : {m.motif or 'motif non écrit'}" for m in rejected
    ]
    return ["Dépenses rejetées, et pourquoi :", *told, ""]

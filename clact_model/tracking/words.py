"""What a call's file says of payments and deadlines, in the words of a sentence."""

from collections.abc import Mapping
from datetime import date

from clact_model import formats
from clact_model.programme import Programme
from clact_model.programme.control import Deadline, Event
from clact_model.programme.payment import Instalment, Payment

_EVENTS: Mapping[Event, str] = {
    "accord": "la notification",
    "convention": "la signature de la convention",
    "debut": "le début de la réalisation",
    "fin": "la fin de la réalisation",
}


def deadline_in_words(programme: Programme, deadline: Deadline) -> str:
    """« au plus tard le 31 décembre 2026 », « dans les 12 mois qui suivent la notification », « chaque année, … »."""
    if deadline.chaque_annee is not None:
        each = "le premier" if deadline.nature == "evaluation" else "chaque année, au plus tard le"
        after = " qui suit la fin de la réalisation" if deadline.nature == "evaluation" else ""
        return f"{each} {deadline.chaque_annee.words}{after}"
    if deadline.mois is not None and deadline.apres is not None:
        return f"dans les {deadline.mois} mois qui suivent {_EVENTS[deadline.apres]}"
    return f"au plus tard le {formats.long_day(named_day(programme, deadline))}"


def named_day(programme: Programme, deadline: Deadline) -> date | None:
    """The day of the parameter that a deadline names; None when its day is said otherwise."""
    parameter = programme.file.parametres.get(deadline.parameter or "")
    return parameter.valeur if parameter and isinstance(parameter.valeur, date) else None


def instalment_in_words(instalment: Instalment) -> str:
    """« 40 % à la signature de la convention », « 30 % sur le bilan de la 2e année »."""
    share = formats.share(instalment.part)
    if instalment.annee is None:
        return f"{share} à la signature de la convention"
    rank = "1re" if instalment.annee == 1 else f"{instalment.annee}e"
    return f"{share} sur le bilan de la {rank} année"


def proofs_in_words(payment: Payment) -> str | None:
    """When a proof is paid; None when the call does not pay on proof."""
    if payment.mode != "sur_justificatif":
        return None
    if payment.recus_jusqu_au is None:
        return "versés à mesure que les justificatifs sont admis ; l'appel ne donne pas de date"
    return (
        f"justificatifs reçus au plus tard le {payment.recus_jusqu_au.words} : versés la même année, sinon la suivante"
    )

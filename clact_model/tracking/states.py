"""How far a grant has come: one state an account, and the stages that its euros have reached."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from clact_model.ledger import ZERO, Balance
from clact_model.tracking.situation import Situation

State = Literal["a_signer", "a_verser", "a_recuperer", "attend", "en_cours", "sans_subvention", "clos"]

STATES: Mapping[State, str] = {
    "a_signer": "Convention à signer",
    "a_verser": "À verser",
    "a_recuperer": "À récupérer",
    "attend": "Tranche en attente",
    "en_cours": "En cours",
    "sans_subvention": "Sans subvention",
    "clos": "Soldée",
}
"""State → its words. The first that holds: someone has to act on the first three."""

MEANINGS: Mapping[State, str] = {
    "a_signer": "Subvention notifiée, convention pas encore inscrite.",
    "a_verser": "Une tranche peut être versée : rien ne la retient.",
    "a_recuperer": "De l'argent versé est à récupérer.",
    "attend": "La tranche suivante attend un bilan, des justificatifs ou son année.",
    "en_cours": "Tout est versé ; l'emploi n'est pas encore justifié en entier.",
    "sans_subvention": "Des dépenses ont été présentées sans qu'une subvention soit notifiée.",
    "clos": "Tout est consommé, libéré ou récupéré.",
}


def state(one: Situation) -> State:
    """The state of an account."""
    if not one.balance.accorde:
        return "sans_subvention"
    if one.to_sign:
        return "a_signer"
    if one.payable > 0:
        return "a_verser"
    if one.balance.a_recuperer > 0:
        return "a_recuperer"
    if one.closed:
        return "clos"
    return "attend" if any(tranche.attend for tranche in one.tranches) else "en_cours"


def states(one: Situation) -> Sequence[State]:
    """All that holds of an account, its state first: money may be asked back while a tranche can be paid."""
    first = state(one)
    return [first, "a_recuperer"] if first == "a_verser" and one.balance.a_recuperer > 0 else [first]


Stage = Literal["consomme", "paye", "conventionne", "decide", "a_recuperer", "revenu"]


def stages(balances: Iterable[Balance]) -> Mapping[Stage, Decimal]:
    """How far each euro granted has come; EUR, the parts add up to what is granted.

    ``paye``: paid and not consumed yet; ``conventionne``: promised and not paid; ``decide``: notified without a
    convention; ``revenu``: freed or recovered.
    """
    parts: dict[Stage, Decimal] = dict.fromkeys(
        ("consomme", "paye", "conventionne", "decide", "a_recuperer", "revenu"), ZERO
    )
    for one in balances:
        kept = one.consomme + one.reste
        paid = max(one.paye - one.a_recuperer - one.recupere - one.consomme, ZERO)
        signed = kept - one.consomme - paid if one.conventionne else ZERO
        parts["consomme"] += one.consomme
        parts["paye"] += paid
        parts["conventionne"] += signed
        parts["decide"] += kept - one.consomme - paid - signed
        parts["a_recuperer"] += one.a_recuperer
        parts["revenu"] += one.returned
    return parts

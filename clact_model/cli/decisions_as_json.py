"""The selection as JSON: amounts as strings with two decimals, days as ISO, unknown as null."""

from clact_model.cli.as_json import Object, money
from clact_model.decision import Decision, Held


def selection(held: Held | None) -> Object:
    """What is proposed, decided and notified; the parts add up to the envelope and what was given again. None: nothing was adopted yet."""
    if held is None:
        return {"enveloppe": None, "decisions": []}
    committee = held.committee
    lock = None
    if committee.verrouille_le is not None:
        lock = {
            "par": committee.verrouille_par,
            "quand": committee.verrouille_le.isoformat(),
            "motif": committee.motif_verrou,
        }
    places = held.waiting_places()
    return {
        "scenario": committee.scenario,
        "unite": committee.unite,
        "version": committee.version,
        "comite_le": committee.comite_le.isoformat() if committee.comite_le else None,
        "verrou": lock,
        "enveloppe": money(committee.enveloppe),
        "reaffecte": money(committee.reaffecte),
        "surprogramme": money(committee.surprogramme),
        **{name: money(part) for name, part in held.parts().items()},
        "decisions": [_line(one, places.get(one.key)) for one in held.decisions],
    }


def _line(one: Decision, place: int | None) -> Object:
    return {
        "numero": one.numero,
        "ligne": one.ligne,
        "statut": one.statut,
        "decision": one.issue,
        "accorde": money(one.accorde),
        "supplement": money(one.supplement),
        "demande": money(one.demande),
        "aide_maximale": money(one.aide_maximale),
        "derogation": one.derogation,
        "conditionnel": one.conditionnel,
        "place_attente": place,
        "motif": one.motif,
        "scenario": one.scenario,
        "version_programme": one.version_programme,
        "version_donnees": one.version_donnees,
        "decide_le": one.decide_le.isoformat() if one.decide_le else None,
        "notifie_le": one.notifie_le.isoformat() if one.notifie_le else None,
        "auteur": one.auteur,
        "quand": one.quand.isoformat(),
    }

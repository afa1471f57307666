"""What an export of decisions says of itself: the committee's day, and the totals of each step."""

from dataclasses import replace

from clact_model import formats
from clact_model.decision import ISSUES, Held
from clact_model.documents.context import Context, Value
from clact_model.programme import Programme


def context(programme: Programme, held: Held) -> Context:
    """Where a list of decisions comes from, made now by whoever works."""
    committee = held.committee
    found = Context.of(programme, committee.settings, committee.basis, committee.scenario)
    return replace(found, decisions=facts(held), reaffecte=committee.given_again)


def facts(held: Held) -> list[tuple[str, Value]]:
    """The committee's day, the lock, and what is decided, proposed and notified; amounts in EUR."""
    committee = held.committee
    day = committee.comite_le
    told = sum(decision.statut == "notifie" for decision in held.decisions)
    issues = [
        f"{name} : {formats.number(count)}"
        for issue, name in ISSUES.items()
        if (count := sum(decision.decided and decision.issue == issue for decision in held.decisions))
    ]
    return [
        (
            "Décisions",
            f"Décisions du comité du {formats.long_day(day)}" if day else "Propositions, rien n'est encore décidé",
        ),
        ("Décisions prises", " ; ".join(issues) or "Aucune"),
        ("Décidé (€)", held.settled),
        ("Proposé, à confirmer (€)", held.proposed),
        *([("Réaffecté, en plus de l'enveloppe (€)", committee.given_again)] if committee.given_again else []),
        *(
            [
                ("Seconde enveloppe (€)", committee.enveloppe_supplement),
                ("Suppléments, pris sur la seconde enveloppe (€)", held.supplement),
            ]
            if committee.enveloppe_supplement
            else []
        ),
        ("Décisions notifiées", told),
        ("Sélection", f"Verrouillée par {committee.verrouille_par}" if committee.locked else "Non verrouillée"),
    ]

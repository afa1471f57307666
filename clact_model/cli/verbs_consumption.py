"""consommation: the curve of a call, its forecast with its spread, who is late or at risk, what will probably come back."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from clact_model import consumption, demo, formats
from clact_model.cli import as_json, context
from clact_model.consumption import MEASURES, SIGNALS, Consumption, Proposal, Spread, Watched
from clact_model.programme import load_all


def consommation(arguments: Namespace) -> tuple[int, str]:
    """The consumption of a call as of a day, past or to come."""
    chosen = context.programme(arguments)
    day = context.looked_at(arguments, chosen)
    with context.opened(arguments) as base:
        shipped = load_all()
        catalogue = demo.with_history(shipped) if demo.is_demo(base.path) else shipped
        known = {**catalogue.programmes, chosen.id: chosen}
        found = consumption.read(base.cursor(), chosen, day, known)
    proposed = consumption.proposals(chosen, found.watched, day)
    if arguments.json:
        return 0, as_json.text(_document(found, proposed))
    return 0, _in_words(found, proposed)


def _document(found: Consumption, proposed: Sequence[Proposal]) -> Mapping[str, Any]:
    return {
        "date": found.jour.isoformat(),
        "courbe": [{"date": p.jour.isoformat(), **_amounts(p.amounts)} for p in consumption.curve(found.steps)],
        "repartition": {
            champ: {name: _amounts(consumption.curve(some)[-1].amounts) for name, some in groups.items()}
            for champ, groups in found.groups.items()
        },
        "prevision": _spread(found.outlook),
        "sans_prevision": len(found.without_forecast),
        "appels_sans_fichier": list(found.unread),
        "reviendra": [
            {"echeance": day.isoformat(), **(_spread(spread) or {})} for day, spread in found.comes_back_by_day.items()
        ],
        "dossiers": [_account(one) for one in found.watched],
        "a_confirmer": [_proposal(one) for one in proposed],
    }


def _account(one: Watched) -> Mapping[str, Any]:
    return {
        "numero": one.situation.numero,
        "poste": one.situation.poste,
        "alerte": one.signal,
        "raisons": [
            {"alerte": reason.signal, "message": reason.phrase, "montant": _money(reason.euros), "jours": reason.jours}
            for reason in one.raisons
        ],
        "echeance": _iso(one.echeance),
        "echeances_reportees": [day.isoformat() for day in one.avant],
        "accorde": _money(one.situation.balance.accorde),
        "consomme": _money(one.situation.balance.consomme),
        "reste": _money(one.situation.balance.reste),
        "prevision": _spread(one.prevision),
    }


def _proposal(one: Proposal) -> Mapping[str, Any]:
    return {
        "numero": one.numero,
        "poste": one.poste,
        "echeance": one.echeance.isoformat(),
        "a_recuperer": _money(one.reclamer),
        "dont_non_conforme": _money(one.dont_rejete),
        "a_liberer": _money(one.liberer),
        "sans_reponse": _money(one.a_instruire),
        "motif": one.motif,
    }


def _spread(spread: Spread | None) -> Mapping[str, Any] | None:
    if spread is None:
        return None
    return {
        "bas": _money(spread.low),
        "median": _money(spread.median),
        "haut": _money(spread.high),
        "cas": spread.cases,
        "dossiers": spread.accounts,
        "accorde": _money(spread.granted),
    }


def _amounts(amounts: Mapping[Any, Decimal]) -> Mapping[str, str | None]:
    return {measure: _money(amounts[measure]) for measure in MEASURES}


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _in_words(found: Consumption, proposed: Sequence[Proposal]) -> str:
    if not found.watched:
        return f"Au {formats.day(found.jour)} : aucune subvention notifiée, rien à suivre."
    whole, spread = found.total, found.outlook
    ahead = (
        "prévision : trop peu de cas"
        if spread is None
        else f"prévision (estimation) {formats.whole_euros(spread.median)}, huit chances sur dix entre "
        f"{formats.whole_euros(spread.low)} et {formats.whole_euros(spread.high)}, {formats.plural(spread.cases, 'cas', 'cas')}"
    )
    head = f"Au {formats.day(found.jour)} : consommé {formats.euros(whole.consomme)} sur {formats.euros(whole.accorde)} ; {ahead}."
    lines = [
        f"{one.situation.numero:16} {SIGNALS[reason.signal]:14} {formats.euros(reason.euros):>15} "
        f"{formats.plural(reason.jours, 'jour') if reason.jours else '':>10}  {reason.phrase}"
        for one in found.watched
        for reason in one.raisons
    ]
    asked = [
        f"{one.numero:16} À confirmer : {formats.euros(one.reclamer)} à récupérer, {formats.euros(one.liberer)} à libérer ; {one.motif}"
        for one in proposed
    ]
    unread = [found.unread_words] if found.unread else []
    return "\n".join([head, *unread, *lines, *asked])

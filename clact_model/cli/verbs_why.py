"""pourquoi: why one request receives what it receives, and the smallest changes that would fund it."""

from argparse import Namespace
from typing import Any

from clact_model import explanation, simulation
from clact_model.allocation import Outcome, find_key
from clact_model.allocation.money import amount
from clact_model.allocation.settings import label
from clact_model.cli import as_json, context, verbs_arbitration
from clact_model.explanation import Change, Study


def pourquoi(arguments: Namespace) -> tuple[int, str]:
    """One request of the simulation that the options describe. Writes nothing."""
    chosen = context.programme(arguments)
    with context.opened(arguments) as base:
        cursor = base.cursor()
        today, parameters = context.today(chosen), context.parameters(arguments, chosen)
        weights = context.weights(arguments)
        prepared = simulation.prepare(cursor, chosen, today, arguments.unite, arguments.inclure, weights, parameters)
        settings = verbs_arbitration.settings_of(arguments, chosen, prepared)
        key = find_key(arguments.numero, prepared.lines)
        found = explanation.study(cursor, chosen, today, prepared, settings, key, parameters)
    return 0, as_json.text(_json(found)) if arguments.json else _in_words(found)


def _json(found: Study) -> dict[str, Any]:
    outcome, changes = found.explanation.outcome, found.explanation.changes
    margin = found.explanation.margin
    return {
        "numero": outcome.line.numero,
        "ligne": outcome.line.ligne,
        "statut": outcome.statut,
        "accorde": as_json.money(outcome.granted),
        "demande": as_json.money(outcome.line.requested),
        "position": outcome.line.position,
        "score": as_json.score(outcome.line.score),
        "regles": [{"ligne": ligne} | as_json.answer(answer) for ligne, answer in found.rules],
        "explication": found.explanation.texte,
        "changements": {kind: change and _written(change) for kind, change in changes.items()},
        "plus_petit": {kind: change and change.smallest for kind, change in changes.items()},
        # A change is only given once its run has funded the request.
        "verifie": True,
        "sortants": [_out(change, other) for change in changes.values() if change for other in change.out],
        "marge_enveloppe": None if margin is None else as_json.money(amount(margin.change)),
        "donnees_manquantes": [
            {"critere": lacking.critere, "points": as_json.score(lacking.points), "suffit": lacking.suffit}
            for lacking in found.missing
        ],
    }


def _written(change: Change) -> str | None:
    return as_json.score(change.by) if change.kind == "points" else as_json.money(change.by)


def _out(change: Change, other: Outcome) -> dict[str, Any]:
    return {
        "changement": change.kind,
        "numero": other.line.numero,
        "ligne": other.line.ligne,
        "accorde": as_json.money(other.granted),
    }


def _in_words(found: Study) -> str:
    sentences = [found.explanation.texte]
    for change in found.explanation.changes.values():
        if change is not None and change.out:
            names = ", ".join(label(other.line.key) for other in change.out)
            sentences.append(f"{WORDS[change.kind]}, sortiraient : {names}.")
    return "\n".join(sentences)


WORDS = {
    "points": "Avec ces points",
    "euros_en_moins": "Avec cette demande réduite",
    "enveloppe_en_plus": "Avec cette enveloppe",
}

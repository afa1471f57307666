"""adopter, decider, notifier, verrouiller, deverrouiller, decisions: from a scenario to what establishments are told."""

from argparse import Namespace
from datetime import date
from decimal import Decimal
from typing import get_args

from clact_model import decision, formats, scenario
from clact_model.allocation import Key
from clact_model.cli import as_json, context, decisions_as_json
from clact_model.decision import Adopted, AdoptionQuestionError, Held, Issue, Wish
from clact_model.decision.writing import NO_SELECTION
from clact_model.errors import UsageError
from clact_model.programme import Programme
from clact_model.store import Base

QUESTION = 4
BACK = "propose"
"""``decider --statut propose``: the decision is taken back."""


def adopter(arguments: Namespace) -> tuple[int, str]:
    """A saved scenario → proposals; with lines already decided, a question that ``--accepter`` answers."""
    chosen = context.programme(arguments)
    with context.opened(arguments) as base:
        kept = scenario.load(base.cursor(), chosen, arguments.scenario)
        what = Adopted(kept.result, kept.basis, kept.nom)
        try:
            decision.adopt(
                base, chosen, context.today(chosen), what, accept=arguments.accepter, operation=arguments.operation
            )
        except AdoptionQuestionError as asked:
            return QUESTION, _answer(arguments, base, chosen, question=str(asked))
        return 0, _answer(arguments, base, chosen)


def decider(arguments: Namespace) -> tuple[int, str]:
    """One line decided, with its reason; ``--tous``: every proposal confirmed; ``--statut propose``: one step back."""
    chosen = context.programme(arguments)
    today = context.today(chosen)
    comite_le = context.day_or(arguments.comite, "--comite", today)
    with context.opened(arguments) as base:
        if arguments.tous:
            if arguments.demande or arguments.statut:
                raise UsageError(
                    "--tous confirme toutes les propositions telles quelles : ôtez le numéro et le statut."
                )
            decision.confirm(base, chosen, today, None, comite_le, operation=arguments.operation)
        else:
            _decide_one(arguments, base, chosen, today, comite_le)
        return 0, _answer(arguments, base, chosen)


def _decide_one(arguments: Namespace, base: Base, chosen: Programme, today: date, comite_le: date) -> None:
    if not arguments.demande or not arguments.statut:
        raise UsageError("Donnez un NUMERO[/LIGNE] et --statut, ou --tous pour confirmer toutes les propositions.")
    held = _held(base, chosen)
    key = _key(held, arguments.demande)
    motif = arguments.motif or ""
    if arguments.statut == BACK:
        decision.step_back(base, chosen, [key], motif, operation=arguments.operation)
        return
    wish = Wish(arguments.statut, _amount(arguments, held, key), arguments.deroger_au_plafond)
    decision.decide(base, chosen, today, key, wish, motif, comite_le, operation=arguments.operation)


def _amount(arguments: Namespace, held: Held, key: Key) -> Decimal:
    """``--montant``, else what is granted already."""
    if arguments.montant is not None:
        return context.amount(arguments.montant, "--montant")
    known = held.get(key)
    return known.accorde if known else Decimal("0.00")


def notifier(arguments: Namespace) -> tuple[int, str]:
    """Decisions told to the establishments; ``--annuler``: they were not."""
    chosen = context.programme(arguments)
    today = context.today(chosen)
    if bool(arguments.demande) == arguments.tous:
        raise UsageError("Donnez des NUMERO[/LIGNE], ou --tous pour toutes les décisions qui peuvent l'être.")
    with context.opened(arguments) as base:
        held = _held(base, chosen)
        keys = [_key(held, text) for text in arguments.demande]
        if arguments.annuler:
            _require_told(held, keys)
            decision.step_back(base, chosen, keys, arguments.motif or "", operation=arguments.operation)
        else:
            day = context.day_or(arguments.le, "--le", today)
            decision.notify(base, chosen, today, keys or None, day, operation=arguments.operation)
        return 0, _answer(arguments, base, chosen)


def _require_told(held: Held, keys: list[Key]) -> None:
    if not keys:
        raise UsageError("--annuler demande des NUMERO[/LIGNE].")
    for key in keys:
        known = held.get(key)
        if known is not None and known.statut != "notifie":
            raise UsageError(f"{known.label} n'est pas notifié : il n'y a pas de notification à annuler.")


def verrouiller(arguments: Namespace) -> tuple[int, str]:
    """Nothing of the selection changes any more."""
    chosen = context.programme(arguments)
    with context.opened(arguments) as base:
        decision.lock(base, chosen, arguments.motif, operation=arguments.operation)
        return 0, _answer(arguments, base, chosen)


def deverrouiller(arguments: Namespace) -> tuple[int, str]:
    """The selection can be changed again."""
    chosen = context.programme(arguments)
    with context.opened(arguments) as base:
        decision.unlock(base, chosen, arguments.motif, operation=arguments.operation)
        return 0, _answer(arguments, base, chosen)


def decisions(arguments: Namespace) -> tuple[int, str]:
    """The selection: what is proposed, decided, notified, and what is left."""
    chosen = context.programme(arguments)
    with context.opened(arguments) as base:
        return 0, _answer(arguments, base, chosen)


def _held(base: Base, chosen: Programme) -> Held:
    found = decision.held(base.cursor(), chosen)
    if found is None:
        raise UsageError(NO_SELECTION)
    return found


def _key(held: Held, text: str) -> Key:
    """``NUMERO`` or ``NUMERO/LIGNE`` → its key; a number may itself hold a slash. Raises UsageError when nothing bears it."""
    for known in held.decisions:
        if known.label == text:
            return known.key
    raise UsageError(f"« {text} » n'est dans aucune ligne de la sélection : vérifiez le numéro (verbe « decisions »).")


def _answer(arguments: Namespace, base: Base, chosen: Programme, question: str | None = None) -> str:
    found = decision.held(base.cursor(), chosen)
    if arguments.json:
        asked = {"question": question} if question else {}
        return as_json.text({**asked, **decisions_as_json.selection(found)})
    return "\n".join(filter(None, [question, _in_words(found) if found else NO_SELECTION]))


def _in_words(held: Held) -> str:
    parts, committee = held.parts(), held.committee
    again = f" et {formats.euros(committee.given_again)} réaffectés" if committee.given_again else ""
    head = (
        f"Enveloppe {formats.euros(committee.enveloppe)}{again} : décidé {formats.euros(parts['decide'])}, proposé "
        f"{formats.euros(parts['propose'])}, réserve {formats.euros(parts['reserve'])}, reste {formats.euros(parts['reste'])}."
    )
    lock = f"Verrouillée par {committee.verrouille_par} : {committee.motif_verrou}" if committee.locked else ""
    places = held.waiting_places()
    lines = [
        f"{one.label:16} {decision.words(one, places.get(one.key)):44} {formats.euros(one.accorde):>16}  {one.motif}"
        for one in held.decisions
    ]
    return "\n".join(filter(None, [head, lock, *lines]))


STATUTS = (*get_args(Issue), BACK)
"""What ``decider --statut`` takes."""

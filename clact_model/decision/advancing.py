"""Proposals confirmed, decisions notified, and a step back: many lines at once."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from clact_model import formats
from clact_model.allocation import Key
from clact_model.allocation.settings import label
from clact_model.decision.granted import close_accounts, open_accounts
from clact_model.decision.kept import STATUTS, Decision, Held
from clact_model.decision.possible import Possible, clause, possible, refusal
from clact_model.decision.refusing import DecisionRefusedError, named, raise_all, require_reason
from clact_model.decision.writing import put, set_day, signed, take
from clact_model.programme import Programme
from clact_model.store import Base


def confirm(
    base: Base,
    programme: Programme,
    today: date,
    keys: Collection[Key] | None,
    comite_le: date,
    *,
    seen: int | None = None,
    operation: str | None = None,
) -> None:
    """Proposals become decisions of the committee of that day; ``keys`` None: all of them.

    Raises DecisionRefusedError when one is no proposal, or may no longer receive what is proposed;
    StaleSelectionError when the selection is no longer the version ``seen``.
    """
    with base.write("decider", programme.id, operation) as writing:
        if writing.already_done:
            return
        held = take(writing, programme, seen)
        chosen = _chosen(held, keys, [d for d in held.decisions if not d.decided], "n'est plus une proposition")
        allowed = possible(writing.cursor, programme, today, held.committee.unite, held.committee.basis)
        raise_all([r for d in chosen if d.issue == "retenu" and (r := refusal(d, allowed.get(d.key)))])
        confirmed = [signed(writing, d, statut=d.issue, decide_le=comite_le) for d in chosen]
        set_day(writing, held, comite_le)
        writing.log(
            f"Comité du {formats.day(comite_le)} : {formats.plural(len(chosen), 'proposition confirmée', 'propositions confirmées')}"
        )
        put(writing, held, confirmed)


def notify(
    base: Base,
    programme: Programme,
    today: date,
    keys: Collection[Key] | None,
    notifie_le: date,
    *,
    seen: int | None = None,
    operation: str | None = None,
) -> None:
    """Decisions are told to the establishments; ``keys`` None: every decision that can be notified.

    Raises DecisionRefusedError when one of the keys is not decided, hangs on an instruction that is not over, may no
    longer receive what was decided, or was decided later than that day; StaleSelectionError.
    """
    with base.write("notifier", programme.id, operation) as writing:
        if writing.already_done:
            return
        held = take(writing, programme, seen)
        allowed = possible(writing.cursor, programme, today, held.committee.unite, held.committee.basis)
        decided = [d for d in held.decisions if d.decided and d.statut != "notifie"]
        ready = [d for d in decided if keys is not None or _cannot_be_told(d, allowed.get(d.key), notifie_le) is None]
        chosen = _chosen(held, keys, ready, "n'est pas à notifier : elle n'est pas décidée, ou l'est déjà")
        raise_all([r for d in chosen if (r := _cannot_be_told(d, allowed.get(d.key), notifie_le))])
        writing.log(
            f"{formats.plural(len(chosen), 'décision notifiée', 'décisions notifiées')} le {formats.day(notifie_le)}"
        )
        put(
            writing,
            held,
            [signed(writing, d, statut="notifie", notifie_le=notifie_le, conditionnel=False) for d in chosen],
        )
        open_accounts(writing, chosen, notifie_le)


def step_back(
    base: Base,
    programme: Programme,
    keys: Collection[Key],
    motif: str,
    *,
    seen: int | None = None,
    operation: str | None = None,
) -> None:
    """One step back: what is notified is only decided, what is decided is only proposed.

    Raises DecisionRefusedError without a reason, for a proposal, or for a grant whose follow-up has begun;
    StaleSelectionError.
    """
    reason = require_reason(motif)
    with base.write("revenir_sur_decision", programme.id, operation) as writing:
        if writing.already_done:
            return
        held = take(writing, programme, seen)
        chosen = _chosen(held, keys, [d for d in held.decisions if d.decided], "n'est qu'une proposition")
        writing.log(f"{reason} ({named(chosen)})")
        put(writing, held, [signed(writing, _one_step_back(d), motif=reason) for d in chosen])
        close_accounts(writing, [d for d in chosen if d.statut == "notifie"], reason)


def _chosen(held: Held, keys: Collection[Key] | None, ready: Sequence[Decision], otherwise: str) -> Sequence[Decision]:
    """The decisions of these keys; all that are ready when None. Raises DecisionRefusedError for one that is not."""
    if keys is None:
        if not ready:
            raise DecisionRefusedError("Aucune demande de la sélection ne s'y prête : rien n'est à faire.")
        return ready
    found = {decision.key: decision for decision in ready}
    if not keys:
        raise DecisionRefusedError("Choisissez au moins une demande de la sélection.")
    for key in sorted(set(keys) - set(found), key=label):
        known = held.get(key)
        state = f"{otherwise} ({STATUTS[known.statut].lower()})" if known else "n'est pas dans la sélection"
        raise DecisionRefusedError(f"La demande {label(key)} {state}.")
    return [found[key] for key in dict.fromkeys(keys)]


def _cannot_be_told(decision: Decision, found: Possible | None, day: date) -> str | None:
    """Why a decision cannot be notified; None when it can. A refusal by the committee always can."""
    if decision.decide_le is not None and day < decision.decide_le:
        return f"{decision.label} est décidé du {formats.day(decision.decide_le)} : la notification ne peut pas le précéder."
    if decision.issue == "refuse":
        return None
    if found is None or (decision.issue == "retenu" and found.refused):
        return refusal(decision, found)
    if found.refused:
        return f"{decision.label} est en liste d'attente, et {clause(found.cause)} : décidez un refus."
    if found.conditional(decision):
        why = clause(found.cause) or "une partie de l'aide reste à vérifier"
        return f"{decision.label} est sous condition ({why}) : terminez son instruction avant de notifier."
    return refusal(decision, found) if decision.issue == "retenu" else None


def _one_step_back(decision: Decision) -> Decision:
    if decision.statut == "notifie":
        return replace(decision, statut=decision.issue, notifie_le=None)
    return replace(decision, statut="propose", decide_le=None)

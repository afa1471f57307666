"""One line decided otherwise than proposed, with a written reason; what is left is known before it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from clact_model import formats
from clact_model.allocation import Key
from clact_model.allocation.settings import label
from clact_model.decision.kept import ISSUES, Decision, Held, Issue, Statut
from clact_model.decision.possible import Possible, possible, refusal
from clact_model.decision.refusing import DecisionRefusedError, require_reason, require_room
from clact_model.decision.writing import put, set_day, signed, take
from clact_model.programme import Programme
from clact_model.store import Base, Writing


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants of a line. ``accorde`` in EUR, of no account unless it is retained."""

    issue: Issue
    accorde: Decimal = Decimal("0.00")
    derogation: bool = False
    """Above the aide maximale, never above what is asked."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """One line before and after, and what the envelope would still hold. Amounts in EUR."""

    before: Decision
    after: Decision
    left_before: Decimal
    left_after: Decimal


def preview_amendment(held: Held, allowed: Mapping[Key, Possible], key: Key, wish: Wish) -> Amendment:
    """What amending a line would change. ``allowed``: what each line may receive (:func:`possible`).

    Raises DecisionRefusedError, with the figures, when it cannot be.
    """
    before = _amendable(held, key)
    after = _wished(before, allowed.get(key), wish)
    changed = held.with_changes([after])
    require_room(changed)
    return Amendment(before, after, held.left, changed.left)


def amend(
    base: Base,
    programme: Programme,
    today: date,
    key: Key,
    wish: Wish,
    motif: str,
    *,
    seen: int | None = None,
    operation: str | None = None,
) -> None:
    """Change a proposal, or a decision that is not notified: it stays a proposal, or a decision.

    Raises DecisionRefusedError without a reason, for a line that cannot receive that much, or when the envelope does
    not suffice; StaleSelectionError when the selection is no longer the version ``seen``.
    """
    reason = require_reason(motif)
    with base.write("amender", programme.id, operation) as writing:
        if writing.already_done:
            return
        held, after = _amended(writing, programme, today, key, wish, seen)
        writing.log(reason, *key)
        put(writing, held, [signed(writing, after, motif=reason)])


def decide(
    base: Base,
    programme: Programme,
    today: date,
    key: Key,
    wish: Wish,
    motif: str,
    comite_le: date,
    *,
    seen: int | None = None,
    operation: str | None = None,
) -> None:
    """Amend a line and take the decision, at once. Raises as :func:`amend`."""
    reason = require_reason(motif)
    with base.write("decider", programme.id, operation) as writing:
        if writing.already_done:
            return
        held, after = _amended(writing, programme, today, key, wish, seen)
        writing.log(reason, *key)
        set_day(writing, held, comite_le)
        put(writing, held, [signed(writing, after, motif=reason, statut=wish.issue, decide_le=comite_le)])


def _amended(
    writing: Writing, programme: Programme, today: date, key: Key, wish: Wish, seen: int | None
) -> tuple[Held, Decision]:
    """The selection under the lock, and the line as it would be. The money first: judging takes a hundred times longer."""
    held = take(writing, programme, seen)
    before = _amendable(held, key)
    require_room(held.with_changes([replace(before, issue=wish.issue, accorde=_amount(wish))]))
    allowed = possible(writing.cursor, programme, today, held.committee.unite, held.committee.basis)
    return held, preview_amendment(held, allowed, key, wish).after


def _amendable(held: Held, key: Key) -> Decision:
    found = held.get(key)
    if found is None:
        raise DecisionRefusedError(
            f"« {label(key)} » n'est pas dans la sélection : adoptez un scénario qui la contient, ou vérifiez le numéro."
        )
    if found.statut == "notifie":
        raise DecisionRefusedError(
            f"{found.label} est notifié du {formats.day(found.notifie_le)} ({ISSUES[found.issue].lower()}) : "
            "revenez d'abord sur la notification, avec un motif."
        )
    return found


def _wished(before: Decision, found: Possible | None, wish: Wish) -> Decision:
    statut: Statut = wish.issue if before.decided else "propose"
    after = replace(
        before,
        statut=statut,
        issue=wish.issue,
        accorde=_amount(wish),
        supplement=before.supplement if wish.issue == "retenu" else Decimal("0.00"),
        derogation=wish.derogation and wish.issue == "retenu",
    )
    if wish.issue == "retenu" and (refused := refusal(after, found)):
        raise DecisionRefusedError(refused)
    if found is None:
        return replace(after, conditionnel=False)
    return replace(
        after,
        demande=found.demande,
        aide_maximale=found.aide_maximale,
        conditionnel=found.conditional(after),
    )


def _amount(wish: Wish) -> Decimal:
    if wish.issue != "retenu":
        return Decimal("0.00")
    if wish.accorde <= 0 or wish.accorde != round(wish.accorde, 2):
        raise DecisionRefusedError(
            f"Une demande retenue reçoit un montant en euros et centimes, plus grand que zéro : « {wish.accorde} » n'en est "
            "pas un."
        )
    return round(wish.accorde, 2)

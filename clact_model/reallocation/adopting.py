"""Money given again: lines of the waiting list become proposals, and the committee may grant as much more, at once or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import duckdb

from clact_model import decision, formats
from clact_model.allocation import Outcome, Result
from clact_model.decision import Adopted, Decision, DecisionRefusedError, Held
from clact_model.decision.possible import possible, refusal
from clact_model.decision.refusing import raise_all, require_reason, require_room, require_unlocked
from clact_model.decision.writing import NO_SELECTION, champ, put, signed, take
from clact_model.ledger import ZERO
from clact_model.programme import Programme
from clact_model.reallocation.money import Money, money
from clact_model.store import Base, Change, Writing


@dataclass(frozen=True)
class Reallocation:
    """What adopting would do: the lines that leave the waiting list, and the committee's money afterwards."""

    money: Money
    retained: Sequence[Decision]
    held: Held
    """The selection afterwards."""

    @property
    def granted(self) -> Decimal:
        """EUR given again."""
        return sum((one.accorde for one in self.retained), ZERO)


def preview(cursor: duckdb.DuckDBPyConnection, programme: Programme, today: date, adopted: Adopted) -> Reallocation:
    """What adopting a reallocation would do. Writes nothing but temporary tables. Raises as :func:`adopt`."""
    held = decision.held(cursor, programme)
    if held is None:
        raise DecisionRefusedError(NO_SELECTION)
    return _reallocation(cursor, programme, today, adopted, held)


def adopt(
    base: Base,
    programme: Programme,
    today: date,
    adopted: Adopted,
    *,
    seen: int | None = None,
    operation: str | None = None,
) -> None:
    """Propose to lines of the waiting list what a reallocation gives them; what the others wait for stays as it is.

    Raises DecisionRefusedError when a line waits no more or may not receive that much, when less came back than is given,
    or when the selection is locked; StaleSelectionError when it is no longer the version ``seen``.
    """
    with base.write("reaffecter", programme.id, operation) as writing:
        if writing.already_done:
            return
        held = take(writing, programme, seen)
        found = _reallocation(writing.cursor, programme, today, adopted, held)
        name = f"Scénario « {adopted.nom} »" if adopted.nom else "Réaffectation en cours"
        writing.log(
            f"{name} : {formats.euros(found.granted)} réaffectés à "
            f"{formats.plural(len(found.retained), 'demande')} de la liste d'attente"
        )
        _keep(writing, held, found.held)
        grown = replace(held, committee=found.held.committee)
        put(writing, grown, [signed(writing, one) for one in found.retained])


def give_back(
    base: Base, programme: Programme, motif: str, *, seen: int | None = None, operation: str | None = None
) -> None:
    """Take back what was put at the committee's disposal and is granted to nobody: what is not covered first.

    Raises DecisionRefusedError without a reason, or when all of it is granted; StaleSelectionError.
    """
    reason = require_reason(motif)
    with base.write("rendre_reaffectation", programme.id, operation) as writing:
        if writing.already_done:
            return
        held = take(writing, programme, seen)
        committee = held.committee
        part = min(held.left, committee.given_again)
        if part <= 0:
            raise DecisionRefusedError("Tout ce qui a été réaffecté est proposé ou décidé : rien n'est à rendre.")
        over = min(part, committee.surprogramme)
        lower = replace(
            committee, surprogramme=committee.surprogramme - over, reaffecte=committee.reaffecte - (part - over)
        )
        writing.log(f"{formats.euros(part)} rendus : {reason}")
        after = replace(held, committee=lower)
        _keep(writing, held, after)
        put(writing, after, [])


def _reallocation(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, today: date, adopted: Adopted, held: Held
) -> Reallocation:
    _require_reallocation(adopted)
    require_unlocked(held)
    assert adopted.basis.surprogrammation is not None
    available = money(cursor, programme, held, today, adopted.basis.surprogrammation)
    funded = adopted.result.funded
    if not funded:
        raise DecisionRefusedError("Cette réaffectation ne donne rien à personne : il n'y a rien à adopter.")
    before = [_waiting(held, outcome) for outcome in funded]
    _require_money(available, adopted.result)
    allowed = possible(cursor, programme, today, held.committee.unite, held.committee.basis)
    retained = [_retained(one, outcome, adopted) for one, outcome in zip(before, funded, strict=True)]
    raise_all([sentence for one in retained if (sentence := refusal(one, allowed.get(one.key)))])
    retained = [replace(one, conditionnel=allowed[one.key].conditional(one)) for one in retained]
    covered, over = available.after(adopted.result.granted)
    committee = replace(held.committee, reaffecte=covered, surprogramme=over)
    after = replace(held, committee=committee).with_changes(retained)
    require_room(after)
    return Reallocation(available, retained, after)


def _require_reallocation(adopted: Adopted) -> None:
    if adopted.basis.surprogrammation is None:
        raise DecisionRefusedError(
            f"Le scénario « {adopted.nom or 'en cours'} » n'est pas une réaffectation : adoptez-le à la page Sélection."
        )


def _waiting(held: Held, outcome: Outcome) -> Decision:
    found = held.get(outcome.line.key)
    if found is None or found.issue != "liste_attente":
        state = found.words.lower() if found else "plus dans la sélection"
        name = found.label if found else outcome.line.numero
        raise DecisionRefusedError(
            f"{name} n'est plus en liste d'attente ({state}) : simulez la réaffectation de nouveau."
        )
    return found


def _require_money(available: Money, result: Result) -> None:
    if result.granted > available.total:
        raise DecisionRefusedError(
            f"{formats.euros(result.granted)} à réaffecter, pour {formats.euros(available.total)} disponibles au "
            f"{formats.day(available.jour)} : simulez la réaffectation de nouveau."
        )


def _retained(before: Decision, outcome: Outcome, adopted: Adopted) -> Decision:
    return replace(
        before,
        statut="propose",
        issue="retenu",
        accorde=outcome.granted,
        supplement=outcome.supplement,
        demande=outcome.line.requested,
        aide_maximale=outcome.line.ceiling,
        derogation=False,
        motif=outcome.reason,
        scenario=adopted.nom,
        version_programme=adopted.basis.version_programme,
        version_donnees=adopted.basis.version_donnees,
        decide_le=None,
        notifie_le=None,
    )


def _keep(writing: Writing, before: Held, after: Held) -> None:
    """The committee's two amounts, each change in the journal."""
    was, now = before.committee, after.committee
    writing.cursor.execute(
        "UPDATE comite SET reaffecte = ?, surprogramme = ? WHERE programme = ?",
        [now.reaffecte, now.surprogramme, writing.programme],
    )
    pairs = {"reaffecte": (was.reaffecte, now.reaffecte), "surprogramme": (was.surprogramme, now.surprogramme)}
    writing.log_changes(
        Change("", None, champ(name), formats.euros(old), formats.euros(new))
        for name, (old, new) in pairs.items()
        if old != new
    )

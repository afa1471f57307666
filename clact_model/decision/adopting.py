"""A simulation → proposals, one a line; what is decided already stays, and is asked about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import duckdb

from clact_model import formats
from clact_model.allocation import Outcome, Result, Statut
from clact_model.decision.kept import ISSUES, ZERO, Committee, Decision, Held, Issue, held
from clact_model.decision.possible import possible, refusal
from clact_model.decision.refusing import (
    DecisionRefusedError,
    named,
    raise_all,
    require_room,
    require_seen,
    require_unlocked,
)
from clact_model.decision.writing import champ, changes, replace_rows, seal
from clact_model.errors import ClactError
from clact_model.programme import Programme
from clact_model.scenario import Basis
from clact_model.scenario.kept import to_text
from clact_model.store import Base, Change, Writing, author

PROPOSED: Mapping[Statut, Issue] = {
    "finance": "retenu",
    "partiel": "retenu",
    "liste_attente": "liste_attente",
    "en_attente_instruction": "liste_attente",
    "refuse": "refuse",
}
"""Status of a line in a simulation → what adopting it proposes."""


class AdoptionQuestionError(ClactError):
    """Lines are decided already: adopting waits for an answer, nothing is written."""


@dataclass(frozen=True)
class Adopted:
    """What is adopted. ``nom``: None for a simulation that was not saved."""

    result: Result
    basis: Basis
    nom: str | None = None


@dataclass(frozen=True)
class Adoption:
    """What adopting would do. ``held``: the selection afterwards."""

    held: Held
    proposals: Sequence[Decision]
    kept: Sequence[Decision]
    """What is decided already: it stays as it is."""
    differing: Sequence[str]
    """``D2 : retenu 20 000 €, le scénario disait refusé``: one for each of these that the scenario has otherwise."""

    @property
    def question(self) -> str | None:
        """What is asked before anything is written; None when nothing is decided yet."""
        if not self.kept:
            return None
        one = len(self.kept) == 1
        there = "Une demande est déjà décidée" if one else f"{len(self.kept)} demandes sont déjà décidées"
        stays = "elle reste comme elle est" if one else "elles restent comme elles sont"
        rest = self._differences() if self.differing else "Le scénario en dit la même chose."
        return (
            f"{there} ({named(self.kept)}) : {stays}, les autres propositions sont remplacées. {rest} Continuer ainsi ?"
        )

    def _differences(self) -> str:
        shown = " ; ".join(self.differing[:5])
        more = f" ; et {formats.plural(len(self.differing) - 5, 'autre')}" if len(self.differing) > 5 else ""
        return f"Le scénario en disait autre chose : {shown}{more}."


def preview_adoption(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, today: date, adopted: Adopted
) -> Adoption:
    """What adopting a simulation would do. Writes nothing but temporary tables.

    Raises DecisionRefusedError when the selection is locked, what is decided is by another unit, the money does not
    suffice, or a line may no longer receive what the simulation gives it.
    """
    return _adoption(cursor, programme, today, adopted, author(), datetime.now(UTC))


def adopt(
    base: Base,
    programme: Programme,
    today: date,
    adopted: Adopted,
    *,
    accept: bool = False,
    seen: int | None = None,
    operation: str | None = None,
) -> None:
    """Propose what a simulation gives to each line, in the place of the proposals that there were.

    ``accept``: lines decided already stay as they are; without it they raise AdoptionQuestionError. ``seen``: the
    version of the selection that the caller looked at. Raises as :func:`preview_adoption`, and StaleSelectionError.
    """
    with base.write("adopter", programme.id, operation) as writing:
        if writing.already_done:
            return
        before = held(writing.cursor, programme)
        if before is not None:
            require_seen(before, seen)
        found = _adoption(writing.cursor, programme, today, adopted, writing.auteur, writing.quand)
        if found.question and not accept:
            raise AdoptionQuestionError(found.question)
        _write(writing, before, found)


def _adoption(
    cursor: duckdb.DuckDBPyConnection,
    programme: Programme,
    today: date,
    adopted: Adopted,
    auteur: str,
    quand: datetime,
) -> Adoption:
    _require_whole(adopted)
    adopted = replace(adopted, basis=_at_its_rate(programme, adopted))
    before = held(cursor, programme)
    if before is not None:
        require_unlocked(before)
    kept = [decision for decision in before.decisions if decision.decided] if before else []
    _require_same_unit(before, kept, adopted)
    staying = {decision.key: decision for decision in kept}
    lines = [_proposal(order, outcome, adopted, auteur, quand) for order, outcome in enumerate(adopted.result.lines)]
    proposals = [line for line in lines if line.key not in staying]
    there = {line.key for line in lines}
    placed = [staying.get(line.key, line) for line in lines] + [d for d in kept if d.key not in there]
    after = Held(_committee(before, adopted, auteur, quand), placed)
    require_room(after)
    allowed = possible(cursor, programme, today, adopted.result.settings.unite, adopted.basis)
    raise_all([r for d in proposals if d.issue == "retenu" and (r := refusal(d, allowed.get(d.key)))])
    differing = [_difference(staying[line.key], line) for line in lines if line.key in staying]
    return Adoption(after, proposals, kept, [sentence for sentence in differing if sentence])


def _require_whole(adopted: Adopted) -> None:
    """A scenario of the waiting list alone would take the place of the whole selection."""
    if adopted.basis.surprogrammation is not None:
        raise DecisionRefusedError(
            f"Le scénario « {adopted.nom or 'en cours'} » est une réaffectation : il ne répartit que ce qui est revenu, entre "
            "les demandes en liste d'attente. Adoptez-le à la page Réaffectation."
        )


def _at_its_rate(programme: Programme, adopted: Adopted) -> Basis:
    """What later judgements stand on: a common rate above the programme's is the rate that was chosen."""
    rate, solved = programme.file.aide.taux_commun, adopted.result.taux
    basis = adopted.basis
    if rate is None or solved is None or solved <= Decimal(str(programme.parameters()[rate.parametre])):
        return basis
    return replace(basis, parametres={**basis.parametres, rate.parametre: f"{solved:f}"})


def _require_same_unit(before: Held | None, kept: Sequence[Decision], adopted: Adopted) -> None:
    # A dossier decided whole and its lines proposed one by one would be funded twice.
    if before is not None and kept and before.committee.unite != adopted.result.settings.unite:
        raise DecisionRefusedError(
            f"Des demandes sont déjà décidées par {before.committee.unite} ({named(kept)}), et ce scénario est par "
            f"{adopted.result.settings.unite} : revenez d'abord sur ces décisions, ou refaites la simulation par "
            f"{before.committee.unite}."
        )


def _proposal(order: int, outcome: Outcome, adopted: Adopted, auteur: str, quand: datetime) -> Decision:
    line = outcome.line
    return Decision(
        numero=line.numero,
        ligne=line.ligne,
        ordre=order,
        statut="propose",
        issue=PROPOSED[outcome.statut],
        accorde=outcome.granted,
        supplement=outcome.supplement,
        demande=line.requested,
        aide_maximale=line.ceiling,
        derogation=False,
        conditionnel=outcome.conditional or outcome.statut == "en_attente_instruction",
        motif=outcome.reason,
        rang=line.rang,
        position=line.position,
        score=line.score,
        agents=line.agents,
        scenario=adopted.nom,
        version_programme=adopted.basis.version_programme,
        version_donnees=adopted.basis.version_donnees,
        decide_le=None,
        notifie_le=None,
        auteur=auteur,
        quand=quand,
    )


def _committee(before: Held | None, adopted: Adopted, auteur: str, quand: datetime) -> Committee:
    result, second = adopted.result, adopted.result.settings.supplement
    return Committee(
        version=before.committee.version + 1 if before else 1,
        unite=result.settings.unite,
        enveloppe=result.enveloppe,
        reserve=result.reserve,
        enveloppe_supplement=second.enveloppe if second else None,
        settings=result.settings,
        basis=adopted.basis,
        scenario=adopted.nom,
        adopte_par=auteur,
        adopte_le=quand,
        comite_le=before.committee.comite_le if before else None,
        verrouille_par=None,
        verrouille_le=None,
        motif_verrou=None,
        reaffecte=before.committee.reaffecte if before else ZERO,
        surprogramme=before.committee.surprogramme if before else ZERO,
    )


def _difference(decided: Decision, line: Decision) -> str | None:
    if (decided.issue, decided.accorde) == (line.issue, line.accorde):
        return None
    return f"{decided.label} : {_said(decided)}, le scénario disait {_said(line)}"


def _said(decision: Decision) -> str:
    words = ISSUES[decision.issue].lower()
    return f"{words} ({formats.euros(decision.accorde)})" if decision.issue == "retenu" else words


def _write(writing: Writing, before: Held | None, found: Adoption) -> None:
    _write_committee(writing, before, found.held.committee)
    old = {decision.key: decision for decision in before.decisions if not decision.decided} if before else {}
    replace_rows(writing, list(old), found.proposals)
    _reorder(writing, found.held)
    writing.log(_sentence(found))
    journaled = _committee_changes(before, found.held.committee)
    for decision in found.proposals:
        journaled += changes(old.pop(decision.key, None), decision)
    for gone in old.values():
        journaled += changes(gone, None)
    writing.log_changes(journaled)
    seal(writing)


def _write_committee(writing: Writing, before: Held | None, committee: Committee) -> None:
    row = {
        "programme": writing.programme,
        "version": committee.version,
        "unite": committee.unite,
        "enveloppe": committee.enveloppe,
        "reserve": committee.reserve,
        "enveloppe_supplement": committee.enveloppe_supplement,
        "reglages": to_text(committee.settings, committee.basis),
        "aujourdhui": committee.basis.aujourdhui,
        "version_programme": committee.basis.version_programme,
        "version_donnees": committee.basis.version_donnees,
        "scenario": committee.scenario,
        "adopte_par": committee.adopte_par,
        "adopte_le": committee.adopte_le,
    }
    if before is None:
        values = ", ".join(f"${name} AS {name}" for name in row)
        writing.cursor.execute(f"INSERT INTO comite BY NAME SELECT {values}", row)
    else:
        values = ", ".join(f"{name} = ${name}" for name in row if name != "programme")
        writing.cursor.execute(f"UPDATE comite SET {values} WHERE programme = $programme", row)


def _reorder(writing: Writing, after: Held) -> None:
    """The decisions that stay take the place that the scenario gives their line."""
    for order, decision in enumerate(after.decisions):
        if decision.decided and decision.ordre != order:
            writing.cursor.execute(
                "UPDATE decision SET ordre = ? WHERE programme = ? AND numero = ? AND ligne = ?",
                [order, writing.programme, decision.numero, decision.ligne or 0],
            )


def _committee_changes(before: Held | None, after: Committee) -> list[Change]:
    old = before.committee if before else None
    pairs = {
        "enveloppe": (formats.euros(old.enveloppe) if old else None, formats.euros(after.enveloppe)),
        "reserve": (formats.euros(old.reserve) if old else None, formats.euros(after.reserve)),
        "scenario": (old.scenario if old else None, after.scenario),
    }
    return [Change("", None, champ(name), was, now) for name, (was, now) in pairs.items() if was != now]


def _sentence(found: Adoption) -> str:
    committee = found.held.committee
    name = f"Scénario « {committee.scenario} »" if committee.scenario else "Simulation en cours"
    retained = sum(decision.issue == "retenu" for decision in found.proposals)
    kept = f", {formats.plural(len(found.kept), 'décision gardée', 'décisions gardées')}" if found.kept else ""
    return (
        f"{name} : adopté, {formats.plural(len(found.proposals), 'proposition')} dont "
        f"{formats.plural(retained, 'retenue')} pour {formats.euros(found.held.proposed)}{kept} ; "
        f"enveloppe {formats.euros(committee.enveloppe)}, réserve {formats.euros(committee.reserve)}"
    )

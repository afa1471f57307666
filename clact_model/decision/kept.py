"""What was decided of each line, and what the committee decides with, as the base holds them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Literal

import duckdb

from clact_model.allocation import Key, Settings, Unit
from clact_model.allocation.settings import label
from clact_model.programme import Programme
from clact_model.scenario import Basis
from clact_model.scenario.kept import from_text

ZERO = Decimal("0.00")
Issue = Literal["retenu", "liste_attente", "refuse"]
Statut = Literal["propose", "retenu", "liste_attente", "refuse", "notifie"]

ISSUES: Mapping[Issue, str] = {"retenu": "Retenu", "liste_attente": "Liste d'attente", "refuse": "Refusé"}
"""What is decided → what a committee reads."""
STATUTS: Mapping[Statut, str] = {
    "propose": "Proposé",
    "retenu": ISSUES["retenu"],
    "liste_attente": ISSUES["liste_attente"],
    "refuse": ISSUES["refuse"],
    "notifie": "Notifié",
}
"""How far a line has come → what a committee reads."""

DECISION_COLUMNS = (
    "numero, nullif(ligne, 0), ordre, statut, issue, accorde, supplement, demande, aide_maximale, derogation, "
    "conditionnel, motif, rang, position, score, agents, scenario, version_programme, version_donnees, decide_le, "
    "notifie_le, auteur, quand"
)


@dataclass(frozen=True, slots=True)
class Decision:
    """One line and what is proposed, decided or notified of it. Amounts in EUR, score 0..100."""

    numero: str
    ligne: int | None
    """None by dossier."""
    ordre: int
    statut: Statut
    issue: Issue
    accorde: Decimal
    supplement: Decimal
    """From the second envelope, on top."""
    demande: Decimal
    aide_maximale: Decimal | None
    derogation: bool
    """May be above the aide maximale, by a person's word."""
    conditionnel: bool
    """Its instruction was not over when it was last judged: not to be notified before it is."""
    motif: str
    rang: int | None
    position: int | None
    score: Decimal | None
    agents: int | None
    scenario: str | None
    """Where it comes from; None: a simulation that was not saved."""
    version_programme: str
    version_donnees: int
    decide_le: date | None
    notifie_le: date | None
    auteur: str
    quand: datetime

    @property
    def key(self) -> Key:
        return self.numero, self.ligne

    @property
    def label(self) -> str:
        """``NUMERO`` or ``NUMERO/LIGNE``."""
        return label(self.key)

    @property
    def decided(self) -> bool:
        """More than a proposal."""
        return self.statut != "propose"

    @property
    def words(self) -> str:
        """``Proposé : retenu``, ``Retenu``, ``Notifié : retenu``."""
        if self.statut == self.issue:
            return STATUTS[self.statut]
        return f"{STATUTS[self.statut]} : {ISSUES[self.issue].lower()}"


@dataclass(frozen=True, slots=True)
class Committee:
    """What is shared out, on what it stands, and whether it is locked. Amounts in EUR."""

    version: int
    """Goes up with each write: what a screen shows to prove that it is not behind."""
    unite: Unit
    enveloppe: Decimal
    reserve: Decimal
    enveloppe_supplement: Decimal | None
    settings: Settings
    basis: Basis
    scenario: str | None
    adopte_par: str
    adopte_le: datetime
    comite_le: date | None
    verrouille_par: str | None
    verrouille_le: datetime | None
    motif_verrou: str | None
    reaffecte: Decimal = ZERO
    """What came back from earlier grants and was given again."""
    surprogramme: Decimal = ZERO
    """What was given again before it has come back."""

    @property
    def locked(self) -> bool:
        return self.verrouille_le is not None

    @property
    def available(self) -> Decimal:
        """Envelope less reserve, and what was given again on top: what may be granted in all."""
        return self.enveloppe - self.reserve + self.given_again

    @property
    def given_again(self) -> Decimal:
        """What is granted on top of the envelope: what came back, and what is counted on to come back."""
        return self.reaffecte + self.surprogramme


@dataclass(frozen=True)
class Held:
    """The whole selection of a programme at one moment."""

    committee: Committee
    decisions: Sequence[Decision]
    """In rank order."""

    def get(self, key: Key) -> Decision | None:
        """The decision on a line; None when there is none."""
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> Mapping[Key, Decision]:
        return {decision.key: decision for decision in self.decisions}

    def with_changes(self, changed: Iterable[Decision]) -> "Held":
        """The same with some decisions put in the place of those on the same lines."""
        new = {decision.key: decision for decision in changed}
        return replace(self, decisions=[new.get(decision.key, decision) for decision in self.decisions])

    @property
    def proposed(self) -> Decimal:
        """Sum of what is only proposed."""
        return _total(d.accorde for d in self.decisions if not d.decided)

    @property
    def settled(self) -> Decimal:
        """Sum of what is decided, notified or not."""
        return _total(d.accorde for d in self.decisions if d.decided)

    @property
    def left(self) -> Decimal:
        """What may be granted in all less what is proposed or decided."""
        return self.committee.available - self.proposed - self.settled

    @property
    def supplement(self) -> Decimal:
        """Sum of what goes out of the second envelope."""
        return _total(d.supplement for d in self.decisions)

    def parts(self) -> Mapping[str, Decimal]:
        """Parts that add up to the envelope and what was given again: ``decide``, ``propose``, ``reserve``, ``reste``."""
        return {
            "decide": self.settled,
            "propose": self.proposed,
            "reserve": self.committee.reserve,
            "reste": self.left,
        }

    def waiting_places(self) -> Mapping[Key, int]:
        """Place in the waiting list, 1 first: of those that wait now, so that all move up when one is retained."""
        waiting = [d.key for d in self.decisions if d.issue == "liste_attente"]
        return {key: place for place, key in enumerate(waiting, start=1)}


def held(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> Held | None:
    """The selection of a programme; None as long as no scenario was adopted."""
    row = cursor.execute(
        """SELECT reglages, aujourdhui, version_programme, version_donnees, version, unite, enveloppe, reserve,
                  enveloppe_supplement, scenario, adopte_par, adopte_le, comite_le, verrouille_par, verrouille_le, motif_verrou,
                  reaffecte, surprogramme
           FROM comite WHERE programme = ?""",
        [programme.id],
    ).fetchone()
    if row is None:
        return None
    settings, basis = from_text(*row[:4])
    version, unite, enveloppe, reserve, supplement, *rest = row[4:]
    committee = Committee(version, unite, enveloppe, reserve, supplement, settings, basis, *rest)
    rows = cursor.execute(
        f"SELECT {DECISION_COLUMNS} FROM decision WHERE programme = ? ORDER BY ordre, numero, ligne", [programme.id]
    ).fetchall()
    return Held(committee, [Decision(*decision) for decision in rows])


def of_dossier(cursor: duckdb.DuckDBPyConnection, programme: Programme, numero: str) -> list[Decision]:
    """The decisions on a dossier or its lines, proposals too."""
    rows = cursor.execute(
        f"SELECT {DECISION_COLUMNS} FROM decision WHERE programme = ? AND numero = ? ORDER BY ligne",
        [programme.id, numero],
    ).fetchall()
    return [Decision(*row) for row in rows]


def _total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)

"""The earlier contracts of an establishment: where the ledger of the calls before says that each stands, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import duckdb

from clact_model import formats, ledger, months, references
from clact_model.clock import day_of
from clact_model.errors import UsageError
from clact_model.ledger import Balance, Movement
from clact_model.programme import Programme
from clact_model.tracking.calendar import due
from clact_model.tracking.obligation import Obligation
from clact_model.tracking.reporting import FINAL

ContractState = Literal["acheve", "en_cours", "non_realise"]
WORST: Sequence[ContractState] = ("non_realise", "en_cours", "acheve")
"""Of several contracts, the first of these that one is in."""
MONTHS = 24
"""After the agreement, an action that is not carried out is no longer under way: the two years that calls speak of."""


@dataclass(frozen=True, slots=True)
class Contract:
    """One earlier grant of the establishment, as of a day. ``justifie`` None: it is still under way."""

    programme: str
    titre: str
    numero: str
    etat: ContractState
    justifie: bool | None
    respecte: bool
    raisons: tuple[str, ...]
    """French sentences, in full."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The earlier contracts together, in the words of the dictionary. At least one."""

    contracts: Sequence[Contract]

    @property
    def etat(self) -> ContractState:
        return next(state for state in WORST if any(one.etat == state for one in self.contracts))

    @property
    def justifie(self) -> bool | None:
        """False when one is not justified; None when one is still under way."""
        answers = {one.justifie for one in self.contracts}
        return False if False in answers else None if None in answers else True

    @property
    def respecte(self) -> bool:
        return all(one.respecte for one in self.contracts)


def earlier(
    cursor: duckdb.DuckDBPyConnection,
    programme: Programme,
    numero: str,
    day: date,
    known: Mapping[str, Programme],
) -> Earlier | None:
    """What was granted to the establishment, in another call, before it deposited this dossier; None when nothing was.

    ``known``: the programmes by id; the deadlines of a call whose file is not among them are not looked at. Raises
    UsageError for a number that is no dossier of the programme.
    """
    before = _deposited(cursor, programme, numero) or day
    found = [
        contract
        for other in references.same_establishment(cursor, programme, numero)
        if other.lien == "etablissement" and other.programme != programme.id
        if (contract := _contract(cursor, other.programme, other.numero, before, day, known.get(other.programme)))
    ]
    return Earlier(found) if found else None


def _deposited(cursor: duckdb.DuckDBPyConnection, programme: Programme, numero: str) -> date | None:
    row = cursor.execute(
        "SELECT date_depot FROM dossier WHERE programme = ? AND numero = ?", [programme.id, numero]
    ).fetchone()
    if row is None:
        raise UsageError(f"Le dossier « {numero} » n'est pas dans le programme « {programme.id} ».")
    return day_of(programme, row[0]) if row[0] else None


def _contract(
    cursor: duckdb.DuckDBPyConnection, identifier: str, numero: str, before: date, day: date, call: Programme | None
) -> Contract | None:
    lines = [m for m in ledger.lines(cursor, identifier, [numero], day) if m.poste == "aide"]
    granted_on = min((m.jour for m in ledger.standing(lines) if m.nature == "octroi"), default=None)
    if granted_on is None or granted_on >= before:
        return None
    balance = ledger.of_lines(lines)
    late = [one for one in due(cursor, call, day, [numero]) if _failed(one)] if call else []
    etat, why = _state(ledger.standing(lines), balance, granted_on, day)
    title = call.titre if call else identifier
    return Contract(
        programme=identifier,
        titre=title,
        numero=numero,
        etat=etat,
        justifie=None if etat == "en_cours" else etat == "acheve" and not balance.reste,
        respecte=etat != "non_realise" and not late and not balance.a_recuperer,
        raisons=(_sums(title, numero, granted_on, balance), why, *_faults(balance, late)),
    )


def _state(standing: Sequence[Movement], balance: Balance, granted_on: date, day: date) -> tuple[ContractState, str]:
    final = next((m.jour for m in standing if m.nature == "bilan" and m.reference == FINAL), None)
    carried = [m.echeance for m in standing if m.nature == "report" and m.tranche is None and m.echeance]
    limit = max([months.later(granted_on, MONTHS), *carried])
    if not balance.reste and not balance.consomme:
        return "non_realise", "Rien n'a été consommé : tout a été annulé, libéré ou est à rendre."
    if not balance.reste:
        return "acheve", "Tout ce qui restait accordé est consommé et justifié."
    if final:
        left = formats.euros(balance.reste)
        return (
            "acheve",
            f"L'évaluation finale a été reçue le {formats.long_day(final)} ; {left} restent sans justificatif admis.",
        )
    until = f"{'le report court' if carried else 'les deux ans courent'} jusqu'au {formats.long_day(limit)}"
    if day <= limit:
        return "en_cours", f"{formats.euros(balance.reste)} restent à consommer, et {until}."
    past = "le report accordé est échu" if carried else "les deux ans sont passés"
    return (
        "non_realise",
        f"{formats.euros(balance.reste)} n'ont pas été consommés, et {past} depuis le {formats.long_day(limit)}.",
    )


def _failed(one: Obligation) -> bool:
    """Late by the text of its call. The length of an action is watched, and owed to nobody."""
    return one.etat == "en_retard" and one.de == "etablissement" and one.nature != "duree"


def _sums(title: str, numero: str, granted_on: date, balance: Balance) -> str:
    parts = {
        "consommés": balance.consomme,
        "récupérés": balance.recupere,
        "libérés": balance.libere,
    }
    told = "".join(
        f", {formats.euros(amount)} {word}" for word, amount in parts.items() if amount or word == "consommés"
    )
    return f"{title}, dossier {numero} : {formats.euros(balance.accorde)} accordés le {formats.long_day(granted_on)}{told}."


def _faults(balance: Balance, late: Sequence[Obligation]) -> Iterator[str]:
    for one in late:
        yield f"{one.libelle} : attendu depuis le {formats.long_day(one.echeance)}."
    if balance.a_recuperer:
        yield f"{formats.euros(balance.a_recuperer)} sont à récupérer et ne sont pas revenus."
    if balance.rejete:
        yield f"{formats.euros(balance.rejete)} de dépenses ont été rejetés."

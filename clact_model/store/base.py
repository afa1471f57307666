"""The base: one DuckDB file, one connection, a cursor per use, one writer at a time."""

import contextlib
import re
import threading
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from clact_model.errors import ClactError
from clact_model.store import controls, journal, opening, room, safety_copy

KEPT_ASIDE = frozenset(
    {
        "enregistrer_scenario",
        "annoter_scenario",
        "copier_scenario",
        "renommer_scenario",
        "verrouiller_scenario",
        "deverrouiller_scenario",
        "supprimer_scenario",
        "enregistrer_grille",
        "enregistrer_vue",
        "supprimer_vue",
        "remarquer",
        "corriger_remarque",
        "retirer_remarque",
        "affecter",
        "demander_piece",
        "recevoir_piece",
        "annuler_demande",
        "reporter_demande",
        "charger_reference",
        "adopter",
        "amender",
        "decider",
        "notifier",
        "revenir_sur_decision",
        "verrouiller",
        "deverrouiller",
        "importer_consommation",
        "importer_versements",
        "annuler_import_suivi",
        "reaffecter",
        "rendre_reaffectation",
        "saisir_bilan",
        "retirer_indicateur",
        "suivre",
        "conventionner",
        "demarrer",
        "verser",
        "recevoir_bilan",
        "justifier",
        "admettre",
        "rejeter",
        "reporter",
        "liberer",
        "annuler_action",
        "reclamer",
        "recouvrer",
        "contrepasser",
    }
)
"""Operations on which no verdict or score depends: what was computed before them still holds."""
_FULL = re.compile(r"no space left|disk full|quota|file too large|not enough space|invalidated", re.IGNORECASE)
"""What DuckDB says when the disk refuses a write, on the systems that we know, and after it."""


class DiskFullError(ClactError):
    """The base could not be written; nothing of the write is in it, and it can be read again."""


@dataclass(frozen=True)
class Writing:
    """A write under way: its cursor, who does it, and the journal it leaves."""

    cursor: duckdb.DuckDBPyConnection
    operation: str
    quand: datetime
    auteur: str
    nature: str
    programme: str | None
    already_done: bool
    """True when an operation of this id was written before: there is nothing to do."""

    def log(self, detail: str | None = None, numero: str | None = None, ligne: int | None = None) -> None:
        """The line of the operation itself."""
        self._insert([journal.Change(numero or "", ligne, "", None, None)], detail)

    def log_changes(self, changes: Iterable[journal.Change]) -> None:
        """One line per changed field."""
        if found := list(changes):
            self._insert(found)

    def _insert(self, changes: list[journal.Change], detail: str | None = None) -> None:
        # One statement: row by row, the journal of a large correction would take longer than the correction.
        self.cursor.execute(
            """INSERT INTO journal (operation, quand, auteur, nature, programme, detail, numero, ligne, champ, avant, apres)
               SELECT $operation, $quand, $auteur, $nature, $programme, $detail, nullif(numero, ''), ligne,
                      nullif(champ, ''), avant, apres
               FROM (SELECT unnest($numeros::VARCHAR[]) AS numero, unnest($lignes::INTEGER[]) AS ligne,
                            unnest($champs::VARCHAR[]) AS champ, unnest($avants::VARCHAR[]) AS avant,
                            unnest($apres::VARCHAR[]) AS apres)""",
            {
                "operation": self.operation,
                "quand": self.quand,
                "auteur": self.auteur,
                "nature": self.nature,
                "programme": self.programme,
                "detail": detail,
                "numeros": [change.numero for change in changes],
                "lignes": [change.ligne for change in changes],
                "champs": [change.champ for change in changes],
                "avants": [change.avant for change in changes],
                "apres": [change.apres for change in changes],
            },
        )

    def seal(self) -> controls.Totals:
        """Keep the control totals of the programme just written."""
        assert self.programme is not None
        return controls.seal(self.cursor, self.programme)


class Base:
    """An open base. Share it between threads; take a cursor per use; write inside :meth:`write`."""

    def __init__(self, path: Path) -> None:
        """Open, repair, migrate and harden.

        Raises BaseBusyError, BaseUnreadableError, NewerBaseError, ForeignBaseError. ``notices`` says, in French, what
        had to be repaired; ``faults_at_opening``, what could not be.
        """
        self.path = path
        self.notices: tuple[str, ...] = ()
        self._writer = threading.RLock()
        self._open()

    def _open(self) -> None:
        found = opening.open_sound(self.path)
        self._connection = found.connection
        self.faults_at_opening = found.state.faults
        self.notices += found.notices
        if found.notices:
            with self.write("reparer") as writing:
                for notice in found.notices:
                    writing.log(notice)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of one's own: a connection shared by threads gives wrong rows silently."""
        return self._connection.cursor()

    def version(self) -> int:
        """A number that changes with the data judged: the key of what is cached."""
        row = self.cursor().execute("SELECT version FROM etat").fetchone()
        assert row is not None
        return int(row[0])

    def writes(self) -> int:
        """A number that changes with every write: the key of what also shows operations of KEPT_ASIDE."""
        row = self.cursor().execute("SELECT ecritures FROM etat").fetchone()
        assert row is not None
        return int(row[0])

    def faults(self) -> list[str]:
        """What the control totals find wrong, as French sentences."""
        return controls.check(self.cursor())

    @contextmanager
    def write(self, nature: str, programme: str | None = None, operation: str | None = None) -> Iterator[Writing]:
        """One transaction, alone: all of the block is written, or nothing.

        ``operation`` is an id made by the caller; the same id a second time gives a Writing that is already done.
        """
        with self._writer:
            self._ensure_room()
            cursor = self.cursor()
            cursor.begin()
            try:
                yield self._writing(cursor, nature, programme, operation)
                # A row that really changes: two transactions that overlap cannot both commit.
                judged = 0 if nature in KEPT_ASIDE else 1
                cursor.execute(
                    "UPDATE etat SET ecritures = ecritures + 1, version = version + ? RETURNING ecritures", [judged]
                )
                (ecritures,) = cursor.fetchone() or (0,)
                cursor.commit()
            except BaseException as error:
                self._undo(cursor, error)
                raise
            finally:
                cursor.close()
            safety_copy.acknowledge(self.path, ecritures)

    def _ensure_room(self) -> None:
        if not room.for_bytes(self.path):
            raise DiskFullError(
                f"Le disque est plein : rien n'a été écrit. Faites de la place sur le disque de « {self.path.name} » "
                f"(au moins {room.MARGIN >> 20} Mo), puis recommencez."
            )

    def _undo(self, cursor: duckdb.DuckDBPyConnection, error: BaseException) -> None:
        """Roll back. After a write that the disk refused, open the base anew: DuckDB may answer nothing more until then."""
        # There is no transaction any more when it is the commit that failed.
        with contextlib.suppress(duckdb.Error):
            cursor.rollback()
        if isinstance(error, duckdb.Error) and _FULL.search(str(error)):
            self._connection.close()
            self._open()
            raise DiskFullError(
                "Le disque est plein : rien n'a été écrit, et la base a été rouverte telle qu'elle était. "
                f"Faites de la place sur le disque de « {self.path.name} », puis recommencez."
            ) from error

    def _writing(
        self, cursor: duckdb.DuckDBPyConnection, nature: str, programme: str | None, operation: str | None
    ) -> Writing:
        identity = operation or str(uuid.uuid4())
        known = cursor.execute("SELECT count(*) FROM journal WHERE operation = ?", [identity]).fetchone()
        return Writing(
            cursor, identity, datetime.now(UTC), journal.author(), nature, programme, bool(known and known[0])
        )

    def checkpoint(self) -> None:
        """Everything into the one file. The base is closed for a moment: every cursor taken before is dead."""
        with self._writer:
            self._connection.close()
            self._open()

    def close(self) -> None:
        """Close the file, every cursor with it; what was written is then in that one file."""
        with self._writer:
            self._connection.close()
            opening.settle(self.path)

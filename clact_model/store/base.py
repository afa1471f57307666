"""The base: one DuckDB file, one connection, a cursor per use, one writer at a time."""

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
from clact_model.store import controls, journal
from clact_model.store.migrate import migrate

MEMORY_LIMIT = "3GB"
KEPT_ASIDE = frozenset({"enregistrer_scenario", "enregistrer_grille"})
"""Operations on which no verdict, score or list depends: what was computed before them still holds."""


class BaseBusyError(ClactError):
    """Another process holds the base: exit status 3 on the command line."""


class BaseUnreadableError(ClactError):
    """The file is not a base that this tool can open."""


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
        self._insert(list(changes))

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
        """Open, migrate and harden. Raises BaseBusyError, BaseUnreadableError, NewerBaseError."""
        self.path = path
        self._writer = threading.RLock()
        self._connection = _connect(path)
        try:
            migrate(self._connection)
        except BaseException:
            self._connection.close()
            raise

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of one's own: a connection shared by threads gives wrong rows silently."""
        return self._connection.cursor()

    def version(self) -> int:
        """A number that changes with the data judged: the key of what is cached."""
        row = self.cursor().execute("SELECT version FROM etat").fetchone()
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
            cursor = self.cursor()
            cursor.begin()
            try:
                yield self._writing(cursor, nature, programme, operation)
                # A row that really changes: two transactions that overlap cannot both commit.
                judged = 0 if nature in KEPT_ASIDE else 1
                cursor.execute("UPDATE etat SET ecritures = ecritures + 1, version = version + ?", [judged])
                cursor.commit()
            except BaseException:
                cursor.rollback()
                raise
            finally:
                cursor.close()

    def _writing(
        self, cursor: duckdb.DuckDBPyConnection, nature: str, programme: str | None, operation: str | None
    ) -> Writing:
        identity = operation or str(uuid.uuid4())
        known = cursor.execute("SELECT count(*) FROM journal WHERE operation = ?", [identity]).fetchone()
        return Writing(
            cursor, identity, datetime.now(UTC), journal.author(), nature, programme, bool(known and known[0])
        )

    def checkpoint(self) -> None:
        """Everything into the one file."""
        with self._writer:
            self.cursor().execute("CHECKPOINT")

    def close(self) -> None:
        """Close the file; every cursor with it."""
        with self._writer:
            self._connection.close()


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = duckdb.connect(str(path), config={"memory_limit": MEMORY_LIMIT})
    except duckdb.IOException as error:
        raise _busy_or_unreadable(path, str(error)) from error
    except duckdb.Error as error:
        raise BaseUnreadableError(
            f"« {path.name} » n'est pas une base que cet outil peut ouvrir : restaurez une sauvegarde ou indiquez un autre fichier."
        ) from error
    # The result may depend on neither the server's zone nor what lies around the base.
    for setting in (
        "SET GLOBAL TimeZone = 'UTC'",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ):
        connection.execute(setting)
    return connection


def _busy_or_unreadable(path: Path, message: str) -> ClactError:
    holder = re.search(r"PID (\d+)", message)
    if "lock" in message.lower():
        who = f" par le processus {holder[1]}" if holder else " par un autre programme"
        return BaseBusyError(
            f"La base « {path.name} » est déjà ouverte{who} : fermez-le (le tableau de bord, sans doute), puis recommencez."
        )
    return BaseUnreadableError(
        f"« {path.name} » n'est pas une base lisible : restaurez une sauvegarde ou indiquez un autre fichier."
    )

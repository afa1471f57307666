"""The ledger under the writer's lock: accounts taken, lines added, checked, written and sealed in one transaction."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from clact_model import formats
from clact_model.ledger import limits
from clact_model.ledger.balances import Balance, of_lines
from clact_model.ledger.lines import AccountKey, Entry, Movement, lines, standing
from clact_model.ledger.natures import Poste
from clact_model.store import Writing, ledger_controls


class Book:
    """The accounts of some dossiers of a programme, and the lines being added to them."""

    def __init__(self, writing: Writing, numeros: Collection[str] | None = None) -> None:
        """Take the accounts of these dossiers; None: of all. To be used inside one :meth:`Base.write`."""
        assert writing.programme is not None
        self._writing = writing
        self._programme = writing.programme
        row = writing.cursor.execute("SELECT coalesce(max(id), 0) FROM mouvement").fetchone()
        assert row is not None
        self._before = int(row[0])
        self._added: list[Movement] = []
        self._accounts: dict[AccountKey, list[Movement]] = {}
        for movement in lines(writing.cursor, self._programme, numeros):
            self._accounts.setdefault(movement.account, []).append(movement)

    @property
    def accounts(self) -> Mapping[AccountKey, Sequence[Movement]]:
        """Account → its lines, those being added too."""
        return self._accounts

    @property
    def added(self) -> Sequence[Movement]:
        """The lines being added."""
        return self._added

    def of(self, numero: str, poste: Poste = "aide") -> Sequence[Movement]:
        """The lines of an account; none when it is not open."""
        return self._accounts.get((numero, poste), [])

    def balance(self, numero: str, poste: Poste = "aide", day: date | None = None) -> Balance:
        """What an account adds up to, up to a day included; None: with every line."""
        return of_lines(self.of(numero, poste), day)

    def add(self, entry: Entry) -> Movement:
        """Add a line. It is checked with all the others at :meth:`close`."""
        written = Movement(
            **{field.name: getattr(entry, field.name) for field in fields(Entry)},
            id=self._before + len(self._added) + 1,
            operation=self._writing.operation,
            auteur=self._writing.auteur,
            quand=self._writing.quand,
        )
        self._added.append(written)
        self._accounts.setdefault(written.account, []).append(written)
        return written

    def reverse(self, movement: Movement, jour: date, motif: str | None) -> Movement:
        """Add the line that takes another back, from a day on.

        Raises LedgerRefusedError when the line was reversed before, is itself a reversal, or the day comes before it.
        """
        name = f"{limits.place(movement.account)} : « {movement.words} » du {formats.day(movement.jour)}"
        if movement.contrepasse is not None:
            raise limits.LedgerRefusedError(f"{name} est déjà une contre-passation : inscrivez la ligne juste.")
        if movement not in standing(self.of(*movement.account)):
            raise limits.LedgerRefusedError(f"{name} a déjà été contre-passée.")
        if jour < movement.jour:
            raise limits.LedgerRefusedError(
                f"{name} ne peut pas être contre-passée au {formats.day(jour)} : choisissez ce jour-là, ou un jour plus tard."
            )
        opposite = None if movement.montant is None else -movement.montant
        entry = replace(_entry(movement), jour=jour, montant=opposite, contrepasse=movement.id, motif=motif)
        return self.add(entry)

    def close(self) -> Sequence[Movement]:
        """Check every account that gained a line, write the lines and seal them. They come back as written.

        Raises LedgerRefusedError: then nothing is written.
        """
        for account in dict.fromkeys(movement.account for movement in self._added):
            limits.check(account, self._accounts[account])
        if self._added:
            _insert(self._writing, self._added)
            ledger_controls.seal_added(self._writing.cursor, self._programme, self._before)
        return self._added


def _entry(movement: Movement) -> Entry:
    return Entry(**{field.name: getattr(movement, field.name) for field in fields(Entry)})


def _insert(writing: Writing, movements: Sequence[Movement]) -> None:
    """Through Arrow: the history of a whole call takes no minute."""
    import pyarrow as pa

    types: dict[str, Any] = {
        "id": pa.int64(),
        "numero": pa.string(),
        "poste": pa.string(),
        "ligne": pa.int32(),
        "nature": pa.string(),
        "jour": pa.date32(),
        "montant": pa.decimal128(14, 2),
        "tranche": pa.int32(),
        "echeance": pa.date32(),
        "reference": pa.string(),
        "sur": pa.int64(),
        "contrepasse": pa.int64(),
        "motif": pa.string(),
        "operation": pa.string(),
        "auteur": pa.string(),
        "quand": pa.timestamp("us", "UTC"),
    }
    columns = {name: pa.array([getattr(m, name) for m in movements], kind) for name, kind in types.items()}
    columns["details"] = pa.array(
        [json.dumps(dict(m.details), ensure_ascii=False) if m.details else None for m in movements], pa.string()
    )
    writing.cursor.register("mouvement_nouveau", pa.table(columns))
    writing.cursor.execute(
        "INSERT INTO mouvement BY NAME SELECT ? AS programme, * FROM mouvement_nouveau", [writing.programme]
    )
    writing.cursor.unregister("mouvement_nouveau")

"""Remarks on a dossier, dated and signed. None is changed: a correction is a new one, a withdrawal leaves its trace."""

from dataclasses import dataclass
from datetime import datetime

import duckdb

from clact_model.errors import UsageError
from clact_model.instruction import standing
from clact_model.programme import Programme
from clact_model.store import Base, Change, Writing

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark. ``quand`` and ``retiree_le``: aware times."""

    id: str
    texte: str
    auteur: str
    quand: datetime
    corrige: str | None
    """The remark that this one corrects."""
    corrigee: bool
    """A later remark corrects it."""
    retiree_par: str | None
    retiree_le: datetime | None

    @property
    def holds(self) -> bool:
        """Neither corrected nor withdrawn."""
        return not self.corrigee and self.retiree_le is None


def write(base: Base, programme: Programme, numero: str, texte: str, operation: str | None = None) -> None:
    """Add a remark. Raises UsageError for an empty or too long text, or an unknown dossier."""
    with base.write("remarquer", programme.id, operation) as writing:
        if writing.already_done:
            return
        standing.require(writing.cursor, programme, numero)
        _insert(writing, programme, numero, _checked(texte))
        writing.log(_checked(texte), numero)


def correct(base: Base, programme: Programme, identifier: str, texte: str, operation: str | None = None) -> None:
    """Put a new remark in the place of one that holds. Raises UsageError."""
    with base.write("corriger_remarque", programme.id, operation) as writing:
        if writing.already_done:
            return
        numero, former = _holding(writing.cursor, programme, identifier)
        corrected = _checked(texte)
        _insert(writing, programme, numero, corrected, identifier)
        writing.log(None, numero)
        writing.log_changes([Change(numero, None, "remarque", former.texte, corrected)])


def withdraw(base: Base, programme: Programme, identifier: str, operation: str | None = None) -> None:
    """Take a remark back: the journal keeps what it said. A remark that it corrected holds again. Raises UsageError."""
    with base.write("retirer_remarque", programme.id, operation) as writing:
        if writing.already_done:
            return
        numero, former = _holding(writing.cursor, programme, identifier)
        writing.cursor.execute(
            "UPDATE remarque SET retiree_par = ?, retiree_le = ? WHERE id = ?",
            [writing.auteur, writing.quand, identifier],
        )
        writing.log(None, numero)
        writing.log_changes([Change(numero, None, "remarque", former.texte, None)])


def of_dossier(cursor: duckdb.DuckDBPyConnection, programme: Programme, numero: str) -> list[Remark]:
    """Every remark on a dossier, the newest first, with those corrected or withdrawn."""
    rows = cursor.execute(
        """SELECT r.id, r.texte, r.auteur, r.quand, r.corrige,
                  EXISTS (SELECT 1 FROM remarque n WHERE n.corrige = r.id AND n.retiree_le IS NULL),
                  r.retiree_par, r.retiree_le
           FROM remarque r WHERE r.programme = ? AND r.numero = ? ORDER BY r.quand DESC, r.id""",
        [programme.id, numero],
    ).fetchall()
    return [Remark(*row) for row in rows]


def _checked(texte: str) -> str:
    text = texte.strip()
    if not text:
        raise UsageError("Une remarque vide ne s'enregistre pas : écrivez-la d'abord.")
    if len(text) > LONGEST:
        raise UsageError(f"La remarque compte {len(text)} caractères : {LONGEST} au plus.")
    return text


def _insert(writing: Writing, programme: Programme, numero: str, texte: str, corrige: str | None = None) -> None:
    writing.cursor.execute(
        "INSERT INTO remarque (id, programme, numero, texte, auteur, quand, corrige) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [writing.operation, programme.id, numero, texte, writing.auteur, writing.quand, corrige],
    )


def _holding(cursor: duckdb.DuckDBPyConnection, programme: Programme, identifier: str) -> tuple[str, Remark]:
    """The dossier and the remark, still standing."""
    row = cursor.execute(
        "SELECT numero FROM remarque WHERE programme = ? AND id = ?", [programme.id, identifier]
    ).fetchone()
    if row is None:
        raise UsageError("Cette remarque n'est pas dans la base : rechargez la page.")
    found = next(remark for remark in of_dossier(cursor, programme, row[0]) if remark.id == identifier)
    if not found.holds:
        raise UsageError("Cette remarque a déjà été corrigée ou retirée : rechargez la page.")
    return row[0], found

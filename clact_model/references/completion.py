"""What the register gives where a dossier is silent: proposed, and written when a person says so.

A dossier that a committee has decided on stays as it is, as it does at an import.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa

from clact_model import formats
from clact_model.intake import decided
from clact_model.intake.columns import in_french
from clact_model.intake.completed import FIELDS
from clact_model.intake.writing import ask_to_confirm, keep_previous, touching
from clact_model.programme import Programme
from clact_model.references.checking import Certainty, rows
from clact_model.store import Base, Change, Writing

Key = tuple[str, str]
"""Number of the dossier, field."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One empty field of one dossier and what the register says of it."""

    numero: str
    raison_sociale: str | None
    champ: str
    valeur: str
    certitude: Certainty
    finess: str | None
    """The establishment that the value is true of, as the dossier names it, else as the register does."""
    siret: str | None
    finess_juridique: str | None
    reference: str
    """SHA-256 of the file that says it."""
    decide: bool
    """Whether something is decided of the dossier: shown, never written."""

    @property
    def key(self) -> Key:
        return self.numero, self.champ


def proposals(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> list[Proposal]:
    """What can be completed, in the order of the base.

    Nothing for an establishment that is not found, or whose FINESS and SIRET are those of two companies.
    """
    settled = decided.numbers(cursor, programme.id)
    return [found for row in rows(cursor, programme) if _is_sure(row) for found in _of(row, row["numero"] in settled)]


def _is_sure(row: Mapping[str, Any]) -> bool:
    if row["r_finess"] is None:
        return bool(row["certitude"] == "entite")
    own, known = row["siret"], row["r_siret"]
    return row["certitude"] == "siret" or not own or not known or own[:9] == known[:9]


def _of(row: Mapping[str, Any], decide: bool) -> Iterator[Proposal]:
    for champ in FIELDS:
        if row[champ] is None and row[f"r_{champ}"] is not None:
            yield Proposal(
                row["numero"],
                row["raison_sociale"] or row["r_raison_sociale"],
                champ,
                row[f"r_{champ}"],
                row["certitude"],
                row["finess"] or row["r_finess"],
                row["siret"] or row["r_siret"],
                row["finess_juridique"] or row["r_finess_juridique"],
                row["r_reference_ght" if champ == "ght" else "r_reference"],
                decide,
            )


def left_as_decided(left: Sequence[Proposal]) -> str:
    """The sentence on what is not completed, the dossiers being decided: which, and what to do."""
    numbers = list(dict.fromkeys(one.numero for one in left))
    where = "d'un dossier déjà décidé" if len(numbers) == 1 else "de dossiers déjà décidés"
    return (
        f"{formats.plural(len(left), 'champ')} {where} ({decided.named(numbers)}) : rien n'y est complété ; pour le faire, "
        "revenez d'abord sur la décision à la page Sélection."
    )


def complete(
    base: Base, programme: Programme, wanted: Collection[Key] | None = None, *, operation: str | None = None
) -> list[Proposal]:
    """Write what is proposed, all of it or the fields ``wanted``; gives what was written.

    Each field is a change of the dossier in the journal; what the dossier was is kept. What the base no longer lacks, or
    the register no longer gives, is left alone; so is a dossier already decided.
    """
    with base.write("completer", programme.id, operation) as writing:
        if writing.already_done:
            return []
        proposed = proposals(writing.cursor, programme)
        found = [one for one in proposed if not one.decide and (wanted is None or one.key in wanted)]
        if not found:
            return []
        with touching(writing, list(dict.fromkeys(one.numero for one in found))):
            keep_previous(writing)
        _write(writing, programme, found)
        changes = _changes(programme, found)
        ask_to_confirm(writing, programme, changes)
        writing.log(_summary(found))
        writing.log_changes(changes)
        writing.seal()
        return found


def _write(writing: Writing, programme: Programme, found: Sequence[Proposal]) -> None:
    columns = {
        name: pa.array([getattr(one, name) for one in found], pa.string())
        for name in ("numero", "champ", "valeur", "finess", "siret", "finess_juridique", "reference")
    }
    writing.cursor.register("complete", pa.table(columns))
    writing.cursor.execute(
        """INSERT OR REPLACE INTO completion BY NAME
           SELECT ? AS programme, numero, champ, valeur, finess, siret, finess_juridique, reference AS source, ? AS auteur, ? AS quand
           FROM complete""",
        [programme.id, writing.auteur, writing.quand],
    )
    for champ in dict.fromkeys(one.champ for one in found):
        writing.cursor.execute(
            f"""UPDATE dossier SET "{champ}" = c.valeur FROM complete c
                WHERE dossier.programme = ? AND dossier.numero = c.numero AND c.champ = ?""",
            [programme.id, champ],
        )
    writing.cursor.unregister("complete")


def _changes(programme: Programme, found: Sequence[Proposal]) -> list[Change]:
    zone = ZoneInfo(programme.fuseau)
    return [
        Change(
            one.numero,
            None,
            one.champ,
            None,
            in_french(programme.dictionary.get("dossier", one.champ), one.valeur, zone),
        )
        for one in found
    ]


def _summary(found: Sequence[Proposal]) -> str:
    dossiers = len({one.numero for one in found})
    return (
        f"{formats.plural(len(found), 'champ complété', 'champs complétés')} dans {formats.plural(dossiers, 'dossier')} "
        "d'après le référentiel"
    )

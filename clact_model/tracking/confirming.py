"""What the ledger says of the earlier contracts, written into a dossier once a person confirms it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from clact_model import formats
from clact_model.intake.columns import in_french
from clact_model.intake.completed import EARLIER
from clact_model.intake.decided import numbers
from clact_model.intake.writing import ask_to_confirm, keep_previous, touching
from clact_model.programme import Programme
from clact_model.store import Base, Change, Writing
from clact_model.tracking.earlier import Earlier, earlier

NATURE = "confirmer_anterieur"
"""The journal's name for it."""
Value = str | bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """One field of the dossier that the ledger says otherwise. ``avant`` None: the dossier does not say."""

    champ: str
    avant: Value | None
    valeur: Value


def proposed(cursor: duckdb.DuckDBPyConnection, programme: Programme, numero: str, found: Earlier) -> list[Proposed]:
    """The fields that confirming would change; none when the dossier says the same, or when the ledger cannot tell."""
    columns = ", ".join(EARLIER)
    row = cursor.execute(
        f"SELECT {columns} FROM dossier WHERE programme = ? AND numero = ?", [programme.id, numero]
    ).fetchone()
    assert row is not None, numero
    told: Mapping[str, Value | None] = {
        "clact_anterieur": found.etat,
        "clact_anterieur_respecte": found.respecte,
        "clact_anterieur_justifie": found.justifie,
    }
    held = dict(zip(EARLIER, row, strict=True))
    return [Proposed(champ, held[champ], value) for champ, value in told.items() if value not in (None, held[champ])]


def confirm(
    base: Base,
    programme: Programme,
    numero: str,
    day: date,
    known: Mapping[str, Programme],
    wanted: Collection[Proposed],
    *,
    operation: str | None = None,
) -> list[Proposed]:
    """Write what a person confirmed, as it was shown; gives what was written.

    What the ledger no longer says, or the dossier no longer lacks, is left alone; so is a dossier already decided. Each field is a change of the dossier in
    the journal, what the dossier was is kept, and the value goes before an empty cell of a later file. Raises UsageError.
    """
    with base.write(NATURE, programme.id, operation) as writing:
        if writing.already_done:
            return []
        found = earlier(writing.cursor, programme, numero, day, known)
        now = proposed(writing.cursor, programme, numero, found) if found else []
        kept = [one for one in now if one in wanted]
        if found is None or not kept or numero in numbers(writing.cursor, programme.id):
            return []
        with touching(writing, [numero]):
            keep_previous(writing)
        _write(writing, programme, numero, found, kept)
        changes = [as_change(programme, numero, one.champ, one.avant, one.valeur) for one in kept]
        ask_to_confirm(writing, programme, changes)
        contracts = ", ".join(f"{one.titre} (dossier {one.numero})" for one in found.contracts)
        fields = formats.plural(len(kept), "champ confirmé", "champs confirmés")
        writing.log(f"CLACT antérieur : {fields} d'après le registre de {contracts}", numero)
        writing.log_changes(changes)
        writing.seal()
        return kept


def _write(writing: Writing, programme: Programme, numero: str, found: Earlier, kept: Sequence[Proposed]) -> None:
    values = [str(one.valeur).lower() for one in kept]
    columns = {"champ": pa.array([one.champ for one in kept], pa.string()), "valeur": pa.array(values, pa.string())}
    writing.cursor.register("confirme", pa.table(columns))
    source = " ; ".join(f"registre {one.programme} {one.numero}" for one in found.contracts)
    writing.cursor.execute(
        """INSERT OR REPLACE INTO completion BY NAME
           SELECT programme, numero, champ, valeur, finess, siret, finess_juridique, ? AS source, ? AS auteur, ? AS quand
           FROM confirme, dossier WHERE programme = ? AND numero = ?""",
        [source, writing.auteur, writing.quand, programme.id, numero],
    )
    writing.cursor.unregister("confirme")
    for one in kept:
        writing.cursor.execute(
            f'UPDATE dossier SET "{one.champ}" = ? WHERE programme = ? AND numero = ?',
            [one.valeur, programme.id, numero],
        )


def as_change(programme: Programme, numero: str, champ: str, avant: Value | None, apres: Value | None) -> Change:
    """One field of a dossier, before and after, as the journal writes it."""
    field, zone = programme.dictionary.get("dossier", champ), programme.file.zone
    return Change(numero, None, champ, *(None if v is None else in_french(field, v, zone) for v in (avant, apres)))

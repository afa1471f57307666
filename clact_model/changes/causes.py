"""Why a verdict turned: the fields that changed, an override given or lifted, another dossier, or simply the day."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb

from clact_model import formats, overview
from clact_model.changes.verdicts import Key
from clact_model.eligibility.words import read_fields
from clact_model.programme import Programme, Rule
from clact_model.store import Entry

OVERRIDES = ("deroger", "lever_derogation")
STORED = (
    "importer",
    "annuler_import",
    "completer",
    "confirmer_anterieur",
    "reprendre_anterieur",
    "noter",
    "retirer_note",
)
"""Operations that change what is stored of a dossier."""
_OTHERS = frozenset({"nombre_dossiers_etablissement", "autres_dossiers"})
"""Facts about a dossier that other dossiers change."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason, in French; who and when where a person or an import is behind it."""

    phrase: str
    auteur: str | None = None
    quand: datetime | None = None


def entries_since(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, moment: datetime, numeros: Collection[str]
) -> dict[str, list[Entry]]:
    """Number → the fields that were written since, the oldest first; times in the programme's zone."""
    rows = cursor.execute(
        """SELECT id, operation, quand, auteur, nature, programme, numero, ligne, champ, avant, apres, detail
           FROM journal
           WHERE programme = $programme AND quand > $moment AND champ IS NOT NULL
             AND list_contains($numeros::VARCHAR[], numero)
           ORDER BY id""",
        {"programme": programme.id, "moment": moment, "numeros": list(numeros)},
    ).fetchall()
    found: dict[str, list[Entry]] = {}
    for entry in (Entry(*row) for row in rows):
        found.setdefault(str(entry.numero), []).append(
            replace(entry, quand=entry.quand.astimezone(programme.file.zone))
        )
    return found


def causes(
    programme: Programme, key: Key, entries: Sequence[Entry], by_data: Sequence[Rule], by_day: Sequence[Rule]
) -> list[Cause]:
    """Why this verdict turned.

    ``entries``: what was written about the dossier; ``by_data``, ``by_day``: the rules that came to something else for the
    data, and for the day. Never empty.
    """
    own = [entry for entry in entries if not key[1] or entry.ligne in (None, key[1])]
    found = [_override(entry) for entry in own if entry.nature in OVERRIDES and (entry.ligne or 0) == key[1]]
    found += _fields(programme, own, by_data) or _others(programme, by_data)
    found += [Cause(f"Une date est passée : « {rule.libelle} » ne donne plus la même réponse") for rule in by_day]
    # An aid that became known or unknown turns a line without any rule.
    return found or _all_fields(programme, own) or [Cause("Autre cause : voyez l'historique du dossier")]


def _override(entry: Entry) -> Cause:
    before, after = (overview.kept_in_words("verdict", entry.ligne, text) for text in (entry.avant, entry.apres))
    word = "Dérogation" if entry.nature == "deroger" else "Dérogation levée"
    return Cause(f"{word} : {before} → {after}", entry.auteur, entry.quand)


def _fields(programme: Programme, entries: Iterable[Entry], rules: Sequence[Rule]) -> list[Cause]:
    read = set(read_fields(programme, rules))
    return _all_fields(programme, (entry for entry in entries if entry.champ in read))


def _all_fields(programme: Programme, entries: Iterable[Entry]) -> list[Cause]:
    return [
        Cause(
            f"« {overview.field_label(programme.dictionary, last.champ, last.ligne)} »{_place(programme, last)} : "
            f"{first.avant or formats.UNKNOWN} → {last.apres or formats.UNKNOWN}",
            last.auteur,
            last.quand,
        )
        for first, last in _by_field(entries)
    ]


def _place(programme: Programme, entry: Entry) -> str:
    return f" ({programme.line_word} {entry.ligne})" if entry.ligne else ""


def _by_field(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """The first and the last writing of each field; what came back to where it was is left out."""
    ends: dict[tuple[int | None, str | None], tuple[Entry, Entry]] = {}
    for entry in entries:
        if entry.nature in STORED:
            place = (entry.ligne, entry.champ)
            ends[place] = (ends[place][0] if place in ends else entry, entry)
    return ((first, last) for first, last in ends.values() if first.avant != last.apres)


def _others(programme: Programme, rules: Iterable[Rule]) -> list[Cause]:
    read = {name for rule in rules for expression in programme.rule_expressions(rule) for name in expression.read}
    return [Cause("Un autre dossier du même établissement est arrivé ou parti")] if read & _OTHERS else []

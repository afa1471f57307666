"""A programme as if its text lacked some of its rules: what a committee tries, and what next year's draft leaves out."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clact_model import paths
from clact_model.errors import UsageError
from clact_model.programme.aid import RATE
from clact_model.programme.duplicating import toml_document
from clact_model.programme.loading import read
from clact_model.programme.programme import Programme

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


def without_rules(programme: Programme, rules: Collection[str], sources: Path = paths.SOURCES) -> Programme:
    """The programme without these rules; a ceiling or an assiette that stands for one of them goes with it.

    Read and checked as any text is, and remembered: a committee goes back and forth. Raises UsageError for a rule that the
    programme lacks, and when none would be left.
    """
    known = [rule.id for rule in programme.file.regle]
    if unknown := sorted(set(rules) - set(known)):
        raise UsageError(
            f"Le programme « {programme.id} » n'a pas de règle « {unknown[0]} » (il a : {', '.join(known)})."
        )
    if set(known) == set(rules):
        raise UsageError("Toutes les règles seraient suspendues : gardez-en une au moins.")
    return _read(programme.id, programme.text, frozenset(rules), sources) if rules else programme


@lru_cache(maxsize=64)
def _read(programme: str, text: str, rules: frozenset[str], sources: Path) -> Programme:
    draft = toml_document(text)
    leave_out(draft, rules)
    return read(draft.as_string(), programme, sources)


def leave_out(draft: TOMLDocument, rules: Collection[str]) -> None:
    """Take the rules out of the text, in their place: what names one of them elsewhere goes, or names it no more.

    A piece stays listed, asked for by the rules that are left; the assiette that holds for all the rest stays too.
    """
    _drop(draft["regle"], lambda rule: rule["id"] in rules)
    _drop_ceilings(draft["aide"], rules)
    _drop(draft["aide"]["assiette"], lambda amount: amount.get("regle") in rules and "si" in amount)
    if draft["aide"]["assiette"][-1].get("regle") in rules:
        del draft["aide"]["assiette"][-1]["regle"]
    for piece in draft.get("piece", ()):
        if not set(piece.get("regles", ())).isdisjoint(rules):
            piece["regles"] = [rule for rule in piece["regles"] if rule not in rules]


def _drop_ceilings(aid: Any, rules: Collection[str]) -> None:
    """A ceiling goes with its rule, and with it the common rate that it was the ceiling of."""
    rate = aid.get("taux_commun")
    written = rate and RATE.format(rate["parametre"])
    gone = {" ".join(c["montant"].split()) for c in aid["plafond"] if c.get("regle") in rules}
    _drop(aid["plafond"], lambda ceiling: ceiling.get("regle") in rules)
    if written in gone:
        del aid["taux_commun"]


def _drop(parts: Any, gone: Callable[[Any], bool]) -> None:
    """Delete parts of a list, from its end. The comments under a part are the title of what follows: they stay."""
    for place in reversed(range(len(parts))):
        if gone(parts[place]):
            following = _last_lines(parts[place])
            del parts[place]
            if place:
                _lay(parts[place - 1], following)


def _end(part: Any) -> Any:
    """Where the text of a part ends: in the last of its own cases, when it has some."""
    from tomlkit.items import AoT

    last = part.value.body[-1][1]
    return _end(last[-1]) if isinstance(last, AoT) else part


def _last_lines(part: Any) -> list[Any]:
    """The comments and empty lines at its end."""
    return [item for _, item in takewhile(lambda entry: entry[0] is None, reversed(_end(part).value.body))][::-1]


def _lay(part: Any, lines: list[Any]) -> None:
    """The lines under a part, when they say something."""
    from tomlkit.items import Comment

    if any(isinstance(line, Comment) for line in lines):
        # One empty line is there already.
        for line in lines[1:]:
            _end(part).add(line)

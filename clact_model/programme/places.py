"""Where a fault lies in the text of a programme file: its line, for the person who mends it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clact_model.programme.checks import Fault
from clact_model.wording import folded

_TITLE = re.compile(r"\s*\[\[?\s*(?P<table>\w+)(?:\.(?P<rest>[\w.-]+))?\s*\]")
_PLACE = re.compile(r"(?P<word>\w+) « (?P<name>.+) »", flags=re.DOTALL)
_QUOTED = re.compile(r"« (.+?) »")
_NAMES = re.compile(r"\s*(?:id|code|champ|nom|etape|libelle|fichier)\s*=\s*[\"'](.*)[\"']")
"""The keys by which a part of the file is called."""


@dataclass(frozen=True)
class Part:
    """A part of the text: ``[[regle]]`` with its cases, ``[parametres.taux]``, ``[aide]``; the file's own keys first, under ``""``."""

    table: str
    name: str | None
    first: int
    """The line of its title, from 1."""
    lines: tuple[str, ...]

    def called(self, name: str) -> bool:
        """True when the part goes by that name."""
        if self.name is not None:
            return self.name == name
        return any(found[1] == name for line in self.lines if (found := _NAMES.match(line)))


def parts(text: str) -> list[Part]:
    """The parts of a text, in order; it need not be well formed."""
    lines = text.split("\n")
    starts = [(0, "", None), *_titles(lines)]
    ends = [start for start, _, _ in starts[1:]] + [len(lines)]
    return [
        Part(table, name, start + 1, tuple(lines[start:end]))
        for (start, table, name), end in zip(starts, ends, strict=True)
    ]


def _titles(lines: list[str]) -> Iterator[tuple[int, str, str | None]]:
    """The titles that begin a part: not those of its own cases or amounts (``[[regle.cas]]``, ``[[aide.plafond]]``)."""
    table = ""
    for number, line in enumerate(lines):
        found = _TITLE.match(line)
        if found and found["table"] == "parametres":
            yield number, "parametres", found["rest"]
        elif found and (found["rest"] is None or found["table"] != table):
            yield number, found["table"], None
        table = found["table"] if found else table


def line_of(text: str, fault: Fault) -> int | None:
    """The line to look at, from 1: that which holds a word of the fault, else the title of its part; None when not found."""
    if fault.line is not None:
        return fault.line
    concerned = _concerned(parts(text), fault.place)
    for word in _QUOTED.findall(fault.what):
        # « cout » is neither in « pe-cout » nor in « couts ».
        alone = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
        for part in concerned:
            for place, line in enumerate(part.lines):
                if alone.search(line):
                    return part.first + place
    return concerned[0].first if concerned and fault.place else None


def _concerned(found: list[Part], place: str) -> list[Part]:
    """The parts that a fault speaks of, the likeliest first."""
    if not place:
        return found
    named = _PLACE.fullmatch(place)
    table = folded(named["word"] if named else place)
    own = [part for part in found if part.table == ("parametres" if table == "parametre" else table)]
    if named:
        # Of two of the same name, the second is the one too many.
        return [part for part in reversed(own) if part.called(named["name"])]
    # « départements », « enveloppe » are keys of the file itself.
    return own or found[:1]

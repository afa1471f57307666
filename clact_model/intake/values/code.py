"""Codes of a closed list, written as the code or as its French label."""

import re
from collections.abc import Callable, Iterable, Mapping

from clact_model.fields import Value
from clact_model.intake.values import text, yes_no
from clact_model.intake.values.outcome import Read, RefusalError, quoted
from clact_model.reading import Cell
from clact_model.wording import folded

OTHER = "autre"


def closed(values: Iterable[Value]) -> Callable[[Cell], Read[str]]:
    """The parser of a list that nothing may be added to: it raises RefusalError naming the accepted labels."""
    known, labels = _index(values), ", ".join(value.libelle for value in values)

    def parse(cell: Cell) -> Read[str]:
        code = known.get(_key(cell)) or _of_linked(cell, known)
        if code is None:
            raise RefusalError(f"{quoted(cell)} n'est pas une valeur admise : écrivez l'une de celles-ci : {labels}.")
        return Read(code)

    return parse


def opened(values: Iterable[Value]) -> Callable[[Cell], Read[str]]:
    """The parser of a programme's axes or themes: an unknown text stays as it is, and is said.

    A rule of the call, not the import, judges what lies outside of its list. No list: every text is free.
    """
    known = _index(values)

    def parse(cell: Cell) -> Read[str]:
        code = known.get(_key(cell))
        if code is not None:
            return Read(code)
        free = text.parse(cell).value
        if not known or _key(free) == OTHER:
            return Read(OTHER if _key(free) == OTHER else free)
        return Read(free, f"{quoted(free)} n'est pas dans la liste du programme : le texte est gardé tel quel.")

    return parse


def _of_linked(cell: Cell, known: Mapping[str, str]) -> str | None:
    """The one code that the parts of a linked list speak of: ``Établissement public de santé;CHU / CHR``."""
    if not isinstance(cell, str) or not re.search(r";| / ", cell):
        return None
    parts = [*cell.split(";"), *cell.split(" / ")]
    codes = {known[key] for key in map(_key, parts) if key in known}
    return codes.pop() if len(codes) == 1 else None


def _index(values: Iterable[Value]) -> dict[str, str]:
    """What may be written → its code; a code goes before a label, a label before another writing."""
    values = tuple(values)
    others = {_key(writing): v.code for v in values for writing in v.ecritures}
    return others | {_key(v.libelle): v.code for v in values} | {_key(v.code): v.code for v in values}


def _key(cell: Cell) -> str:
    if isinstance(cell, bool):
        return next(word for word, answer in yes_no.ANSWERS.items() if answer is cell)
    return folded(text.one_line(cell))

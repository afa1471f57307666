"""Codes of a closed list, written as the code or as its French label."""

from collections.abc import Callable, Iterable

from clact_model.fields import Value
from clact_model.intake.values import text, yes_no
from clact_model.intake.values.outcome import Cell, Read, RefusalError, quoted
from clact_model.wording import folded

OTHER = "autre"


def closed(values: Iterable[Value]) -> Callable[[Cell], Read[str]]:
    """The parser of a list that nothing may be added to: it raises RefusalError naming the accepted labels."""
    known, labels = _index(values), ", ".join(value.libelle for value in values)

    def parse(cell: Cell) -> Read[str]:
        code = known.get(_key(cell))
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


def _index(values: Iterable[Value]) -> dict[str, str]:
    """What may be written → its code; a code goes before the label of another one."""
    values = tuple(values)
    return {_key(v.libelle): v.code for v in values} | {_key(v.code): v.code for v in values}


def _key(cell: Cell) -> str:
    if isinstance(cell, bool):
        return next(word for word, answer in yes_no.ANSWERS.items() if answer is cell)
    return folded(text.one_line(cell))

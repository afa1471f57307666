"""Départements: a code or a name → the code of INSEE."""

import re
from functools import cache

from clact_model.departements import names
from clact_model.intake.values.outcome import Read, RefusalError, quoted
from clact_model.intake.values.text import one_line
from clact_model.reading import Cell
from clact_model.wording import folded

_BOTH = re.compile(r"(?P<code>\d[\dab]\d?)\s*[-–—]\s*(?P<name>.+)", re.ASCII)
_NAMED = re.compile(r"(?P<name>[^(]+?)\s*\((?P<code>\d[\dab]\d?)\)", re.ASCII)


@cache
def _codes() -> dict[str, str]:
    """What may be written, folded → code: the code, with or without its zero, the name, with or without hyphens."""
    known: dict[str, str] = {}
    for code, name in names().items():
        for writing in (code, code.lstrip("0"), name):
            known[_key(writing)] = code
    return known


def _key(text: str) -> str:
    return folded(text).replace("-", " ").removeprefix("la ").removeprefix("le ")


def parse(cell: Cell) -> Read[str]:
    """``1``, ``01``, ``Ain``, ``01 – Ain``, ``Ain (01)`` → ``01``. Raises RefusalError for what is no département (20, 99…)."""
    # « 02 - »: a list of a form whose name was left out.
    text = one_line(cell).rstrip(" -–—")
    code = None if isinstance(cell, bool) else _codes().get(_key(text))
    if code is None and (both := _BOTH.fullmatch(folded(text)) or _NAMED.fullmatch(folded(text))):
        by_code, by_name = _codes().get(_key(both["code"])), _codes().get(_key(both["name"]))
        code = by_code if by_code == by_name else None
    if code is None:
        raise RefusalError(
            f"{quoted(cell)} n'est pas un département : écrivez son code (01 à 95, 2A, 2B, 971 à 978) ou son nom."
        )
    return Read(code)

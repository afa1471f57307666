"""What a verb works with: the programme, the base, the day."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from clact_model import clock, paths
from clact_model.errors import UsageError
from clact_model.programme import ParameterValue, Programme, load_one
from clact_model.store import Base, BaseUnreadableError


def base_path(arguments: Namespace) -> Path:
    """``--base`` (from the current folder), else ``CLACT_BASE``, else the project's own base."""
    return Path(arguments.base).resolve() if arguments.base else paths.base_path()


@contextmanager
def opened(arguments: Namespace) -> Iterator[Base]:
    """The base, open for the time of a verb. Raises BaseUnreadableError when the control totals do not agree."""
    base = Base(base_path(arguments))
    try:
        if faults := base.faults():
            raise BaseUnreadableError(" ".join(faults))
        yield base
    finally:
        base.close()


def programme(arguments: Namespace) -> Programme:
    """The programme of ``--programme``. Raises UsageError, or ProgrammeError with what is wrong in its file."""
    return load_one(arguments.programme)


def today(chosen: Programme) -> date:
    """The day judged."""
    return clock.today(chosen)


def amount(text: str, what: str) -> Decimal:
    """``4000000``, ``4000000.50`` or ``4 000 000,50`` → EUR. Raises UsageError."""
    plain = "".join(text.replace("€", "").split()).replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise UsageError(f"{what} : « {text} » n'est pas un montant.") from error


def weights(arguments: Namespace) -> dict[str, Decimal]:
    """``--poids critere=2`` → weights."""
    return {name: _number(value, name) for name, value in _pairs(arguments.poids, "--poids critere=2")}


def parameters(arguments: Namespace, chosen: Programme) -> dict[str, ParameterValue]:
    """``--parametre taux=0.4`` → values of the programme's parameters, each of its type."""
    found: dict[str, ParameterValue] = {}
    for name, value in _pairs(arguments.parametre, "--parametre taux=0.4"):
        known = chosen.file.parametres.get(name)
        found[name] = _day(value, name) if known is not None and known.type == "date" else _number(value, name)
    return found


def _pairs(given: list[str], example: str) -> Iterator[tuple[str, str]]:
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or not name or not value:
            raise UsageError(f"« {text} » : écrivez {example}.")
        yield name.strip(), value.strip()


def _number(text: str, name: str) -> Decimal:
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise UsageError(f"« {name} » : « {text} » n'est pas un nombre.") from error
    if not value.is_finite():
        raise UsageError(f"« {name} » : « {text} » n'est pas un nombre.")
    return value


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"« {name} » : « {text} » n'est pas une date AAAA-MM-JJ.") from error


def pair(text: str, example: str) -> tuple[str, str]:
    """``CRITERE=NOTE`` → its two halves."""
    return next(_pairs([text], example))


def number(text: str, name: str) -> Decimal:
    """A number as a person types it. Raises UsageError."""
    return _number(text, name)

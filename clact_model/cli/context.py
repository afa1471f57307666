"""What a verb works with: the programme, the base, the day."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from clact_model import clock, formats, paths
from clact_model.errors import UsageError
from clact_model.intake import Correspondence, load_correspondence
from clact_model.programme import ParameterValue, Programme, load_one
from clact_model.store import Base, BaseUnreadableError


def base_path(arguments: Namespace) -> Path:
    """``--base`` (from the current folder), else ``CLACT_BASE``, else the project's own base."""
    return Path(arguments.base).resolve() if arguments.base else paths.base_path()


def existing_base(arguments: Namespace) -> Path:
    """The path of a base that is there. Raises UsageError: a mistyped name must not make an empty base."""
    path = base_path(arguments)
    if not path.exists():
        raise UsageError(
            f"La base « {path} » n'existe pas : vérifiez --base ou CLACT_BASE, ou importez d'abord des dossiers."
        )
    return path


@contextmanager
def opened(arguments: Namespace) -> Iterator[Base]:
    """The base, open for the time of a verb.

    Raises UsageError when it does not exist, BaseUnreadableError when the control totals do not agree.
    """
    with _open(existing_base(arguments)) as base:
        yield base


@contextmanager
def opened_or_new(arguments: Namespace) -> Iterator[Base]:
    """The base, made when it does not exist, which is said; open for the time of a verb."""
    path = base_path(arguments)
    say_if_new(path)
    with _open(path) as base:
        yield base


def say_if_new(path: Path) -> None:
    """One line on standard error when the base is about to be made."""
    if not path.exists():
        print(f"Nouvelle base : {path}", file=sys.stderr)


@contextmanager
def _open(path: Path) -> Iterator[Base]:
    base = Base(path)
    try:
        for notice in base.notices:
            print(f"Attention : {notice}", file=sys.stderr)
        if base.faults_at_opening:
            raise BaseUnreadableError(" ".join(base.faults_at_opening))
        yield base
    finally:
        base.close()


def programme(arguments: Namespace) -> Programme:
    """The programme of ``--programme``. Raises UsageError, or ProgrammeError with what is wrong in its file."""
    return load_one(arguments.programme)


def today(chosen: Programme) -> date:
    """The day judged."""
    return clock.today(chosen)


def received(arguments: Namespace, chosen: Programme) -> date:
    """The day of ``--recu-le``, else the day judged. Raises UsageError for what is no day, and for a day to come."""
    found = day_or(arguments.recu_le or None, "--recu-le", today(chosen))
    if found > today(chosen):
        raise UsageError(f"--recu-le : le {formats.day(found)} n'est pas encore passé.")
    return found


def looked_at(arguments: Namespace, chosen: Programme) -> date:
    """The day of ``--date``, past or to come, else the day judged. Raises UsageError."""
    return day_or(arguments.date, "--date", today(chosen))


def day_or(text: str | None, option: str, otherwise: date) -> date:
    """The day that an option gives, else another. Raises UsageError."""
    return otherwise if text is None else day(text, option)


def day(text: str, what: str) -> date:
    """``2024-10-09`` → that day. Raises UsageError, which begins with ``what`` was to be one."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{what} : « {text} » n'est pas une date AAAA-MM-JJ.") from error


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
    return dict(parameter(text, chosen) for text in arguments.parametre)


def parameter(text: str, chosen: Programme) -> tuple[str, ParameterValue]:
    """``taux=0.4`` → the parameter and its value, of its type."""
    name, value = pair(text, "--parametre taux=0.4")
    known = chosen.file.parametres.get(name)
    return name, day(value, f"« {name} »") if known is not None and known.type == "date" else _number(value, name)


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


def correspondence(arguments: Namespace, base: Base, programme_id: str) -> Correspondence | None:
    """The one that ``--correspondance`` names; None without it: one that fits may apply. Raises UsageError."""
    name = arguments.correspondance
    return load_correspondence(base.cursor(), programme_id, name) if name else None


def pair(text: str, example: str) -> tuple[str, str]:
    """``CRITERE=NOTE`` → its two halves."""
    return next(_pairs([text], example))


def number(text: str, name: str) -> Decimal:
    """A number as a person types it. Raises UsageError."""
    return _number(text, name)

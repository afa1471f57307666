"""What is due as a calendar that Outlook, Thunderbird or a telephone reads (iCalendar, RFC 5545)."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from clact_model import formats
from clact_model.programme import Programme
from clact_model.tracking.obligation import KINDS, STATES, Obligation

LINE_OCTETS = 75
"""Longer lines are folded (RFC 5545, 3.1)."""


def due_ics(programme: Programme, found: Iterable[Obligation], quand: datetime) -> bytes:
    """One event for each thing that is not done and has a day, on that whole day; UTF-8.

    Its identifier is that of the obligation: a calendar read again moves an event instead of doubling it.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//CLACT//Echeances//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(f'Échéances {programme.titre}')}",
    ]
    stamp = quand.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for one in found:
        if one.echeance is not None and one.etat != "fait":
            lines += _event(programme, one, one.echeance, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(piece for line in lines for piece in _folded(line))


def due_file_name(programme: Programme, quand: datetime) -> str:
    """``echeances_<programme>_2026-03-30.ics``."""
    return f"echeances_{programme.id}_{quand.date().isoformat()}.ics"


def _event(programme: Programme, one: Obligation, day: date, stamp: str) -> list[str]:
    identity = hashlib.sha256("\x1f".join((programme.id, *one.key)).encode()).hexdigest()[:32]
    who = " · ".join(filter(None, (one.raison_sociale, f"dossier {one.numero}")))
    return [
        "BEGIN:VEVENT",
        f"UID:{identity}@clact",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"SUMMARY:{_escaped(f'{KINDS[one.nature]} – {who}')}",
        f"DESCRIPTION:{_escaped(chr(10).join(_description(programme, one)))}",
        f"CATEGORIES:{_escaped(KINDS[one.nature])}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _description(programme: Programme, one: Obligation) -> Iterator[str]:
    yield one.libelle
    if one.ligne is not None:
        yield f"{programme.line_word.capitalize()} {one.ligne}" + (f" : {one.intitule}" if one.intitule else "")
    if one.montant is not None:
        yield f"Montant : {formats.euros(one.montant)}"
    yield f"État au {formats.day(one.jour)} : {STATES[one.etat].lower()}"
    if one.attend:
        yield f"Attend {one.attend}"
    if one.avant:
        yield f"Reporté : {', '.join(formats.day(day) for day in one.avant)} auparavant"
    for quote in one.citation:
        yield f"« {quote.texte} »"
    if one.interpretation:
        yield f"Notre lecture : {one.interpretation}"


def _escaped(text: str) -> str:
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\n"), ("\r", "\n"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return "".join(character for character in text if character >= " ")


def _folded(line: str) -> Iterator[bytes]:
    """The line in pieces of at most 75 octets, none cut inside a character; each further one begins with a space."""
    piece = b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > LINE_OCTETS:
            yield piece + b"\r\n"
            piece = b" "
        piece += octets
    yield piece + b"\r\n"

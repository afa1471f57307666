"""A csv file: its encoding, its delimiter and its records, none of which it declares."""

import csv
import io
import re

from clact_model.reading.limits import COLUMNS, LAST_ROW, ROWS, FileRefusedError
from clact_model.reading.sheet import Sheet

DELIMITERS = ";\t,|"
_SAMPLE = 15
_SAMPLE_LENGTH = 1 << 18
"""Characters in which the delimiter is looked for."""
_PROTECTED = re.compile(r'="([^"]*)"')
"""``="0123"``: how a program keeps a spreadsheet from reading a number in a text."""
# UTF-32 first: its mark begins as that of UTF-16 does.
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_MOJIBAKE = re.compile("Ã[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€")
csv.field_size_limit(2**27)


def read(name: str, content: bytes) -> Sheet:
    """The one sheet of a csv file. Raises FileRefusedError for a quote never closed, too many columns, an odd encoding."""
    decoded, mixed = _decode(content)
    text, notices = _repair_double_encoding(decoded)
    rows = _records(text, _delimiter(text[:_SAMPLE_LENGTH]))
    if '="' in text:
        rows = [[_unprotected(cell) for cell in row] for row in rows]
    return Sheet(name, None, rows, notices=(*mixed, *notices, *_lost_characters(text)))


def _unprotected(cell: str) -> str:
    found = _PROTECTED.fullmatch(cell)
    return found[1] if found else cell


def _decode(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Byte order mark, then strict UTF-8, then cp1252: detectors guess wrong. With what is said of it."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content, encoding), ()
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _line_by_line(content)


def _line_by_line(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Text in cp1252, some lines of which may be in UTF-8: files put end to end. A line of cp1252 is never UTF-8 by chance."""
    lines = content.splitlines(keepends=True)
    others = [line for line in lines if not line.isascii() and _is_utf8(line)]
    if not others:
        return _strict(content, "cp1252"), ()
    text = "".join(line.decode("utf-8") if _is_utf8(line) else _strict(line, "cp1252") for line in lines)
    return text, ("Le fichier mélange deux encodages : chaque ligne est lue dans le sien, vérifiez les accents.",)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _lost_characters(text: str) -> tuple[str, ...]:
    if "\ufffd" not in text:
        return ()
    return (
        "Des caractères du fichier sont perdus (« \ufffd ») : corrigez ces textes, ou exportez le fichier à nouveau.",
    )


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRefusedError(
            "L'encodage du fichier n'est ni UTF-8, ni Windows-1252, ni UTF-16 : "
            "enregistrez-le au format « CSV UTF-8 » depuis Excel ou LibreOffice."
        ) from error


def _repair_double_encoding(text: str) -> tuple[str, tuple[str, ...]]:
    """Text encoded twice (« Ã© ») decoded once more, line by line, where all of the line comes out right."""
    if not _MOJIBAKE.search(text):
        return text, ()
    lines = [_decoded_again(line) if _MOJIBAKE.search(line) else line for line in text.splitlines(keepends=True)]
    notices = []
    if (repaired := "".join(lines)) != text:
        notices.append(
            "Les accents du fichier étaient encodés deux fois (« Ã© ») : ils ont été rétablis, vérifiez-les."
        )
    if _MOJIBAKE.search(repaired):
        notices.append(
            "Des accents du fichier semblent abîmés (« Ã© ») : vérifiez les textes, ou exportez le fichier à nouveau."
        )
    return repaired, tuple(notices)


def _decoded_again(line: str) -> str:
    try:
        return line.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return line


def _delimiter(text: str) -> str:
    """The delimiter under which the first records are widest."""
    return max(DELIMITERS, key=lambda delimiter: _usual_width(text, delimiter))


def _usual_width(text: str, delimiter: str) -> int:
    widths = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(record):
                widths.append(len(record))
            if len(widths) == _SAMPLE:
                break
    except csv.Error:
        pass
    return sorted(widths)[len(widths) // 2] if widths else 0


def _records(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    # strict: a quote that is never closed, or is closed in the middle of a field, would merge rows silently.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for record in reader:
            rows.append(record)
            _check_extent(rows)
    except csv.Error as error:
        raise FileRefusedError(
            f"Enregistrement {len(rows) + 1} : un guillemet ouvert n'est pas refermé, ou un guillemet n'est pas doublé "
            "dans un texte entre guillemets. Corrigez-le, ou enregistrez le fichier depuis Excel.",
            row=len(rows) + 1,
        ) from error
    return rows


def _check_extent(rows: list[list[str]]) -> None:
    if len(rows[-1]) > COLUMNS and any(rows[-1][COLUMNS:]):
        raise FileRefusedError(
            f"Le fichier a {len(rows[-1])} colonnes à l'enregistrement {len(rows)}, pour au plus {COLUMNS}. "
            "Supprimez celles qui ne servent pas.",
            row=len(rows),
        )
    if len(rows) > LAST_ROW:
        raise FileRefusedError(f"Le fichier a plus de {ROWS} lignes : découpez-le.")

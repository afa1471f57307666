"""Hostile workbooks: how long until the slowest of them is answered, and the most memory that the process reading one takes."""

import resource
from collections.abc import Iterator, Mapping

from benchmarks.measuring import Line, in_child, seconds
from clact_model.reading import FileRefusedError, UploadedFile, read
from tests.intake import builders

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
END = b"</sheetData>"


def lines() -> Iterator[Line]:
    """Each file in a process of its own, the first reader's start included."""
    found = [in_child(_answered, name, content) for name, content in _files().items()]
    yield Line("a hostile file answered, the slowest", max(taken for taken, _ in found), limit=2)
    yield Line("memory that a hostile file takes, the largest", max(peak for _, peak in found), limit=300, unit="MB")


def _answered(name: str, content: bytes) -> tuple[float, float]:
    """Seconds, and MB of the process that read the file. AssertionError when it is not refused."""

    def ask() -> None:
        try:
            read(UploadedFile(f"{name}.xlsx", content))
        except FileRefusedError:
            return
        raise AssertionError(f"{name} was read")

    taken = seconds(ask)
    return taken, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _files() -> Mapping[str, bytes]:
    """What unpacks to a gigabyte, cells at the end of the world with and without their place, entities in entities, a cut file."""
    good = builders.flat_xlsx()
    sheet = builders.part(good, SHEET)

    def with_sheet(xml: bytes) -> bytes:
        return builders.patched(good, {SHEET: xml})

    nested = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    return {
        "bombe": with_sheet(sheet.replace(END, b" " * 2**30 + END)),
        "lignes": with_sheet(sheet.replace(END, b"<row><c><v>1</v></c></row>" * 3_000_000 + END)),
        "loin": with_sheet(sheet.replace(END, b'<row r="1048576">' + b"<c><v>1</v></c>" * 200 + b"</row>" + END)),
        "coin": with_sheet(sheet.replace(END, b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' + END)),
        "entites": with_sheet(b'<!DOCTYPE x [<!ENTITY a0 "a">' + nested + b"]>" + sheet),
        "coupe": good[: len(good) * 2 // 3],
    }

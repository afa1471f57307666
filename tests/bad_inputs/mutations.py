"""Real files, damaged: bytes flipped, ends cut off, parts of an archive doubled, emptied, exchanged, their XML altered."""

import io
import warnings
import zipfile
from collections.abc import Callable, Mapping
from functools import cache

from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.intake import builders

FIXTURES = ROOT / "tests" / "fixtures"
FORM = FIXTURES / "formulaires"

XML = (
    b"<", b">", b'"', b"&", b"&amp;", b"&#0;", b"&lol;", b"<c", b"</row>", b"<row r='1'>", b'r="ZZZ9"', b'r="A99999999"',
    b't="e"', b't="s"', b't="b"', b"<f>A1</f>", b"<f>cmd|'/c calc'!A1</f>", b"<v>1e999</v>", b"<v>-1</v>", b"<v>nan</v>",
    b"<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>", b"<mergeCell ref=\"A1:XFD1048576\"/>", b"\x00", b"\xff",
    b'office:value-type="date"', b'table:number-rows-repeated="1048576"', b'table:number-columns-repeated="9999"',
)  # fmt: skip
TEXT = (
    b";", b",", b"\t", b'"', b"\n", b"\r", b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xc3\xa9", b"\xe9", b"=1+1", b"#REF!", b"1.234",
    b"12,5 k\xe2\x82\xac", b"31/02/2026", b"1e400", b"ID", b"nan",
)  # fmt: skip


@cache
def corpus() -> Mapping[str, bytes]:
    """Name → content: each kind of file that the import knows, a small one of each."""
    files = [
        next(iter(sorted(FORM.glob("*.xlsx")))),
        *FIXTURES.glob("dossiers_*.modele.*"),
        *FIXTURES.glob("dossiers_*.csv"),
    ]
    rows = [builders.HEADERS, *builders.flat_rows()]
    own = {
        "classeur.xlsx": builders.flat_xlsx(),
        "classeur.ods": builders.ods({"Dossiers": rows}),
        "classeur.csv": builders.flat_csv(),
    }
    return own | {f"fixture{n}{file.suffix}": file.read_bytes() for n, file in enumerate(sorted(files))}


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """The name and the content of one damaged file."""
    name = draw(st.sampled_from(sorted(corpus())))
    content = corpus()[name]
    ways: list[Callable[[st.DrawFn, bytes], bytes]] = [_flipped, _cut, _cut_out]
    ways += (
        [_part_altered, _part_altered, _part_altered, _part_doubled, _part_exchanged]
        if _is_zip(content)
        else [_words, _words]
    )
    for _ in range(draw(st.integers(1, 3))):
        way = draw(st.sampled_from(ways))
        if (
            way in (_flipped, _cut, _cut_out)
            or not name.endswith((".xlsx", ".ods"))
            or zipfile.is_zipfile(io.BytesIO(content))
        ):
            content = way(draw, content)
    return name, content


def _is_zip(content: bytes) -> bool:
    return content.startswith(b"PK")


def _place(draw: st.DrawFn, content: bytes) -> int:
    return draw(st.integers(0, max(len(content) - 1, 0)))


def _flipped(draw: st.DrawFn, content: bytes) -> bytes:
    altered = bytearray(content)
    for _ in range(draw(st.integers(1, 8)) if content else 0):
        altered[_place(draw, content)] ^= draw(st.integers(1, 255))
    return bytes(altered)


def _cut(draw: st.DrawFn, content: bytes) -> bytes:
    return content[: _place(draw, content)]


def _cut_out(draw: st.DrawFn, content: bytes) -> bytes:
    start = _place(draw, content)
    return content[:start] + content[start + draw(st.integers(1, 400)) :]


def _words(draw: st.DrawFn, content: bytes) -> bytes:
    return _with(draw, content, TEXT)


def _with(draw: st.DrawFn, content: bytes, words: tuple[bytes, ...]) -> bytes:
    """Some words put in, before or in place of what stands there."""
    for word in draw(st.lists(st.sampled_from(words), min_size=1, max_size=4)):
        place = _place(draw, content)
        content = content[:place] + word + content[place + draw(st.sampled_from((0, 0, len(word)))) :]
    return content


def _parts(content: bytes) -> list[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    except Exception:  # What an earlier damage made unreadable to the maker of the test is damaged enough.
        return []


def _archive(parts: list[tuple[str, bytes]], otherwise: bytes) -> bytes:
    if not parts:
        return otherwise
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        warnings.simplefilter("ignore")  # A name twice is what is wanted.
        for name, part in parts:
            made.writestr(name, part)
    return stream.getvalue()


def _part_altered(draw: st.DrawFn, content: bytes) -> bytes:
    parts = _parts(content)
    if parts:
        number = draw(st.integers(0, len(parts) - 1))
        name, part = parts[number]
        parts[number] = name, _with(draw, part, XML)
    return _archive(parts, content)


def _part_doubled(draw: st.DrawFn, content: bytes) -> bytes:
    parts = _parts(content)
    return _archive([*parts, draw(st.sampled_from(parts))] if parts else parts, content)


def _part_exchanged(draw: st.DrawFn, content: bytes) -> bytes:
    """One part with the content of another, or with none."""
    parts = _parts(content)
    if parts:
        number = draw(st.integers(0, len(parts) - 1))
        parts[number] = parts[number][0], draw(st.sampled_from([b"", *(part for _, part in parts)]))
    return _archive(parts, content)

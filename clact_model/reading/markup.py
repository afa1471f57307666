"""XML read as it comes, block by block: nothing of it is ever whole in memory."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from xml.parsers import expat

from clact_model.reading.limits import damaged

_LONGEST_TAG = 1 << 20


def parse(
    blocks: Iterable[bytes],
    subject: str,
    start: Callable[[str, dict[str, str]], None] | None = None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call ``start``, ``end``, ``text`` as the XML goes, if given; names come without their namespace's prefix.

    Raises FileRefusedError, naming the ``subject``, for XML that is not well formed.
    """
    parser = expat.ParserCreate()
    if start is not None:
        parser.StartElementHandler = lambda tag, attributes: start(local(tag), attributes)
    if end is not None:
        parser.EndElementHandler = lambda tag: end(local(tag))
    if text is not None:
        parser.CharacterDataHandler = text
    parser.buffer_text = True
    try:
        for block in blocks:
            parser.Parse(_without_noncharacters(block), False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged(f"{subject} n'est pas du XML bien formé") from error


def _without_noncharacters(block: bytes) -> bytes:
    """U+FFFE and U+FFFF, which some programs write though XML forbids them, as the mark of an unreadable character."""
    return block.replace(b"\xef\xbf\xbe", b"\xef\xbf\xbd").replace(b"\xef\xbf\xbf", b"\xef\xbf\xbd")


def local(name: str) -> str:
    """``x:row`` → ``row``."""
    return name.rpartition(":")[2]


def attribute(attributes: Mapping[str, str], name: str) -> str:
    """The attribute of this local name, whatever prefix its namespace was given; empty without one."""
    return next((value for key, value in attributes.items() if local(key) == name), "")


def whole_tags(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut where no tag is cut. Raises FileRefusedError for a tag that has no end."""
    carried = b""
    for block in blocks:
        window = carried + block
        opened = window.rfind(b"<")
        cut = opened if opened >= 0 and window.find(b">", opened) < 0 else len(window)
        carried = window[cut:]
        if len(carried) > _LONGEST_TAG:
            raise damaged("une balise n'y est jamais fermée")
        yield window[:cut]
    yield carried

"""French words as they are compared: whatever the case, the accents, the apostrophes and the blanks."""

import re
import unicodedata
from functools import lru_cache

BLANK_RUN = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]+")

_DASHES = re.compile("[\u2010-\u2015\u2212]")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """The text as labels are compared: without case, accents, kinds of apostrophe and blank, final ``*`` or ``:``."""
    if text.isascii():
        text = text.casefold()
    else:
        text = unicodedata.normalize("NFKC", re.sub("[°º]", "o ", text)).casefold()
        text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
        text = re.sub("[’‘´]", "'", text).replace("œ", "oe")
    text = text.replace("`", "'").replace("_", " ")
    return re.sub(r"[\s*:]+$", "", BLANK_RUN.sub(" ", text)).strip()


def numbered(text: str) -> str:
    """A number of an invoice or a payment as its writings are compared: whatever the case, the blanks and the kind of dash."""
    return _DASHES.sub("-", folded(text))


def one_line(text: str, longest: int) -> str | None:
    """A name as it is kept, without stray blanks; None when nothing is left, it is too long, or it cannot be shown."""
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    return name if name and len(name) <= longest and name.isprintable() else None

"""French words as they are compared: whatever the case, the accents, the apostrophes and the blanks."""

import re
import unicodedata
from functools import lru_cache

BLANK_RUN = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]+")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """The text as labels are compared: without case, accents, kinds of apostrophe and blank, final ``*`` or ``:``."""
    text = unicodedata.normalize("NFKC", text.replace("°", "o")).casefold()
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    text = re.sub("[’‘´`]", "'", text).replace("œ", "oe").replace("_", " ")
    return re.sub(r"[\s*:]+$", "", BLANK_RUN.sub(" ", text)).strip()

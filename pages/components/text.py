"""Texts from dossiers and files, made harmless for the places where Streamlit reads markdown."""

import re

from clact_model.formats import UNKNOWN

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# Read in the finished text, where a backslash no longer protects: « :icône: », « https:// », « www. », « a@b.fr ».
_LATE_MARKS = re.compile(r"(?<=:)(?=[\w/])|(?<=www)(?=\.)|(?=@)", flags=re.IGNORECASE)
_WORD_JOINER = "\u2060"
_BOUND = re.compile(r"(?<=«) | (?=[»:;?!%€])")
"""Blanks of French typography on which no line may break."""


def plain(text: object) -> str:
    """The text as it is written, for markdown: no image, link, formula, icon, colour or HTML comes out of it.

    Unknown (None or empty) gives « — ». Where nothing but text is shown, `st.text` needs no escaping.
    """
    written = "" if text is None else str(text).strip()
    lines = (line.strip() for line in written.splitlines())
    # Indented lines would be code; two spaces keep the line breaks of the dossier.
    return "  \n".join(_PUNCTUATION.sub(r"\\\1", _LATE_MARKS.sub(_WORD_JOINER, line)) for line in lines) or UNKNOWN


def sentence(text: object) -> str:
    """As :func:`plain`, for a sentence of ours: no line begins with the mark that ends a word, nor breaks inside « »."""
    return plain(_BOUND.sub("\u00a0", str(text or "")))

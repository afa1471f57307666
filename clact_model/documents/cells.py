"""Text from a dossier, made safe for a spreadsheet."""

import re

RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""First characters that make Excel or LibreOffice read a text as a formula (OWASP, CSV injection);
the last four are the full-width forms of =, +, - and @."""
LONGEST = 32_767
"""Characters that a cell of Excel holds."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def would_run(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula."""
    return text.startswith(RUN_BY_SPREADSHEETS)


def shown(text: str) -> str:
    """The text without what no cell can hold; cut, and saying so by « … », at the longest cell."""
    clean = CONTROL.sub("", text)
    return clean if len(clean) <= LONGEST else clean[: LONGEST - 1] + "…"


def guarded(text: str) -> str:
    """For a csv: an apostrophe before what a spreadsheet would run, nothing before the rest."""
    clean = shown(text)
    return f"'{clean}" if would_run(clean) else clean

"""A day that nobody has chosen yet, in French: Streamlit writes what an empty field awaits in English."""

import streamlit as st

_WORDS = {"day": "jj", "month": "mm", "year": "aaaa"}
_STYLE = "<style>{rules}</style>"
_RULE = """
[data-testid=stDateInput] [data-placeholder=true][data-type={part}] {{ font-size: 0; }}
[data-testid=stDateInput] [data-placeholder=true][data-type={part}]::after {{ content: "{word}"; font-size: 0.95rem; }}
"""


def in_french() -> None:
    """Paint our words over Streamlit's, for the empty days of any page."""
    st.html(_STYLE.format(rules="".join(_RULE.format(part=part, word=word) for part, word in _WORDS.items())))

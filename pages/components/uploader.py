"""The place where files are dropped, in French: Streamlit writes its words in English, in its program."""

import streamlit as st

_STYLE = """
<style>
[data-testid=stFileUploaderDropzone] [data-testid=stBaseButton-secondary] p {{ font-size: 0; }}
[data-testid=stFileUploaderDropzone] [data-testid=stBaseButton-secondary] p::after {{
    content: "{button}"; font-size: 0.95rem;
}}
[data-testid=stFileUploaderDropzoneInstructions] span {{ font-size: 0; }}
[data-testid=stFileUploaderDropzoneInstructions] span::after {{ content: "{limits}"; font-size: 0.9rem; }}
[data-testid=stFileChipName] + div {{ display: none; }}
</style>
"""


def in_french(button: str, limits: str) -> None:
    """Paint our words over Streamlit's, for the uploaders of this page. Both are ours: nothing from a file."""
    st.html(_STYLE.format(button=button, limits=limits))

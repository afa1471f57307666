"""A rule and the words of the call behind it."""

from collections.abc import Iterable, Sequence

import streamlit as st

from clact_model.programme import Programme, Quote
from pages.components import text


def quotes(programme: Programme, cited: Iterable[Quote]) -> None:
    """Each quote, with the title of the text in which it stands."""
    titles = {source.fichier: source.titre for source in programme.file.source}
    # One block for all: each apart would push the rules off the screen.
    lines = [
        f"> «\u00a0{text.plain(quote.texte)}\u00a0» — *{text.plain(titles.get(quote.source, quote.source))}*"
        for quote in cited
    ]
    if lines:
        st.markdown("\n>\n".join(lines))


def reading(interpretation: str | None) -> None:
    """A reading of ours, marked as such; nothing when the text speaks for itself."""
    if interpretation:
        st.caption(f":material/edit_note: **Notre lecture** : {text.plain(interpretation)}")


def sourced(programme: Programme, cited: Sequence[Quote], interpretation: str | None) -> None:
    """What something rests on: the words of the call, and our reading of them."""
    quotes(programme, cited)
    reading(interpretation)

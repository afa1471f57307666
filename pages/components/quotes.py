"""A rule and the words of the call behind it."""

from collections.abc import Iterable, Sequence

import streamlit as st

from clact_model.programme import Programme, Quote
from pages.components import text


def quotes(programme: Programme, cited: Iterable[Quote]) -> None:
    """Each quote, with the title of the text in which it stands."""
    titles = {source.fichier: source.titre for source in programme.file.source}
    for quote in cited:
        st.markdown(f"> « {text.plain(quote.texte)} »  \n> — *{text.plain(titles.get(quote.source, quote.source))}*")


def reading(interpretation: str | None) -> None:
    """A reading of ours, marked as such; nothing when the text speaks for itself."""
    if interpretation:
        st.caption(f":material/edit_note: **Notre lecture** : {text.plain(interpretation)}")


def sourced(programme: Programme, cited: Sequence[Quote], interpretation: str | None) -> None:
    """What something rests on: the words of the call, and our reading of them."""
    quotes(programme, cited)
    reading(interpretation)

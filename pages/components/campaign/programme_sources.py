"""The text of the call behind a draft: a new one dropped, and the quotes that it does not hold."""

import streamlit as st

from clact_model import formats, paths
from clact_model import programme as model
from clact_model.programme import MissingQuote, Programme
from pages.components import base, messages, tables, text
from pages.components.tables import Column
from pages.components.uploader import in_french


def show(written: str, identifier: str, programme: Programme) -> str | None:
    """Drop the text of the new call and compare; gives the draft that rests on it when that is asked for."""
    with st.expander("Le texte de l'appel : déposer le nouveau, comparer les citations", icon=":material/article:"):
        st.markdown(
            "Chaque règle cite le texte de l'appel, et la citation doit s'y trouver mot pour mot. Déposez le nouveau "
            "cahier des charges en texte (dans Word : Enregistrer sous, Texte brut, UTF-8)."
        )
        in_french("Choisir un texte", "ou déposez-le ici · 2 Mo au plus · .txt, .md")
        dropped = st.file_uploader(
            "Texte de l'appel", type=["txt", "md"], key=f"texte_source_{identifier}", max_upload_size=2
        )
        if dropped is None:
            return None
        with messages.refusals():
            content = dropped.getvalue()
            missing = model.missing_quotes(programme.file, model.readable(content))
            _missing(missing)
            return _rest_on(written, identifier, programme, content)
    return None


def _missing(missing: list[MissingQuote]) -> None:
    if not missing:
        st.success("Toutes les citations du programme sont dans ce texte.", icon=":material/task_alt:")
        return
    many = formats.plural(len(missing), "citation n'est pas dans ce texte", "citations ne sont pas dans ce texte")
    st.warning(
        f"**{many}** : à réécrire dans le brouillon, avec les mots du nouveau texte.", icon=":material/search_off:"
    )
    tables.show(
        [{"partie": one.place[0].upper() + one.place[1:], "texte": one.texte} for one in missing],
        [Column("partie", "Partie du programme", width=230), Column("texte", "Citation", width="large")],
        key="citations_absentes",
        alt="Citations absentes du nouveau texte",
    )


def _rest_on(written: str, identifier: str, programme: Programme, content: bytes) -> str | None:
    """Keep the text, then put it in the place of one that the draft cites."""
    titles = {source.fichier: source.titre for source in programme.file.source}
    left, right = st.columns(2)
    former = left.selectbox(
        "Il remplace, dans le brouillon",
        list(titles),
        format_func=lambda name: titles[name],
        key=f"texte_remplace_{identifier}",
    )
    titre = right.text_input("Nom du texte", "Cahier des charges", key=f"texte_titre_{identifier}")
    if not st.button("Garder ce texte et le citer dans le brouillon", icon=":material/link:", key="texte_garder"):
        return None
    name = model.keep_text(base.opened(), identifier, titre, content, paths.SOURCES)
    st.toast(f"Texte gardé : {text.plain(name)}", icon=":material/article:")
    return model.cited_from(written, former, name) if former else None

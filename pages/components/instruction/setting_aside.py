"""A dossier withdrawn by its establishment: set aside from its fiche, shown under the list, taken up again from there."""

from collections.abc import Sequence

import streamlit as st

from clact_model import dossiers, duplicates, formats
from clact_model.dossiers import SetAside
from clact_model.programme import Programme
from pages.components import base, links, messages, tables, text, writes
from pages.components.tables import Column

_ASIDE, _BACK = "mettre_de_cote", "reprendre_dossier"


def on_fiche(programme: Programme, numero: str) -> None:
    """The button that sets the dossier aside, with its reason."""
    with st.popover(
        "Mettre de côté",
        icon=":material/inventory_2:",
        help="Retiré par son établissement, ou déposé par erreur : le dossier reste dans la base, mais n'est plus ni "
        "instruit, ni classé, ni financé.",
    ):
        with st.form(writes.form(_ASIDE), border=False, enter_to_submit=False):
            motif = st.text_input("Motif", placeholder="Retiré par courriel du 3 mai")
            sent = st.form_submit_button(
                "Mettre ce dossier de côté", icon=":material/inventory_2:", type="primary", key=f"ecrire_{_ASIDE}"
            )
        if sent:
            with messages.refusals():
                duplicates.set_aside(base.opened(), programme, numero, motif, writes.operation(_ASIDE))
                writes.noted(_ASIDE, f"Dossier {text.plain(numero)} mis de côté : il se reprend sous la liste.")
                links.go(links.DOSSIERS)


def listed(programme: Programme) -> None:
    """The dossiers that are kept and not judged: archived on the platform, closed without a decision, set aside here."""
    found = dossiers.set_aside(base.cursor(), programme)
    if not found:
        return
    title = f"Mis de côté : {formats.plural(len(found), 'dossier non instruit', 'dossiers non instruits')}"
    # A key: without it, it closes when the message above the page goes.
    with st.expander(title, icon=":material/inventory_2:", key="volet_mis_de_cote"):
        st.caption(
            "Archivés, classés sans suite ou écartés par une personne : ils restent dans la base et ne sont ni instruits, "
            "ni classés, ni financés. Cochez une ligne pour reprendre un dossier qu'une personne a écarté."
        )
        picked = _table(programme, found)
        if picked is not None:
            _back(programme, picked)


def _table(programme: Programme, found: Sequence[SetAside]) -> SetAside | None:
    states = programme.dictionary.get("dossier", "etat")
    picked = tables.choose(
        [
            {
                "ecarte": one,
                "numero": one.numero,
                "raison_sociale": one.raison_sociale,
                "etat": states.label_of(one.etat) if one.etat else None,
                "archive": one.archive,
                "date_depot": one.date_depot,
                "motif": one.motif,
            }
            for one in found
        ],
        [
            Column("numero", "Dossier", pinned=True),
            Column("raison_sociale", "Établissement", width="large"),
            Column("etat", "État"),
            Column("archive", "Archivé", "oui_non"),
            Column("date_depot", "Déposé le", "moment", fuseau=programme.fuseau),
            Column("motif", "Motif", width="large", help="Pourquoi une personne l'a mis de côté."),
        ],
        names=["numero"],
        key="mis_de_cote",
        alt="Dossiers mis de côté",
    )
    return None if picked is None else picked["ecarte"]


def _back(programme: Programme, one: SetAside) -> None:
    if one.motif is None:
        st.info(
            f"Le dossier {text.plain(one.numero)} a été archivé ou classé sur la plateforme : il se reprend là-bas, puis par un import.",
            icon=":material/info:",
        )
        return
    if st.button(f"Reprendre le dossier {text.plain(one.numero)}", icon=":material/undo:", key=_BACK):
        with messages.refusals():
            duplicates.put_back(base.opened(), programme, one.numero, writes.operation(_BACK))
            writes.done(_BACK, f"Dossier {text.plain(one.numero)} repris : il est de nouveau instruit et classé.")

"""The workbook of outcomes: written to be filled, taken back with its anomalies, shown before it is written."""

from datetime import datetime

import streamlit as st

from clact_model import documents, impact
from clact_model.impact import Reading
from clact_model.programme import Programme
from clact_model.reading import UploadedFile
from pages.components import base, downloads, messages, tables, text, uploader, writes
from pages.components.campaign import import_screen
from pages.components.tables import Column

_FORM = "bilan_classeur"


def panel(programme: Programme) -> None:
    """Download, fill, drop, look, write."""
    with st.expander("Par classeur", icon=":material/table_view:"):
        st.caption(
            "Deux feuilles : les indicateurs promis et mesurés, et les mesures annuelles (absentéisme, turn-over, AT-MP) de tous "
            "les candidats, financés ou non."
        )
        _download(programme)
        uploader.in_french("Choisir un fichier", "ou déposez-le ici · 20 Mo au plus · .xlsx, .ods, .csv")
        dropped = st.file_uploader(
            "Le classeur rempli", type=["xlsx", "ods", "csv"], key=writes.form(_FORM), max_upload_size=20
        )
        if dropped is None:
            return
        with messages.refusals():
            file = UploadedFile(dropped.name, dropped.getvalue())
            found = impact.preview(base.cursor(), programme, base.today(), file)
            _shown(found)
            _write(programme, found)


def _download(programme: Programme) -> None:
    now = datetime.now(programme.file.zone)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        last = base.today().year
        year = st.selectbox(
            "Année à mesurer",
            list(range(last, last - 6, -1)),
            index=1,
            key="bilan_annee",
            width=160,
            help="Une ligne vide par candidat attend les mesures de cette année.",
        )
        downloads.button(
            "Télécharger le classeur à remplir",
            documents.outcomes_file_name(programme, now),
            lambda target: documents.outcomes_xlsx(base.cursor(), programme, year, now, target),
            key="bilan_modele",
        )


def _shown(found: Reading) -> None:
    st.markdown(f"**{text.plain(found.fichier)}** : {impact.summary(found)}. Rien n'est encore écrit.")
    if found.anomalies:
        import_screen.anomalies(found.anomalies, "bilan")
    if found.changes:
        tables.show(
            [
                {"numero": one.numero, "champ": one.champ, "avant": one.avant, "apres": one.apres}
                for one in found.changes
            ],
            [
                Column("numero", "Dossier", pinned=True),
                Column("champ", "Ce qui change", width=420),
                Column("avant", "Avant", width=160),
                Column("apres", "Après", width=160),
            ],
            key="bilan_changements",
            alt="Valeurs qui changent",
        )


def _write(programme: Programme, found: Reading) -> None:
    if not found.changes:
        st.info("Rien à écrire : la base dit déjà tout cela.")
        return
    if st.button("Écrire dans la base", type="primary", icon=":material/save:", key="bilan_ecrire"):
        impact.record(
            base.opened(),
            programme,
            base.today(),
            found.indicateurs,
            found.mesures,
            source=found.fichier,
            operation=writes.operation(_FORM),
        )
        writes.done(_FORM, f"Écrit : {impact.summary(found)}.")

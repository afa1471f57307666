"""The check sheet of a dossier, to be downloaded and printed."""

import streamlit as st

from clact_model.programme import Programme
from pages.components import base


def show(programme: Programme, numero: str) -> None:
    """A button that gives the sheet of the dossier as it is judged now."""
    from clact_model.documents.check_sheet import check_sheet, file_name

    opened, today = base.opened(), base.today()

    def sheet() -> bytes:
        # Made when it is asked for: nothing of Streamlit may be called here.
        return check_sheet(opened.cursor(), programme, today, numero).encode()

    st.download_button(
        "Fiche de contrôle à imprimer",
        sheet,
        file_name=file_name(programme, numero),
        mime="text/html",
        icon=":material/print:",
        on_click="ignore",
        help="Une page A4 : verdict, règles et leurs références, pièces, remarques, place pour signer. "
        "Ouvrez le fichier, puis imprimez-le.",
    )

"""The grants shown, as a workbook made when it is asked for."""

import io
from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from clact_model.programme import Programme
from clact_model.tracking import Situation
from pages.components import base


def button(programme: Programme, accounts: Sequence[Situation]) -> None:
    """Gives exactly the grants shown, with their tranches and the lines of their ledger."""
    today = base.today()

    def workbook() -> bytes:
        # Nothing of Streamlit may be called here.
        from clact_model.documents.tracking_xlsx import tracking_xlsx

        target = io.BytesIO()
        tracking_xlsx(programme, accounts, today, datetime.now(programme.file.zone), target)
        return target.getvalue()

    st.download_button(
        "Exporter les subventions affichées",
        data=workbook,
        file_name=f"suivi_{programme.id}_{today.isoformat()}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        on_click="ignore",
        icon=":material/download:",
        key="exporter_suivi",
        disabled=not accounts,
        help="Un classeur : les subventions, leurs tranches, le registre ligne par ligne.",
    )

"""The grants shown, as a workbook made when it is asked for."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from clact_model.programme import Programme
from clact_model.tracking import Situation
from pages.components import base, downloads


def button(programme: Programme, accounts: Sequence[Situation]) -> None:
    """Gives exactly the grants shown, with their tranches and the lines of their ledger."""
    today = base.today()

    def workbook(target: BytesIO) -> None:
        from clact_model.documents.tracking_xlsx import tracking_xlsx

        tracking_xlsx(programme, accounts, today, datetime.now(programme.file.zone), target)

    downloads.button(
        "Exporter les subventions affichées",
        f"suivi_{programme.id}_{today.isoformat()}.xlsx",
        workbook,
        key="exporter_suivi",
        disabled=not accounts,
        meaning="Un classeur : les subventions, leurs tranches, le registre ligne par ligne.",
    )

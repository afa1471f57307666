"""États récapitulatifs: the workbooks that establishments fill, sent out and taken back."""

from datetime import date, datetime

import streamlit as st

from clact_model import formats, intake, reading
from clact_model.programme import Programme
from clact_model.statements.situation import situations
from pages.components import base, downloads, uploader
from pages.components.campaign import import_screen, mapping_panel, mapping_state

ZIP = "application/zip"


def show(programme: Programme) -> None:
    """Download the statement of one dossier or of all; drop those that came back, see what they do, write."""
    _to_send(programme)
    st.subheader(
        "Prendre les états reçus",
        help="Rien n'est écrit avant votre accord ; une facture déjà au registre n'est jamais comptée deux fois.",
    )
    files, received = _received()
    if not files:
        import_screen.written()
        return
    said = mapping_state.of(files)
    found = import_screen.preview(programme, files, False, said, received)
    import_screen.outcome(found.report)
    import_screen.confirm(programme, found)
    mapping_panel.show(programme, found.report, said)
    import_screen.details(programme, found.report)


def _to_send(programme: Programme) -> None:
    st.subheader(
        "Envoyer les états à remplir",
        help="Un classeur par dossier : ce qui est accordé, versé, déjà présenté, et une ligne par facture à ajouter.",
    )
    from clact_model.documents.statement_xlsx import statement_name, statement_xlsx
    from clact_model.documents.statements_zip import statements_zip

    found = situations(base.cursor(), programme, base.today())
    if not found:
        st.info("Aucune subvention n'est notifiée à ce jour : il n'y a pas encore d'état à remplir.")
        return
    names = {one.numero: f"{one.numero} · {one.raison_sociale or formats.UNKNOWN}" for one in found}
    now = datetime.now(programme.file.zone)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        numero = st.selectbox("Dossier", list(names), format_func=names.__getitem__, key="etat_dossier", width=480)
        one = next(one for one in found if one.numero == numero)
        downloads.button(
            "Télécharger son état",
            statement_name(one.numero),
            lambda target: statement_xlsx(programme, one, now, target),
            key="etat_un",
        )
        downloads.button(
            f"Tous les états ({formats.number(len(found))})",
            f"etats_{programme.id}_{now.date().isoformat()}.zip",
            lambda target: statements_zip(programme, found, now, target),
            mime=ZIP,
            icon=":material/folder_zip:",
            key="etat_tous",
            meaning="Une archive .zip, un classeur par dossier.",
        )


def _received() -> tuple[list[intake.UploadedFile], date]:
    """The files dropped, and the day from which their expenses count."""
    reading.prepare()
    uploader.in_french("Choisir des fichiers", "ou déposez-les ici · 20 Mo au plus par fichier · .xlsx, .ods, .csv")
    left, right = st.columns([4, 1], vertical_alignment="top")
    with left:
        dropped = st.file_uploader(
            "États remplis",
            type=["xlsx", "ods", "csv"],
            accept_multiple_files=True,
            key=f"etats_{import_screen.current_round()}",
            help="Ceux que l'outil a écrits, ou tout tableau avec une ligne par facture ; plusieurs à la fois si besoin.",
        )
    with right:
        received: date = st.date_input(
            "Reçus le",
            base.today(),
            max_value=base.today(),
            format="DD/MM/YYYY",
            key="etats_recus_le",
            help="Le jour à partir duquel ces dépenses comptent.",
        )
    return [intake.UploadedFile(file.name, file.getvalue()) for file in dropped or []], received

"""What to do with the remarks of an import: one's own file with the cells marked, and a text for each establishment."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from clact_model import formats, intake, overview
from clact_model.intake import Anomaly, Report
from clact_model.overview import Import, KeptAnomaly
from clact_model.programme import Programme
from pages.components import base, downloads, letters, text

if TYPE_CHECKING:
    from clact_model.documents.addressees import Addressee

Said = Sequence[Anomaly | KeptAnomaly]
Files = Mapping[str, Callable[[], bytes]]
"""Name as shown → what gives the content."""
AT_ONCE = 3
"""Files that each have their button; from a list beyond."""


def of_preview(programme: Programme, report: Report) -> None:
    """For files that are not written yet."""
    files = {file.nom: lambda file=file: file.contenu for file in report.fichiers}
    marked_files(files, report.anomalies, "apercu")
    texts(programme, report.source, report.anomalies, "apercu", report)


def of_import(programme: Programme, one: Import, said: Said) -> None:
    """For an import that was written: the files as the base keeps them."""
    opened = base.opened()
    files = {
        name: lambda sha256=sha256: overview.imported_file(opened.cursor(), sha256) or b""
        for name, sha256 in overview.files_kept(base.cursor(), one)
    }
    marked_files(files, said, one.id)
    texts(programme, one.source, said, one.id)


def marked_files(files: Files, said: Said, key: str) -> None:
    """A button for each file of which something is said; the copy is made when it is asked for."""
    concerned = [name for name in files if any(anomaly.fichier == name for anomaly in said)]
    if not concerned:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(concerned) > AT_ONCE:
            concerned = [st.selectbox("Fichier à annoter", concerned, key=f"annoter_{key}", width=400)]
        for name in concerned:
            _marked_file(name, files[name], said, f"annote_{key}_{name}", several=len(concerned) > 1)


def _marked_file(name: str, content: Callable[[], bytes], said: Said, key: str, several: bool) -> None:
    from clact_model.documents.marked import copy_name, marked_copy

    def made() -> bytes:
        # Made when it is asked for: nothing of Streamlit may be called here.
        return marked_copy(intake.UploadedFile(name, content()), said)

    st.download_button(
        f"Télécharger {text.plain(name)} annoté" if several else "Télécharger mon fichier annoté",
        made,
        file_name=copy_name(name),
        mime=downloads.XLSX,
        icon=":material/edit_note:",
        on_click="ignore",
        key=key,
        help="Une copie de votre fichier : les cellules en cause en couleur, chacune avec son commentaire, et une première feuille "
        "« Remarques » qui mène à chacune. Corrigez-la, puis importez-la. Un grand fichier demande jusqu'à une minute.",
    )


def texts(programme: Programme, source: str, said: Said, key: str, report: Report | None = None) -> None:
    """The text for the establishment of one dossier, to be copied, and all of them in one workbook."""
    from clact_model.documents.letter_of_faults import numbers

    numeros = numbers(said)
    if not numeros:
        return
    wanted = st.toggle(
        f"Textes à envoyer aux établissements ({formats.plural(len(numeros), 'dossier')})",
        key=f"textes_{key}",
        help="Pour chaque dossier, un courrier qui demande de corriger ce qui ne va pas. Les pièces manquantes se demandent "
        "sur la page « Recevabilité ».",
    )
    if not wanted:
        return
    with st.container(border=True):
        _choice(programme, source, said, numeros, key, report)


def _choice(
    programme: Programme, source: str, said: Said, numeros: Sequence[str], key: str, report: Report | None
) -> None:
    from clact_model.documents import letter_of_faults
    from clact_model.documents.addressees import addressees
    from clact_model.documents.letters_xlsx import FAULTS

    known = addressees(base.cursor(), programme, numeros, report)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Dossier", numeros, format_func=lambda numero: _title(numero, known), key=f"texte_de_{key}", width=480
        )
        with_contact = letters.with_contact(f"texte_contact_{key}")
        found = letter_of_faults.letters(programme, source, said, known, with_contact)
        letters.download(programme, found, FAULTS, "tous les textes", f"textes_tous_{key}")
    letter = next(one for one in found if one.numero == chosen)
    st.caption(
        f"Bouton de copie en haut à droite du texte. Remplacez {text.plain(letter_of_faults.DEADLINE)} par la date limite."
    )
    st.code(letter.texte, language=None, wrap_lines=True)


def _title(numero: str, known: Mapping[str, "Addressee"]) -> str:
    name = known[numero].raison_sociale
    return f"{numero} · {name}" if name else numero

"""What the panels of letters share: whether the contact's address is written, and all the letters in one workbook."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

from clact_model import formats
from clact_model.programme import Programme
from pages.components import downloads

if TYPE_CHECKING:
    from clact_model.documents.letter_of_faults import Letter
    from clact_model.documents.letters_xlsx import Mailing


def with_contact(key: str) -> bool:
    """Whether the address of the contact is asked for: never unless a person says so."""
    return st.toggle(
        "Avec l'adresse du contact",
        key=key,
        help="Donnée personnelle : elle n'est écrite que si vous la demandez.",
    )


def download(programme: Programme, letters: Sequence["Letter"], mailing: "Mailing", all_of_them: str, key: str) -> None:
    """All the letters in one workbook. ``all_of_them``: « toutes les lettres »."""
    from clact_model.documents.letters_xlsx import letters_file_name, letters_xlsx

    now = datetime.now(programme.file.zone)
    downloads.button(
        f"Télécharger {all_of_them} ({formats.number(len(letters))})",
        letters_file_name(programme, now, mailing),
        lambda target: letters_xlsx(programme, letters, now, target, mailing),
        key=key,
    )

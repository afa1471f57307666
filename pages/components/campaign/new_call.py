"""How a call made from another one is named: asked for in a form, next year's proposed."""

from dataclasses import dataclass

import streamlit as st

from clact_model import programme as model
from clact_model.programme import Programme
from pages.components import base


@dataclass(frozen=True, slots=True)
class NewCall:
    """What a person calls it."""

    identifier: str
    titre: str
    annee: int

    def require_free(self) -> None:
        """Raises DraftError when another call has that identifier."""
        if self.identifier in base.catalogue().programmes:
            raise model.DraftError(f"Le programme « {self.identifier} » existe déjà : donnez un autre identifiant.")


def asked(programme: Programme, form: str) -> NewCall:
    """The fields of a form; ``form`` begins their keys."""
    titre = st.text_input("Titre", model.next_title(programme), key=f"{form}_titre_{programme.id}")
    names, years = st.columns([3, 2])
    identifier = names.text_input(
        "Identifiant",
        model.next_identifier(programme),
        key=f"{form}_id_{programme.id}",
        help="Le nom du fichier : lettres minuscules sans accent, chiffres, tirets bas.",
    )
    annee = years.number_input(
        "Année", 2000, 2100, programme.file.annee + 1, format="%d", key=f"{form}_annee_{programme.id}"
    )
    return NewCall(identifier, titre, int(annee))

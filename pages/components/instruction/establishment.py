"""The other dossiers of an establishment: this call and the others, this year and those before."""

from collections.abc import Sequence

import streamlit as st

from clact_model import references
from clact_model.fields import Value
from clact_model.programme import Programme
from clact_model.references import OtherDossier
from pages.components import base, links, tables
from pages.components.tables import Column

_LINKS = {"etablissement": "Même établissement", "entite": "Même entité juridique"}


def others(programme: Programme, numero: str) -> None:
    """« Autres dossiers de cet établissement »; the one that is picked opens, in its own call."""
    st.subheader(
        "Autres dossiers de cet établissement",
        help="Même FINESS, même SIRET ou même établissement au référentiel, dans tous les appels de la base ; puis ceux "
        "de la même entité juridique.",
    )
    found = references.same_establishment(base.cursor(), programme, numero)
    if not found:
        st.caption("Aucun autre dossier de cet établissement dans la base.")
        return
    picked = tables.choose(
        _rows(found), _columns(programme), names=["code", "numero"], key="autres_dossiers", alt="Autres dossiers"
    )
    if picked is not None and picked["code"] == programme.id:
        links.to_fiche(picked["numero"], "Ouvrir sa fiche", icon=":material/description:")
    elif picked is not None:
        st.page_link(
            links.FICHE,
            label="Ouvrir sa fiche",
            icon=":material/description:",
            query_params={links.CALL: picked["code"], links.NUMERO: picked["numero"]},
        )


def _columns(programme: Programme) -> Sequence[Column]:
    return (
        Column("programme", "Appel", width="medium"),
        Column("numero", "Dossier"),
        Column("raison_sociale", "Établissement", width="medium"),
        Column("date_depot", "Déposé le", "moment", fuseau=programme.fuseau),
        Column("demande", "Montant demandé (€)", "montant"),
        Column("etat", "État", labels={value.code: value.libelle for value in _states(programme)}),
        Column("lien", "Lien", labels=_LINKS),
    )


def _states(programme: Programme) -> Sequence[Value]:
    return programme.dictionary.get("dossier", "etat").valeurs


def _rows(found: Sequence[OtherDossier]) -> list[dict[str, object]]:
    titles = {one.id: one.titre for one in base.catalogue().programmes.values()}
    return [
        {
            "code": one.programme,
            "programme": titles.get(one.programme, one.programme),
            "numero": one.numero,
            "raison_sociale": one.raison_sociale,
            "date_depot": one.date_depot,
            "demande": one.demande,
            "etat": one.etat,
            "lien": one.lien,
        }
        for one in found
    ]

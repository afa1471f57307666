"""One grant: its tranches, its ledger, and what can be written into it."""

from collections.abc import Sequence

import streamlit as st

from clact_model import formats, ledger, tracking
from clact_model.ledger import POSTES
from clact_model.programme import Programme
from clact_model.tracking import FORMS, STATES, Instalment, Situation
from pages.components import links, metrics, tables, text
from pages.components.follow_up import tracking_forms
from pages.components.metrics import Figure
from pages.components.tables import Column


def show(programme: Programme, one: Situation) -> None:
    """The account picked."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(_title(one), anchor=False, width="stretch")
            links.to_fiche(one.numero, "Ouvrir sa fiche", icon=":material/description:")
        st.caption(_origin(one))
        _balance(one)
        tracking_forms.show(programme, one)
        left, right = st.tabs(["Tranches", "Registre"], key=f"suivi_onglets_{one.numero}_{one.poste}")
        with left:
            _tranches(programme, one.tranches)
        with right:
            _ledger(programme, one)


def _title(one: Situation) -> str:
    poste = "" if one.poste == "aide" else f" · {POSTES[one.poste].lower()}"
    return f"{text.plain(one.numero)}{poste} · {text.plain(one.raison_sociale or formats.UNKNOWN)}"


def _origin(one: Situation) -> str:
    told = f"notifiée le {formats.day(one.notifie_le)}" if one.notifie_le else "pas de subvention notifiée"
    where = ", ".join(STATES[code] for code in tracking.states(one))
    signed = one.convention
    if signed is None:
        return f"{where} · {told}"
    form = FORMS.get(signed.forme, signed.forme)
    aims = f" · indicateurs : {text.plain(signed.indicateurs)}" if signed.indicateurs else ""
    return f"{where} · {told} · {form} {text.plain(signed.reference)} du {formats.day(signed.signe_le)}{aims}"


def _balance(one: Situation) -> None:
    found = one.balance
    metrics.grid(
        [
            Figure("Accordé (€)", formats.euros(found.accorde), "Égal à la somme des cinq montants suivants."),
            Figure("Consommé (€)", formats.euros(found.consomme), "Dépenses admises, dans la limite de la subvention."),
            Figure("À récupérer (€)", formats.euros(found.a_recuperer), "Versé, réclamé, pas encore revenu."),
            Figure(
                "Récupéré (€)", formats.euros(found.recupere), "Reversé, ou imputé sur une notification ultérieure."
            ),
            Figure("Libéré (€)", formats.euros(found.libere), "Accordé, et qui ne sera pas versé."),
            Figure("Reste (€)", formats.euros(found.reste), "Accordé, encore à justifier ou à rendre."),
        ],
        3,
    )


def _tranches(programme: Programme, known: Sequence[Instalment]) -> None:
    if not known:
        st.caption("Aucune tranche : la convention n'est pas signée.")
        return
    tables.show(
        [
            {
                "tranche": one.tranche,
                "libelle": one.libelle,
                "ligne": one.ligne,
                "montant": one.montant,
                "paye": one.paye,
                "reste": one.reste,
                "payable": one.payable,
                "echeance": one.echeance,
                "avant": ", ".join(formats.day(day) for day in one.avant) or None,
                "attend": one.attend,
            }
            for one in known
        ],
        [
            Column("tranche", "Tranche", "entier", pinned=True),
            Column("libelle", "Libellé", width=200),
            Column("montant", "Montant (€)", "montant"),
            Column("paye", "Versé (€)", "montant"),
            Column("attend", "Attend", width=140, help="Ce qui la retient."),
            Column("echeance", "Échéance", "date", help="Dernier jour prévu pour la verser."),
            Column("payable", "À verser maintenant (€)", "montant"),
            Column("reste", "Reste (€)", "montant"),
            Column("ligne", programme.line_word.capitalize(), "entier"),
            Column("avant", "Échéances reportées", help="Jours d'avant les reports accordés."),
        ],
        key="tranches",
        alt="Tranches de la convention",
    )


def _ledger(programme: Programme, one: Situation) -> None:
    st.caption(
        "Le registre ne s'efface pas : une erreur y est reprise par une ligne contraire, et les deux restent lisibles."
    )
    others = ledger.concerned(one.mouvements)
    tables.show(
        [
            {
                "id": m.id,
                "jour": m.jour,
                "nature": m.words,
                "montant": m.montant,
                "concerne": others.get(m.id),
                "ligne": m.ligne,
                "tranche": m.tranche,
                "echeance": m.echeance,
                "reference": m.reference,
                "motif": m.motif,
                "auteur": m.auteur,
                "quand": m.quand,
            }
            for m in one.mouvements
        ],
        [
            Column("id", "N°", "numero", pinned=True, help="Numéro de la ligne dans le registre."),
            Column("jour", "Jour", "date", help="Le jour à partir duquel la ligne compte."),
            Column("nature", "Nature", width=205),
            Column("montant", "Montant (€)", "montant"),
            Column("reference", "Référence", width=140),
            Column("concerne", "Ligne concernée", width=340, help="Celle à laquelle elle répond, ou qu'elle reprend."),
            Column("ligne", programme.line_word.capitalize(), "entier"),
            Column("tranche", "Tranche", "entier"),
            Column("echeance", "Échéance", "date"),
            Column("motif", "Motif", width=260),
            Column("auteur", "Inscrit par"),
            Column("quand", "Inscrit le", "moment", fuseau=programme.fuseau),
        ],
        key="registre",
        alt="Registre de la subvention, ligne par ligne",
    )

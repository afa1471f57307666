"""What is due for a call, day by day, with the words of the text behind, and the same as a calendar to download."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import streamlit as st

from clact_model import formats
from clact_model.documents.due_ics import due_file_name, due_ics
from clact_model.documents.letter_of_reminder import SOON
from clact_model.programme import Programme
from clact_model.tracking import calendar as model
from clact_model.tracking.obligation import KINDS, STATES, Obligation
from pages.components import base, links, metrics, quotes, tables, text
from pages.components.metrics import Figure
from pages.components.tables import Column

_SIDES: Mapping[str, str] = {"etablissement": "L'établissement", "agence": "L'agence"}
ICS = "text/calendar"


# A resource, not data: nothing in it changes, and it is read again whenever anything is written.
@st.cache_resource(show_spinner="Lecture des échéances…", max_entries=8)
def _due(path: Path, writes: int, identifier: str, fingerprint: str, day: date) -> tuple[Obligation, ...]:
    return tuple(model.due(base.cursor(), base.catalogue().get(identifier), day))


def due(programme: Programme) -> Sequence[Obligation]:
    """Everything due of the call as of the day judged, by day; what is done too."""
    return _due(base.path(), base.opened().writes(), programme.id, programme.fingerprint, base.today())


def summary(found: Sequence[Obligation]) -> None:
    """How much is late, to be done, due soon, waiting."""
    soon = base.today() + timedelta(days=SOON)
    counted = {
        "En retard": (
            [one for one in found if one.etat == "en_retard"],
            "Le dernier jour donné par l'appel est passé, et rien n'est inscrit au registre.",
        ),
        "À faire": (
            [one for one in found if one.etat == "a_faire"],
            "Peut être fait dès maintenant ; l'appel n'en donne pas le dernier jour.",
        ),
        f"Dans les {SOON} jours": (
            [one for one in found if one.etat == "a_venir" and one.echeance and one.echeance <= soon],
            "Ce qui arrive à échéance bientôt.",
        ),
        "En attente": (
            [one for one in found if one.etat == "attend"],
            "Attend autre chose d'abord : un bilan, des justificatifs, une année.",
        ),
        "Fait": ([one for one in found if one.etat == "fait"], "Inscrit au registre."),
    }
    metrics.row(
        [
            Figure(
                label, formats.number(len(some)), definition, formats.plural(len({o.numero for o in some}), "dossier")
            )
            for label, (some, definition) in counted.items()
        ]
    )


def calendar(programme: Programme, found: Sequence[Obligation]) -> None:
    """The obligations by day, filtered; the one that is picked shows the words of the call."""
    shown = _filtered(found)
    st.caption(
        f"{formats.plural(len(shown), 'échéance')} au {formats.day(base.today())} ; cochez une ligne pour lire le texte de l'appel."
    )
    rows = [_row(programme, one) for one in shown]
    picked = tables.choose(
        rows,
        _columns(programme),
        names=["numero", "nature", "ligne", "echeance", "precision"],
        key="echeances",
        alt="Échéances, par jour",
        most=460,
    )
    # Under the table: above it, the tools that the table shows to a pointer would cover the button.
    _download(programme, shown)
    if picked is not None:
        _words(programme, picked["obligation"])


def _filtered(found: Sequence[Obligation]) -> list[Obligation]:
    left, middle, right = st.columns(3)
    present = {one.etat for one in found}
    states = left.multiselect(
        "État",
        [state for state in STATES if state in present],
        format_func=STATES.__getitem__,
        key="echeance_etat",
        bind="query-params",
        placeholder="Tout ce qui n'est pas fait",
        select_all=False,
    )
    natures = middle.multiselect(
        "Échéance",
        [kind for kind in KINDS if any(one.nature == kind for one in found)],
        format_func=KINDS.__getitem__,
        key="echeance_nature",
        bind="query-params",
        placeholder="Toutes",
        select_all=False,
    )
    sides = right.multiselect(
        "À la charge de",
        list(_SIDES),
        format_func=_SIDES.__getitem__,
        key="echeance_de",
        bind="query-params",
        placeholder="Tous",
        select_all=False,
    )
    return [
        one
        for one in found
        if (one.etat in states if states else one.etat != "fait")
        and (not natures or one.nature in natures)
        and (not sides or one.de in sides)
    ]


def _columns(programme: Programme) -> list[Column]:
    word = programme.line_word.capitalize()
    return [
        Column(
            "echeance",
            "Échéance",
            "date",
            help="Le dernier jour ; le premier pour ce qui est « à faire ».",
            pinned=True,
        ),
        Column("etat", "État", labels=STATES),
        Column(
            "retard",
            "Retard (j)",
            "entier",
            help="Compté du dernier jour à celui où c'est fait, sinon à aujourd'hui.",
        ),
        Column("nature", "Quoi", labels=KINDS),
        Column("raison_sociale", "Établissement", width=200),
        Column("precision", "Précision", width=260),
        Column("numero", "Dossier"),
        Column("ligne", word, "entier"),
        Column("montant", "Montant (€)", "montant"),
        Column("avant", "Reporté du", help="Les jours qu'un report a déplacés."),
        Column("fait_le", "Fait le", "date"),
    ]


def _row(programme: Programme, one: Obligation) -> dict[str, Any]:
    return {
        "obligation": one,
        "echeance": one.echeance,
        "etat": one.etat,
        "retard": one.retard or None,
        "nature": one.nature,
        "precision": _precision(one),
        "numero": one.numero,
        "raison_sociale": one.raison_sociale,
        "ligne": one.ligne,
        "montant": one.montant,
        "avant": ", ".join(formats.day(day) for day in one.avant),
        "fait_le": one.fait_le,
    }


def _precision(one: Obligation) -> str | None:
    """What its nature alone does not say."""
    if one.attend:
        return f"Attend {one.attend}"
    if one.nature == "bilan":
        return f"Sur l'année {one.annee}"
    return one.intitule or (None if one.nature == "convention" else one.libelle)


def _words(programme: Programme, one: Obligation) -> None:
    """The words of the call behind one obligation, and the way to its dossier."""
    with st.container(border=True, gap="small"):
        st.markdown(f"**{text.plain(one.libelle)}** · {text.plain(one.raison_sociale or formats.UNKNOWN)}")
        quotes.sourced(programme, one.citation, one.interpretation)
        links.to_fiche(one.numero, f"Ouvrir la fiche {text.plain(one.numero)}", icon=":material/description:")


def _download(programme: Programme, shown: Sequence[Obligation]) -> None:
    now = datetime.now(programme.file.zone)
    st.download_button(
        "Télécharger le calendrier (.ics)",
        lambda: due_ics(programme, shown, now),
        file_name=due_file_name(programme, now),
        mime=ICS,
        icon=":material/calendar_month:",
        on_click="ignore",
        key="echeances_ics",
        help="Ce qui est affiché, n'est pas fait et a une date, pour Outlook ou un autre agenda. Téléchargé de nouveau, il met à "
        "jour les événements au lieu de les doubler.",
    )

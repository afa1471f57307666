"""Pieces over the whole call: what is to be asked of each establishment, and what was asked and is awaited."""

from collections.abc import Mapping, Sequence

import streamlit as st

from clact_model import formats, overview, pieces
from clact_model.instruction import requests
from clact_model.instruction.requests import PieceRequest, Wanted
from clact_model.overview import Summary
from clact_model.pieces import Asked, Request
from clact_model.programme import Programme
from pages.components import base, judged, links, messages, metrics, tables, text, verdicts, writes
from pages.components.instruction import fiche_pieces
from pages.components.metrics import Figure
from pages.components.tables import Column


def to_ask(programme: Programme, found: Sequence[Request], rows: Sequence[Summary]) -> None:
    """What to ask each establishment for, with a text ready to be sent, and what was asked already."""
    if not found:
        st.success("Rien n'est à demander aux établissements.", icon=":material/task_alt:")
        return
    columns = [
        Column("numero", "Dossier", pinned=True),
        Column("raison_sociale", "Établissement", width="medium"),
        Column("verdict", "Verdict", labels=verdicts.labels(overview.VERDICTS)),
        Column("jusqu_au", "Jusqu'au", "date", help="Dernier jour le plus proche que donne l'appel."),
        Column("nombre", "À demander", "entier"),
        Column("attendues", "Déjà demandées", "entier", help="Pièces demandées qui ne sont pas encore reçues."),
        Column("echeance", "Leur échéance", "date", help="La plus proche échéance d'une pièce demandée."),
        Column("objets", "Éléments", width="large"),
    ]
    summaries = {row.numero: row for row in rows}
    lines = [
        {
            "numero": request.numero,
            "raison_sociale": request.raison_sociale,
            "verdict": request.verdict,
            "jusqu_au": request.jusqu_au,
            "nombre": len(request.asked),
            "attendues": summaries[request.numero].pieces_attendues or None,
            "echeance": summaries[request.numero].echeance,
            "objets": " ; ".join(item.objet for item in request.asked),
        }
        for request in found
    ]
    st.caption(
        f"{formats.plural(len(found), 'établissement')} à relancer, les plus pressés d'abord. "
        "Cochez une ligne pour le texte à envoyer."
    )
    picked = tables.choose(
        lines, columns, names=["numero"], key="relances", alt="Éléments à demander par établissement", most=430
    )
    if picked is None:
        return
    request = next(request for request in found if request.numero == picked["numero"])
    st.markdown(f"**Texte à envoyer pour le dossier {text.plain(request.numero)}** (bouton de copie à droite)")
    st.code(pieces.message(programme, request), language=None, wrap_lines=True)
    _keep(programme, request)
    links.to_fiche(request.numero, "Ouvrir la fiche", icon=":material/description:")


def _keep(programme: Programme, request: Request) -> None:
    """Once the text is sent: keep what it asked for, with its due date."""
    known = requests.of_dossier(base.cursor(), programme, request.numero)
    fresh = [item for item in _distinct(request.asked) if not _awaited(item, known)]
    if not fresh:
        st.caption("Tout ce que ce texte demande est déjà attendu : voir la fiche.")
        return
    name = f"demander_tout_{request.numero}"
    proposed = request.jusqu_au if request.jusqu_au and request.jusqu_au >= base.today() else None
    with st.form(writes.form(name)):
        day = st.date_input(
            "Échéance donnée à l'établissement", proposed, min_value=base.today(), format="DD/MM/YYYY", width=260
        )
        count = formats.plural(len(fresh), "élément demandé", "éléments demandés")
        sent = st.form_submit_button(f"Garder la trace : {count}", icon=":material/outgoing_mail:", type="primary")
    if not sent:
        return
    if day is None:
        st.error("Donnez une échéance : l'appel n'en propose pas.", icon=":material/error:")
        return
    wanted = [Wanted(item.objet[: requests.LONGEST], day, item.champ, item.ligne) for item in fresh]
    with messages.refusals():
        requests.ask(base.opened(), programme, base.today(), request.numero, wanted, writes.operation(name))
        writes.done(name, f"Dossier {text.plain(request.numero)} : {count}, pour le {formats.long_day(day)}.")


def _distinct(asked: Sequence[Asked]) -> list[Asked]:
    """Each thing once: several rules may ask for the same piece."""
    return list({(item.champ or item.objet, item.ligne): item for item in reversed(asked)}.values())[::-1]


def _awaited(item: Asked, known: Sequence[PieceRequest]) -> bool:
    return any(one.waits and one.same_piece(item.champ, item.ligne, item.objet[: requests.LONGEST]) for one in known)


def awaited(programme: Programme, rows: Sequence[Summary]) -> None:
    """What was asked and has not come, the most pressing first; the line that is picked leads to its fiche."""
    found = [one for one in requests.of_programme(base.cursor(), programme) if one.waits]
    if not found:
        st.success("Aucune pièce demandée n'est attendue.", icon=":material/task_alt:")
        return
    settled = judged.settled(sorted({one.numero for one in found}))
    states = [one.state(base.today()) for one in found]
    arrived = [(one.numero, one.piece, one.ligne) in settled for one in found]
    metrics.row(
        [
            Figure("Attendues", formats.number(len(found)), "Pièces demandées, ni reçues ni annulées."),
            Figure("En retard", formats.number(states.count("en_retard")), "Leur échéance est passée."),
            Figure("Arrivées", formats.number(sum(arrived)), "Le dossier dit que la pièce est là : à marquer reçue."),
        ]
    )
    columns = [
        Column("numero", "Dossier", pinned=True),
        Column("raison_sociale", "Établissement", width="medium"),
        Column("piece", "Pièce", width="medium"),
        Column("etat", "État"),
        Column("echeance", "Échéance", "date"),
        Column("arrivee", "Arrivée", help="Le dossier dit maintenant que la pièce est là."),
        Column("demandee_le", "Demandée le", "moment", fuseau=programme.fuseau),
        Column("demandee_par", "Par"),
        Column("instructeur", "Instructeur"),
    ]
    summaries = {row.numero: row for row in rows}
    lines = [
        _line(programme, one, state, there, summaries) for one, state, there in zip(found, states, arrived, strict=True)
    ]
    st.caption("Les échéances les plus proches d'abord. Cochez une ligne pour ouvrir la fiche du dossier.")
    picked = tables.choose(
        lines,
        columns,
        names=["numero", "piece"],
        key="attendues",
        alt="Pièces demandées et attendues",
        most=430,
    )
    if picked is not None:
        links.open_fiche(str(picked["numero"]))


def _line(
    programme: Programme,
    one: PieceRequest,
    state: requests.State,
    arrived: bool,
    summaries: Mapping[str, Summary],
) -> dict[str, object]:
    row = summaries.get(one.numero)
    return {
        "numero": one.numero,
        "raison_sociale": row.raison_sociale if row else None,
        "piece": fiche_pieces.title(programme, one),
        "etat": fiche_pieces.written(state),
        "echeance": one.echeance,
        "arrivee": "✔ à marquer reçue" if arrived else None,
        "demandee_le": one.demandee_le,
        "demandee_par": one.demandee_par,
        "instructeur": row.instructeur if row else None,
    }

"""The pieces of a dossier: what is joined, what was asked for, and asking for more."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from clact_model import formats, pieces
from clact_model.instruction import requests
from clact_model.instruction.requests import PieceRequest, Wanted
from clact_model.pieces import PieceState
from clact_model.programme import Programme
from pages.components import base, messages, tables, text, writes
from pages.components.judged import Sheet
from pages.components.tables import Column

FREE = "Autre pièce ou information"
_LACKS_NOTHING = ("jointe", "non_exigee")
_SHAPES: Mapping[requests.State, str] = {"en_retard": "⚠", "demandee": "◔", "recue": "✔", "annulee": "–"}


def written(state: requests.State) -> str:
    """``en_retard`` → ``⚠ En retard``."""
    return f"{_SHAPES[state]} {requests.STATES[state]}"


def show(programme: Programme, sheet: Sheet) -> None:
    """Each piece with its state; what was asked for, and asking for more."""
    joined(sheet, programme.line_word)
    awaited, request = st.columns([7, 5], gap="large")
    with awaited:
        st.subheader("Pièces demandées", help="Ce qui a été demandé à l'établissement, avec son échéance.")
        asked(programme, sheet)
    with request:
        st.subheader(
            "Demander une pièce", help="Garde la demande et son échéance ; le courrier part de votre messagerie."
        )
        ask(programme, sheet)


def joined(sheet: Sheet, line_word: str) -> None:
    """Each piece with its state."""
    marks = {"jointe": "✔", "a_completer": "◔", "absente": "✖", "inconnue": "?", "non_exigee": "–"}
    rows = [
        {
            "piece": piece.libelle,
            "ligne": "Dossier" if piece.ligne is None else f"{line_word.capitalize()} {piece.ligne}",
            "etat": f"{marks[piece.etat]} {pieces.STATES[piece.etat]}",
            "valeur": piece.valeur,
            "jusqu_au": piece.jusqu_au,
            "message": piece.message,
        }
        for piece in sheet.pieces
    ]
    columns = [
        Column("piece", "Pièce", width="medium"),
        Column("ligne", "Pour"),
        Column("etat", "État"),
        Column("valeur", "Déclaré", help="Ce que dit le fichier importé."),
        Column("jusqu_au", "Jusqu'au", "date"),
        Column("message", "Ce qu'il manque", width="large"),
    ]
    if rows:
        tables.show(rows, columns, key="pieces", alt="Pièces du dossier")
    else:
        st.caption("Le programme ne liste pas de pièces.")


def asked(programme: Programme, sheet: Sheet) -> None:
    """The pieces asked for: those awaited with what can be done about them, those closed folded away."""
    found = requests.of_dossier(base.cursor(), programme, sheet.judged.numero)
    settled = {(piece.champ, piece.ligne) for piece in sheet.pieces if piece.settled}
    if not found:
        st.caption("Aucune pièce n'a été demandée pour ce dossier.")
    for request in found:
        if request.waits:
            with st.container(border=True, gap="small"):
                _awaited(programme, request, (request.piece, request.ligne) in settled)
    closed = [request for request in found if not request.waits]
    if closed:
        with st.expander(formats.plural(len(closed), "demande close", "demandes closes"), icon=":material/history:"):
            _closed(programme, closed)


def title(programme: Programme, request: PieceRequest) -> str:
    """The piece, and the line that it is for."""
    place = f" ({programme.line_word} {request.ligne})" if request.ligne else ""
    return f"{request.libelle}{place}"


def _awaited(programme: Programme, request: PieceRequest, settled: bool) -> None:
    state = request.state(base.today())
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(written(state), color="red" if state == "en_retard" else "blue")
        st.markdown(f"**{text.plain(title(programme, request))}**", width="content")
        st.markdown(f"pour le **{formats.long_day(request.echeance)}**", width="content")
    asked_on = formats.moment(request.demandee_le.astimezone(programme.file.zone))
    st.caption(f"Demandée le {asked_on} par {text.plain(request.demandee_par)}.")
    if settled:
        st.info(
            "Le dossier dit maintenant que cette pièce est là : marquez-la reçue.", icon=":material/mark_email_read:"
        )
    with st.container(horizontal=True, gap="small"):
        _receive(programme, request, settled)
        _postpone(programme, request)
        _cancel(programme, request)


def _receive(programme: Programme, request: PieceRequest, proposed: bool) -> None:
    name = f"recevoir_{request.id}"
    if st.button("Marquer reçue", key=name, icon=":material/check:", type="primary" if proposed else "secondary"):
        with messages.refusals():
            requests.receive(base.opened(), programme, request.id, writes.operation(name))
            writes.done(name, f"Pièce reçue : {text.plain(request.libelle)}.")


def _postpone(programme: Programme, request: PieceRequest) -> None:
    name = f"reporter_{request.id}_{request.echeance}"
    with st.popover("Reporter l'échéance", icon=":material/event:"), st.form(name, border=False):
        day = st.date_input(
            "Nouvelle échéance", max(request.echeance, base.today()), min_value=base.today(), format="DD/MM/YYYY"
        )
        sent = st.form_submit_button("Reporter", type="primary")
    if sent:
        with messages.refusals():
            requests.postpone(base.opened(), programme, base.today(), request.id, day, writes.operation(name))
            writes.done(name, f"Échéance reportée au {formats.long_day(day)} : {text.plain(request.libelle)}.")


def _cancel(programme: Programme, request: PieceRequest) -> None:
    name = f"annuler_{request.id}"
    with st.popover("Annuler la demande", icon=":material/close:"):
        st.markdown("La demande restera au journal et dans les demandes closes.")
        sure = st.button("Annuler cette demande", key=name, type="primary")
    if sure:
        with messages.refusals():
            requests.cancel(base.opened(), programme, request.id, writes.operation(name))
            writes.done(name, f"Demande annulée : {text.plain(request.libelle)}.")


def _closed(programme: Programme, closed: Sequence[PieceRequest]) -> None:
    columns = [
        Column("piece", "Pièce", width="medium"),
        Column("etat", "État"),
        Column("demandee_le", "Demandée le", "moment", fuseau=programme.fuseau),
        Column("echeance", "Échéance", "date"),
        Column("close_le", "Close le", "moment", fuseau=programme.fuseau),
        Column("close_par", "Par"),
    ]
    rows = [
        {
            "piece": title(programme, request),
            "etat": written(request.etat),
            "demandee_le": request.demandee_le,
            "echeance": request.echeance,
            "close_le": request.close_le,
            "close_par": request.close_par,
        }
        for request in closed
    ]
    tables.show(rows, columns, key="demandes_closes", alt="Demandes de pièces closes")


def ask(programme: Programme, sheet: Sheet) -> None:
    """Ask for a piece of the programme, those that lack first, or for anything else, with its due date."""
    numero = sheet.judged.numero
    known = requests.of_dossier(base.cursor(), programme, numero)
    awaited = {(request.piece, request.ligne) for request in known if request.waits}
    free = [piece for piece in sheet.pieces if (piece.champ, piece.ligne) not in awaited]
    options: list[PieceState | None] = [*sorted(free, key=lambda piece: piece.etat in _LACKS_NOTHING), None]
    chosen = st.selectbox(
        "Pièce à demander",
        options,
        format_func=lambda piece: _option(programme, piece),
        key=f"piece_{numero}",
        help="Les pièces de l'appel, celles qui manquent d'abord, ou toute autre information.",
    )
    delay = (chosen.jusqu_au if chosen else None) or pieces.last_day(programme, chosen.champ if chosen else None)
    name = f"demander_{numero}_{chosen.champ if chosen else FREE}_{chosen.ligne if chosen else ''}"
    with st.form(writes.form(name), enter_to_submit=False):
        words = chosen.libelle if chosen else st.text_input("Ce qui est demandé")
        day = st.date_input("Échéance", _proposed(delay), min_value=base.today(), format="DD/MM/YYYY")
        st.caption(_delay_in_words(delay))
        sent = st.form_submit_button("Demander la pièce", icon=":material/outgoing_mail:", type="primary")
    if sent:
        with messages.refusals():
            _write(programme, numero, words, day, chosen, name)


def _write(
    programme: Programme, numero: str, words: str, day: date | None, chosen: PieceState | None, name: str
) -> None:
    if day is None:
        st.error("Donnez une échéance : l'appel n'en propose pas.", icon=":material/error:")
        return
    wanted = Wanted(words, day, chosen.champ if chosen else None, chosen.ligne if chosen else None)
    requests.ask(base.opened(), programme, base.today(), numero, [wanted], writes.operation(name))
    writes.done(name, f"Pièce demandée : {text.plain(words)}, pour le {formats.long_day(day)}.")


def _option(programme: Programme, piece: PieceState | None) -> str:
    if piece is None:
        return FREE
    place = f" ({programme.line_word} {piece.ligne})" if piece.ligne else ""
    return f"{piece.libelle}{place} : {pieces.STATES[piece.etat].lower()}"


def _proposed(delay: date | None) -> date | None:
    return delay if delay and delay >= base.today() else None


def _delay_in_words(delay: date | None) -> str:
    if delay is None:
        return "L'appel ne donne pas de délai pour cela : fixez-le."
    if delay < base.today():
        return f"Le délai de l'appel, {formats.long_day(delay)}, est passé : fixez une échéance."
    return f"Proposée d'après le délai de l'appel, {formats.long_day(delay)}."

"""What establishments join: its state dossier by dossier, what is still to be asked for, and the message that asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from clact_model import dossiers, formats
from clact_model.eligibility import Answer, JudgedDossier, Judgement, judged
from clact_model.fields import Field
from clact_model.programme import Programme
from clact_model.programme.call import Piece

State = Literal["jointe", "a_completer", "absente", "inconnue", "non_exigee"]
STATES: Mapping[State, str] = {
    "jointe": "Jointe",
    "a_completer": "À compléter",
    "absente": "Absente",
    "inconnue": "Inconnue",
    "non_exigee": "Non exigée",
}
"""State of a piece → what is read on screen."""
OPEN = ("recevable", "a_verifier", "a_completer", "sursis")
"""Verdicts of the dossiers that a new piece may still change."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PieceState:
    """One piece of one dossier, or of one of its lines (``ligne``). ``valeur``: what was declared, in words."""

    champ: str
    libelle: str
    ligne: int | None
    etat: State
    valeur: str
    message: str | None
    """What the rule that asks for it says; None when it is content."""
    jusqu_au: date | None

    @property
    def settled(self) -> bool:
        """The piece is there, and no rule asks for more of it."""
        return self.etat == "jointe" and self.message is None


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing to ask for. ``objet``: the piece or the rule; ``message``: why; ``jusqu_au``: the last day, if any."""

    objet: str
    message: str
    jusqu_au: date | None
    champ: str | None = None
    """The field of the programme's piece; None for an information that is no piece."""
    ligne: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """All that one establishment is to be asked for about one dossier."""

    numero: str
    raison_sociale: str
    verdict: str
    asked: tuple[Asked, ...]

    @property
    def jusqu_au(self) -> date | None:
        """The nearest last day."""
        return min((item.jusqu_au for item in self.asked if item.jusqu_au), default=None)


def libelle(programme: Programme, piece: Piece) -> str:
    """What a piece is called."""
    return piece.libelle or _field(programme, piece).libelle


def _field(programme: Programme, piece: Piece) -> Field:
    return programme.dictionary.find("dossier", piece.champ) or programme.dictionary.get("action", piece.champ)


def last_day(programme: Programme, champ: str | None) -> date | None:
    """The last day that the call gives for a piece: that of its rules, else that of what may be completed; or None.

    ``champ``: None for what is no piece of the programme.
    """
    rules = {rule for piece in programme.file.piece if piece.champ == champ for rule in piece.regles}
    days = [case.jusqu_au for rule in rules for case in programme.rule(rule).outcomes if case.jusqu_au is not None]
    return min(days, default=programme.file.completer_jusqu_au)


def is_joined(value: object) -> bool:
    """Whether the field of a piece says that it is there."""
    return value is not None and value is not False and value not in ("absent", "")


def states(programme: Programme, row: Row, found: JudgedDossier) -> list[PieceState]:
    """Every piece of the programme for one dossier: ``row`` as :func:`dossiers.read` gives it, every answer in ``found``."""
    answers: dict[int | None, Sequence[Answer]] = {None: found.answers}
    answers |= {action.ligne: (*found.answers, *action.answers) for action in found.actions}
    told = []
    for piece in programme.file.piece:
        field = _field(programme, piece)
        holders = [(None, row)] if field.table == "dossier" else [(line["ligne"], line) for line in row["actions"]]
        told += [_state(programme, piece, field, of, ligne, answers[ligne]) for ligne, of in holders]
    return told


def _state(
    programme: Programme, piece: Piece, field: Field, row: Row, ligne: int | None, answers: Sequence[Answer]
) -> PieceState:
    value = row[field.champ]
    concerned = [answer for answer in answers if answer.rule.id in piece.regles]
    unhappy = [answer for answer in concerned if answer.resultat != "oui"]
    present = is_joined(value)
    state: State
    if any(answer.effet == "a_completer" for answer in unhappy):
        state = "a_completer"
    elif present:
        state = "jointe"
    elif concerned and not unhappy:
        state = "non_exigee"
    else:
        state = "inconnue" if value is None else "absente"
    words = (
        formats.yes_no(value) if isinstance(value, bool) else field.label_of(str(value)) if present else formats.UNKNOWN
    )
    return PieceState(
        piece.champ,
        libelle(programme, piece),
        ligne,
        state,
        words,
        " ".join(dict.fromkeys(answer.message for answer in unhappy)) or None,
        min((answer.jusqu_au for answer in unhappy if answer.jusqu_au), default=None),
    )


def settled(judgement: Judgement, numeros: Sequence[str]) -> set[tuple[str, str, int | None]]:
    """Dossier, field and line of every piece of these dossiers that is there and of which no rule asks more."""
    rows = {row["numero"]: row for row in dossiers.read(judgement.cursor, judgement.programme, numeros)}
    return {
        (found.numero, piece.champ, piece.ligne)
        for found in judged(judgement, numeros, satisfied_too=True)
        for piece in states(judgement.programme, rows[found.numero], found)
        if piece.settled
    }


def to_ask(programme: Programme, found: Sequence[JudgedDossier], names: Mapping[str, str | None]) -> list[Request]:
    """What can still come, by dossier: the answers « à compléter » and those without an answer, of dossiers not rejected.

    ``names``: number → name of the establishment. Dossiers that lack nothing are left out; the most pressing first.
    """
    pieces = {rule: piece for piece in programme.file.piece for rule in piece.regles}
    requests = []
    for dossier in found:
        if dossier.verdict not in OPEN:
            continue
        asked = [_asked(programme, answer, pieces) for answer in dossier.answers if _may_come(answer)]
        for action in dossier.actions:
            if action.verdict != "ineligible":
                asked += [
                    _asked(programme, answer, pieces, action.ligne) for answer in action.answers if _may_come(answer)
                ]
        if asked:
            requests.append(Request(dossier.numero, names.get(dossier.numero) or "", dossier.verdict, tuple(asked)))
    return sorted(requests, key=lambda request: (request.jusqu_au is None, request.jusqu_au or date.max))


def _may_come(answer: Answer) -> bool:
    return answer.resultat == "inconnu" or answer.effet == "a_completer"


def _asked(programme: Programme, answer: Answer, pieces: Mapping[str, Piece], ligne: int | None = None) -> Asked:
    piece = pieces.get(answer.rule.id)
    name = libelle(programme, piece) if piece else answer.rule.libelle
    objet = name if ligne is None else f"{programme.line_word.capitalize()} {ligne}, {name}"
    return Asked(objet, answer.message, answer.jusqu_au, piece.champ if piece else None, ligne)


def message(programme: Programme, request: Request) -> str:
    """The text that asks for it, ready to be sent."""
    items = [
        f"- {item.objet} : {item.message}"
        + (f" À transmettre au plus tard le {formats.long_day(item.jusqu_au)}." if item.jusqu_au else "")
        for item in request.asked
    ]
    subject = f"{programme.titre}, dossier n° {request.numero}"
    return "\n".join(
        [
            f"Objet : {subject} – éléments à transmettre",
            "",
            "Madame, Monsieur,",
            "",
            f"L'instruction de votre dossier n° {request.numero}"
            + (f" ({request.raison_sociale})" if request.raison_sociale else "")
            + f", déposé au titre de l'appel « {programme.titre} », fait apparaître que les éléments suivants "
            "manquent ou restent à préciser :",
            "",
            *items,
            "",
            "Nous vous remercions de nous les transmettre en rappelant le numéro du dossier.",
            "",
            "Cordialement,",
        ]
    )

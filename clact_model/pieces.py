"""What establishments join: its state dossier by dossier, what is still to be asked for, and the message that asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from clact_model import formats
from clact_model.eligibility import Answer, JudgedDossier
from clact_model.fields import Field
from clact_model.programme import Programme
from clact_model.programme.schema import Piece

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

    libelle: str
    ligne: int | None
    etat: State
    valeur: str
    message: str | None
    """What the rule that asks for it says; None when it is content."""
    jusqu_au: date | None


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing to ask for. ``objet``: the piece or the rule; ``message``: why; ``jusqu_au``: the last day, if any."""

    objet: str
    message: str
    jusqu_au: date | None


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


def states(programme: Programme, row: Row, judged: JudgedDossier) -> list[PieceState]:
    """Every piece of the programme for one dossier: ``row`` as :func:`dossiers.read` gives it, every answer in ``judged``."""
    answers: dict[int | None, Sequence[Answer]] = {None: judged.answers}
    answers |= {action.ligne: (*judged.answers, *action.answers) for action in judged.actions}
    found = []
    for piece in programme.file.piece:
        field = _field(programme, piece)
        holders = [(None, row)] if field.table == "dossier" else [(line["ligne"], line) for line in row["actions"]]
        found += [_state(programme, piece, field, of, ligne, answers[ligne]) for ligne, of in holders]
    return found


def _state(
    programme: Programme, piece: Piece, field: Field, row: Row, ligne: int | None, answers: Sequence[Answer]
) -> PieceState:
    value = row[field.champ]
    concerned = [answer for answer in answers if answer.rule.id in piece.regles]
    unhappy = [answer for answer in concerned if answer.resultat != "oui"]
    present = value is not None and value is not False and value not in ("absent", "")
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
        libelle(programme, piece),
        ligne,
        state,
        words,
        " ".join(dict.fromkeys(answer.message for answer in unhappy)) or None,
        min((answer.jusqu_au for answer in unhappy if answer.jusqu_au), default=None),
    )


def to_ask(programme: Programme, found: Sequence[JudgedDossier], names: Mapping[str, str | None]) -> list[Request]:
    """What can still come, by dossier: the answers « à compléter » and those without an answer, of dossiers not rejected.

    ``names``: number → name of the establishment. Dossiers that lack nothing are left out; the most pressing first.
    """
    pieces = {rule: libelle(programme, piece) for piece in programme.file.piece for rule in piece.regles}
    requests = []
    for dossier in found:
        if dossier.verdict not in OPEN:
            continue
        asked = [_asked(answer, pieces) for answer in dossier.answers if _may_come(answer)]
        for action in dossier.actions:
            if action.verdict != "ineligible":
                place = f"{programme.line_word.capitalize()} {action.ligne}"
                asked += [_asked(answer, pieces, place) for answer in action.answers if _may_come(answer)]
        if asked:
            requests.append(Request(dossier.numero, names.get(dossier.numero) or "", dossier.verdict, tuple(asked)))
    return sorted(requests, key=lambda request: (request.jusqu_au is None, request.jusqu_au or date.max))


def _may_come(answer: Answer) -> bool:
    return answer.resultat == "inconnu" or answer.effet == "a_completer"


def _asked(answer: Answer, pieces: Mapping[str, str], place: str = "") -> Asked:
    name = pieces.get(answer.rule.id, answer.rule.libelle)
    return Asked(f"{place}, {name}" if place else name, answer.message, answer.jusqu_au)


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

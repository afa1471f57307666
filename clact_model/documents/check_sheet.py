"""The check sheet of a dossier: one A4 page to print, with what was judged, why, and room to sign."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb

from clact_model import dossiers, eligibility, formats, overview, pieces, scoring
from clact_model.documents.page import rendered
from clact_model.documents.references import References
from clact_model.eligibility import Answer, JudgedDossier, Override
from clact_model.errors import UsageError
from clact_model.instruction import assignment, remarks, requests
from clact_model.pieces import PieceState
from clact_model.programme import Programme, Rule
from clact_model.store import author

TEMPLATE = "check_sheet.html"
MARKS: Mapping[str, str] = {"oui": "✔", "non": "✖", "inconnu": "?"}
PIECE_MARKS: Mapping[str, str] = {"jointe": "✔", "a_completer": "◔", "absente": "✖", "inconnue": "?", "non_exigee": "–"}
IDENTITY = ("finess", "siret", "departement", "secteur", "statut", "ght", "effectif_total", "date_depot")
WORDS: Mapping[str, str] = {**overview.VERDICTS, **overview.LINE_VERDICTS, **overview.EFFECTS}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule on the sheet. ``reponses``: one answer for a rule on the dossier, one a line for a rule on lines."""

    libelle: str
    reference: str
    reponses: Sequence[str]
    ecarts: Sequence[str]
    """What is to be said of the answers that are not yes."""

    @property
    def marks(self) -> list[str]:
        return [MARKS.get(answer, "") for answer in self.reponses]


def check_sheet(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, today: date, numero: str, quand: datetime | None = None
) -> str:
    """The sheet as one HTML page that needs nothing else, of the dossier as judged on that day.

    ``quand``: when it is printed, now unless told. Raises UsageError when the base holds no such dossier.
    """
    judgement = eligibility.judge(cursor, programme, today)
    judged = next(iter(eligibility.judged(judgement, [numero], satisfied_too=True)), None)
    if judged is None:
        raise UsageError(f"Le dossier « {numero} » n'est pas dans la base.")
    row = dossiers.read(cursor, programme, [numero])[0]
    ranking = scoring.ranking(cursor, programme, scoring.rank(judgement))
    references = References.of(programme)
    zone = programme.file.zone
    return rendered(
        TEMPLATE,
        programme=programme,
        row=row,
        identity=[_named(programme, champ, row) for champ in IDENTITY],
        instructeur=assignment.in_charge(cursor, programme).get(numero),
        judged=judged,
        verdict=WORDS[judged.verdict],
        overrides=[*_overrides(programme, judged)],
        asked=overview.total(line["montant_demande"] for line in row["actions"]),
        aid=overview.total(a.aide_maximale for a in judged.actions if a.verdict == "eligible"),
        place=next((place for place in ranking if place.numero == numero), None),
        places=len(ranking),
        rules=_of_dossier(judged, references),
        line_rules=_of_lines(programme, judged, references),
        lines=list(zip(row["actions"], judged.actions, strict=True)),
        pieces=_pieces(pieces.states(programme, row, judged)),
        requests=[one for one in requests.of_dossier(cursor, programme, numero) if one.waits],
        request_states=requests.STATES,
        remarks=[one for one in remarks.of_dossier(cursor, programme, numero) if one.holds],
        sources=references.titles,
        words=WORDS,
        today=today,
        author=author(),
        data=_data_date(cursor, programme, numero),
        printed=(quand or datetime.now(zone)).astimezone(zone),
        zone=zone,
        formats=formats,
    )


def file_name(programme: Programme, numero: str) -> str:
    """``fiche_grand_est_2024_1234.html``: letters, figures, dashes, whatever the number holds."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c == "-") else "_" for c in numero)
    return f"fiche_{programme.id}_{plain[:60]}.html"


def _named(programme: Programme, champ: str, row: Mapping[str, Any]) -> tuple[str, str]:
    field = programme.dictionary.get("dossier", champ)
    return field.libelle, overview.value_in_words(field, row[champ])


def _of_dossier(judged: JudgedDossier, references: References) -> list[RuleLine]:
    return [
        RuleLine(
            answer.rule.libelle, references.written(answer.rule.citation), [answer.resultat], _gaps([(None, answer)])
        )
        for answer in judged.answers
    ]


def _of_lines(programme: Programme, judged: JudgedDossier, references: References) -> list[RuleLine]:
    by_rule: dict[str, list[tuple[int, Answer]]] = {}
    for action in judged.actions:
        for answer in action.answers:
            by_rule.setdefault(answer.rule.id, []).append((action.ligne, answer))
    found = []
    for identifier, given in by_rule.items():
        rule: Rule = programme.rule(identifier)
        answers = {ligne: answer.resultat for ligne, answer in given}
        answered = [answers.get(action.ligne, "") for action in judged.actions]
        found.append(RuleLine(rule.libelle, references.written(rule.citation), answered, _gaps(given)))
    return found


def _gaps(given: Iterable[tuple[int | None, Answer]]) -> list[str]:
    """One sentence for each thing said, with the lines of which it is said and what follows from it."""
    said: dict[str, list[str]] = {}
    for ligne, answer in given:
        if answer.resultat != "oui":
            follows = WORDS.get(answer.effet or "", "")
            last_day = f", jusqu'au {formats.day(answer.jusqu_au)}" if answer.jusqu_au else ""
            sentence = f"{answer.message} → {follows.lower()}{last_day}" if follows else answer.message
            said.setdefault(sentence, []).extend([] if ligne is None else [str(ligne)])
    return [f"{', '.join(lines)} : {sentence}" if lines else sentence for sentence, lines in said.items()]


def _overrides(programme: Programme, judged: JudgedDossier) -> Iterable[tuple[str, Override, str]]:
    """What was overruled, the override, and the verdict that holds."""
    if judged.override:
        yield "Dossier", judged.override, WORDS[judged.verdict]
    for action in judged.actions:
        if action.override:
            yield f"{programme.line_word.capitalize()} {action.ligne}", action.override, WORDS[action.verdict]


def _pieces(states: Sequence[PieceState]) -> list[tuple[str, str]]:
    """Each piece with its mark; where its lines differ, each mark with its lines."""
    found: dict[str, dict[str, list[str]]] = {}
    for piece in states:
        lines = found.setdefault(piece.libelle, {}).setdefault(PIECE_MARKS[piece.etat], [])
        lines.append("" if piece.ligne is None else str(piece.ligne))
    return [
        (libelle, next(iter(marks)) if len(marks) == 1 else " · ".join(f"{m} {', '.join(n)}" for m, n in marks.items()))
        for libelle, marks in found.items()
    ]


def _data_date(cursor: duckdb.DuckDBPyConnection, programme: Programme, numero: str) -> datetime | None:
    """When the dossier was last written by an import, in the programme's zone."""
    row = cursor.execute(
        """SELECT i.quand FROM dossier d JOIN importation i ON i.id = d.importation
           WHERE d.programme = ? AND d.numero = ?""",
        [programme.id, numero],
    ).fetchone()
    return row[0].astimezone(programme.file.zone) if row else None

"""What establishments join, and what is still to be asked for."""

from collections.abc import Iterator
from datetime import date

import pytest

from clact_model import dossiers, eligibility, overview, pieces
from clact_model.eligibility import JudgedDossier, Judgement
from clact_model.pieces import PieceState
from clact_model.programme import load_all
from clact_model.store import Base
from tests.pages.walk import DAY, filled_copy, programme

PROGRAMME = programme()


@pytest.fixture(scope="module")
def judgement(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judgement]:
    opened = Base(filled_copy(tmp_path_factory.mktemp("pieces")))
    yield eligibility.judge(opened.cursor(), PROGRAMME, DAY)
    opened.close()


@pytest.fixture(scope="module")
def judged(judgement: Judgement) -> list[JudgedDossier]:
    return eligibility.judged(judgement, satisfied_too=True)


def _states(judgement: Judgement, dossier: JudgedDossier) -> list[PieceState]:
    return pieces.states(PROGRAMME, dossiers.read(judgement.cursor, PROGRAMME, [dossier.numero])[0], dossier)


def _failing(judged: list[JudgedDossier], rule: str, resultat: str = "non") -> JudgedDossier:
    return next(d for d in judged if any(a.rule.id == rule and a.resultat == resultat for a in d.answers))


def test_a_missing_piece_says_which_rule_wants_it(judgement: Judgement, judged: list[JudgedDossier]) -> None:
    rib = next(piece for piece in _states(judgement, _failing(judged, "no-rib")) if piece.libelle == "RIB")
    assert (rib.etat, rib.valeur) == ("absente", "non")
    assert rib.message == "Le RIB à jour n'est pas joint."


def test_a_piece_that_may_still_come_has_its_last_day(judgement: Judgement, judged: list[JudgedDossier]) -> None:
    found = _states(judgement, _failing(judged, "no-evaluation-anterieure"))
    piece = next(piece for piece in found if piece.etat == "a_completer")
    assert piece.jusqu_au == PROGRAMME.file.completer_jusqu_au


def test_a_piece_of_which_nothing_is_known_is_unknown(judgement: Judgement, judged: list[JudgedDossier]) -> None:
    found = _states(judgement, _failing(judged, "no-rib", "inconnu"))
    assert next(piece.etat for piece in found if piece.libelle == "RIB") == "inconnue"


def test_an_association_alone_owes_its_statutes(judgement: Judgement, judged: list[JudgedDossier]) -> None:
    rows = dossiers.read(judgement.cursor, PROGRAMME)
    other = next(row["numero"] for row in rows if row["association"] is False and row["statuts"] is None)
    dossier = next(d for d in judged if d.numero == other)
    assert "non_exigee" in {piece.etat for piece in _states(judgement, dossier)}


def test_a_piece_of_a_line_is_told_line_by_line(judgement: Judgement, judged: list[JudgedDossier]) -> None:
    dossier = next(d for d in judged if len(d.actions) > 1)
    lines = [piece.ligne for piece in _states(judgement, dossier) if piece.libelle == "Devis joint"]
    assert lines == [action.ligne for action in dossier.actions]


def test_nothing_is_asked_of_a_rejected_dossier_nor_of_a_complete_one(judgement: Judgement) -> None:
    found = pieces.to_ask(PROGRAMME, eligibility.judged(judgement), {})
    asked = {request.numero for request in found}
    rows = overview.summaries(judgement)
    assert asked
    assert not asked & {row.numero for row in rows if row.verdict == "irrecevable"}
    assert asked >= {row.numero for row in rows if row.verdict == "a_completer"}
    assert all(request.asked for request in found)


def test_the_most_pressing_come_first(judgement: Judgement) -> None:
    days = [request.jusqu_au for request in pieces.to_ask(PROGRAMME, eligibility.judged(judgement), {})]
    dated = [day for day in days if day]
    assert days[: len(dated)] == sorted(dated)


def test_the_message_names_dossier_establishment_piece_and_day(judgement: Judgement) -> None:
    names = {row.numero: row.raison_sociale for row in overview.summaries(judgement)}
    request = next(r for r in pieces.to_ask(PROGRAMME, eligibility.judged(judgement), names) if r.jusqu_au)
    text = pieces.message(PROGRAMME, request)
    assert request.numero in text and (names[request.numero] or "?") in text
    assert "29 juin 2025" in text
    assert all(item.message in text for item in request.asked)


def test_a_piece_has_the_last_day_of_its_rules_else_that_of_what_may_be_completed() -> None:
    other = load_all().programmes["hauts_de_france_2022"]
    assert pieces.last_day(other, "avis_instances") == date(2022, 6, 30)
    assert pieces.last_day(other, "devis") is None
    assert pieces.last_day(PROGRAMME, "devis") == pieces.last_day(PROGRAMME, None) == PROGRAMME.file.completer_jusqu_au


def test_a_piece_is_settled_once_it_is_there_and_no_rule_asks_more(
    judgement: Judgement, judged: list[JudgedDossier]
) -> None:
    dossier = _failing(judged, "no-evaluation-anterieure")
    settled = {(champ, ligne) for _, champ, ligne in pieces.settled(judgement, [dossier.numero])}
    states = _states(judgement, dossier)
    assert settled == {(piece.champ, piece.ligne) for piece in states if piece.etat == "jointe" and not piece.message}
    assert ("evaluation_anterieure", None) not in settled
    assert settled


def test_what_is_asked_for_names_its_piece_and_its_line(judgement: Judgement) -> None:
    asked = [item for one in pieces.to_ask(PROGRAMME, eligibility.judged(judgement), {}) for item in one.asked]
    assert {item.champ for item in asked} >= {"evaluation_anterieure", None}
    assert all(item.objet.startswith(f"Projet {item.ligne}, ") for item in asked if item.ligne)

"""Pieces asked for: each with its due date, late once it is past, received, postponed or cancelled."""

from datetime import date, timedelta

import pytest

from clact_model.errors import UsageError
from clact_model.instruction import requests
from clact_model.instruction.requests import PieceRequest, Wanted
from clact_model.store import Base, entries
from tests.pages.walk import DAY, programme

PROGRAMME = programme()
DUE = date(2025, 6, 29)
RIB = Wanted("RIB", DUE, "rib")


def _asked(base: Base, *wanted: Wanted, operation: str | None = None) -> list[PieceRequest]:
    requests.ask(base, PROGRAMME, DAY, "1", wanted, operation)
    return requests.of_dossier(base.cursor(), PROGRAMME, "1")


def test_a_piece_asked_for_is_late_from_the_day_after_its_due_date(base: Base) -> None:
    (one,) = _asked(base, RIB)
    assert (one.libelle, one.piece, one.demandee_par, one.waits) == ("RIB", "rib", "Camille Essai", True)
    assert one.state(DUE) == "demandee"
    assert one.state(DUE + timedelta(days=1)) == "en_retard"


def test_the_nearest_due_date_comes_first_and_what_is_closed_last(base: Base) -> None:
    found = _asked(base, RIB, Wanted("Lettre du cofinanceur", date(2025, 5, 30)), Wanted("Devis", DAY, "devis", 2))
    requests.receive(base, PROGRAMME, found[0].id)
    names = [one.libelle for one in requests.of_dossier(base.cursor(), PROGRAMME, "1")]
    assert names == ["Lettre du cofinanceur", "RIB", "Devis"]


@pytest.mark.parametrize(("close", "state"), [(requests.receive, "recue"), (requests.cancel, "annulee")])
def test_what_is_received_or_cancelled_is_never_late(base: Base, close: object, state: str) -> None:
    (one,) = _asked(base, RIB)
    assert callable(close)
    close(base, PROGRAMME, one.id)
    (closed,) = requests.of_dossier(base.cursor(), PROGRAMME, "1")
    assert (closed.state(DUE + timedelta(days=90)), closed.close_par) == (state, "Camille Essai")
    with pytest.raises(UsageError, match="n'est plus attendue"):
        close(base, PROGRAMME, one.id)


def test_a_due_date_is_postponed_and_the_journal_says_both(base: Base) -> None:
    (one,) = _asked(base, RIB)
    requests.postpone(base, PROGRAMME, DAY, one.id, date(2025, 7, 10))
    assert requests.of_dossier(base.cursor(), PROGRAMME, "1")[0].echeance == date(2025, 7, 10)
    change = next(entry for entry in entries(base.cursor(), numero="1") if entry.champ == "demande_piece")
    assert (change.nature, change.avant, change.apres) == ("reporter_demande", "29/06/2025", "10/07/2025")


def test_each_step_leaves_its_line_in_the_journal(base: Base) -> None:
    (one,) = _asked(base, RIB)
    requests.receive(base, PROGRAMME, one.id)
    told = [(e.nature, e.detail, e.avant, e.apres) for e in entries(base.cursor(), numero="1") if e.nature != "essai"]
    assert told == [
        ("recevoir_piece", None, "Demandée", "Reçue"),
        ("recevoir_piece", "RIB", None, None),
        ("demander_piece", "RIB, pour le 29/06/2025", None, None),
    ]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted(" ", DUE), "Nommez la pièce"),
        (Wanted("RIB", DUE, "inconnue"), "n'est pas une pièce de ce programme"),
        (Wanted("RIB", DAY - timedelta(days=1), "rib"), "déjà passée"),
        (Wanted("Devis", DUE, "devis", 3), "pas de ligne 3"),
    ],
)
def test_a_wrong_request_is_refused_and_none_of_its_neighbours_is_written(
    base: Base, wanted: Wanted, words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        requests.ask(base, PROGRAMME, DAY, "1", [Wanted("Autre", DUE), wanted])
    assert requests.of_programme(base.cursor(), PROGRAMME) == []


def test_a_piece_that_is_awaited_is_not_asked_for_twice_but_may_be_again_once_received(base: Base) -> None:
    (one,) = _asked(base, RIB)
    with pytest.raises(UsageError, match="déjà demandée pour le 29/06/2025"):
        requests.ask(base, PROGRAMME, DAY, "1", [RIB])
    requests.receive(base, PROGRAMME, one.id)
    assert len(_asked(base, RIB)) == 2


def test_the_same_press_twice_asks_once(base: Base) -> None:
    _asked(base, RIB, operation="clic")
    assert len(_asked(base, RIB, operation="clic")) == 1

"""echeances, relances and anterieur: the deadlines of a call, its reminders, and the contracts before."""

from pathlib import Path

import pytest

from tests import facts
from tests.cli.command import Command
from tests.pages.walk import programme as next_call
from tests.tracking.owing import owing

GP = ("--programme", "guadeloupe_2023")
NO = ("--programme", "normandie_2025")
SIRET = "26010004500012"


@pytest.fixture
def told(clact: Command, tmp_path: Path) -> Command:
    """A convention of 2024 without its report, and the same establishment asking again in 2025."""
    dossier = owing(tmp_path, "guadeloupe_2023", "2024-01-31", actions=[("2024-03-01", "2025-12-31")], siret=SIRET)
    dossier.sign("2024-02-12")
    facts.put(dossier.base, next_call(), {"numero": "7", "siret": SIRET, "date_depot": "2025-04-01T10:00"}, [])
    dossier.base.close()
    dossier.base.path.replace(clact.base)
    return clact.on("2025-05-15")


def test_what_is_due_is_told_with_its_state_and_written_as_a_calendar(told: Command, tmp_path: Path) -> None:
    target = tmp_path / "echeances.ics"
    answer = told("echeances", *GP, "--sortie", str(target))
    found = answer.document["echeances"]
    reports = [(one["annee"], one["echeance"], one["etat"], one["retard"]) for one in found if one["nature"] == "bilan"]
    assert reports == [(2024, "2025-03-30", "en_retard", 46), (2025, "2026-03-30", "a_venir", 0)]
    assert {one["montant"] for one in found if one["nature"] == "versement"} == {"4000.00", "3000.00"}
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert told("echeances", *GP, "--date", "2024-01-30").document == {"date": "2024-01-30", "echeances": []}


def test_reminders_are_those_of_the_day(told: Command) -> None:
    (letter,) = told("relances", *GP).document["relances"]
    assert "46 jours de retard" in letter["texte"]
    assert told("relances", *GP, "--date", "2024-02-20").document["relances"] == []


def test_the_earlier_contract_is_proposed_then_confirmed_once(told: Command) -> None:
    before = told("anterieur", "7", *NO).document
    assert (before["etat"], before["justifie"], before["respecte"], before["confirme"]) == (
        "en_cours",
        None,
        False,
        False,
    )
    assert [one["champ"] for one in before["changements"]] == ["clact_anterieur", "clact_anterieur_respecte"]
    assert told("anterieur", "7", *NO, "--confirmer").document["confirme"] is True
    (dossier,) = told("lister", *NO).document["dossiers"]
    assert (dossier["clact_anterieur"], dossier["clact_anterieur_respecte"]) == ("en_cours", False)
    assert told("anterieur", "7", *NO, "--confirmer").document["changements"] == []


def test_wrong_usage_is_said_in_french(told: Command) -> None:
    for arguments in (
        ("echeances", *GP, "--date", "30/03/2025"),
        ("echeances", *GP, "--sortie", "/nulle/part/f.ics"),
        ("relances", *GP, "--jours", "-1"),
        ("anterieur", "99", *NO),
    ):
        answer = told(*arguments)
        assert (answer.status, answer.document) == (2, None)
        assert answer.errors.startswith("Erreur : ")

"""What is due, as a calendar that other programs read and as letters ready to be sent."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from clact_model import tracking
from clact_model.documents.addressees import Addressee
from clact_model.documents.due_ics import due_file_name, due_ics
from clact_model.documents.letter_of_reminder import reminders
from clact_model.programme import load_one
from clact_model.tracking.obligation import Obligation
from tests.tracking.owing import Owing, owing

NOW = datetime(2025, 4, 15, 9, 30, tzinfo=UTC)
CALL = load_one("guadeloupe_2023")


@pytest.fixture
def dossier(tmp_path: Path) -> Owing:
    found = owing(
        tmp_path,
        CALL.id,
        "2024-01-31",
        actions=[("2024-03-01", "2025-12-31")],
        raison_sociale="Clinique des Îles, « Les Palmes » ; accueil\\soins, unité mobile de Marie-Galante et de la Désirade",
    )
    found.sign("2024-02-12")
    return found


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def one(**facts: object) -> Obligation:
    given = {
        "jour": date(2025, 4, 15),
        "numero": "1000",
        "poste": "aide",
        "raison_sociale": "CH",
        "nature": "bilan",
        "libelle": "Bilan annuel",
        "echeance": date(2025, 3, 30),
    }
    return Obligation(**(given | facts))  # type: ignore[arg-type]


def test_lines_end_and_fold_as_the_standard_says(dossier: Owing) -> None:
    content = due_ics(CALL, dossier.due("2025-04-15"), NOW)
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert all(b"\n" not in line and b"\r" not in line for line in lines)
    assert max(len(line) for line in lines) <= 75
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        line.decode()  # no character is cut in two


def test_each_thing_due_is_an_event_of_a_whole_day_and_what_is_done_is_none(dossier: Owing) -> None:
    dossier.do("2025-03-01", tracking.ReceiveReport(dossier.numero, 2024, date(2025, 3, 1)))
    found = dossier.due("2025-04-15")
    lines = unfolded(due_ics(CALL, found, NOW))
    days = [line.removeprefix("DTSTART;VALUE=DATE:") for line in lines if line.startswith("DTSTART")]
    assert days == [f"{o.echeance:%Y%m%d}" for o in found if o.etat != "fait" and o.echeance]
    assert "20260330" in days and lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(days)
    assert lines.count("DTSTAMP:20250415T093000Z") == len(days)


def test_text_that_means_something_to_a_calendar_is_escaped(dossier: Owing) -> None:
    summaries = [line for line in unfolded(due_ics(CALL, dossier.due("2025-04-15"), NOW)) if line.startswith("SUMMARY")]
    assert r"Clinique des Îles\, « Les Palmes » \; accueil\\soins\, unité" in summaries[0]
    assert "\\n" in next(line for line in unfolded(due_ics(CALL, [one()], NOW)) if line.startswith("DESCRIPTION"))


def test_a_name_cannot_write_an_event_of_its_own() -> None:
    content = due_ics(CALL, [one(raison_sociale="CH\r\nEND:VEVENT\r\nBEGIN:VEVENT\x07")], NOW)
    assert unfolded(content).count("BEGIN:VEVENT") == 1


def test_a_deadline_that_moves_keeps_its_identifier(dossier: Owing) -> None:
    def identifiers(day: str) -> set[str]:
        return {line for line in unfolded(due_ics(CALL, dossier.due(day), NOW)) if line.startswith("UID:")}

    before = identifiers("2025-12-01")
    dossier.do("2026-01-10", tracking.CarryOver(dossier.numero, date(2026, 1, 10), date(2026, 9, 30), "livraison"))
    after = identifiers("2026-01-10")
    assert before == after
    assert len(before) == len([o for o in dossier.due("2025-12-01") if o.echeance and o.etat != "fait"])


def test_nothing_due_is_an_empty_calendar() -> None:
    assert "BEGIN:VEVENT" not in due_ics(CALL, [], NOW).decode()
    assert due_file_name(CALL, NOW) == "echeances_guadeloupe_2023_2025-04-15.ics"


def test_one_letter_an_establishment_says_what_is_late_and_what_comes_soon(dossier: Owing) -> None:
    known = {dossier.numero: Addressee("Clinique des Îles", "contact@exemple.fr")}
    (letter,) = reminders(CALL, dossier.due("2025-04-15"), known)
    assert "relance" in letter.objet
    assert "31 janvier 2025, soit 74 jours de retard" in letter.texte
    assert "Bilan annuel, justificatifs financiers et état récapitulatif de la consommation, 2024" in letter.texte
    assert "attendu au plus tard le 30 mars 2025, soit 16 jours de retard" in letter.texte
    assert "« l’établissement s’engage à adresser à l’ARS au plus tard le 30 mars de chaque année »" in letter.texte
    assert "Lève-personne" in letter.texte
    assert "2026" not in letter.texte and "Convention ou avenant" not in letter.texte
    assert letter.courriel is None and "@" not in letter.texte
    (with_contact,) = reminders(CALL, dossier.due("2025-04-15"), known, with_contact=True)
    assert with_contact.texte.startswith("À : contact@exemple.fr")


def test_what_is_due_soon_is_recalled_without_a_reproach() -> None:
    soon = one(jour=date(2025, 3, 1))
    (letter,) = reminders(CALL, [soon], {})
    assert "rappel" in letter.objet and "retard" not in letter.texte
    assert reminders(CALL, [one(jour=date(2025, 2, 27))], {}) == []
    assert reminders(CALL, [one(jour=date(2025, 2, 28))], {}) != []


def test_what_is_done_what_waits_and_what_the_agency_owes_is_not_recalled() -> None:
    found = [
        one(fait_le=date(2025, 4, 1)),
        one(attend="le bilan de 2024"),
        one(nature="versement"),
        one(nature="convention"),
        one(nature="duree"),
        one(echeance=None),
    ]
    assert reminders(CALL, found, {}) == []


def test_the_longest_late_comes_first_and_the_rest_to_be_justified_is_told() -> None:
    late = one(
        numero="7",
        nature="consommation",
        libelle="Subvention consommée",
        montant=Decimal("1234.50"),
        echeance=date(2024, 1, 1),
    )
    letters = reminders(CALL, [one(), late], {})
    assert [letter.numero for letter in letters] == ["7", "1000"]
    assert "1\u202f234,50\u00a0€ restant à justifier" in letters[0].texte

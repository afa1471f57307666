"""A « démarche » read directly is imported as its export is: same dossiers, same mapping, same report."""

import json
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from clact_model import dossiers, intake
from clact_model.intake import Report, UploadedFile
from clact_model.platform_api import Client, access, last_complete, read_demarche
from clact_model.programme import Programme
from clact_model.reading import read as read_file
from clact_model.store import Base
from tests.cli.command import Command
from tests.platform_api.server import DEMARCHE, DOSSIERS, FIXTURES, TOKEN, Answer, Platform

NAME = "dossiers_clact-2026-hauts-de-france_2026-03-12_09-41"
EXPECTED = json.loads((FIXTURES / "expected.json").read_text(encoding="utf-8"))["dossiers"]
LATER = "2999-01-01T00:00:00+00:00"
HDF = ("--programme", "hauts_de_france_2022")
NOW = datetime(2026, 3, 12, 8, 41, tzinfo=UTC)


def read(base: Base, since: datetime | None = None, now: datetime = NOW) -> list[UploadedFile]:
    asking = Client(access.from_environment(), wait=lambda _: None)
    return read_demarche(asking, DEMARCHE, since, base.path, now, ZoneInfo("Europe/Paris"))


def take_in(base: Base, programme: Programme, files: list[UploadedFile]) -> Report:
    return intake.write(base, programme, intake.preview(base, programme, files), accept=True)


def held(base: Base, programme: Programme) -> dict[str, dict[str, Any]]:
    return {one["numero"]: dict(one) for one in dossiers.read(base.cursor(), programme)}


def test_every_dossier_lands_as_from_the_export_with_chosen_columns(
    platform: Platform, base: Base, programme: Programme, tmp_path: Path
) -> None:
    report = take_in(base, programme, read(base))
    assert (report.resultat, report.source) == ("accepte_avec_avertissement", "Export de Démarches simplifiées")
    assert (report.nouveaux, report.rejetes, report.whole) == (60, 0, True)
    other = Base(tmp_path / "export.duckdb")
    exported = take_in(other, programme, [UploadedFile.from_path(FIXTURES / f"{NAME}.modele.xlsx")])
    direct, export = held(base, programme), held(other, programme)
    assert direct.keys() == export.keys() == EXPECTED.keys()
    for numero, one in direct.items():
        # The workbook writes fractions of a second.
        assert one.pop("date_depot") == export[numero].pop("date_depot").replace(microsecond=0)
        assert one == export[numero]
    other.close()
    # What is said of the dossiers is the same too; what differs is said of columns and sheets.
    about = [Counter(a.message for a in found.anomalies if a.numero) for found in (report, exported)]
    assert about[0] == about[1]
    assert sum(about[0].values()) > 20


def test_amounts_and_identifiers_are_those_expected(platform: Platform, base: Base, programme: Programme) -> None:
    take_in(base, programme, read(base))
    found = held(base, programme)
    for numero, expected in EXPECTED.items():
        assert found[numero]["siret"] == expected["siret"]
        assert found[numero]["archive"] is expected["archive"]
        lines = found[numero]["actions"]
        assert len(lines) == expected["nb_actions"]
        for line, amount in zip(lines, expected["montants_actions"], strict=True):
            assert abs(line["montant_demande"] - Decimal(str(amount))) < 1


def test_the_answer_saved_by_someone_else_is_read_too_and_claims_nothing(base: Base, programme: Programme) -> None:
    report = take_in(base, programme, [UploadedFile.from_path(FIXTURES / "graphql_page_1.json")])
    assert (report.nouveaux, report.whole) == (60, False)


def test_the_file_is_kept_and_can_be_imported_again(platform: Platform, base: Base, programme: Programme) -> None:
    (file,) = read(base)
    take_in(base, programme, [file])
    kept = base.cursor().execute("SELECT contenu FROM fichier_importe WHERE sha256 = ?", [file.sha256]).fetchone()
    assert kept == (file.content,)
    again = intake.preview(base, programme, [file])
    assert (again.nouveaux, again.modifies, again.inchanges) == (0, 0, 60)


def test_a_change_of_the_platform_shows_field_by_field(platform: Platform, base: Base, programme: Programme) -> None:
    take_in(base, programme, read(base))
    number = DOSSIERS[0]["number"]
    platform.dossiers = [{**DOSSIERS[0], "state": "refuse", "dateDerniereModification": LATER}, *DOSSIERS[1:]]
    report = take_in(base, programme, read(base, since=NOW, now=NOW.replace(day=13)))
    assert (report.modifies, report.inchanges, report.disparus, report.whole) == (1, 0, 0, False)
    assert [(c.numero, c.champ, c.avant, c.apres) for c in report.changes] == [
        (str(number), "etat", "Accepté", "Refusé")
    ]


def test_a_reading_without_any_change_says_so(platform: Platform, base: Base, programme: Programme) -> None:
    take_in(base, programme, read(base))
    report = intake.preview(base, programme, read(base, since=NOW, now=NOW.replace(day=13)))
    assert any("Aucun dossier n'a changé" in a.message for a in report.anomalies)
    assert (report.disparus, report.rejetes) == (0, 0)


def test_a_dossier_deleted_on_the_platform_is_counted_as_gone_and_stays(
    platform: Platform, base: Base, programme: Programme
) -> None:
    take_in(base, programme, read(base))
    number = DOSSIERS[3]["number"]
    platform.deleted = [number, 1]
    report = take_in(base, programme, read(base, since=NOW, now=NOW.replace(day=13)))
    assert (report.disparus, report.resultat) == (1, "accepte_avec_avertissement")
    assert any(f"a supprimé des dossiers que la base contient ({number})" in a.message for a in report.anomalies)
    assert len(held(base, programme)) == 60


def test_a_dossier_absent_from_a_whole_reading_is_asked_about(
    platform: Platform, base: Base, programme: Programme
) -> None:
    take_in(base, programme, read(base))
    platform.dossiers = DOSSIERS[1:]
    report = intake.preview(base, programme, read(base, now=NOW.replace(day=13)))
    assert (report.resultat, report.disparus) == ("question", 1)


def test_a_dossier_without_a_line_gets_none_when_the_form_has_a_block(
    platform: Platform, base: Base, programme: Programme
) -> None:
    champs = [{**champ, "rows": []} if "rows" in champ else champ for champ in DOSSIERS[0]["champs"]]
    platform.dossiers = [{**DOSSIERS[0], "champs": champs}]
    report = take_in(base, programme, read(base))
    assert held(base, programme)[str(DOSSIERS[0]["number"])]["actions"] == []
    assert not any("ne contient pas le détail" in a.message for a in report.anomalies)


def test_two_questions_with_one_title_keep_two_columns(platform: Platform, base: Base) -> None:
    (file,) = read(base)
    main = read_file(file).sheets[0]
    assert list(main.rows[0]).count("Commentaires") == 2


def test_what_was_left_blank_stays_blank(platform: Platform, base: Base) -> None:
    (file,) = read(base)
    sheet = read_file(file).sheets[0]
    places = {title: place for place, title in enumerate(sheet.rows[0], start=1)}
    assert sheet.cell(2, places["Le DUERP est-il à jour ?"]) is None
    assert sheet.cell(2, places["Les instances (F3SCT, CSE) ont-elles rendu un avis ?"]) is False
    assert sheet.cell(2, places["Montant demandé (ancien champ)"]) is None
    assert sheet.cell(2, places["Nombre d’agents concernés"]) == 65


PERSON = {"__typename": "PersonnePhysique"}
HOSTILE: dict[str, Any] = {
    "no number": {"number": "12"},
    "a state that is none": {"state": {"datetime": "x"}},
    "a label that is none": {"champs": [{**DOSSIERS[0]["champs"][1], "label": None}]},
    "a value that is none": {"champs": [{**DOSSIERS[0]["champs"][1], "stringValue": ["x"]}]},
    "a number without end": {"champs": [{**DOSSIERS[0]["champs"][19], "value": "9" * 10_000}]},
    "no day": {"dateDepot": "hier"},
    "no champs": {"champs": None},
}


@pytest.mark.parametrize("fault", HOSTILE)
def test_an_answer_that_is_not_one_is_refused_in_one_sentence(fault: str, base: Base, programme: Programme) -> None:
    nodes = [{**DOSSIERS[0], **HOSTILE[fault]}]
    file = json.dumps({"data": {"demarche": {"number": 1, "dossiers": {"nodes": nodes}}}}).encode()
    report = intake.preview(base, programme, [UploadedFile("reponse.json", file)])
    assert report.resultat == "fichier_rejete"
    assert [a.message for a in report.anomalies if "réponse complète de la plateforme" in a.message]


@pytest.mark.parametrize("number", ["NaN", "1e999", "-Infinity"])
def test_a_number_that_is_none_is_refused(number: str, base: Base, programme: Programme) -> None:
    file = (
        (FIXTURES / "graphql_page_1.json")
        .read_text(encoding="utf-8")
        .replace('"value": 643.0', f'"value": {number}', 1)
    )
    report = intake.preview(base, programme, [UploadedFile("reponse.json", file.encode())])
    assert report.resultat == "fichier_rejete"


def test_a_person_applies_without_a_siret(platform: Platform, base: Base, programme: Programme) -> None:
    champs = [champ for champ in DOSSIERS[0]["champs"] if champ["__typename"] != "SiretChamp"]
    platform.dossiers = [{**DOSSIERS[0], "demandeur": PERSON, "champs": champs}]
    take_in(base, programme, read(base))
    assert held(base, programme)[str(DOSSIERS[0]["number"])]["siret"] is None


class TestLastComplete:
    """Until when the base knows the « démarche »."""

    @staticmethod
    def known(base: Base, programme: Programme) -> str | None:
        found = last_complete(base.cursor(), programme, DEMARCHE)
        return found and found.isoformat()

    def test_a_whole_reading_counts_and_what_follows_it_without_a_gap(
        self, platform: Platform, base: Base, programme: Programme
    ) -> None:
        assert self.known(base, programme) is None
        # Without a whole reading before it, one since a day leaves all that is older unread.
        take_in(base, programme, read(base, since=datetime(1999, 1, 1, tzinfo=UTC), now=NOW.replace(day=1)))
        assert self.known(base, programme) is None
        take_in(base, programme, read(base))
        assert self.known(base, programme) == "2026-03-12T09:41:00+01:00"
        take_in(base, programme, read(base, since=NOW, now=NOW.replace(day=13)))
        assert self.known(base, programme) == "2026-03-13T09:41:00+01:00"
        take_in(base, programme, read(base, since=NOW.replace(day=15), now=NOW.replace(day=16)))
        assert self.known(base, programme) == "2026-03-13T09:41:00+01:00"

    def test_an_import_that_was_undone_no_longer_counts(
        self, platform: Platform, base: Base, programme: Programme
    ) -> None:
        take_in(base, programme, read(base))
        intake.undo(base, programme, intake.last_import(base.cursor(), programme))
        assert self.known(base, programme) is None

    def test_one_part_of_several_does_not_count(
        self, platform: Platform, base: Base, programme: Programme, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("clact_model.platform_api.pages.PART_BYTES", 500_000)
        first, *others = read(base)
        take_in(base, programme, [first])
        assert self.known(base, programme) is None
        take_in(base, programme, [first, *others])
        assert self.known(base, programme) == "2026-03-12T09:41:00+01:00"
        assert len(held(base, programme)) == 60

    def test_a_name_that_speaks_of_the_future_does_not_count(
        self, platform: Platform, base: Base, programme: Programme
    ) -> None:
        take_in(base, programme, read(base, now=datetime(2999, 1, 1, tzinfo=UTC)))
        assert self.known(base, programme) is None


@pytest.fixture
def clact(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(tmp_path / "essai.duckdb", capsys, monkeypatch)


class TestCommandLine:
    """``importer --demarche N``."""

    def test_the_second_time_only_what_changed_is_asked_unless_all_is(self, platform: Platform, clact: Command) -> None:
        platform.page = 100
        first = clact("importer", "--demarche", DEMARCHE, *HDF)
        assert (first.status, first.document["nouveaux"]) == (0, 60)
        second = clact("importer", "--demarche", DEMARCHE, *HDF)
        assert (second.status, second.document["inchanges"], second.document["disparus"]) == (0, 0, 0)
        third = clact("importer", "--demarche", DEMARCHE, "--tout", "--simulation", *HDF)
        assert third.document["inchanges"] == 60
        clact("importer", "--demarche", DEMARCHE, "--depuis", "2026-02-03", "--simulation", *HDF)
        asked = [one["since"] for one in platform.asked]
        assert (asked[0], asked[2], asked[3]) == (None, None, "2026-02-02T23:00:00+01:00")
        assert asked[1] is not None

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            ((), "Rien à importer"),
            (("--tout",), "--demarche"),
            (("fichier.xlsx", "--demarche", "1"), "retirez les fichiers"),
            (("--demarche", "1", "--tout", "--depuis", "2026-01-01"), "retirez --depuis"),
            (("--demarche", "1", "--depuis", "hier"), "AAAA-MM-JJ"),
            (
                (
                    "--demarche",
                    "-1",
                ),
                "nombre positif",
            ),
        ],
    )
    def test_a_wrong_request_is_refused_before_anything_is_asked_or_made(
        self, platform: Platform, clact: Command, arguments: tuple[str, ...], words: str
    ) -> None:
        answer = clact("importer", *arguments, *HDF)
        assert (answer.status, answer.document, platform.asked) == (2, None, [])
        assert words in answer.errors
        assert not clact.base.exists()

    def test_without_a_token_the_remedy_is_said(
        self, platform: Platform, clact: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("CLACT_JETON_DS")
        answer = clact("importer", "--demarche", DEMARCHE, *HDF)
        assert (answer.status, platform.asked) == (2, [])
        assert "CLACT_JETON_DS" in answer.errors

    def test_a_platform_that_refuses_leaves_the_base_as_it_was_and_the_token_nowhere(
        self, platform: Platform, clact: Command
    ) -> None:
        platform.page = 100
        clact("importer", "--demarche", DEMARCHE, *HDF)
        platform.troubles[2] = Answer(401, TOKEN.encode())
        answer = clact("importer", "--demarche", DEMARCHE, *HDF)
        assert (answer.status, answer.document) == (1, None)
        assert answer.errors.count("\n") == 1
        assert TOKEN not in answer.errors
        with duckdb.connect(str(clact.base), read_only=True) as opened:
            assert opened.execute("SELECT count(*) FROM importation").fetchone() == (1,)
            assert TOKEN not in str(opened.execute("FROM journal").fetchall())
        assert TOKEN.encode() not in clact.base.read_bytes()

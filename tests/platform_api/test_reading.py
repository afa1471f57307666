"""The platform read page by page: what comes, what is asked, and what is said when it fails."""

import json
import logging
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from clact_model.errors import ClactError, UsageError
from clact_model.platform_api import Client, PlatformError, access, client, read_demarche
from clact_model.reading import UploadedFile
from tests.platform_api.server import DEMARCHE, TOKEN, Answer, Platform, as_json

NOW = datetime(2026, 3, 12, 8, 41, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")


class Reading:
    """Reads the platform beside one base; remembers how long it was asked to wait."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.waits = folder, list[float]()

    def __call__(self, since: datetime | None = None, now: datetime = NOW, silence: float = 30) -> list[UploadedFile]:
        asking = Client(access.from_environment(), wait=self.waits.append, silence=silence)
        return read_demarche(asking, DEMARCHE, since, self.folder / "base.duckdb", now, PARIS)

    @property
    def left(self) -> list[str]:
        return [path.name for path in self.folder.iterdir()]


@pytest.fixture
def read(tmp_path: Path) -> Reading:
    return Reading(tmp_path)


def numbers(files: list[UploadedFile]) -> list[int]:
    return [node["number"] for file in files for node in answer(file)["dossiers"]["nodes"]]


def answer(file: UploadedFile) -> dict[str, Any]:
    return json.loads(file.content)["data"]["demarche"]  # type: ignore[no-any-return]


def said(read: Reading, **options: Any) -> str:
    with pytest.raises(ClactError) as refused:
        read(**options)
    assert TOKEN not in str(refused.value)
    return str(refused.value)


def test_every_page_is_asked_once_and_makes_one_file(platform: Platform, read: Reading) -> None:
    (file,) = read()
    assert numbers([file]) == [dossier["number"] for dossier in platform.dossiers]
    assert [asked["afterDossiers"] for asked in platform.asked] == [None, "25", "50"]
    # The other lists ended with the first page.
    assert [asked["withDeleted"] for asked in platform.asked] == [True, False, False]
    assert (file.name, platform.tokens) == (f"demarche_{DEMARCHE}_2026-03-12_09-41.json", {f"Bearer {TOKEN}"})
    assert read.left == []


def test_what_changed_since_a_day_is_asked_with_an_hour_more(platform: Platform, read: Reading) -> None:
    (file,) = read(since=datetime(2026, 3, 1, 8, 0, tzinfo=UTC))
    assert platform.asked[0]["since"] == "2026-03-01T07:00:00+00:00"
    assert file.name == f"demarche_{DEMARCHE}_2026-03-12_09-41_depuis_2026-03-01_09-00.json"
    assert numbers([file]) == []


def test_a_page_refused_for_haste_or_by_a_fault_is_asked_again_after_the_time_it_says(
    platform: Platform, read: Reading
) -> None:
    platform.troubles = {1: Answer(429, headers={"Retry-After": "7"}), 3: Answer(503), 4: Answer(503)}
    assert len(numbers(read())) == 60
    assert [wait for wait in read.waits if wait >= 1] == [7, 1, 2]


def test_questions_are_spaced(platform: Platform, read: Reading) -> None:
    read()
    assert len(read.waits) == 2
    assert all(0 < wait <= client.PAUSE_SECONDS for wait in read.waits)


def test_a_wait_that_the_platform_asks_for_is_bounded_and_so_are_the_attempts(
    platform: Platform, read: Reading
) -> None:
    platform.troubles = dict.fromkeys(range(1, 50), Answer(429, headers={"Retry-After": "86400"}))
    assert "trop de demandes" in said(read)
    assert len(platform.asked) == client.ATTEMPTS
    assert max(read.waits) == client.LONGEST_WAIT


def test_a_reading_that_was_cut_goes_on_where_it_stopped(platform: Platform, read: Reading) -> None:
    platform.troubles = dict.fromkeys(range(2, 8), Answer(200, b'{"data": {"dem', cut=True))
    assert "reprendra où elle s'est arrêtée" in said(read)
    assert len(read.left) == 1
    (file,) = read(now=NOW.replace(hour=9))
    assert [asked["afterDossiers"] for asked in platform.asked] == [None, *["25"] * 7, "50"]
    assert len(set(numbers([file]))) == 60
    # What changed since the first page is for the next reading: it is from there that this one counts.
    assert file.name == f"demarche_{DEMARCHE}_2026-03-12_09-41.json"
    assert read.left == []


def test_a_page_half_kept_is_asked_for_again(platform: Platform, read: Reading) -> None:
    platform.troubles = {3: Answer(400)}
    said(read)
    (kept,) = read.folder.iterdir()
    kept.write_bytes(kept.read_bytes()[:-20])
    platform.troubles = {}
    assert len(numbers(read())) == 60
    assert [asked["afterDossiers"] for asked in platform.asked][3:] == ["25", "50"]


@pytest.mark.parametrize("other", [{"now": NOW.replace(day=14)}, {"since": datetime(1999, 1, 1, tzinfo=UTC)}])
def test_pages_too_old_or_of_another_question_are_not_taken(
    platform: Platform, read: Reading, other: dict[str, Any]
) -> None:
    platform.troubles = {2: Answer(400)}
    said(read)
    assert len(numbers(read(**other))) == 60
    assert [asked["afterDossiers"] for asked in platform.asked][2] is None


def test_only_the_owner_of_the_base_reads_the_pages_kept(platform: Platform, read: Reading) -> None:
    platform.troubles = {2: Answer(400)}
    said(read)
    (kept,) = read.folder.iterdir()
    assert kept.stat().st_mode & 0o077 == 0


def test_a_dossier_that_comes_twice_counts_as_it_was_last(platform: Platform, read: Reading) -> None:
    platform.dossiers.append({**platform.dossiers[0], "state": "refuse"})
    (file,) = read()
    assert len(numbers([file])) == 60
    assert answer(file)["dossiers"]["nodes"][0]["state"] == "refuse"


FAULTS = {
    "token refused": (Answer(401), "refuse le jeton"),
    "no right": (Answer(403), "refuse le jeton"),
    "no such address": (Answer(404), "CLACT_DS_URL"),
    "sent elsewhere": (Answer(302, headers={"Location": "https://ailleurs.example/graphql"}), "renvoie ailleurs"),
    "a page of the network": (Answer(200, b"<html>Authentification</html>"), "filtre du réseau"),
    "a list": (Answer(200, b"[]"), "filtre du réseau"),
    "deep": (Answer(200, b"[" * 200_000), "filtre du réseau"),
    "empty": (Answer(200, b""), "filtre du réseau"),
    "unknown": (
        as_json({"errors": [{"message": "Demarche not found", "extensions": {"code": "not_found"}}]}),
        "connaît pas",
    ),
    "null": (as_json({"data": {"demarche": None}}), "connaît pas"),
    "hidden": (as_json({"errors": [{"message": "hidden", "extensions": {"code": "unauthorized"}}]}), "n'ouvre pas"),
    "another schema": (as_json({"errors": [{"message": f"Field {TOKEN} doesn't exist"}]}), "Field … doesn't exist"),
    "odd errors": (as_json({"errors": {"message": "x"}}), "filtre du réseau"),
    "hole": (as_json({"data": {"demarche": {"title": "x"}}}), "forme inattendue"),
    "no numbers": (
        as_json({"data": {"demarche": {"title": "x", "dossiers": {"nodes": [None], "pageInfo": {}}}}}),
        "forme inattendue",
    ),
    "huge": (Answer(200, b" " * (client.FILE_BYTES + 1)), "20 Mo"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_one_sentence_with_its_remedy_and_is_not_insisted_upon(
    fault: str, platform: Platform, read: Reading
) -> None:
    platform.troubles[1], words = FAULTS[fault]
    sentence = said(read)
    assert words in sentence
    assert "\n" not in sentence
    assert len(platform.asked) == 1


def test_a_list_that_never_advances_is_left(platform: Platform, read: Reading) -> None:
    platform.page = 0
    assert "sans fin" in said(read)


def test_a_platform_that_says_nothing_is_left_after_a_while(
    platform: Platform, read: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "ATTEMPTS", 2)
    talk = threading.Event()
    platform.troubles = dict.fromkeys((1, 2), Answer(silent=talk))
    try:
        assert "n'a rien dit à temps" in said(read, silence=0.05)
    finally:
        talk.set()


def test_a_network_that_is_down_is_said(read: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLACT_DS_URL", "http://127.0.0.1:9/api/v2/graphql")
    monkeypatch.setenv("CLACT_JETON_DS", TOKEN)
    assert "vérifiez le réseau" in said(read)


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("CLACT_JETON_DS", " ", "manque"),
        ("CLACT_JETON_DS", f"{TOKEN}\nX-Autre: 1", "sauts de ligne"),
        ("CLACT_DS_URL", "http://exemple.fr/graphql", "https"),
        ("CLACT_DS_URL", "file:///etc/passwd", "https"),
        ("CLACT_DS_URL", "https://moi:secret@exemple.fr/", "https"),
        ("CLACT_DS_URL", "https://[", "https"),
    ],
)
def test_a_token_or_an_address_that_is_not_safe_is_refused(
    platform: Platform, variable: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(UsageError) as refused:
        access.from_environment()
    assert words in str(refused.value)
    assert TOKEN not in str(refused.value)
    assert platform.asked == []


def test_the_token_is_written_nowhere(
    platform: Platform, read: Reading, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    platform.troubles = {2: Answer(400)}
    said(read)
    (kept,) = read.folder.iterdir()
    assert TOKEN not in kept.read_text(encoding="utf-8")
    (file,) = read()
    out, errors = capfd.readouterr()
    assert TOKEN not in caplog.text + out + errors + repr(access.from_environment()) + file.content.decode()


def test_a_demarche_too_large_for_one_file_makes_several(
    platform: Platform, read: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clact_model.platform_api.pages.PART_BYTES", 500_000)
    files = read()
    assert len(files) > 1
    assert len(numbers(files)) == 60
    assert files[0].name.endswith(f"_partie_1_sur_{len(files)}.json")


def test_an_error_of_a_part_is_an_error_of_the_whole(platform: Platform, read: Reading) -> None:
    whole = json.loads(platform.answer({"demarche": DEMARCHE, "since": None, "withForm": True, **_lists()}).body)
    platform.troubles[2] = as_json({**whole, "errors": [{"message": "champ illisible"}]})
    with pytest.raises(PlatformError, match="champ illisible"):
        read()


def _lists() -> dict[str, object]:
    names = ("Dossiers", "Deleted", "Pending")
    return {f"with{name}": True for name in names} | {f"after{name}": None for name in names}

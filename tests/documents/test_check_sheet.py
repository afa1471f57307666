"""The check sheet: one page that says what was judged and why, and in which nothing runs."""

import re
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from clact_model import dossiers, eligibility, paths
from clact_model.documents import references
from clact_model.documents.check_sheet import check_sheet, file_name
from clact_model.eligibility import JudgedDossier
from clact_model.errors import UsageError
from clact_model.instruction import assignment, remarks, requests
from clact_model.instruction.requests import Wanted
from clact_model.store import Base
from tests.facts import put
from tests.navigateur.conftest import ARGUMENTS
from tests.pages.walk import DAY, filled_copy, programme

PROGRAMME = programme()
QUAND = datetime(2025, 5, 15, 10, 30, tzinfo=PROGRAMME.file.zone)
MALICE = "<script>alert(1)</script><img src='http://mal.example/x' onerror=alert(2)> {{ 7 * 7 }} \x07&amp;"


class Reader(HTMLParser):
    """What a browser makes of a page: its elements, and the words a person reads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)
        self.words = " ".join(self.words.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += f" {data}"


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Base]:
    monkeypatch.setenv("CLACT_UTILISATEUR", "Camille Essai")
    opened = Base(filled_copy(tmp_path))
    yield opened
    opened.close()


def _read(base: Base, numero: str) -> Reader:
    return Reader(check_sheet(base.cursor(), PROGRAMME, DAY, numero, QUAND))


def _judged(base: Base) -> list[JudgedDossier]:
    return eligibility.judged(eligibility.judge(base.cursor(), PROGRAMME, DAY), satisfied_too=True)


def test_it_says_each_rule_its_answer_and_where_it_is_written(base: Base) -> None:
    dossier = next(d for d in _judged(base) if any(a.resultat == "non" for a in d.answers))
    said = _read(base, dossier.numero).words
    for answer in dossier.answers:
        assert answer.rule.libelle in said
        if answer.resultat == "non":
            assert answer.message in said
    assert re.search(r"A l\.\s\d+", said)
    assert f"A = {PROGRAMME.file.source[0].titre}" in said


def test_it_names_version_data_day_author_and_the_moment_it_was_printed(base: Base) -> None:
    said = _read(base, "NOR25-0102").words
    for fact in (PROGRAMME.version, "jugées au 15/05/2025", "imprimé le 15/05/2025 à 10:30 par Camille Essai"):
        assert fact in said
    assert re.search(r"données importées le \d\d/\d\d/\d{4}", said)


def test_it_tells_what_instructors_keep(base: Base) -> None:
    numero = "NOR25-0102"
    assignment.assign(base, PROGRAMME, [numero], "Dominique Lefèvre")
    remarks.write(base, PROGRAMME, numero, "Deux services")
    remarks.correct(base, PROGRAMME, remarks.of_dossier(base.cursor(), PROGRAMME, numero)[0].id, "Trois services")
    requests.ask(base, PROGRAMME, DAY, numero, [Wanted("Lettre du cofinanceur", DAY)])
    eligibility.override(base, PROGRAMME, DAY, numero, "sursis", "Décision du comité")
    said = _read(base, numero).words
    for fact in (
        "Dominique Lefèvre",
        "Trois services",
        "Lettre du cofinanceur, pour le 15/05/2025",
        "Décision du comité",
    ):
        assert fact in said
    assert "Deux services" not in said
    assert "À vérifier → En sursis" in said


def test_no_text_of_a_dossier_becomes_a_part_of_the_page(tmp_path: Path) -> None:
    base = Base(tmp_path / "malice.duckdb")
    numero = put(base, PROGRAMME, {"numero": MALICE, "raison_sociale": MALICE}, [{"intitule": MALICE}])
    plain = put(base, PROGRAMME, {"numero": "2", "raison_sociale": "x"}, [{"intitule": "x"}])
    remarks.write(base, PROGRAMME, numero, MALICE)
    remarks.write(base, PROGRAMME, plain, "x")
    page, innocent = _read(base, numero), _read(base, plain)
    base.close()
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in innocent.tags]
    assert page.words.count("<script>alert(1)</script>") >= 4
    assert "{{ 7 * 7 }}" in page.words and "\x07" not in page.words


def test_it_asks_for_nothing_and_runs_nothing(base: Base) -> None:
    page = _read(base, "NOR25-0102")
    assert not {"script", "link", "img", "iframe", "form", "a"} & {tag for tag, _ in page.tags}
    policy = next(attrs["content"] for tag, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"
    assert not [name for _, attrs in page.tags for name in attrs if name in ("src", "href") or name.startswith("on")]


def test_the_same_dossier_at_the_same_moment_gives_the_same_sheet(base: Base) -> None:
    first, again = (check_sheet(base.cursor(), PROGRAMME, DAY, "NOR25-0102", QUAND) for _ in range(2))
    assert first == again


def test_an_unknown_dossier_is_refused(base: Base) -> None:
    with pytest.raises(UsageError, match="pas dans la base"):
        check_sheet(base.cursor(), PROGRAMME, DAY, "9999")


def test_the_name_of_the_file_holds_nothing_that_a_number_could_slip_in() -> None:
    assert file_name(PROGRAMME, "../A é\n1") == f"fiche_{PROGRAMME.id}____A___1.html"


def test_every_quote_of_every_rule_has_its_line() -> None:
    found = references.References.of(PROGRAMME)
    for rule in PROGRAMME.file.regle:
        assert re.fullmatch(r"A l\.\xa0\d+( et \d+)*", found.written(rule.citation)), rule.id


def test_a_line_is_found_however_the_text_is_broken() -> None:
    assert references.line_of("un\ndeux trois\nquatre\u00a0cinq", "trois quatre cinq") == 2
    assert references.line_of("un (deux)", "deux)") == 1
    assert references.line_of("un", "deux") is None


def test_a_text_that_is_not_there_keeps_its_letter(tmp_path: Path) -> None:
    rule = PROGRAMME.file.regle[0]
    assert references.References.of(PROGRAMME, tmp_path).written(rule.citation) == "A"
    assert references.References.of(PROGRAMME, paths.SOURCES).written(rule.citation) != "A"


@pytest.mark.navigateur
def test_every_dossier_of_the_demonstration_fits_one_page(base: Base, chromium: str, tmp_path: Path) -> None:
    numbers = dossiers.numbers(base.cursor(), PROGRAMME)
    widest = sorted(_judged(base), key=lambda d: (-len(d.actions), -sum(a.resultat != "oui" for a in d.answers)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for numero in [dossier.numero for dossier in widest[:3]] + numbers[:1]:
            assert _pages(browser, check_sheet(base.cursor(), PROGRAMME, DAY, numero), tmp_path) == 1, numero
        browser.close()


def _pages(browser: Browser, sheet: str, folder: Path) -> int:
    path = folder / "fiche.html"
    path.write_text(sheet, encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    return len(re.findall(rb"/Type\s*/Page\b", printed))

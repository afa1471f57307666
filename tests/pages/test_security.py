"""The headers of every answer, asked of the real server."""

import http.client
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app import MENU
from pages.components import security, shell
from tests.conftest import Server

PATHS = [
    "/",
    "/une/page/qui/n/existe/pas",
    "/static/js/absent.js",
    "/media/absent.csv",
    "/_stcore/health",
    "/_stcore/host-config",
    "/..%2f..%2fetc/passwd",
]


def _ask(server: Server, path: str, host: str | None = None, method: str = "GET") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
    connection.request(method, path, headers={"Host": host} if host else {})
    return connection.getresponse()


@pytest.mark.parametrize("path", PATHS)
def test_the_policy_goes_with_every_answer(path: str, empty_site: Server) -> None:
    answer = _ask(empty_site, path)
    assert answer.getheader("Content-Security-Policy") == security.content_security_policy()
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert answer.getheader("Referrer-Policy") == "no-referrer"


def test_another_host_name_is_refused_with_the_policy(empty_site: Server) -> None:
    answer = _ask(empty_site, "/", host="attaquant.example")
    assert answer.status == 400
    assert answer.getheader("Content-Security-Policy")


def test_an_upload_without_its_token_is_refused(empty_site: Server) -> None:
    answer = _ask(empty_site, "/_stcore/upload_file/session/fichier", method="PUT")
    assert answer.status in (400, 403)
    assert answer.getheader("Content-Security-Policy")


def test_the_policy_names_no_host_and_no_eval() -> None:
    policy = security.content_security_policy()
    assert policy.startswith("default-src 'self';")
    assert "frame-ancestors 'none'" in policy
    assert not [word for word in ("http", "ws:", "*", "unsafe-eval", "blob:") if word in policy]
    script_part = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in script_part


def test_the_scripts_inside_the_page_are_allowed_by_their_hash() -> None:
    assert len(security.inline_script_hashes(shell.html())) == 2


HOME, *OTHERS = (f"/{Path(file).stem}" for entries in MENU.values() for file in entries)


@pytest.mark.parametrize("path", ["/", *OTHERS])
def test_every_page_says_that_it_is_in_french(path: str, empty_site: Server) -> None:
    answer = _ask(empty_site, path)
    assert answer.status == 200
    assert '<html lang="fr">' in answer.read().decode()


def test_the_first_page_by_its_name_leads_to_where_it_is(empty_site: Server) -> None:
    answer = _ask(empty_site, f"{HOME}?appel=normandie_2025&jour=2025-05-15")
    assert (answer.status, answer.getheader("Location")) == (307, "/?appel=normandie_2025&jour=2025-05-15")


@pytest.mark.parametrize("path", ["/enveloppes", "/sc%C3%A9narios"])
def test_an_address_that_is_no_page_says_so_in_french(path: str, empty_site: Server) -> None:
    answer = _ask(empty_site, path)
    said = answer.read().decode()
    assert answer.status == 404
    assert "Cette page n'existe pas" in said
    assert 'href="/"' in said

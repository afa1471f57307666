"""A local server that answers as the platform does, from the fixture: pages, filters by date, and its bad days."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parents[1] / "fixtures"
DEMARCHE, TOKEN = 99123, "jeton-tres-secret-0123456789"
FIXTURE: dict[str, Any] = json.loads((FIXTURES / "graphql_page_1.json").read_text(encoding="utf-8"))["data"]["demarche"]
LONG_AGO = "2000-01-01T00:00:00+00:00"
DOSSIERS: list[dict[str, Any]] = [{**one, "dateDerniereModification": LONG_AGO} for one in FIXTURE["dossiers"]["nodes"]]


def _form_of(dossier: dict[str, Any]) -> dict[str, Any]:
    """The questions in force, as the platform describes them."""

    def asked(champ: dict[str, Any], children: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
        key = champ["champDescriptorId"]
        question = {"__typename": f"{champ['__typename']}Descriptor", "id": key, "label": champ["label"]}
        return question | ({"champDescriptors": children[key]} if key in children else {})

    children = {
        champ["champDescriptorId"]: [asked(child, {}) for child in line["champs"]]
        for one in DOSSIERS
        for champ in one["champs"]
        for line in champ.get("rows", ())
    }
    return {
        "champDescriptors": [asked(champ, children) for champ in dossier["champs"]],
        "annotationDescriptors": [asked(champ, {}) for champ in dossier["annotations"]],
    }


@dataclass
class Answer:
    """What is answered in the place of a page."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    """Announce more than is sent."""
    silent: threading.Event | None = None
    """Say nothing until then."""


@dataclass
class Platform:
    """The platform: its dossiers, what it does next, and what it was asked."""

    dossiers: list[dict[str, Any]] = field(default_factory=lambda: list(DOSSIERS))
    deleted: list[int] = field(default_factory=list)
    form: dict[str, Any] | None = field(default_factory=lambda: _form_of(DOSSIERS[0]))
    page: int = 25
    troubles: dict[int, Answer] = field(default_factory=dict)
    """Rank of a question, from 1 → what is answered to it in the place of a page."""
    asked: list[dict[str, Any]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    address: str = ""

    def answer(self, variables: Mapping[str, Any]) -> Answer:
        self.asked.append(dict(variables))
        if trouble := self.troubles.get(len(self.asked)):
            return trouble
        if variables["demarche"] != DEMARCHE:
            return as_json({"errors": [{"message": "Demarche not found", "extensions": {"code": "not_found"}}]})
        shown: dict[str, Any] = {"number": DEMARCHE, "title": FIXTURE["title"]}
        if variables["withForm"]:
            shown["activeRevision"] = self.form
        since = variables["since"] or ""
        changed = [one for one in self.dossiers if one["dateDerniereModification"] >= since]
        lists = {
            "dossiers": ("Dossiers", changed),
            "deletedDossiers": ("Deleted", [{"number": number} for number in self.deleted]),
            "pendingDeletedDossiers": ("Pending", []),
        }
        for name, (variable, nodes) in lists.items():
            if variables[f"with{variable}"]:
                start = int(variables[f"after{variable}"] or 0)
                end = start + self.page
                info = {"hasNextPage": end < len(nodes), "endCursor": str(end)}
                shown[name] = {"pageInfo": info, "nodes": nodes[start:end]}
        return as_json({"data": {"demarche": shown}})


def as_json(answer: object) -> Answer:
    return Answer(200, json.dumps(answer).encode(), {"Content-Type": "application/json"})


@contextmanager
def running(platform: Platform) -> Iterator[Platform]:
    """The platform, listening on this computer."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            platform.tokens.add(self.headers["Authorization"])
            answer = platform.answer(question["variables"])
            if answer.silent:
                answer.silent.wait()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body) + (1000 if answer.cut else 0)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    platform.address = f"http://127.0.0.1:{server.server_port}/api/v2/graphql"
    try:
        yield platform
    finally:
        server.shutdown()
        server.server_close()

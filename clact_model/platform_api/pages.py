"""The pages of a « démarche », asked for one after another, → the files to import."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from clact_model.platform_api.client import Client, PlatformError
from clact_model.platform_api.moments import file_name
from clact_model.platform_api.resuming import KeptPages
from clact_model.reading import UploadedFile

DOSSIERS = "dossiers"
LISTS = {DOSSIERS: "Dossiers", "deletedDossiers": "Deleted", "pendingDeletedDossiers": "Pending"}
"""The lists of the answer → what their variables are named after."""
PART_BYTES = 8 * 1024 * 1024
"""Of dossiers in one file: under what is read of a file, with the memory that JSON takes."""
OVERLAP = timedelta(hours=1)
"""Asked for again before the last reading: clocks differ, and one hour of the year comes twice."""


def read_demarche(
    client: Client, demarche: int, since: datetime | None, base: Path, now: datetime, zone: ZoneInfo
) -> list[UploadedFile]:
    """Every dossier of the « démarche », or those changed since a moment, as files ready for :func:`intake.preview`.

    ``base``: the base beside which pages are kept until the last one is read. Raises PlatformError.
    """
    asked_since = (since - OVERLAP).isoformat() if since else None
    asked = {"demarche": demarche, "depuis": asked_since, "adresse": client.address}
    kept = KeptPages(base.with_name(f"{base.name}.demarche_{demarche}.lecture"), asked, now)
    reading = _Reading()
    try:
        for page in kept.pages:
            reading.take(page)
        while reading.unfinished:
            page = client.ask({"demarche": demarche, "since": asked_since, **reading.variables()})
            reading.take(page)
            kept.add(page)
        files = _files(reading, demarche, since and since.astimezone(zone), kept.started.astimezone(zone))
    except (KeyError, TypeError, AttributeError) as error:
        kept.forget()
        raise PlatformError(
            "La plateforme a répondu sous une forme inattendue : mettez l'outil à jour, ou importez un export .xlsx."
        ) from error
    kept.forget()
    return files


class _Reading:
    """The lists being read: what they hold so far, and where each stands."""

    def __init__(self) -> None:
        self.unfinished: dict[str, str | None] = dict.fromkeys(LISTS)
        """List → where its next page begins."""
        self.nodes: dict[str, dict[int, Mapping[str, Any]]] = {name: {} for name in LISTS}
        """List → number → dossier: one that changes while pages are read may come twice, the last counts."""
        self.form: Mapping[str, Any] | None = None
        self.title = ""
        self._begun = False

    def variables(self) -> dict[str, object]:
        """What to ask next: a page of each list that has more."""
        asked: dict[str, object] = {"withForm": not self._begun}
        for name, variable in LISTS.items():
            asked[f"with{variable}"] = name in self.unfinished
            asked[f"after{variable}"] = self.unfinished.get(name)
        return asked

    def take(self, page: Mapping[str, Any]) -> None:
        """Add one page. Raises PlatformError when a list does not advance, KeyError for what is no page."""
        if not self._begun:
            self.form, self.title, self._begun = page.get("activeRevision"), page["title"], True
        for name, after in list(self.unfinished.items()):
            shown, begin = page[name]["nodes"], page[name]["pageInfo"]
            for node in shown:
                self.nodes[name][node["number"]] = node
            if not begin["hasNextPage"]:
                del self.unfinished[name]
            elif begin["endCursor"] in (None, after):
                raise PlatformError("La plateforme redonne sans fin la même page : relancez la lecture plus tard.")
            else:
                self.unfinished[name] = begin["endCursor"]


def _files(reading: _Reading, demarche: int, since: datetime | None, read_at: datetime) -> list[UploadedFile]:
    parts = _parts(list(reading.nodes[DOSSIERS].values()))
    return [
        UploadedFile(
            file_name(demarche, read_at, since, place, len(parts)),
            _content(reading, demarche, since, read_at, part),
        )
        for place, part in enumerate(parts, start=1)
    ]


def _parts(dossiers: list[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """The dossiers in as many parts as their size asks for; one, empty, when there is none."""
    parts: list[list[Mapping[str, Any]]] = [[]]
    size = 0
    for dossier in dossiers:
        own = len(json.dumps(dossier, ensure_ascii=False).encode())
        if parts[-1] and size + own > PART_BYTES:
            parts.append([])
            size = 0
        parts[-1].append(dossier)
        size += own
    return parts


def _content(
    reading: _Reading, demarche: int, since: datetime | None, read_at: datetime, part: list[Mapping[str, Any]]
) -> bytes:
    """The bytes of a file, as an answer of the platform, with what was asked of it."""
    lists = {name: {"nodes": list(nodes.values())} for name, nodes in reading.nodes.items()} | {
        DOSSIERS: {"nodes": part}
    }
    answer = {"demarche": {"number": demarche, "title": reading.title, "activeRevision": reading.form, **lists}}
    asked = {"depuis": since and since.isoformat(), "lu_le": read_at.isoformat()}
    return json.dumps({"lecture": asked, "data": answer}, ensure_ascii=False, indent=None).encode()

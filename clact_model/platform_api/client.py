"""One question to the platform's GraphQL service and its answer: politely, under limits, in French when it fails."""

import contextlib
import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from email.message import Message
from pathlib import Path
from typing import IO, Any, NoReturn

from clact_model.errors import ClactError
from clact_model.platform_api.access import TOKEN, Access
from clact_model.reading.limits import FILE_BYTES

QUERY = Path(__file__).with_name("query.graphql")
ATTEMPTS = 6
SILENCE_SECONDS = 30.0
"""How long the service may say nothing."""
PAGE_SECONDS = 120.0
PAUSE_SECONDS = 0.25
"""Between two questions: well under the 400 a minute that the platform allows."""
LONGEST_WAIT = 60.0
_BLOCK = 1 << 16
Wait = Callable[[float], None]


class PlatformError(ClactError):
    """The platform could not be read: one French sentence with the remedy."""


class _Later(Exception):  # noqa: N818 not an error: the same question is asked again
    """The service asks to wait, or the line was cut."""

    def __init__(self, why: str, seconds: float | None = None) -> None:
        super().__init__(why)
        self.seconds = seconds


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The token goes to the address that was given, and nowhere else."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        return None


class Client:
    """Asks the service of one :class:`Access`. ``wait``: how to wait; ``silence``: seconds without a word before it is asked again."""

    def __init__(self, access: Access, wait: Wait = time.sleep, silence: float = SILENCE_SECONDS) -> None:
        self.address, self._silence = access.address, silence
        self._access, self._wait, self._asked_at = access, wait, -PAUSE_SECONDS
        around = [urllib.request.ProxyHandler({})] if access.local else []
        self._opener = urllib.request.build_opener(_NoRedirect, *around)
        self._query = QUERY.read_text(encoding="utf-8")

    def ask(self, variables: Mapping[str, object]) -> dict[str, Any]:
        """What the service says of the « démarche ». Raises PlatformError."""
        question = json.dumps({"query": self._query, "variables": variables}).encode()
        return self._demarche(self._insisting(question), variables["demarche"])

    def _insisting(self, question: bytes) -> bytes:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._once(question)
            except _Later as later:
                if attempt == ATTEMPTS:
                    raise PlatformError(
                        f"La plateforme ne répond pas ({later}) : vérifiez le réseau, puis relancez la lecture ; elle reprendra où "
                        "elle s'est arrêtée."
                    ) from later
                self._wait(min(LONGEST_WAIT, 2.0 ** (attempt - 1) if later.seconds is None else later.seconds))
        raise AssertionError("unreachable")

    def _once(self, question: bytes) -> bytes:
        """The body of one answer. Raises _Later, PlatformError."""
        self._pace()
        headers = {
            "Authorization": f"Bearer {self._access.token}",
            "Content-Type": "application/json",
            "Accept": "application/json",
        }
        request = urllib.request.Request(self.address, question, headers, method="POST")
        try:
            with self._opener.open(request, timeout=self._silence) as response:
                return _body(response)
        except urllib.error.HTTPError as refusal:
            with refusal:
                _refused(refusal)
        except urllib.error.URLError as error:
            raise _Later(_reason(error.reason)) from error
        except (http.client.HTTPException, OSError) as error:
            raise _Later(_reason(error)) from error

    def _pace(self) -> None:
        since = time.monotonic() - self._asked_at
        if since < PAUSE_SECONDS:
            self._wait(PAUSE_SECONDS - since)
        self._asked_at = time.monotonic()

    def _demarche(self, body: bytes, number: object) -> dict[str, Any]:
        try:
            answer = json.loads(body)
            errors, data = answer.get("errors"), answer.get("data") or {}
            found = data.get("demarche")
            # An error beside data is one of a part of it: nothing is taken of an answer with a hole.
            if errors:
                self._complain(errors[0], number)
            if found is not None and not isinstance(found, dict):
                raise TypeError("demarche")
        except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError) as error:
            raise PlatformError(
                "L'adresse de la plateforme n'a pas répondu comme son service de lecture : vérifiez la variable CLACT_DS_URL, "
                "ou qu'aucun filtre du réseau ne répond à sa place."
            ) from error
        if found is None:
            raise _unknown(number)
        return dict(found)

    def _complain(self, error: Mapping[str, Any], number: object) -> NoReturn:
        code = (error.get("extensions") or {}).get("code")
        if code == "not_found":
            raise _unknown(number)
        if code in ("unauthorized", "forbidden"):
            raise PlatformError(
                f"Le jeton n'ouvre pas la démarche {number} : demandez un jeton à une personne qui l'administre, posez-le dans {TOKEN}."
            )
        said = str(error.get("message", ""))[:200].replace(self._access.token, "…")
        raise PlatformError(
            f"La plateforme a refusé la question : « {said} ». Mettez l'outil à jour, ou importez un export .xlsx."
        )


def _body(response: http.client.HTTPResponse) -> bytes:
    """The whole answer. Raises PlatformError for one too large, _Later for one cut or too slow."""
    until, blocks, size = time.monotonic() + PAGE_SECONDS, [], 0
    while block := response.read1(_BLOCK):
        blocks.append(block)
        size += len(block)
        if size > FILE_BYTES:
            raise PlatformError(
                f"Une page de la plateforme dépasse {FILE_BYTES // 1024**2} Mo : importez plutôt un export .xlsx de la démarche."
            )
        if time.monotonic() > until:
            raise _Later("réponse trop lente")
    if response.length:
        raise _Later("réponse coupée")
    return b"".join(blocks)


def _refused(refusal: urllib.error.HTTPError) -> NoReturn:
    code = refusal.code
    if code == 429 or code >= 500:
        asked = None
        with contextlib.suppress(ValueError):  # A date, or nothing: the usual wait.
            asked = max(0.0, float(refusal.headers.get("Retry-After", "")))
        raise _Later("trop de demandes" if code == 429 else f"erreur {code}", asked)
    if code in (401, 403):
        raise PlatformError(
            f"La plateforme refuse le jeton (erreur {code}) : vérifiez qu'il n'a pas expiré et qu'il ouvre cette démarche, "
            f"puis posez-le de nouveau dans {TOKEN}."
        )
    if 300 <= code < 400:
        raise PlatformError(
            "L'adresse de la plateforme renvoie ailleurs : le jeton n'y est pas envoyé. Posez la nouvelle adresse dans CLACT_DS_URL."
        )
    raise PlatformError(
        f"La plateforme a refusé la demande (erreur {code}) : vérifiez l'adresse de la variable CLACT_DS_URL."
    )


def _reason(error: object) -> str:
    if isinstance(error, TimeoutError):
        return "elle n'a rien dit à temps"
    if isinstance(error, http.client.HTTPException | ConnectionError):
        return "connexion coupée ou refusée"
    return "réseau indisponible"


def _unknown(number: object) -> PlatformError:
    return PlatformError(
        f"La plateforme ne connaît pas la démarche {number}, ou le jeton ne l'ouvre pas : vérifiez son numéro dans son adresse."
    )

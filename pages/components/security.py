"""What every answer of the server says to the browser: load nothing from elsewhere, guess nothing, tell nothing."""

import base64
import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.logger import get_logger

from pages.components import shell


def inline_script_hashes(page: str) -> list[str]:
    """The hash of each script written inside a page."""
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    return [f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts]


def content_security_policy() -> str:
    """The policy of every answer. No host but our own stands in it."""
    policy = {
        # Scripts, data, websocket, media: from this server. What is not named below has no more than this.
        "default-src": ["'self'"],
        # Two scripts stand inside the page (where the server is; Streamlit's prerenderReady): those, by their hash. No eval.
        "script-src": ["'self'", *inline_script_hashes(shell.html())],
        # Streamlit's widgets (emotion) and plotly write their styles into the page as they are drawn, with no nonce.
        "style-src": ["'self'", "'unsafe-inline'"],
        # The icons of the tables are drawings inside the program (data:).
        "img-src": ["'self'", "data:"],
        # So is the font of mathematical signs that the program loads at start.
        "font-src": ["'self'", "data:"],
        # None of these is used: what a text from a dossier could slip in has nowhere to go.
        "frame-src": ["'none'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        # Nobody shows the dashboard inside a page of theirs.
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in policy.items())


class SecurityHeaders:
    """Puts the headers on every answer: pages, files, refusals and failures."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = {
            "Content-Security-Policy": content_security_policy(),
            # What comes from a spreadsheet is never taken for a page or a script.
            "X-Content-Type-Options": "nosniff",
            # Addresses hold filters and dossier numbers: they follow no link.
            "Referrer-Policy": "no-referrer",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] in ("http.response.start", "websocket.http.response.start", "websocket.accept"):
                started = True
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            # Starlette would answer a failure from outside of every middleware, hence without the headers.
            if started or scope["type"] != "http":
                raise
            get_logger(__name__).exception("Failure while answering %s", scope["path"])
            answer = PlainTextResponse("Erreur du serveur : le détail est dans son journal.", status_code=500)
            await answer(scope, receive, send_with_headers)


def middleware() -> list[Middleware]:
    """What stands between the network and Streamlit."""
    return [
        Middleware(SecurityHeaders),
        # Streamlit checks `server.allowedHosts` for its websocket alone; files and uploads deserve the same.
        Middleware(TrustedHostMiddleware, allowed_hosts=config.get_option("server.allowedHosts") or ["localhost"]),
    ]

"""The one HTML page, which carries Streamlit's program: Streamlit's own, told that it is in French and where its server is."""

from pathlib import Path

import streamlit
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Route

_STREAMLIT_PAGE = Path(streamlit.__file__).parent / "static" / "index.html"
_CHANGES = {
    # Screen readers pronounce by it, and browsers offer to translate by it.
    '<html lang="en">': '<html lang="fr">',
    "<title>Streamlit</title>": "<title>CLACT</title>",
    "You need to enable JavaScript to run this app.": "Cette application a besoin de JavaScript.",
    # Without it, a page opened by its own address first looks for a server under that address: two failed requests.
    "<head>": "<head>\n    <script>window.__streamlit = { BACKEND_BASE_URL: window.location.origin }</script>",
}


_UNKNOWN = """<!DOCTYPE html>
<html lang="fr">
<head><meta charset="utf-8"><title>Page introuvable · CLACT</title></head>
<body style="font-family: 'Segoe UI', sans-serif; margin: 4rem auto; max-width: 36rem; color: #1c2530">
<h1>Cette page n'existe pas</h1>
<p>L'adresse a peut-être été mal recopiée. <a href="/" style="color: #1f4e79">Aller au tableau de bord</a> : le menu mène à
toutes les pages.</p>
</body>
</html>
"""


class _Address(StringConvertor):
    """One word, as our pages have for address: no folder, and no file of Streamlit's, which has a dot."""

    regex = "[^/.]+"


register_url_convertor("adresse", _Address())


def html() -> str:
    """The page as it is served."""
    page = _STREAMLIT_PAGE.read_text(encoding="utf-8")
    for theirs, ours in _CHANGES.items():
        if theirs not in page:
            raise RuntimeError(f"Streamlit {streamlit.__version__} writes its page otherwise: {theirs!r} is not in it")
        page = page.replace(theirs, ours, 1)
    return page


def routes(home: str, addresses: list[str]) -> list[Route]:
    """Serve the page at these addresses, and say in French that another word is none; all the rest stays Streamlit's.

    ``home``: the address that the first page would have by its name. Streamlit only knows it as « / », and would say in
    English that it does not exist.
    """
    page = html()

    async def answer(request: Request) -> HTMLResponse:
        return HTMLResponse(page, headers={"Cache-Control": "no-cache"})

    async def go_home(request: Request) -> RedirectResponse:
        return RedirectResponse(f"/?{request.url.query}" if request.url.query else "/")

    async def unknown(request: Request) -> HTMLResponse:
        return HTMLResponse(_UNKNOWN, status_code=404)

    named = [Route(address, answer) for address in ("/", *addresses)]
    return [Route(home, go_home), *named, Route("/{adresse:adresse}", unknown)]

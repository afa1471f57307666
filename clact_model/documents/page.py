"""A page to print, from a template that lies beside this module: the one place where a text becomes HTML."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from clact_model.documents.cells import CONTROL
from clact_model.formats import UNKNOWN


def rendered(template: str, **facts: object) -> str:
    """The whole page. Every fact is escaped where the template shows it; unknown (None or empty) is « — »."""
    return _environment().get_template(template).render(**facts)


@cache
def _environment() -> Environment:
    # A name that the template misspells is an error, not a hole in the page.
    return Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        loader=FileSystemLoader(Path(__file__).parent),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shown(value: object) -> object:
    if value is None or value == "":
        return UNKNOWN
    # What a macro gave is a kind of text too, escaped already: it stays of that kind.
    return CONTROL.sub("", value) if type(value) is str else value

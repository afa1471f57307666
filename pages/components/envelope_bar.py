"""The envelope as one bar of parts, light enough to follow a slider: plotly takes 16 ms of server and 80 of browser."""

from collections.abc import Mapping
from decimal import Decimal

import streamlit as st

from clact_model import formats, overview
from clact_model.decision import Held
from clact_model.programme import Programme
from pages.components import base

Look = tuple[str, str]
LOOKS: Mapping[str, Look] = {
    "Consommé": ("#0b3d2e", "none"),
    "Payé, à justifier": ("#1b7f5c", "repeating-linear-gradient(45deg, #fff6 0 2px, transparent 2px 8px)"),
    "Conventionné, à payer": ("#0e2233", "repeating-linear-gradient(90deg, #fff6 0 2px, transparent 2px 12px)"),
    "À récupérer": ("#9c1c1c", "repeating-linear-gradient(135deg, #fff6 0 3px, transparent 3px 7px)"),
    "Libéré ou récupéré": ("#7a5cc0", "repeating-linear-gradient(0deg, #fff6 0 2px, transparent 2px 8px)"),
    "Décidé": ("#14304b", "none"),
    "Accordé": ("#1f4e79", "none"),
    "Proposé": ("#2e6da4", "repeating-linear-gradient(135deg, #fff6 0 2px, transparent 2px 12px)"),
    "Accordé sous condition": ("#b35c00", "repeating-linear-gradient(45deg, #fff6 0 3px, transparent 3px 9px)"),
    "Réserve": ("#6b6b6b", "repeating-linear-gradient(90deg, #fff6 0 2px, transparent 2px 8px)"),
    "Reste": ("#dfe5ec", "none"),
}
"""Part → colour and hatching: told apart without colours too. Contrast 3:1 between neighbours."""


def show(parts: Mapping[str, Decimal], total: Decimal) -> None:
    """Parts in EUR under their French names, in the order of LOOKS. Raises ValueError when they do not add up to the total.

    Every text here is ours: nothing from a dossier reaches the page as HTML.
    """
    if sum(parts.values(), Decimal(0)) != total:
        raise ValueError(f"les parts de l'enveloppe font {sum(parts.values())}, non {total}")
    shares = {name: part / total if total else None for name, part in parts.items()}
    words = {name: f"{name} : {formats.euros(part)} ({formats.share(shares[name])})" for name, part in parts.items()}
    bars = "".join(_bar(name, share) for name, share in shares.items() if share)
    legend = "".join(_entry(name, sentence) for name, sentence in words.items())
    alt = f"L'enveloppe de {formats.euros(total)} : {' ; '.join(words.values())}"
    st.html(
        f'<div role="img" aria-label="{alt}" style="display:flex;height:34px;border:1px solid #c9d1db;'
        f'border-radius:4px;overflow:hidden">{bars}</div>'
        f'<div style="display:flex;flex-wrap:wrap;gap:4px 22px;margin-top:8px;font-size:0.9rem">{legend}</div>'
    )


def selection(programme: Programme, held: Held) -> None:
    """The envelope of a selection, up to what is consumed."""
    found = overview.of_selection(base.cursor(), programme, held, base.today())
    show(found.parts, found.total)


def _bar(name: str, share: Decimal) -> str:
    return f'<div style="flex:{share:.6f} 0 0;{_fill(name)}"></div>'


def _entry(name: str, sentence: str) -> str:
    square = f"display:inline-block;width:14px;height:14px;border:1px solid #6b6b6b;vertical-align:-2px;{_fill(name)}"
    return f'<span><span style="{square}"></span> {sentence}</span>'


def _fill(name: str) -> str:
    colour, hatching = LOOKS[name]
    return f"background-color:{colour};background-image:{hatching};"

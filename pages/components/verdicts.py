"""Verdicts in words, each with a shape: colour alone says nothing to some."""

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from clact_model.overview import EFFECTS, LINE_VERDICTS, VERDICTS

Color = Literal["red", "orange", "blue", "green", "violet", "gray"]

SHAPES: Mapping[str, str] = {
    "recevable": "✔",
    "eligible": "✔",
    "oui": "✔",
    "a_verifier": "?",
    "inconnu": "?",
    "a_completer": "◔",
    "sursis": "Ⅱ",
    "irrecevable": "✖",
    "ineligible": "✖",
    "non": "✖",
    "plafond": "▽",
    "assiette": "▽",
    "hors_priorite": "▽",
}
ANSWERS: Mapping[str, str] = {"oui": "oui", "non": "non", "inconnu": "inconnu"}
WORDS: Mapping[str, str] = {**VERDICTS, **LINE_VERDICTS, **EFFECTS, **ANSWERS}
_COLORS: Mapping[str, Color] = {
    "recevable": "green",
    "eligible": "green",
    "oui": "green",
    "a_verifier": "orange",
    "inconnu": "orange",
    "a_completer": "blue",
    "sursis": "violet",
    "irrecevable": "red",
    "ineligible": "red",
    "non": "red",
}


def written(code: str) -> str:
    """``recevable`` → ``✔ Recevable``."""
    return f"{SHAPES.get(code, '')} {WORDS.get(code, code)}".strip()


def labels(codes: Mapping[str, str]) -> dict[str, str]:
    """Code → shape and word, for the column of a table."""
    return {code: written(code) for code in codes}


def badge(code: str, definition: str | None = None) -> None:
    """A verdict as a badge."""
    st.badge(written(code), color=_COLORS.get(code, "gray"), help=definition)

"""Scenarios by département, sector, statute, axis, stake: what the groups are called, and what each receives."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import streamlit as st

from clact_model import comparison, equity, overview
from clact_model.comparison import SEVERAL, UNKNOWN, Side
from clact_model.programme import Programme
from pages.components import charts, tables
from pages.components.tables import Column

GROUPS: Mapping[str, str] = {
    "departement": "Département",
    "secteur": "Secteur",
    "statut": "Statut juridique",
    "axe": "Axe",
    "enjeu_has": "Enjeu HAS",
}
"""What totals are made by → what it is called."""


def labels(programme: Programme, champ: str) -> dict[str, str]:
    """Code → what is read; the unknown and the several are told as such."""
    own: Mapping[str, str]
    if champ == "taille":
        own = {code: name for code, _, name in equity.SIZES}
    elif champ == "anteriorite":
        own = equity.ANTERIOR
    else:
        own = overview.values(programme, champ)
    return {**own, UNKNOWN: "Non renseigné", SEVERAL: "Plusieurs"}


def letter(place: int) -> str:
    """What a scenario is called in the header of a narrow column: A is the reference."""
    return "ABCD"[place]


def short(name: str) -> str:
    """A name that leaves room for its bar."""
    return name if len(name) <= 38 else f"{name[:37]}…"


def show(programme: Programme, sides: Sequence[Side], names: Sequence[str]) -> None:
    """What each scenario grants, group by group; the groups of one kind add up to what it grants."""
    st.subheader("Par groupe", help="Montants accordés ; chaque colonne s'additionne au total accordé.", anchor=False)
    champ = st.segmented_control(
        "Répartir par",
        list(GROUPS),
        default="departement",
        required=True,
        format_func=lambda champ: GROUPS[champ],
        key="groupe",
        bind="query-params",
        label_visibility="collapsed",
    )
    champ = champ or "departement"
    words = labels(programme, champ)
    totals = comparison.by_group(sides, champ)
    word = GROUPS[champ]
    charts.grouped(
        [(short(words.get(code, code)), dict(zip(names, parts, strict=True))) for code, parts in totals.items()],
        category=word,
        measure="Accordé (€)",
        kind="montant",
        key=f"groupes_{champ}",
        alt=f"Montant accordé par {word.lower()} dans chaque scénario",
    )
    _differences(totals, words, word, names, champ)


def _differences(
    totals: dict[str, tuple[Decimal, ...]], words: dict[str, str], word: str, names: Sequence[str], champ: str
) -> None:
    others = range(1, len(names))
    tables.show(
        [
            {"groupe": words.get(code, code)}
            | {f"accorde_{place}": part for place, part in enumerate(parts)}
            | {f"ecart_{place}": parts[place] - parts[0] for place in others}
            for code, parts in totals.items()
        ],
        [
            Column("groupe", word, width=240, pinned=True),
            *(
                Column(f"accorde_{i}", f"{letter(i)}. Accordé (€)", "montant", width=135, help=name)
                for i, name in enumerate(names)
            ),
            *(
                Column(
                    f"ecart_{i}",
                    f"{letter(i)} moins A (€)",
                    "montant",
                    width=125,
                    help=f"{names[i]} moins {names[0]}",
                )
                for i in others
            ),
        ],
        key=f"ecarts_{champ}",
        alt=f"Montants accordés par {word.lower()}, et écarts au premier scénario",
        most=480,
    )

"""Accidents, absence and turnover: the funded beside the others, with what the difference rests on."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from clact_model import formats, impact
from clact_model.impact import NO_PROOF, Comparison, Group
from clact_model.programme import Programme
from pages.components import base, charts, tables, text
from pages.components.tables import Column

APPLICATION = "La candidature"


def show(programme: Programme) -> None:
    """One table for all the measures, one chart for the one chosen."""
    cursor = base.cursor()
    years = impact.years(cursor, programme)
    if not years:
        st.info(
            "Aucune année n'est encore mesurée. Les valeurs d'avant sont dans les candidatures ; celles d'après viennent par le "
            "classeur de l'onglet Indicateurs, pour tous les candidats, financés ou non.",
            icon=":material/monitoring:",
        )
        return
    after, before = _moments(years)
    found = impact.compare(cursor, programme, after, before)
    if found is None:
        st.info("Rien n'est encore décidé : il n'y a pas de financés à comparer aux autres.", icon=":material/gavel:")
        return
    for one in found.comparisons:
        said = [sentence for sentence in one.warnings if sentence != NO_PROOF]
        if said:
            st.warning(f"**{one.mesure.libelle}.** {text.plain(' '.join(said))}", icon=":material/warning:")
    st.info(NO_PROOF, icon=":material/info:")
    _table(found.comparisons)
    st.caption(
        f"L'écart est le changement moyen des financés moins celui des autres. L'intervalle le contient 95 fois sur 100 quand les "
        f"établissements de chaque groupe sont tirés de nouveau 10 000 fois (graine {found.graine}). Un inconnu n'est pas compté."
    )
    _chart(found.comparisons)


def _moments(years: Sequence[int]) -> tuple[int, int | None]:
    with st.container(horizontal=True):
        after = st.selectbox(
            "Après", list(years), key="impact_apres", width=160, help="L'année mesurée par le classeur."
        )
        earlier = [None, *(year for year in years if year < after)]
        before = st.selectbox(
            "Avant",
            earlier,
            format_func=lambda year: APPLICATION if year is None else str(year),
            key=f"impact_avant_{after}",
            width=200,
            help="Ce que disaient les candidatures, ou une année mesurée.",
        )
    return after, before


def _table(found: Sequence[Comparison]) -> None:
    rows = [row for one in found for row in _rows(one)]
    tables.show(
        rows,
        [
            Column("mesure", "Mesure", width=155, pinned=True),
            Column("groupe", "Groupe", width=100),
            Column(
                "connus", "Établissements", "entier", help="Connus avant et après : ceux sur qui reposent les moyennes."
            ),
            Column("inconnus", "Inconnus", "entier", help="Une des deux valeurs manque : ils ne sont pas comptés."),
            Column("avant", "Avant"),
            Column("apres", "Après"),
            Column("changement", "Changement", help="Moyenne d'après moins moyenne d'avant."),
            Column("ecart", "Écart", help="Changement des financés moins changement des autres."),
            Column("intervalle", "Intervalle à 95 %", width=155),
        ],
        key="impact_table",
        alt="Avant et après, financés et non financés",
    )


def _rows(one: Comparison) -> list[dict[str, Any]]:
    between = None
    if one.bas is not None and one.haut is not None:
        between = f"de {_signed(one, one.bas).split()[0]} à {_signed(one, one.haut)}"
    return [
        _row(one, "Financés", one.finances) | {"ecart": _change(one, one.ecart), "intervalle": between},
        _row(one, "Non financés", one.autres),
    ]


def _row(one: Comparison, name: str, group: Group) -> dict[str, Any]:
    return {
        "mesure": one.mesure.libelle,
        "groupe": name,
        "connus": group.connus,
        "inconnus": group.inconnus,
        "avant": _written(one, group.avant),
        "apres": _written(one, group.apres),
        "changement": _change(one, group.changement),
    }


def _written(one: Comparison, value: Decimal | None) -> str | None:
    if value is None:
        return None
    return formats.share(value) if one.mesure.kind == "part" else formats.number(value.quantize(Decimal("0.1")))


def _change(one: Comparison, value: Decimal | None) -> str | None:
    return None if value is None else _signed(one, value)


def _signed(one: Comparison, value: Decimal) -> str:
    """With its sign; of a share, in points: a change of a percentage is none itself."""
    points = one.mesure.kind == "part"
    shown = (value * 100 if points else value).quantize(Decimal("0.1"))
    unit = "" if not points else " points" if abs(shown) >= 2 else " point"
    return f"{'+' if shown > 0 else ''}{formats.number(shown)}{unit}"


def _chart(found: Sequence[Comparison]) -> None:
    drawn = {one.mesure.libelle: one for one in found if one.finances.connus or one.autres.connus}
    if not drawn:
        return
    name = st.segmented_control(
        "Mesure",
        list(drawn),
        default=next(iter(drawn)),
        required=True,
        key="impact_mesure",
        label_visibility="collapsed",
    )
    one = drawn[name or next(iter(drawn))]
    groups = {"Financés": one.finances, "Non financés": one.autres}
    charts.grouped(
        [
            (f"{group} ({formats.number(side.connus)})", {"Avant": side.avant, "Après": side.apres})
            for group, side in groups.items()
        ],
        category="Groupe",
        measure=one.mesure.libelle,
        kind=one.mesure.kind,
        key=f"impact_{one.mesure.code}",
        alt=f"{one.mesure.libelle} : moyennes avant et après, des financés et des autres",
    )

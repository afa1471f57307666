"""Consumption against time: of the whole call, of one of its groups, of one account; its forecast beside it."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import streamlit as st

from clact_model import consumption, formats
from clact_model.consumption import CHAMPS, MEASURES, Champ, Consumption, Measure, Point, Step
from clact_model.overview.labels import SEVERAL_AXES
from pages.components import charts, tables
from pages.components.tables import Column

SHOWN: tuple[Measure, ...] = ("accorde", "paye", "presente", "consomme")
WHOLE = "Tout l'appel"


def show(found: Consumption) -> None:
    """The curve of what is chosen, and under it the sums of every group of that field."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        champ: Champ = st.segmented_control(
            "Répartir par",
            list(CHAMPS),
            default="axe",
            required=True,
            format_func=CHAMPS.__getitem__,
            key="conso_par",
            bind="query-params",
        )
        groups = found.groups[champ]
        group = st.selectbox(
            "Courbe de",
            [WHOLE, *groups],
            key=f"conso_groupe_{champ}",
            width=420,
            help="La courbe de cette seule partie.",
        )
    whole = group == WHOLE
    some = found.steps if whole else groups[group]
    of_curve = WHOLE if whole else f"{CHAMPS[champ]} : {group}"
    # By axis an account counts for its part, of which there is no forecast of its own.
    by_part = champ == "axe" and not whole
    draw(found, some, of_curve, key="courbe", forecast=not by_part)
    if by_part:
        st.caption("Pas de prévision par axe : une subvention se consomme d'un bloc, non axe par axe.")
    _sums(champ, groups)


def draw(found: Consumption, some: Sequence[Step], name: str, *, key: str, forecast: bool = True) -> None:
    """The curve of some accounts up to the day judged, and where it may go."""
    points = consumption.curve(some)
    if not points:
        st.caption("Rien n'a encore bougé.")
        return
    lines = {MEASURES[measure]: _line(points, measure, found) for measure in SHOWN}
    told, fan = "", None
    known = found.forecast.ahead(some) if forecast else None
    if known is not None and known[0] > found.jour:
        last, spread = known
        fan = ((found.jour, points[-1].amounts["consomme"]), (last, spread.low, spread.median, spread.high))
        told = f" ; prévision au {formats.day(last)} : environ {formats.whole_euros(spread.median)}"
    charts.over_time(
        lines,
        fan,
        (found.jour, f"Jour jugé : {formats.day(found.jour)}"),
        measure="Montant (€)",
        rows=[{"jour": point.jour, **point.amounts} for point in points],
        columns=[
            Column("jour", "Jour", "date"),
            *(Column(measure, f"{MEASURES[measure]} (€)", "montant") for measure in MEASURES),
        ],
        key=key,
        alt=f"Consommation au fil du temps, {name} : {formats.whole_euros(points[-1].amounts['consomme'])} consommés{told}",
    )


def _line(points: Sequence[Point], measure: Measure, found: Consumption) -> list[tuple[date, Decimal]]:
    known = [(point.jour, point.amounts[measure]) for point in points]
    return [*known, (found.jour, known[-1][1])]


def _sums(champ: Champ, groups: Mapping[str, Sequence[Step]]) -> None:
    rows = []
    for name, some in groups.items():
        amounts = consumption.curve(some)[-1].amounts
        granted = amounts["accorde"]
        rows.append(
            {
                "groupe": name,
                "dossiers": len({key[0] for key, step in consumption.latest(some).items() if any(step.cents)}),
                **amounts,
                "part": amounts["consomme"] / granted if granted else None,
            }
        )
    tables.show(
        rows,
        [
            Column("groupe", CHAMPS[champ], width=360, pinned=True),
            Column("dossiers", "Dossiers", "entier", help="Un dossier de plusieurs axes compte dans chacun."),
            *(Column(measure, f"{MEASURES[measure]} (€)", "montant") for measure in MEASURES),
            Column("part", "Part consommée", "part", help="Consommé sur accordé."),
        ],
        key=f"conso_sommes_{champ}",
        alt=f"Consommation par {CHAMPS[champ].lower()}",
    )
    if champ == "axe":
        st.caption(
            "Ce que le registre ne rattache à aucun axe est réparti selon les montants de la convention, au "
            "centime près : les parties font le total."
            + (
                f" « {SEVERAL_AXES} » : accordé à des dossiers de plusieurs axes, et que leur convention, pas encore signée, "
                "répartira."
                if SEVERAL_AXES in groups
                else ""
            )
        )

"""Whom the money of a scenario reaches: its share beside the share of the staff, group by group. Facts, no judgement."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from clact_model import equity, formats
from clact_model.comparison import Side
from clact_model.equity import Group
from clact_model.programme import Programme
from pages.components import charts, departement_map, scenario_groups, scenario_list, tables
from pages.components.departement_map import Measure
from pages.components.tables import Column

MEASURE = Measure("Euros par agent", "€")
NOTHING = "Rien d'accordé, ou effectif inconnu"


def show(programme: Programme, nom: str) -> None:
    """The equity of one scenario. Raises ScenarioNameError, ScenarioDamagedError."""
    saved = scenario_list.loaded(programme, nom)
    champ = st.segmented_control(
        "Par",
        list(equity.CHAMPS),
        default="departement",
        required=True,
        format_func=lambda champ: equity.CHAMPS[champ],
        key="equite",
        bind="query-params",
        label_visibility="collapsed",
    )
    champ = champ or "departement"
    found, labels = equity.groups(Side.of(saved), champ), scenario_groups.labels(programme, champ)
    _coverage(found)
    if champ == "departement":
        _map(programme, found)
    _shares(found, labels, champ)
    _table(found, labels, champ)


def _coverage(found: Sequence[Group]) -> None:
    known, unknown = sum(group.staff.connus for group in found), sum(group.staff.inconnus for group in found)
    st.caption(
        f"Repose sur {formats.plural(known, 'dossier')} dont l'effectif est connu, sur {formats.number(known + unknown)} "
        "reçus ; un établissement ne compte qu'une fois. Une part de l'argent plus petite ou plus grande que celle de "
        "l'effectif n'est ni une faute ni un mérite : les besoins, les demandes et les règles de l'appel diffèrent."
    )


def _map(programme: Programme, found: Sequence[Group]) -> None:
    values = {group.code: group.par_agent for group in found if group.par_agent is not None}
    if not values:
        st.info("Aucun effectif n'est connu : il n'y a pas d'euros par agent à montrer sur la carte.")
        return
    concerned = programme.file.departements
    drawn = departement_map.figure(values, MEASURE, concerned, not concerned, NOTHING)
    names = scenario_groups.labels(programme, "departement")
    said = ", ".join(f"{names.get(code, code)} {formats.euros(value)}" for code, value in values.items())
    st.plotly_chart(
        drawn, key="carte_equite", alt=f"Carte : euros accordés par agent. {said}.", config={"displayModeBar": False}
    )


def _shares(found: Sequence[Group], labels: dict[str, str], champ: str) -> None:
    word = equity.CHAMPS[champ]
    charts.grouped(
        [
            (
                scenario_groups.short(labels.get(group.code, group.code)),
                {
                    "Part de l'accordé": group.part_accorde,
                    "Part de l'effectif des candidats": group.part_effectif,
                    "Part de l'effectif des recevables": group.part_effectif_recevable,
                },
            )
            for group in found
        ],
        category=word,
        measure="Part",
        kind="part",
        key=f"parts_{champ}",
        alt=f"Part de l'accordé et part de l'effectif, par {word.lower()}",
    )


def _table(found: Sequence[Group], labels: dict[str, str], champ: str) -> None:
    tables.show(
        [_row(group, labels) for group in found],
        [
            Column("groupe", equity.CHAMPS[champ], width=200, pinned=True),
            Column("dossiers", "Dossiers reçus", "entier", width=80),
            Column("recevables", "Recevables", "entier", width=90),
            Column("finances", "Financés", "entier", width=75),
            Column("accorde", "Accordé (€)", "montant", width=115),
            Column("part_accorde", "Part de l'accordé (%)", "part", width=105),
            Column(
                "effectif",
                "Effectif (agents)",
                "entier",
                width=90,
                help="Effectif total déclaré par les candidats du groupe, chaque établissement une fois.",
            ),
            Column("part_effectif", "Part de l'effectif (%)", "part", width=105),
            Column(
                "part_recevable",
                "Part de l'effectif des recevables (%)",
                "part",
                width=125,
                help="La même part, parmi les seuls dossiers recevables.",
            ),
            Column(
                "par_agent",
                "€ par agent",
                "montant",
                width=95,
                help="Accordé aux dossiers dont l'effectif est connu, divisé par l'effectif du groupe.",
            ),
            Column("repose", "Repose sur", width=130, help="Dossiers du groupe dont l'effectif est connu."),
            Column(
                "agents",
                "Agents concernés",
                "entier",
                width=90,
                help="Par les dossiers financés dont ce nombre est connu.",
            ),
            Column("agents_inconnus", "Financés, agents inconnus", "entier", width=110),
            Column(
                "par_concerne",
                "€ par agent concerné",
                "montant",
                width=110,
                help="Accordé aux dossiers financés dont le nombre d'agents concernés est connu, divisé par ces agents.",
            ),
        ],
        key=f"equite_{champ}",
        alt=f"Équité par {equity.CHAMPS[champ].lower()}",
    )


def _row(group: Group, labels: dict[str, str]) -> dict[str, Any]:
    staff = group.staff
    return {
        "groupe": labels.get(group.code, group.code),
        "dossiers": group.dossiers,
        "recevables": group.recevables,
        "finances": group.finances,
        "accorde": group.accorde,
        "part_accorde": group.part_accorde,
        "effectif": staff.effectif if staff.connus else None,
        "part_effectif": group.part_effectif,
        "part_recevable": group.part_effectif_recevable,
        "par_agent": group.par_agent,
        "repose": f"{formats.number(staff.connus)} sur {formats.plural(group.dossiers, 'dossier')}",
        "agents": group.agents if group.finances > group.agents_inconnus else None,
        "agents_inconnus": group.agents_inconnus,
        "par_concerne": group.par_agent_concerne,
    }

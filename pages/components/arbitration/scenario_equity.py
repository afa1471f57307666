"""Whom the money of a scenario reaches: its share beside the share of the staff, group by group. Facts, no judgement."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from clact_model import equity, formats
from clact_model.comparison import Side
from clact_model.equity import Group
from clact_model.programme import Programme
from pages.components import charts, departement_map, tables
from pages.components.arbitration import scenario_groups, scenario_list
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
            Column("dossiers", "Reçus", "entier", width=65, help="Dossiers reçus."),
            Column("recevables", "Recevables", "entier", width=90, help="Dossiers recevables."),
            Column("finances", "Financés", "entier", width=80, help="Dossiers qui reçoivent quelque chose."),
            Column("accorde", "Accordé (€)", "montant", width=115),
            # Before the shares, which the chart shows too: seen without scrolling on a projector.
            Column(
                "par_agent",
                "€ par agent",
                "montant",
                width=95,
                help="Accordé aux dossiers dont l'effectif est connu, divisé par l'effectif du groupe.",
            ),
            Column("part_accorde", "Accordé (%)", "part", width=95, help="Part de tout ce qui est accordé."),
            Column(
                "effectif",
                "Effectif",
                "entier",
                width=80,
                help="Agents : effectif total déclaré par les candidats du groupe, chaque établissement une fois.",
            ),
            Column("part_effectif", "Effectif (%)", "part", width=90, help="Part de l'effectif de tous les candidats."),
            Column(
                "part_recevable",
                "Effectif recevable (%)",
                "part",
                width=150,
                help="La même part, parmi les seuls dossiers recevables.",
            ),
            Column("repose", "Repose sur", width=130, help="Dossiers du groupe dont l'effectif est connu."),
            Column(
                "agents",
                "Agents concernés",
                "entier",
                width=130,
                help="Par les dossiers financés dont ce nombre est connu.",
            ),
            Column(
                "agents_inconnus",
                "Agents inconnus",
                "entier",
                width=125,
                help="Dossiers financés dont ce nombre n'est pas connu.",
            ),
            Column(
                "par_concerne",
                "€ par agent concerné",
                "montant",
                width=150,
                help="Accordé aux dossiers financés dont le nombre d'agents concernés est connu, divisé par ces agents.",
            ),
        ],
        key=f"equite_{champ}",
        most=480,
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

"""Two to four scenarios side by side: their figures, the way from one total to the other, who moves, by group."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from clact_model import comparison, formats
from clact_model.comparison import Comparison, Figures, Row, Side, Waterfall
from clact_model.programme import Programme
from clact_model.scenario import Listed
from clact_model.selection import STATUTS
from pages.components import charts, lazy, sizes, tables
from pages.components.arbitration import scenario_groups, scenario_list
from pages.components.arbitration.scenario_groups import letter
from pages.components.tables import Column

CHOSEN = "comparer"
"""The name of the compared scenarios in the address."""


def show(programme: Programme, found: Sequence[Listed]) -> None:
    """The comparison of the chosen scenarios. Raises ScenarioDamagedError."""
    if len(found) < comparison.FEWEST:
        st.info("Un seul scénario est enregistré : enregistrez-en un second à la page Enveloppe, ou copiez celui-ci.")
        return
    chosen = _choice([one.nom for one in found])
    if len(chosen) < comparison.FEWEST:
        st.info("Choisissez de deux à quatre scénarios ; le premier sert de référence.")
        return
    sides = [Side.of(scenario_list.loaded(programme, nom)) for nom in chosen]
    compared = comparison.compare(sides)
    _figures(programme, [comparison.figures(side) for side in sides])
    if compared.same:
        st.success("Ces scénarios donnent les mêmes montants aux mêmes demandes.", icon=":material/drag_handle:")
    _difference(sides)
    _moves(programme, compared)
    scenario_groups.show(programme, sides, _names(sides))


def _choice(names: Sequence[str]) -> list[str]:
    if CHOSEN in st.session_state:
        st.session_state[CHOSEN] = [name for name in st.session_state[CHOSEN] if name in names]
    return st.multiselect(
        "Scénarios à comparer",
        names,
        default=list(names[: comparison.FEWEST]),
        key=CHOSEN,
        bind="query-params",
        max_selections=comparison.MOST,
        select_all=False,
        placeholder="De deux à quatre scénarios",
        help="Le premier choisi sert de référence : les entrants et les sortants se comptent par rapport à lui.",
    )


def _figures(programme: Programme, found: Sequence[Figures]) -> None:
    """One row a figure, one column a scenario: read across."""
    written = [_written(programme, one) for one in found]
    names = [_column_name(place, one.nom) for place, one in enumerate(found)]
    tables.show(
        [
            {"repere": label, **{str(place): own[label] for place, own in enumerate(written)}}
            for label in (written[0] if written else ())
        ],
        [
            Column("repere", "Repère", width=170, pinned=True),
            *(Column(str(place), name, width=max(170, 670 // len(names))) for place, name in enumerate(names)),
        ],
        key="reperes",
        alt="Repères de chaque scénario",
        most=sizes.table_height(len(written[0])),
    )


def _written(programme: Programme, one: Figures) -> dict[str, str]:
    def counted(count: comparison.Count) -> str:
        return f"{formats.number(count.dossiers)}, pour {formats.euros(count.accorde)}"

    def known(value: str, unknown: int) -> str:
        return f"{value} ({formats.plural(unknown, 'inconnu')})" if unknown else value

    return {
        "Stratégie": scenario_list.strategy(one.strategie),
        "Unité": scenario_list.unit(programme, one.unite),
        "Enveloppe": formats.euros(one.enveloppe),
        "Réserve": formats.euros(one.reserve),
        "Accordé": formats.euros(one.accorde),
        "Reste": formats.euros(one.reste),
        "Dossiers financés": formats.number(one.dossiers_finances),
        "Établissements": known(formats.number(one.etablissements), one.etablissements_inconnus),
        "Agents concernés": known(formats.number(one.agents), one.agents_inconnus),
        "Coût par agent": formats.euros(one.cout_par_agent),
        "Premières demandes": counted(one.primo),
        "Déjà un CLACT": counted(one.deja),
        "CLACT antérieur inconnu": counted(one.anterieur_inconnu),
        "Score total": formats.number(round(one.score_total, 2)),
    }


def _difference(sides: Sequence[Side]) -> None:
    """The waterfall from the reference to one of the others."""
    first, *others = sides
    st.subheader("D'un total à l'autre", help="Ce qui fait la différence entre deux montants accordés.", anchor=False)
    place = 0
    if len(others) > 1:
        place = st.segmented_control(
            "Vers",
            list(range(len(others))),
            default=0,
            required=True,
            format_func=lambda place: others[place].nom,
            key=f"cascade_{len(others)}",
        )
    found = comparison.waterfall(first, others[place or 0])
    charts.waterfall(
        (found.de, found.depart),
        [(f"{name} ({formats.number(step.demandes)})", step.montant) for name, step in found.steps.items()],
        (found.vers, found.arrivee),
        measure="Accordé (€)",
        kind="montant",
        key="cascade",
        alt=_said(found),
    )


def _said(found: Waterfall) -> str:
    parts = ", ".join(f"{name.lower()} {formats.euros(step.montant)}" for name, step in found.steps.items())
    return (
        f"De « {found.de} », {formats.euros(found.depart)} accordés, à « {found.vers} », "
        f"{formats.euros(found.arrivee)} : {parts}."
    )


def _moves(programme: Programme, found: Comparison) -> None:
    """Who comes in, who goes out, who gets another amount or another place: one list at a time."""
    word = programme.line_word if found.unite == "action" else "dossier"
    st.subheader("Qui change", help=f"Comparés {scenario_list.unit(programme, found.unite).lower()}.", anchor=False)
    lists = {
        "Entrants": (found.entrants, "Non financés dans le premier scénario, financés dans un autre."),
        "Sortants": (found.sortants, "Financés dans le premier scénario, pas dans un autre."),
        "Montants changés": (found.changes, "Financés dans tous, pas du même montant."),
        "Places changées": (found.deplaces, "Une autre place au classement, financés ou non."),
    }
    titles = [f"{name} ({formats.number(len(rows))})" for name, (rows, _) in lists.items()]
    for tab, name in zip(st.tabs(titles, key="changements", on_change="rerun"), lists, strict=True):
        rows, meaning = lists[name]
        if tab.open:
            with tab:
                st.caption(meaning)
                if rows:
                    _table(found, rows, name)
                else:
                    st.info(f"Aucun {word} dans cette liste." if word == "dossier" else "Rien dans cette liste.")


def _table(found: Comparison, rows: Sequence[Row], name: str) -> None:
    places = range(len(found.sides))
    names = _names(found.sides)
    ranks = [Column(f"place_{i}", f"{letter(i)}. Place", "entier", width=75, help=names[i]) for i in places]
    by_action = [Column("ligne", "Ligne", "entier", width=60)] if found.unite == "action" else []
    tables.show(
        lazy.rows(rows, _row, tables.ROWS_SENT),
        [
            Column("numero", "Numéro", width=95, pinned=True),
            *by_action,
            Column("etablissement", "Établissement", width=230),
            *(Column(f"accorde_{i}", f"{letter(i)}. Accordé (€)", "montant", width=120, help=names[i]) for i in places),
            *ranks,
            *(Column(f"raison_{i}", f"{letter(i)}. Raison", width=520, help=names[i]) for i in places),
        ],
        key=f"changements_{name}",
        alt=f"{name} : montants, places et raisons dans chaque scénario",
        most=420,
    )


def _row(row: Row) -> dict[str, Any]:
    numero, ligne = row.key
    shown: dict[str, Any] = {"numero": numero, "ligne": ligne, "etablissement": row.etablissement}
    for place, cell in enumerate(row.cells):
        shown |= {
            f"accorde_{place}": cell and cell.granted,
            f"place_{place}": cell and cell.position,
            f"raison_{place}": cell and f"{STATUTS.get(cell.statut, cell.statut)}. {cell.raison}",
        }
    return shown


def _names(sides: Sequence[Side]) -> list[str]:
    return [_column_name(place, side.nom) for place, side in enumerate(sides)]


def _column_name(place: int, nom: str) -> str:
    """A letter first: long names that begin alike are told apart in a narrow header."""
    return f"{letter(place)}. {nom if len(nom) <= 30 else nom[:29] + '…'}"

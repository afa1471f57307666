"""Each euro's state, for the call and for each of its groups."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import streamlit as st

from clact_model import formats, impact
from clact_model.impact import CHAMPS, Sums
from clact_model.ledger import Balance
from clact_model.programme import Programme
from pages.components import base, charts, metrics, tables
from pages.components.metrics import Figure
from pages.components.tables import Column

STATES: Mapping[str, str] = {
    "consomme": "Consommé",
    "a_recuperer": "À récupérer",
    "recupere": "Récupéré",
    "libere": "Libéré",
    "reste": "Reste à venir",
}
"""Parts of a balance that add up to what was granted → their names."""


def show(programme: Programme) -> None:
    """The sums of the call, then by axis, sector or département."""
    found = impact.assess(base.cursor(), programme, base.today())
    total = found.total
    st.caption(f"Au {formats.long_day(found.jour)}, d'après le registre des conventions et versements.")
    _figures(total)
    if not total.balance.accorde:
        st.info(
            "Aucune subvention n'est encore notifiée : le bilan se remplira avec les conventions et les versements."
        )
    champ = st.segmented_control(
        "Par",
        list(CHAMPS),
        default="secteur",
        required=True,
        format_func=CHAMPS.__getitem__,
        key="bilan_par",
        bind="query-params",
        label_visibility="collapsed",
    )
    groups = found.groups[champ or "secteur"]
    granted = [(name, _parts(one.balance)) for name, one in groups.items() if one.balance.accorde]
    if granted:
        charts.stacked(
            granted,
            category=CHAMPS[champ or "secteur"],
            measure="Montant (€)",
            kind="montant",
            key=f"bilan_{champ}",
            alt=f"Où est chaque euro accordé, par {CHAMPS[champ or 'secteur'].lower()}",
        )
    _table(CHAMPS[champ or "secteur"], {"Ensemble": total, **groups})


def _figures(total: Sums) -> None:
    b = total.balance
    metrics.grid(
        [
            Figure(
                "Dossiers aidés",
                f"{formats.number(total.accordes)} sur {formats.number(total.dossiers)}",
                "Dossiers à qui une subvention a été notifiée, sur les dossiers reçus.",
            ),
            Figure("Accordé", formats.euros(b.accorde), "Somme des subventions notifiées."),
            Figure("Payé", formats.euros(b.paye), "Somme des versements."),
            Figure("Consommé", formats.euros(b.consomme), "Dépenses admises, dans la limite de ce qui est accordé."),
        ],
        columns=4,
    )
    metrics.grid(
        [
            Figure("À récupérer", formats.euros(b.a_recuperer), "Versé, redemandé, et pas encore revenu."),
            Figure(
                "Récupéré", formats.euros(b.recupere), "Revenu, par reversement ou sur une notification ultérieure."
            ),
            Figure("Libéré", formats.euros(b.libere), "Accordé, et qui ne sera pas versé."),
            Figure(
                "Reste à venir",
                formats.euros(b.reste),
                "Accordé moins consommé, à récupérer, récupéré et libéré.",
            ),
        ],
        columns=4,
    )


def _parts(balance: Balance) -> dict[str, Decimal]:
    return {name: getattr(balance, code) for code, name in STATES.items()}


def _table(category: str, groups: Mapping[str, Sums]) -> None:
    tables.show(
        [_row(name, one) for name, one in groups.items()],
        [
            Column("groupe", category, width=230, pinned=True),
            Column("dossiers", "Dossiers", "entier"),
            Column("aides", "Dossiers aidés", "entier"),
            Column("demande", "Demandé (€)", "montant"),
            Column("accorde", "Accordé (€)", "montant"),
            Column("paye", "Payé (€)", "montant"),
            *(Column(code, f"{name} (€)", "montant") for code, name in STATES.items()),
        ],
        key=f"bilan_table_{category}",
        alt=f"Sommes par {category.lower()}",
    )


def _row(name: str, one: Sums) -> dict[str, Any]:
    b = one.balance
    return {
        "groupe": name,
        "dossiers": one.dossiers,
        "aides": one.accordes,
        "demande": one.demande,
        "accorde": b.accorde,
        "paye": b.paye,
        **{code: getattr(b, code) for code in STATES},
    }

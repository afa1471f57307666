"""What dossiers promised, what was measured, and what is late; one entered, or all of them by workbook."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from clact_model import formats, impact
from clact_model.impact import STATES, Due, Followed, Indicator
from clact_model.programme import Programme
from pages.components import base, metrics, tables
from pages.components.follow_up import outcome_entry, outcome_workbook
from pages.components.metrics import Figure
from pages.components.tables import Column

LATE = "En retard"
FILTERS: Mapping[str, Callable[[Followed], bool]] = {
    "Tous": lambda one: True,
    LATE: lambda one: one.late,
    "Atteints": lambda one: one.indicator.reached is True,
    "Non atteints": lambda one: one.indicator.reached is False,
}
"""What is listed → whether an indicator is in it."""


def show(programme: Programme) -> None:
    """The indicators of the call."""
    found = impact.follow(base.cursor(), programme, base.today())
    if not found:
        st.info(
            "Aucun indicateur n'est encore inscrit. Reprenez ceux des conventions : un par un ci-dessous, ou tous à la fois "
            "par le classeur.",
            icon=":material/flag:",
        )
    else:
        _figures(found)
        _table(found)
    outcome_entry.form(programme, found)
    outcome_workbook.panel(programme)


def _figures(found: Sequence[Followed]) -> None:
    total = len(found)
    known = [one.indicator.reached for one in found if one.indicator.reached is not None]

    def of(count: int, among: int = total) -> str:
        return f"{formats.number(count)} sur {formats.number(among)}"

    metrics.grid(
        [
            Figure("Promis", formats.number(total), "Indicateurs inscrits pour ce programme."),
            Figure(
                "Mesurés à 12 mois",
                of(sum(one.indicator.valeur_12 is not None for one in found)),
                "Douze mois après le démarrage, sinon la convention, sinon la notification.",
            ),
            Figure(
                "Mesurés à 24 mois",
                of(sum(one.indicator.valeur_24 is not None for one in found)),
                "Vingt-quatre mois après le même jour.",
            ),
            Figure(
                "En retard",
                formats.number(sum(one.late for one in found)),
                "L'échéance d'une mesure est passée sans valeur.",
            ),
            Figure(
                "Cibles atteintes",
                # Of those not measured yet nothing is known: they are no failure.
                of(sum(known), len(known)),
                "La dernière valeur mesurée atteint la cible, dans le sens de l'amélioration ; de ceux dont on le sait.",
            ),
        ],
        columns=5,
    )


def _table(found: Sequence[Followed]) -> None:
    chosen = st.segmented_control(
        "Liste",
        list(FILTERS),
        default="Tous",
        required=True,
        key="indicateurs_liste",
        bind="query-params",
        label_visibility="collapsed",
    )
    listed = [one for one in found if FILTERS[chosen or "Tous"](one)]
    if not listed:
        st.info("Cette liste est vide.")
        return
    st.caption(f"{formats.plural(len(listed), 'indicateur')}.")
    tables.show(
        [_row(one) for one in listed],
        [
            Column("numero", "Dossier", width=95, pinned=True),
            Column("raison_sociale", "Établissement", width=130),
            Column("nom", "Indicateur", width=160),
            Column("unite", "Unité", width=65),
            Column("reference", "Référence", width=95, help="La valeur de départ, et son année."),
            Column("cible", "Cible", "nombre"),
            *(
                Column(
                    f"mesure_{mois}", f"À {mois} mois", width=165, help="La valeur mesurée, sinon où en est la mesure."
                )
                for mois in impact.MOIS
            ),
            Column("atteint", "Cible atteinte", "oui_non", help="Inconnu sans cible, sans mesure ou sans sens."),
        ],
        key=f"indicateurs_{chosen}",
        alt="Indicateurs promis et mesurés",
    )


def _row(found: Followed) -> dict[str, Any]:
    one = found.indicator
    return {
        "numero": one.numero,
        "raison_sociale": found.raison_sociale,
        "nom": one.nom,
        "unite": one.unite,
        "reference": _reference(one),
        "cible": one.cible,
        "atteint": one.reached,
        **{f"mesure_{due.mois}": _measured(one.measured(due.mois), due) for due in found.dues},
    }


def _reference(one: Indicator) -> str | None:
    if one.valeur_reference is None:
        return None
    year = f" ({one.annee_reference})" if one.annee_reference else ""
    return f"{_number(one.valeur_reference)}{year}"


def _number(value: Decimal) -> str:
    """``12,5`` where the column holds 12.5000."""
    return formats.number(Decimal(f"{value.normalize():f}"))


def _measured(value: Decimal | None, due: Due) -> str:
    """The value, else where the measure stands, with its day."""
    if value is not None:
        return _number(value)
    return STATES[due.state] + (f" ({formats.day(due.echeance)})" if due.echeance else "")

"""The open scenario run again with the data, the programme and the day of today: what would differ, and why."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from clact_model import formats, rerun
from clact_model.comparison import Comparison, Row
from clact_model.programme import Difference, Programme
from clact_model.rerun import Rerun
from pages.components import base, charts, tables, text
from pages.components.arbitration import scenario_list
from pages.components.tables import Column

SHOWN = 8
"""Operations listed; the journal has the others."""


def show(programme: Programme, nom: str) -> None:
    """The answer of today beside that of then. Raises ScenarioNameError, ScenarioDamagedError."""
    found = _run(base.path(), base.opened().writes(), programme.id, programme.fingerprint, base.today(), nom)
    compared = found.comparison
    if compared is None:
        refused = next(step for step in reversed(found.steps) if step.side is None)
        st.warning(
            f"Ce scénario ne peut pas être rejoué aujourd'hui ({refused.cause.lower()}) : {text.plain(refused.refus)}",
            icon=":material/block:",
        )
    elif compared.same:
        st.success(
            f"Rejoué au {formats.day(found.today)}, ce scénario donne les mêmes montants aux mêmes demandes.",
            icon=":material/task_alt:",
        )
    _why(programme, found)
    if compared is not None and not compared.same:
        _steps(found)
        _moves(compared)


@st.cache_resource(show_spinner="Scénario rejoué…", max_entries=8)
def _run(path: Path, writes: int, programme: str, fingerprint: str, today: date, nom: str) -> Rerun:
    chosen = base.catalogue().get(programme)
    return rerun.run(base.cursor(), chosen, scenario_list.loaded(chosen, nom), today)


def _why(programme: Programme, found: Rerun) -> None:
    """What is no longer as it was."""
    then = found.saved.basis
    if then.aujourdhui != found.today:
        days = f"{formats.day(then.aujourdhui)} alors, {formats.day(found.today)} aujourd'hui"
        due = " Des pièces attendues peuvent être échues." if then.aujourdhui < found.today else ""
        st.markdown(f":material/event: **Le jour jugé** : {days}.{due}")
    if then.version_programme != programme.version:
        st.markdown(
            f":material/gavel: **Le programme** : version {text.plain(then.version_programme)} alors, "
            f"{text.plain(programme.version)} aujourd'hui."
        )
        if found.differences:
            _differences(found.differences)
    if found.operations:
        listed = "\n".join(f"- {text.plain(operation)}" for operation in found.operations[:SHOWN])
        more = len(found.operations) - SHOWN
        st.markdown(
            f":material/database: **Les données** : {formats.plural(len(found.operations), 'opération')} depuis.\n\n"
            + listed
            + (f"\n- et {formats.plural(more, 'autre')}" if more > 0 else "")
        )


def _differences(found: Sequence[Difference]) -> None:
    with st.expander(f"Ce que le programme dit autrement ({len(found)})", icon=":material/difference:"):
        tables.show(
            [
                {
                    "partie": one.partie,
                    "libelle": one.libelle,
                    "cle": one.cle or {"ajout": "ajouté", "retrait": "retiré"}.get(one.nature, one.nature),
                    "avant": one.avant,
                    "apres": one.apres,
                }
                for one in found
            ],
            [
                Column("partie", "Partie", width=200),
                Column("libelle", "Libellé", width=280),
                Column("cle", "Ce qui change", width=130),
                Column("avant", "Alors", width=220),
                Column("apres", "Aujourd'hui", width=220),
            ],
            key="differences_programme",
            alt="Différences entre le programme d'alors et celui d'aujourd'hui",
        )


def _steps(found: Rerun) -> None:
    falls = found.waterfalls()
    if not falls:
        return
    st.subheader("Ce que change chaque cause", anchor=False, help="L'une après l'autre, dans l'ordre montré.")
    first, last = falls[0][1], falls[-1][1]
    changes = {cause: fall.arrivee - fall.depart for cause, fall in falls}
    said = ", ".join(f"{cause.lower()} {formats.euros(change)}" for cause, change in changes.items())
    charts.waterfall(
        ("Alors", first.depart),
        list(changes.items()),
        ("Aujourd'hui", last.arrivee),
        measure="Accordé (€)",
        kind="montant",
        key="causes",
        alt=f"De {formats.euros(first.depart)} accordés alors à {formats.euros(last.arrivee)} aujourd'hui : {said}.",
    )


def _moves(compared: Comparison) -> None:
    groups = {
        "Entrerait": compared.entrants,
        "Sortirait": compared.sortants,
        "Changerait de montant": compared.changes,
        "Changerait de place": [row for row in compared.deplaces if row not in compared.changes],
    }
    rows = [(name, row) for name, own in groups.items() for row in own]
    st.subheader("Qui changerait", anchor=False, help="Chaque demande qui n'aurait plus la même réponse.")
    tables.show(
        [_row(name, row) for name, row in rows],
        [
            Column("numero", "Numéro", width=95, pinned=True),
            Column("etablissement", "Établissement", width=230),
            Column("change", "Ce qui change", width=170),
            Column("alors", "Accordé alors (€)", "montant", width=130),
            Column("maintenant", "Accordé aujourd'hui (€)", "montant", width=150),
            Column("place_alors", "Place alors", "entier", width=85),
            Column("place", "Place aujourd'hui", "entier", width=110),
            Column("raison", "Raison aujourd'hui", width=700),
        ],
        key="changerait",
        alt="Demandes dont la réponse changerait aujourd'hui",
    )


def _row(change: str, row: Row) -> dict[str, Any]:
    then, now = row.cells
    numero, ligne = row.key
    return {
        "numero": numero if ligne is None else f"{numero}/{ligne}",
        "etablissement": row.etablissement,
        "change": change,
        "alors": then and then.granted,
        "maintenant": now and now.granted,
        "place_alors": then and then.position,
        "place": now and now.position,
        "raison": now and now.raison,
    }

"""What the changes do: the figures before and after, each step, and whom they touch."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from clact_model import formats
from clact_model.overview import LINE_VERDICTS, VERDICTS
from clact_model.programme import Programme
from clact_model.selection import STATUTS
from clact_model.whatif import Effect, Followed, Look, Moved, Totals
from pages.components import charts, lazy, links, metrics, sizes, tables, text
from pages.components.metrics import Figure
from pages.components.tables import Column, Kind

FIRST_ROWS = 50
WORDS: Mapping[str, str] = {**LINE_VERDICTS, **VERDICTS}
MEASURES: Mapping[str, tuple[str, Kind]] = {
    "aide_possible": ("Aide possible", "montant"),
    "accorde": ("Accordé", "montant"),
    "reste": ("Reste", "montant"),
    "recevables": ("Recevables", "entier"),
    "finances": ("Financés", "entier"),
}
DEFINITIONS: Mapping[str, str] = {
    "recevables": "Dossiers qui satisfont à toutes les règles de recevabilité.",
    "aide_possible": "Le plus que les demandes finançables peuvent recevoir ensemble, quelle que soit l'enveloppe.",
    "accorde": "Somme de ce que reçoivent les demandes financées.",
    "reste": "Enveloppe moins la réserve et moins ce qui est accordé.",
    "finances": "Dossiers qui reçoivent quelque chose.",
    "agents": "Agents que touchent les demandes financées, quand leur nombre est connu.",
}
GROUPS: Mapping[str, tuple[str, Callable[[Moved], bool]]] = {
    "entrent": ("Entrent", lambda line: line.entre),
    "sortent": ("Sortent", lambda line: line.sort),
    "plus": ("Reçoivent plus", lambda line: line.ecart > 0 and not line.entre),
    "moins": ("Reçoivent moins", lambda line: line.ecart < 0 and not line.sort),
    "autres": ("Même montant, autre verdict ou autre aide", lambda line: line.ecart == 0),
}
"""Code → what a list is called, and whom it holds: each line that moved is in one of them."""


def figures(before: Totals, after: Totals) -> None:
    """The headline figures after, with those before under them."""
    written: Mapping[str, Callable[[Any], str]] = {"montant": formats.whole_euros, "entier": formats.number}
    shown = [
        Figure(
            label,
            written[kind](getattr(after, name)),
            DEFINITIONS[name],
            f"avant : {written[kind](getattr(before, name))}",
        )
        for name, (label, kind) in MEASURES.items()
    ]
    agents = Figure(
        "Agents concernés",
        formats.number(after.agents),
        DEFINITIONS["agents"],
        f"avant : {formats.number(before.agents)}",
    )
    metrics.grid([*shown, agents], columns=3)


def steps(programme: Programme, followed: Followed) -> None:
    """Each change with what it adds to the totals, as a table and as a picture."""
    st.subheader(
        "Pas à pas",
        anchor=False,
        help="Chaque changement s'ajoute aux précédents : le départ et tous les effets font l'arrivée. Un autre ordre "
        "répartit l'effet autrement entre les changements, l'arrivée reste la même.",
    )
    rows = [_totals_row("Départ", followed.before.totals)]
    rows += [
        {"pas": f"{place}. {step.phrase}", "touches": len(step.moved)} | _effect_row(step.effect)
        for place, step in enumerate(followed.steps, start=1)
    ]
    rows.append(_totals_row("Arrivée", followed.after.totals))
    tables.show(
        rows,
        [
            Column("pas", "Changement", width=290, pinned=True),
            *(
                Column(name, f"{label} (€)" if kind == "montant" else label, kind, help=DEFINITIONS[name])
                for name, (label, kind) in MEASURES.items()
            ),
            Column("agents", "Agents", "entier", help=DEFINITIONS["agents"]),
            Column(
                "touches", "Touchées", "entier", help="Demandes dont le verdict, l'aide, le montant ou la liste change."
            ),
        ],
        key=f"essai_pas_{programme.id}",
        alt="Départ, effet de chaque changement, arrivée",
        most=sizes.table_height(len(rows)),
    )
    measure = st.segmented_control(
        "Dessiner",
        list(MEASURES),
        default="aide_possible",
        required=True,
        format_func=lambda name: MEASURES[name][0],
        key=f"essai_mesure_{programme.id}",
    )
    name = measure or "aide_possible"
    label, kind = MEASURES[name]
    charts.waterfall(
        ("Départ", getattr(followed.before.totals, name)),
        [(f"{place}. {step.phrase}", getattr(step.effect, name)) for place, step in enumerate(followed.steps, start=1)],
        ("Arrivée", getattr(followed.after.totals, name)),
        measure=label,
        kind=kind,
        key=f"essai_cascade_{programme.id}_{name}",
        alt=f"{label} : du départ à l'arrivée, changement par changement",
    )


def _totals_row(name: str, totals: Totals) -> dict[str, Any]:
    return {"pas": name, "agents": totals.agents} | {measure: getattr(totals, measure) for measure in MEASURES}


def _effect_row(effect: Effect) -> dict[str, Any]:
    return {"agents": effect.agents} | {measure: getattr(effect, measure) for measure in MEASURES}


def touched(programme: Programme, followed: Followed) -> None:
    """Whom the changes touch, all together or one of them."""
    st.subheader("Qui gagne, qui perd", anchor=False)
    ways = ["Tous les changements ensemble", *(f"{n}. {step.phrase}" for n, step in enumerate(followed.steps, start=1))]
    chosen = 0
    if len(followed.steps) > 1:
        chosen = st.selectbox(
            "Effet de",
            range(len(ways)),
            format_func=lambda place: ways[place],
            key=f"essai_effet_{programme.id}",
            placeholder="Choisir un changement",
            width=620,
        )
    moved = followed.moved if not chosen or chosen > len(followed.steps) else followed.steps[chosen - 1].moved
    lists(programme, moved, f"essai_{programme.id}")


def lists(programme: Programme, moved: Sequence[Moved], key: str) -> None:
    """The lines that moved, a list at a time; one that is picked is told in full."""
    if not moved:
        st.info("Aucune demande n'est touchée : mêmes verdicts, mêmes aides, mêmes montants.")
        return
    groups = {code: [line for line in moved if holds(line)] for code, (_, holds) in GROUPS.items()}
    filled = [code for code, lines in groups.items() if lines]
    if st.session_state.get(f"{key}_liste") not in filled:
        st.session_state[f"{key}_liste"] = filled[0]
    code = st.segmented_control(
        "Liste",
        filled,
        required=True,
        format_func=lambda one: f"{GROUPS[one][0]} ({formats.number(len(groups[one]))})",
        key=f"{key}_liste",
    )
    # Whom it touches most, first: in every list.
    chosen = sorted(groups[code or filled[0]], key=lambda line: -abs(line.ecart))
    picked = tables.choose(
        lazy.rows(chosen, _row, tables.ROWS_SENT),
        _columns(programme, moved),
        names=["numero", "ligne"],
        key=f"{key}_table_{code}",
        alt=f"{GROUPS[code or filled[0]][0]} : verdicts, aides et montants avant et après",
        most=420,
    )
    if picked is None:
        st.caption("Cochez une ligne pour lire sa raison, avant et après.")
    else:
        _told(picked)


def _row(line: Moved) -> dict[str, Any]:
    return {
        "numero": line.numero,
        "ligne": line.ligne,
        "etablissement": line.etablissement,
        "verdict": _turn(WORDS[line.avant.verdict], WORDS[line.apres.verdict]),
        "demande": line.demande,
        "aide_avant": line.avant.aide,
        "aide_apres": line.apres.aide,
        "accorde_avant": line.avant.accorde,
        "accorde_apres": line.apres.accorde,
        "ecart": line.ecart,
        "statut": _turn(STATUTS[line.avant.statut], STATUTS[line.apres.statut]),
        "raison_avant": line.avant.raison,
        "raison_apres": line.apres.raison,
    }


def _turn(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


def _columns(programme: Programme, moved: Sequence[Moved]) -> list[Column]:
    by_line = any(line.ligne is not None for line in moved)
    number = Column(
        "ligne", "Ligne", "entier", help=f"Rang dans le fichier : {programme.line_word} du dossier.", width=60
    )
    return [
        Column("numero", "Numéro", width=95, pinned=True),
        *([number] if by_line else []),
        Column("etablissement", "Établissement", width=190),
        Column("ecart", "Écart (€)", "montant", help="Accordé après moins accordé avant.", width=105),
        Column("accorde_avant", "Accordé avant (€)", "montant", width=120),
        Column("accorde_apres", "Accordé après (€)", "montant", width=120),
        Column("verdict", "Verdict", help="Un seul mot : le verdict ne change pas.", width=170),
        Column("statut", "Proposition", help="Un seul mot : la liste ne change pas.", width=200),
        Column("aide_avant", "Aide avant (€)", "montant", help="Le plus que les règles permettent.", width=110),
        Column("aide_apres", "Aide après (€)", "montant", help="Le plus que les règles permettent.", width=110),
        Column("demande", "Demandé (€)", "montant", width=110),
    ]


def _told(row: Mapping[str, Any]) -> None:
    """One line with its reasons, fit to be read aloud."""
    with st.container(border=True):
        number = row["numero"] if row["ligne"] is None else f"{row['numero']}/{row['ligne']}"
        st.markdown(
            f"**{text.plain(number)} · {text.plain(row['etablissement'])}**  \n"
            f"**Avant** : {text.plain(row['raison_avant'])}  \n**Après** : {text.plain(row['raison_apres'])}"
        )
        links.to_fiche(row["numero"], "Ouvrir la fiche du dossier", icon=":material/description:")


def verdicts(names: tuple[str, str], before: Look, after: Look, key: str) -> None:
    """How many dossiers have each verdict, side by side."""
    rows = [
        {
            "verdict": VERDICTS[code],
            "avant": count,
            "apres": after.totals.verdicts[code],
            "ecart": after.totals.verdicts[code] - count,
        }
        for code, count in before.totals.verdicts.items()
    ]
    tables.show(
        rows,
        [
            Column("verdict", "Verdict des dossiers", width=170),
            Column("avant", names[0], "entier"),
            Column("apres", names[1], "entier"),
            Column("ecart", "Écart", "entier", width=80),
        ],
        key=key,
        alt="Verdicts des dossiers sous les deux programmes",
        most=sizes.table_height(len(rows)),
    )

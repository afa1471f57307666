"""The answer to an envelope: figures, parts, who is in, who waits, who is out and why."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from clact_model import formats, overview
from clact_model.allocation import Outcome, Result, Settings, Statut, Unit, summary
from clact_model.allocation.summary import Capped, Demand
from clact_model.programme import Programme
from clact_model.selection import STATUTS
from pages.components import envelope_bar, lazy, metrics, tables
from pages.components.arbitration import second_envelope
from pages.components.metrics import Figure
from pages.components.tables import Column

FIRST_ROWS = 50
"""Rows sent while the slider moves; the others wait on the next pages."""
FUNDED = "Financés"
LISTS: dict[str, tuple[Statut, ...]] = {
    FUNDED: ("finance", "partiel"),
    "Liste d'attente": ("liste_attente",),
    "En attente d'instruction": ("en_attente_instruction",),
    "Non retenus": ("refuse",),
}
CAPPED = "Demandé et plafonné"
PARTS = {"accorde": "Accordé", "conditionnel": "Accordé sous condition", "reserve": "Réserve", "reste": "Reste"}


def figures(programme: Programme, result: Result, asked: Demand) -> None:
    """The headline figures of one envelope: the money, then whom it reaches."""
    pressure = overview.pressure(asked.requested, result.enveloppe)
    metrics.grid(
        [
            Figure("Accordé", formats.euros(result.granted), "Somme de ce que reçoivent les demandes financées."),
            Figure("Reste", formats.euros(result.left), "Enveloppe moins la réserve et moins ce qui est accordé."),
            Figure(
                "Pression",
                formats.UNKNOWN if pressure is None else f"{formats.number(pressure)} fois l'enveloppe",
                "Montant demandé par tous les dossiers reçus, divisé par l'enveloppe.",
            ),
        ],
        columns=3,
    )
    dossiers = f"{formats.number(summary.funded_dossiers(result))} sur {formats.number(asked.fundable_dossiers)}"
    reached = [
        Figure(
            "Dossiers financés", dossiers, "Dossiers qui reçoivent quelque chose, sur ceux qui peuvent être financés."
        ),
        Figure(
            "Agents concernés",
            formats.number(result.agents),
            "Agents que touchent les demandes financées, quand leur nombre est connu.",
        ),
        Figure(
            "Score total",
            formats.number(result.score_total.quantize(Decimal("0.01"))),
            "Somme des scores de ce qui est financé : sert à comparer deux enveloppes ou deux stratégies.",
        ),
    ]
    if result.settings.unite == "action":
        words = programme.line_words.capitalize()
        ending = "s" if programme.file.ligne.genre == "m" else "es"
        definition = f"{words} qui reçoivent quelque chose."
        reached.insert(1, Figure(f"{words} financé{ending}", formats.number(len(result.funded)), definition))
    metrics.grid(reached, columns=len(reached))
    if asked_more := result.settings.supplement:
        second_envelope.show(
            asked_more.enveloppe, result.supplement, sum(bool(one.supplement) for one in result.funded)
        )


def bar(result: Result) -> None:
    """The envelope and its parts."""
    parts = {PARTS[code]: part for code, part in summary.parts(result).items() if part or code in ("accorde", "reste")}
    envelope_bar.show(parts, result.enveloppe)


def lists(programme: Programme, result: Result, asked: Demand) -> None:
    """Every line with its reason, a list at a time: only the one that is looked at is sent."""
    tabs = st.tabs([*LISTS, CAPPED], key="listes", on_change="rerun")
    for tab, title in zip(tabs, [*LISTS, CAPPED], strict=True):
        if tab.open:
            with tab:
                if title == CAPPED:
                    _capped(programme, result)
                else:
                    _list(programme, title, _listed(result, title), result.settings)


def _listed(result: Result, title: str) -> Sequence[Outcome]:
    # The funded are known already: going through 10,000 lines again at each move would show.
    return result.funded if title == FUNDED else [o for o in result.lines if o.statut in LISTS[title]]


def _list(programme: Programme, title: str, outcomes: Sequence[Outcome], settings: Settings) -> None:
    if not outcomes:
        st.info("Rien dans cette liste avec ces réglages.")
        return
    unite = settings.unite
    money = [GRANTED, SUPPLEMENT] if settings.supplement else [GRANTED]
    tables.show(
        lazy.rows(outcomes, _row, FIRST_ROWS),
        [*_columns(programme, unite), *([*money, PROPOSAL, REASON] if title == FUNDED else [REASON])],
        key=f"liste_{list(LISTS).index(title)}_{unite}",
        alt=f"{title} : montants et raisons",
        sent=FIRST_ROWS,
        most=420,
    )


def _row(outcome: Outcome) -> dict[str, Any]:
    line = outcome.line
    return {
        "position": line.position,
        "numero": line.numero,
        "ligne": line.ligne,
        "etablissement": line.etablissement,
        "score": line.score and line.score.quantize(Decimal("0.01")),
        "demande": line.requested,
        "possible": summary.possible_for(line) if line.ceiling is not None else None,
        "accorde": outcome.granted,
        "supplement": outcome.supplement,
        "statut": STATUTS[outcome.statut] + (", sous condition" if outcome.conditional else ""),
        "raison": outcome.reason,
    }


def _columns(programme: Programme, unite: Unit) -> list[Column]:
    line = Column(
        "ligne", "Ligne", "entier", help=f"Rang dans le fichier : {programme.line_word} du dossier.", width=60
    )
    return [
        Column("numero", "Numéro", width=95, pinned=True),
        *([line] if unite == "action" else []),
        Column(
            "position", "Place", "entier", help="Place au classement ; inconnue pour ce qui n'est pas classé.", width=60
        ),
        Column("etablissement", "Établissement", width=190),
        Column("score", "Score", "nombre", help="Sur 100.", width=70),
        Column("demande", "Demandé (€)", "montant", width=110),
        Column(
            "possible",
            "Aide possible (€)",
            "montant",
            help="Le plus que le programme permet, sans dépasser la demande.",
            width=115,
        ),
    ]


GRANTED = Column("accorde", "Accordé (€)", "montant", help="Ce que la simulation donne.", width=110)
SUPPLEMENT = Column("supplement", "Supplément (€)", "montant", help="Pris sur la seconde enveloppe.", width=110)
PROPOSAL = Column("statut", "Proposition", width=120)
REASON = Column("raison", "Raison", help="Double-clic ou Entrée sur la cellule pour tout lire.", width=1100)


def _capped(programme: Programme, result: Result) -> None:
    # A common rate has ceilings of its own: those of the answer, not those that the lines came with.
    asked = summary.demand(outcome.line for outcome in result.lines)
    metrics.grid(
        [
            Figure("Demandé", formats.euros(asked.fundable_requested), "Ce que demandent les dossiers finançables."),
            Figure("Aide possible", formats.euros(asked.possible), "Le plus que le programme leur permet ensemble."),
            Figure(
                "Retiré par les plafonds",
                formats.euros(asked.taken_away),
                "Demandé moins aide possible : taux, plafonds, dépenses écartées de l'assiette.",
            ),
            Figure(
                "Demandes réduites",
                formats.number(asked.capped_lines),
                "Finançables, mais pas pour tout ce qu'elles demandent.",
            ),
        ],
        columns=4,
    )
    capped = summary.capped(result)
    if not capped:
        st.info("Aucune demande finançable n'est réduite par un plafond.")
        return
    unite = result.settings.unite
    tables.show(
        lazy.rows(capped, _capped_row, FIRST_ROWS),
        [
            *_columns(programme, unite),
            Column("retire", "Retiré (€)", "montant", help="Demandé moins aide possible.", width=110),
            GRANTED,
            PROPOSAL,
        ],
        key=f"plafonds_{unite}",
        alt="Demandes réduites par un plafond, la plus grande réduction d'abord",
        sent=FIRST_ROWS,
        most=420,
    )


def _capped_row(capped: Capped) -> dict[str, Any]:
    return _row(capped.outcome) | {"retire": capped.taken_away}

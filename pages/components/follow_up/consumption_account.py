"""One account: why it is pointed at, its proofs one by one, its reports, its curve."""

from collections.abc import Sequence

import streamlit as st

from clact_model import formats
from clact_model.consumption import SIGNALS, Consumption, Watched
from clact_model.documents.consumption_xlsx import proof_rows
from clact_model.ledger import POSTES
from clact_model.programme import Programme
from clact_model.tracking.obligation import STATES, Obligation
from pages.components import base, links, tables, text
from pages.components.follow_up import consumption_acts, consumption_curve
from pages.components.tables import Column, Row


def show(programme: Programme, found: Consumption, one: Watched) -> None:
    """The account picked."""
    situation = one.situation
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            poste = "" if situation.poste == "aide" else f" · {POSTES[situation.poste].lower()}"
            name = text.plain(situation.raison_sociale or formats.UNKNOWN)
            st.subheader(f"{text.plain(situation.numero)}{poste} · {name}", anchor=False, width="stretch")
            links.to_fiche(situation.numero, "Ouvrir sa fiche", icon=":material/description:")
        st.caption(_standing(one))
        for reason in one.raisons:
            st.markdown(
                f"- **{SIGNALS[reason.signal]}** : {text.plain(reason.phrase)}{_much(reason.euros, reason.jours)}"
            )
        proofs, reports, curve, acts = st.tabs(
            ["Justificatifs", "Bilans", "Courbe", "Report, annulation, récupération"],
            # Without a key the first one would open again after each write.
            key=f"conso_onglets_{situation.numero}_{situation.poste}",
        )
        with proofs:
            _proofs(programme, one)
        with reports:
            _reports([o for o in found.obligations if (o.numero, o.poste) == (situation.numero, situation.poste)])
        with curve:
            own = [step for step in found.steps if step.account == (situation.numero, situation.poste)]
            consumption_curve.draw(found, own, f"dossier {situation.numero}", key="courbe_compte")
        with acts:
            consumption_acts.show(programme, one)


def _standing(one: Watched) -> str:
    balance, spread = one.situation.balance, one.prevision
    told = [
        f"{formats.euros(balance.consomme)} consommés sur {formats.euros(balance.accorde)}",
        f"échéance le {formats.day(one.echeance)}" if one.echeance else "échéance inconnue",
    ]
    if one.avant:
        told.append(f"reportée du {', '.join(formats.day(day) for day in one.avant)}")
    if balance.a_recuperer:
        told.append(
            f"{formats.euros(balance.a_recuperer)} à récupérer : leur retour s'inscrit à Conventions et versements"
        )
    if balance.reste and spread is not None:
        told.append(
            f"prévision ≈ {formats.whole_euros(spread.median)}, huit chances sur dix entre {formats.whole_euros(spread.low)} et "
            f"{formats.whole_euros(spread.high)} ({formats.plural(spread.cases, 'cas', 'cas')})"
        )
    elif balance.reste:
        told.append("pas de prévision : trop peu de cas")
    return " · ".join(told)


def _much(euros: object, jours: int | None) -> str:
    parts = [formats.euros(euros)] if euros is not None else []  # type: ignore[arg-type]
    parts += [formats.plural(jours, "jour")] if jours else []
    return f" — **{', '.join(parts)}**" if parts else ""


def _proofs(programme: Programme, one: Watched) -> None:
    rows = list(proof_rows(one))
    if rows:
        _answered(programme, one, rows)
    elif one.situation.poste == "aide":
        st.caption(
            "Aucune dépense présentée. Déposez l'état reçu à « États récapitulatifs », ou inscrivez une pièce ci-dessous."
        )
    else:
        st.caption(
            "Aucune dépense présentée. Les états récapitulatifs ne portent que sur l'aide : inscrivez-les ci-dessous."
        )
    consumption_acts.present(programme, one, opened=not rows)


def _answered(programme: Programme, one: Watched, rows: Sequence[Row]) -> None:
    picked = tables.choose(
        rows,
        [
            Column("id", "N°", "numero", pinned=True, help="Numéro de la ligne dans le registre."),
            Column("reference", "Facture", width=150),
            Column("jour", "Reçue le", "date"),
            Column("ligne", programme.line_word.capitalize(), "entier"),
            Column("presente", "Présenté (€)", "montant"),
            Column("admis", "Admis (€)", "montant"),
            Column("rejete", "Rejeté (€)", "montant"),
            Column("attend", "Sans réponse (€)", "montant"),
            Column("motif", "Motif", width=280),
        ],
        names=["id"],
        key=f"justificatifs_{one.situation.numero}_{one.situation.poste}_{base.opened().writes()}",
        alt="Dépenses présentées, admises et rejetées, une par une",
    )
    if picked is None:
        waits = any(row["attend"] for row in rows)
        st.caption(
            "Cochez une dépense pour l'admettre ou la rejeter."
            if waits
            else "Toutes les dépenses présentées ont leur réponse."
        )
    elif not picked["attend"]:
        st.caption(
            "Cette dépense a toute sa réponse. Pour la reprendre : « Contre-passer une ligne », Conventions et versements."
        )
    else:
        consumption_acts.answer(programme, one, picked)


def _reports(owed: Sequence[Obligation]) -> None:
    reports = [one for one in owed if one.nature in ("bilan", "evaluation")]
    if not reports:
        st.caption("Aucun bilan n'est attendu.")
        return
    tables.show(
        [
            {
                "annee": None if one.annee is None else str(one.annee),
                "libelle": one.libelle,
                "echeance": one.echeance,
                "etat": STATES[one.etat],
                "fait_le": one.fait_le,
                "retard": one.retard or None,
            }
            for one in reports
        ],
        [
            # Apart: the words of the call are long, and its year would be the first to be cut.
            Column("annee", "Année"),
            Column("libelle", "Bilan", width=300),
            Column("echeance", "Dû le", "date"),
            Column("etat", "État"),
            Column("fait_le", "Reçu le", "date"),
            Column("retard", "Retard (jours)", "entier"),
        ],
        key="bilans_dus",
        alt="Bilans dus et reçus",
    )

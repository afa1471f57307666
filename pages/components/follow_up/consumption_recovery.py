"""What is to be asked back or freed once the deadline is gone: proposed, confirmed by a person, then written to the establishment."""

from collections.abc import Sequence

import streamlit as st

from clact_model import consumption, formats, tracking
from clact_model.consumption import Consumption, Proposal
from clact_model.documents.addressees import addressees
from clact_model.documents.letter_of_recovery import recovery_letters
from clact_model.documents.letters_xlsx import RECOVERIES
from clact_model.ledger import POSTES, ZERO
from clact_model.programme import Programme
from clact_model.tracking import Situation
from pages.components import base, letters, links, messages, quotes, tables, writes
from pages.components.tables import Column


def show(programme: Programme, found: Consumption) -> None:
    """The words of the call, what is proposed, what is confirmed and its letters."""
    recovery = programme.file.controle.recuperation
    if recovery is not None:
        st.markdown(f"**{recovery.libelle}**")
        quotes.sourced(programme, recovery.citation, recovery.interpretation)
    _proposed(programme, found)
    st.subheader("Lettres", anchor=False)
    _letters(programme, [one.situation for one in found.watched if one.situation.balance.a_recuperer > 0])
    _ahead(programme, found)


def _proposed(programme: Programme, found: Consumption) -> None:
    st.subheader("À confirmer", anchor=False)
    proposed = consumption.proposals(programme, found.watched, found.jour)
    if not proposed:
        st.caption("Aucune échéance passée ne laisse de somme à récupérer ou à libérer.")
        return
    rows = [
        {
            "proposition": one,
            "numero": one.numero,
            "poste": POSTES[one.poste],
            "raison_sociale": one.raison_sociale,
            "echeance": one.echeance,
            "reclamer": one.reclamer,
            "dont_rejete": one.dont_rejete,
            "liberer": one.liberer,
            "a_instruire": one.a_instruire,
            "motif": one.motif,
        }
        for one in proposed
    ]
    picked = tables.choose_several(
        rows,
        [
            Column("numero", "Dossier", pinned=True),
            Column("raison_sociale", "Établissement", width=230),
            Column("echeance", "Échéance", "date"),
            Column("reclamer", "À récupérer (€)", "montant", help="Versé et non consommé."),
            Column("dont_rejete", "Dont non conforme (€)", "montant", help="Dépenses rejetées, dans cette somme."),
            Column("liberer", "À libérer (€)", "montant", help="Accordé, ni versé ni consommé."),
            Column("a_instruire", "Sans réponse (€)", "montant", help="Dépenses présentées : répondez-y d'abord."),
            Column("motif", "Motif", width=330),
            Column("poste", "Poste"),
        ],
        names=["numero", "poste"],
        key=f"recuperations_{base.opened().writes()}",
        alt="Sommes à récupérer ou à libérer, à confirmer",
        most=330,
    )
    chosen: Sequence[Proposal] = [row["proposition"] for row in picked]
    if chosen:
        _confirm(programme, chosen)
    else:
        st.caption("Cochez celles que vous confirmez : rien n'est inscrit avant.")


def _confirm(programme: Programme, chosen: Sequence[Proposal]) -> None:
    claimed, freed = sum((one.reclamer for one in chosen), ZERO), sum((one.liberer for one in chosen), ZERO)
    parts = ((claimed, "à récupérer"), (freed, "libérés"))
    said = " et ".join(f"{formats.euros(amount)} {what}" for amount, what in parts if amount)
    waiting = sum((one.a_instruire for one in chosen), ZERO)
    if waiting:
        st.warning(
            f"{formats.euros(waiting)} de dépenses présentées n'ont pas de réponse : admises, elles diminueraient ces sommes.",
            icon=":material/hourglass_empty:",
        )
    with st.form(writes.form("recuperer"), border=True, enter_to_submit=False):
        more = st.text_input("Précision ajoutée au motif (facultatif)", width="stretch")
        sent = st.form_submit_button(
            f"Confirmer : {said}",
            type="primary",
            icon=":material/task_alt:",
            key="recuperer_confirmer",
        )
    if sent:
        told = f" ({more.strip()})" if more.strip() else ""
        acts = [act for one in chosen for act in one.acts(base.today(), f"{one.motif}{told}")]
        with messages.refusals():
            tracking.record(base.opened(), programme, base.today(), acts, operation=writes.operation("recuperer"))
            writes.done(
                "recuperer",
                f"{said}, inscrits au registre.",
            )


def _letters(programme: Programme, asked: Sequence[Situation]) -> None:
    if not asked:
        st.caption("Rien n'est à récupérer : aucune lettre à envoyer.")
        return
    with_contact = letters.with_contact("recuperation_contact")
    known = addressees(base.cursor(), programme, [one.numero for one in asked])
    written = recovery_letters(programme, asked, known, with_contact)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            f"Lettre ({formats.number(len(written))}, la plus forte somme en tête)",
            range(len(written)),
            format_func=lambda n: " · ".join(filter(None, (written[n].numero, written[n].raison_sociale))),
            key="recuperation_de",
            width=520,
        )
        letters.download(programme, written, RECOVERIES, "toutes les lettres", "recuperations_toutes")
    st.code(written[chosen].texte, language=None, wrap_lines=True)
    st.caption(
        "Ce qui revient (reversement, ou imputation sur une notification ultérieure) s'inscrit sur l'autre page :"
    )
    links.to(links.CONVENTIONS, "Conventions et versements", icon=":material/contract:")


def _ahead(programme: Programme, found: Consumption) -> None:
    st.subheader(
        "Ce qui reviendra sans doute", anchor=False, help="Estimation, tirée de la prévision de chaque subvention."
    )
    days = found.comes_back_by_day
    if not days:
        st.caption("Rien d'estimé : tout est clos, ou trop peu de cas fondent une prévision.")
        return
    tables.show(
        [
            {
                "echeance": day,
                "euros": f"≈ {formats.whole_euros(spread.median)}",
                "entre": f"{formats.whole_euros(spread.low)} à {formats.whole_euros(spread.high)}",
                "dossiers": spread.accounts,
                "cas": spread.cases,
            }
            for day, spread in days.items()
        ],
        [
            Column("echeance", "Après l'échéance du", "date"),
            Column("euros", "À récupérer ou à libérer (estimation)", width=260),
            Column("entre", "Huit chances sur dix", width=200),
            Column("dossiers", "Subventions", "entier"),
            Column(
                "cas",
                "Cas",
                "entier",
                help="Le plus petit nombre de subventions dont une étape de la prévision est tirée.",
            ),
        ],
        key="reviendra",
        alt="Ce qui reviendra sans doute, par échéance",
    )
    recovery = programme.file.controle.recuperation
    if recovery is not None and recovery.par == "compensation":
        st.caption(
            "Ce qui est déjà versé revient à la notification suivante, selon l'appel ; le reste n'est pas versé."
        )

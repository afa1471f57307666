"""The head of the follow-up: how the call pays, and what its grants add up to."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from clact_model import decision, formats, tracking
from clact_model.programme import Programme
from clact_model.tracking import Situation
from pages.components import base, links, metrics, quotes, text
from pages.components.metrics import Figure


def nothing_yet(programme: Programme) -> None:
    """What to do before anything can be followed."""
    held = decision.held(base.cursor(), programme)
    waiting = held and any(one.decided for one in held.decisions)
    st.info(
        "Aucune subvention notifiée à ce jour : "
        + (
            "des décisions sont prises, notifiez-les sur la page Sélection."
            if waiting
            else "adoptez un scénario, prenez les décisions et notifiez-les sur la page Sélection."
        ),
        icon=":material/outgoing_mail:",
    )
    links.to(links.SELECTION, "Ouvrir Sélection", icon=":material/playlist_add_check:")


def show(programme: Programme, accounts: Sequence[Situation]) -> None:
    """How the call pays, with its sentence; sums of every grant, as of the day judged."""
    payment = programme.file.paiement
    if payment is None:
        st.warning(
            "Le fichier du programme ne dit pas comment l'appel paie : ajoutez-y une section [paiement].",
            icon=":material/payments:",
        )
    else:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/payments: **{text.plain(payment.libelle)}**", width="stretch")
            with st.popover("Le texte de l'appel", icon=":material/format_quote:"):
                quotes.sourced(programme, payment.citation, payment.interpretation)
    figures(accounts)


def figures(accounts: Sequence[Situation]) -> None:
    """The sums, each with its definition."""
    whole = tracking.total(accounts)
    payable = sum((one.payable for one in accounts), Decimal(0))
    to_sign = sum(one.to_sign for one in accounts)
    signed = sum(one.convention is not None for one in accounts)
    metrics.grid(
        [
            Figure(
                "Accordé (€)",
                formats.euros(whole.accorde),
                "Subventions notifiées à ce jour, suppléments compris.",
                formats.plural(len(accounts), "subvention"),
            ),
            Figure(
                "Conventionné (€)",
                formats.euros(whole.conventionne),
                "Montants des conventions et avenants au CPOM signés.",
                f"{formats.plural(signed, 'signée', 'signées')}, {formats.number(to_sign)} à signer",
            ),
            Figure(
                "Versé (€)",
                formats.euros(whole.paye),
                "Tout ce qui a été versé, y compris ce qui est à récupérer ou récupéré.",
                f"{formats.share(_share(whole.paye, whole.accorde))} de l'accordé",
            ),
            Figure(
                "À verser maintenant (€)",
                formats.euros(payable),
                "Ce que les tranches permettent de verser ce jour : rien ne les retient.",
                formats.plural(sum(one.payable > 0 for one in accounts), "subvention"),
            ),
        ],
        4,
    )


def _share(part: Decimal, whole: Decimal) -> Decimal | None:
    return part / whole if whole else None

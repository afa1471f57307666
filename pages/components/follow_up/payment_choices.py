"""Payments that a person must attach: one question each, a page at a time, answers kept from page to page."""

from collections.abc import Mapping, Sequence

import streamlit as st

from clact_model import formats, payments
from clact_model.payments import Candidate, Choice, Extract, Payable, Proposal
from clact_model.programme import Programme
from pages.components import base, text

A_PAGE = 8
_ANSWERS = "versements_rattaches"
LEFT = "Laisser de côté"


def forget() -> None:
    """The answers were of other files."""
    st.session_state.pop(_ANSWERS, None)


def ask(programme: Programme, extract: Extract) -> Mapping[int, Choice]:
    """The grants chosen so far: place of a proposal → its account."""
    waiting = [*extract.of("a_confirmer"), *extract.of("sans_candidat")]
    if not waiting:
        return {}
    answers: dict[int, Choice] = st.session_state.setdefault(_ANSWERS, {})
    st.markdown(
        f"**À rattacher par vous : {formats.plural(len(waiting), 'paiement')}**",
        help="Pour chacun, les dossiers proposés d'abord, avec leur confiance, puis tous ceux qui ont une subvention.",
    )
    pages = -(-len(waiting) // A_PAGE)
    page = st.pagination(pages, key="versements_page") if pages > 1 else 1
    accounts = payments.payables(base.cursor(), programme.id)
    for place in waiting[(page - 1) * A_PAGE : page * A_PAGE]:
        _question(place, extract.proposals[place], accounts, answers)
    return answers


def _question(place: int, one: Proposal, accounts: Sequence[Payable], answers: dict[int, Choice]) -> None:
    options = _options(one, accounts)
    labels = [LEFT, *options]
    kept = next((label for label, choice in options.items() if choice == answers.get(place)), LEFT)
    payment = one.payment
    with st.container(border=True):
        left, right = st.columns([5, 4], vertical_alignment="center")
        left.markdown(
            f"L{text.plain(payment.place)[1:]} · **{text.plain(payment.reference)}** · **{formats.euros(payment.montant)}** du "
            f"{formats.day(payment.jour)} · {text.plain(payment.beneficiaire)} · {text.plain(payment.libelle)}"
        )
        chosen = right.selectbox(
            f"Dossier du paiement, {text.plain(payment.place)}",
            labels,
            index=labels.index(kept),
            key="_".join(("versement", payment.fichier, *filter(None, (payment.feuille,)), str(payment.ligne))),
            label_visibility="collapsed",
        )
        st.caption(text.plain(one.raison))
    if chosen == LEFT:
        answers.pop(place, None)
    else:
        answers[place] = options[chosen]


def _options(one: Proposal, accounts: Sequence[Payable]) -> dict[str, Choice]:
    """What may be chosen: the candidates, the best first, then every other grant."""
    found = {_label(candidate): Choice.of(candidate) for candidate in one.candidats}
    proposed = {(candidate.numero, candidate.poste) for candidate in one.candidats}
    for account in accounts:
        if (account.numero, account.poste) not in proposed:
            found[f"{account.label} · {account.raison_sociale or formats.UNKNOWN}"] = Choice(
                account.numero, account.poste
            )
    return found


def _label(one: Candidate) -> str:
    tranche = f", tranche {one.tranche}" if one.tranche else ""
    return f"{one.label} · {one.raison_sociale or formats.UNKNOWN}{tranche} ({formats.share(one.confiance)})"

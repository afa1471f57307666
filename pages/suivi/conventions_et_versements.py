"""Conventions et versements : ce qui est signé, dû, versé, et ce qui l'attend encore."""

import streamlit as st

from pages.components import (
    base,
    payment_files,
    sidebar,
    statement_files,
    tracking_account,
    tracking_accounts,
    tracking_bulk,
    tracking_head,
    tracking_table,
    writes,
)
from pages.components.messages import refusals

GRANTS, PAYMENTS, STATEMENTS = "Subventions", "Import des versements", "États récapitulatifs"

programme = base.programme()
st.title("Conventions et versements", anchor=False)
writes.said()

with refusals():
    accounts = tracking_accounts.accounts(programme)
    if not accounts:
        tracking_head.nothing_yet(programme)
        sidebar.stop()
    tracking_head.show(programme, accounts)
    view = st.segmented_control(
        "Vue",
        (GRANTS, PAYMENTS, STATEMENTS),
        default=GRANTS,
        required=True,
        key="vue",
        bind="query-params",
        label_visibility="collapsed",
    )
    if view == PAYMENTS:
        payment_files.show(programme)
        sidebar.stop()
    if view == STATEMENTS:
        statement_files.show(programme)
        sidebar.stop()
    picked = tracking_table.pick(programme, accounts)
    if len(picked) == 1:
        tracking_account.show(programme, picked[0])
    else:
        tracking_bulk.panel(programme, picked)

"""Conventions et versements : ce qui est signé, dû, versé, et ce qui l'attend encore."""

import streamlit as st

from pages.components import base, sidebar, writes
from pages.components.follow_up import (
    payment_files,
    tracking_account,
    tracking_accounts,
    tracking_bulk,
    tracking_head,
    tracking_table,
)
from pages.components.messages import refusals

GRANTS, PAYMENTS = "Subventions", "Import des versements"

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
        (GRANTS, PAYMENTS),
        default=GRANTS,
        required=True,
        key="vue",
        bind="query-params",
        label_visibility="collapsed",
    )
    if view == PAYMENTS:
        payment_files.show(programme)
        sidebar.stop()
    picked = tracking_table.pick(programme, accounts)
    if len(picked) == 1:
        tracking_account.show(programme, picked[0])
    else:
        tracking_bulk.panel(programme, picked)

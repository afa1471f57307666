"""The tranches of a convention under each of the four texts, to the cent; calendar arithmetic at the ends of months."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clact_model import clock, months, paths
from clact_model.errors import UsageError
from clact_model.programme import load_all
from clact_model.programme.loading import read
from clact_model.tracking import ActionShare, due_on_proof, planned, words

CALLS = load_all().programmes
NOTIFIED = date(2024, 1, 15)


def d(text: str) -> date:
    return date.fromisoformat(text)


def share(ligne: int | None, montant: str, first: str | None = None, last: str | None = None) -> ActionShare:
    return ActionShare(ligne, Decimal(montant), first and d(first), last and d(last))  # type: ignore[arg-type]


PLANNED = {
    # what is paid: (call, shares, signed on, [(amount, action, day, condition, year)])
    "Grand Est, en une fois à la convention": (
        "grand_est_2024",
        [share(1, "1000.10"), share(2, "500.05")],
        "2024-10-20",
        [("1500.15", None, "2024-10-20", "signature", None)],
    ),
    "Guadeloupe, 40 % puis 30 % sur chaque bilan": (
        "guadeloupe_2023",
        [share(1, "100000.00")],
        "2024-02-12",
        [
            ("40000.00", None, "2024-02-12", "signature", None),
            ("30000.00", None, "2025-03-30", "bilan", 2024),
            ("30000.00", None, "2026-03-30", "bilan", 2025),
        ],
    ),
    "Guadeloupe, un centime de trop va au plus grand reste": (
        "guadeloupe_2023",
        [share(None, "0.04")],
        "2024-02-12",
        [
            ("0.02", None, "2024-02-12", "signature", None),
            ("0.01", None, "2025-03-30", "bilan", 2024),
            ("0.01", None, "2026-03-30", "bilan", 2025),
        ],
    ),
    "Normandie, une action dans l'année": (
        "normandie_2025",
        [share(1, "9000.00", "2025-02-10", "2025-12-20")],
        "2025-07-01",
        [("9000.00", 1, "2025-12-31", "annee", 2025)],
    ),
    "Normandie, 4 mois en 2025 et 8 en 2026": (
        "normandie_2025",
        [share(1, "10000.00", "2025-09-01", "2026-08-31")],
        "2025-07-01",
        [("3333.33", 1, "2025-12-31", "annee", 2025), ("6666.67", 1, "2026-12-31", "annee", 2026)],
    ),
    "Normandie, deux actions, année par année": (
        "normandie_2025",
        [share(1, "1200.00", "2025-01-01", "2026-12-31"), share(2, "500.00", "2026-01-31", "2026-02-28")],
        "2025-07-01",
        [
            ("600.00", 1, "2025-12-31", "annee", 2025),
            ("600.00", 1, "2026-12-31", "annee", 2026),
            ("500.00", 2, "2026-12-31", "annee", 2026),
        ],
    ),
    "Normandie, signée après l'année payée": (
        "normandie_2025",
        [share(1, "800.00", "2025-01-01", "2025-06-30")],
        "2026-01-15",
        [("800.00", 1, "2026-01-15", "annee", 2025)],
    ),
    "Normandie, dates inconnues : rien n'est deviné": (
        "normandie_2025",
        [share(1, "800.00", "2025-01-01"), share(2, "50.00", "2026-02-01", "2025-02-01")],
        "2025-07-01",
        [("800.00", 1, None, "annee", None), ("50.00", 2, None, "annee", None)],
    ),
    "Hauts-de-France, chaque action sur ses justificatifs": (
        "hauts_de_france_2022",
        [share(1, "700.00", "2022-09-01", "2023-06-30"), share(2, "300.00")],
        "2022-09-05",
        [("700.00", 1, None, "justificatif", None), ("300.00", 2, None, "justificatif", None)],
    ),
}


@pytest.mark.parametrize("what", PLANNED)
def test_each_call_pays_as_its_text_says(what: str) -> None:
    call, shares, signed, expected = PLANNED[what]
    found = planned(CALLS[call], shares, d(signed), NOTIFIED)
    assert [
        (str(t.montant), t.ligne, t.echeance and t.echeance.isoformat(), t.condition, t.annee) for t in found
    ] == expected
    assert [t.tranche for t in found] == list(range(1, len(found) + 1))


DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
SHARES = st.lists(
    st.builds(
        ActionShare,
        st.none() | st.integers(1, 9),
        st.integers(0, 10**9).map(lambda whole: Decimal(whole).scaleb(-2)),
        st.none() | DAYS,
        st.none() | DAYS,
    ),
    max_size=5,
)


@pytest.mark.parametrize("call", CALLS)
@settings(max_examples=60, deadline=None)
@given(shares=SHARES, signed=DAYS)
def test_tranches_make_the_whole_to_the_cent_and_none_is_empty(
    call: str, shares: list[ActionShare], signed: date
) -> None:
    found = planned(CALLS[call], shares, signed, NOTIFIED)
    assert sum((t.montant for t in found), Decimal(0)) == sum((s.montant for s in shares), Decimal(0))
    assert all(t.montant > 0 for t in found)
    assert all(t.montant == round(t.montant, 2) for t in found)


def test_what_is_paid_of_each_action_is_what_it_was_given_when_paid_by_action() -> None:
    shares = [share(1, "100.01", "2025-11-30", "2026-01-01"), share(2, "0.01", "2025-12-31", "2026-12-31")]
    found = planned(CALLS["normandie_2025"], shares, d("2025-07-01"), NOTIFIED)
    assert {ligne: sum(t.montant for t in found if t.ligne == ligne) for ligne in (1, 2)} == {
        1: Decimal("100.01"),
        2: Decimal("0.01"),
    }


def test_a_negative_share_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        planned(CALLS["grand_est_2024"], [share(1, "-1.00")], d("2024-10-20"), NOTIFIED)


@pytest.mark.parametrize(
    ("received", "paid_until"),
    [
        ("2022-11-09", "2022-12-31"),
        ("2022-11-10", "2023-12-31"),
        ("2022-12-31", "2023-12-31"),
        ("2023-01-01", "2023-12-31"),
        ("2024-02-29", "2024-12-31"),
    ],
)
def test_a_proof_received_before_the_10th_of_november_is_paid_in_the_year(received: str, paid_until: str) -> None:
    assert due_on_proof(CALLS["hauts_de_france_2022"], d(received)) == d(paid_until)


def test_a_call_paid_on_invoices_whenever_they_come_ties_them_to_no_year() -> None:
    call = CALLS["hauts_de_france_2022"]
    rolling = read(re.sub(r"(?m)^recus_jusqu_au.*\n", "", call.text), call.id, paths.SOURCES)
    assert rolling.file.paiement is not None
    assert due_on_proof(rolling, d("2022-11-10")) is None
    assert "à mesure" in (words.proofs_in_words(rolling.file.paiement) or "")


def test_a_call_that_does_not_pay_on_proof_says_so() -> None:
    with pytest.raises(UsageError, match="ne paie pas sur justificatifs"):
        due_on_proof(CALLS["grand_est_2024"], d("2024-11-09"))


@pytest.mark.parametrize(
    ("day", "count", "after"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-10-09", 24, "2026-10-09"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2025-03-31", -1, "2025-02-28"),
        ("2025-01-15", -1, "2024-12-15"),
        ("2025-08-31", 0, "2025-08-31"),
    ],
)
def test_months_later_end_on_the_last_day_of_a_shorter_month(day: str, count: int, after: str) -> None:
    assert months.later(d(day), count) == d(after)


@pytest.mark.parametrize(
    ("first", "last", "counted"),
    [
        ("2025-09-15", "2026-08-31", {2025: 4, 2026: 8}),
        ("2025-12-31", "2026-01-01", {2025: 1, 2026: 1}),
        ("2024-02-29", "2024-02-29", {2024: 1}),
        ("2025-06-01", "2027-02-01", {2025: 7, 2026: 12, 2027: 2}),
    ],
)
def test_a_month_begun_counts_whole(first: str, last: str, counted: dict[int, int]) -> None:
    assert months.by_year(d(first), d(last)) == counted


@given(DAYS, DAYS)
def test_every_month_of_a_span_is_counted_once(one: date, other: date) -> None:
    first, last = sorted((one, other))
    whole = (last.year - first.year) * 12 + last.month - first.month + 1
    assert sum(months.by_year(first, last).values()) == whole


@pytest.mark.parametrize(
    ("call", "moment", "day"),
    [
        # Four hours behind UTC: the 30th of March is not over there.
        ("guadeloupe_2023", "2025-03-31T03:59:59", "2025-03-30"),
        ("guadeloupe_2023", "2025-03-31T04:00:00", "2025-03-31"),
        # An hour or two ahead: the 31st of December is over there, the 1st of July begins early.
        ("grand_est_2024", "2026-12-31T22:59:59", "2026-12-31"),
        ("grand_est_2024", "2026-12-31T23:00:00", "2027-01-01"),
        ("normandie_2025", "2025-06-30T22:00:00", "2025-07-01"),
    ],
)
def test_a_day_ends_at_midnight_where_the_call_is_run(call: str, moment: str, day: str) -> None:
    assert clock.day_of(CALLS[call], datetime.fromisoformat(moment).replace(tzinfo=UTC)) == d(day)

"""What belongs to no action is shared out to the cent, and every split is the ledger's sum."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as some

from clact_model import consumption, ledger, tracking
from clact_model.consumption.groups import grouped, shared
from clact_model.overview.labels import SEVERAL_AXES
from tests.tracking.owing import Owing, d, owing

CALL = "grand_est_2024"
CENTS = some.integers(0, 10**9)


@given(CENTS, some.dictionaries(some.integers(1, 5), some.integers(-(10**6), 10**6)), some.lists(CENTS, max_size=5))
def test_the_parts_of_an_account_make_the_whole(whole: int, own: dict[int | None, int], weights: list[int]) -> None:
    parts = shared(whole, own, dict(enumerate(weights, start=1)))
    assert sum(parts.values()) == whole
    assert all(part >= 0 for part in parts.values())


def test_a_line_of_an_action_stays_its_own_and_the_rest_follows_the_convention() -> None:
    assert shared(1_000, {1: 400}, {1: 1, 2: 2}) == {1: 600, 2: 400}


def two_axes(folder: Path) -> Owing:
    """A dossier of two actions on two axes, signed; one expense of the second action, one of the whole, one rejected."""
    one = owing(folder, CALL, "2024-10-09", [(1, "10000.00"), (2, "5000.01")], [(None, None), (None, None)])
    with one.base.write("essai", one.programme.id) as writing:
        writing.cursor.execute("UPDATE action SET axe = 'axe_' || ligne")
    one.sign("2024-11-01")
    one.do("2024-11-20", tracking.Pay(one.numero, Decimal("9000.00"), d("2024-11-20"), "P-1"))
    one.spend("2025-03-01", "1000.00", "F1", ligne=2)
    one.spend("2025-05-01", "700.01", "F2")
    return one


def test_by_any_field_the_groups_add_up_to_the_ledger_on_every_day(tmp_path: Path) -> None:
    one = two_axes(tmp_path)
    cursor = one.base.cursor()
    for day in (d("2024-10-09"), d("2024-12-01"), d("2025-04-01"), d("2026-01-01")):
        balance = ledger.total(ledger.balances(cursor, one.programme.id, day).values())
        steps = consumption.steps(cursor, one.programme.id, day)
        assert consumption.curve(steps)[-1].amounts["consomme"] == balance.consomme
        for champ in consumption.CHAMPS:
            groups = grouped(cursor, one.programme, day, steps, champ)
            ends = [consumption.curve(own)[-1].amounts for own in groups.values()]
            for measure in consumption.MEASURES:
                assert sum(end[measure] for end in ends) == getattr(balance, measure), (champ, measure, day)


def test_an_axis_consumes_what_its_actions_do(tmp_path: Path) -> None:
    one = two_axes(tmp_path)
    cursor, day = one.base.cursor(), d("2026-01-01")
    groups = grouped(cursor, one.programme, day, consumption.steps(cursor, one.programme.id, day), "axe")
    consumed = [consumption.curve(own)[-1].amounts["consomme"] for own in groups.values()]
    # 700.01 on no action: two thirds and one third of the convention; 1 000 of the second.
    assert consumed == [Decimal("466.67"), Decimal("1233.34")]


def test_before_its_convention_a_dossier_of_several_axes_is_shared_out_to_none(tmp_path: Path) -> None:
    one = owing(tmp_path, CALL, "2024-10-09", [(None, "9000.00")], [(None, None), (None, None)])
    with one.base.write("essai", one.programme.id) as writing:
        writing.cursor.execute("UPDATE action SET axe = 'axe_' || ligne")
    cursor, day = one.base.cursor(), d("2024-10-20")
    groups = grouped(cursor, one.programme, day, consumption.steps(cursor, one.programme.id, day), "axe")
    assert list(groups) == [SEVERAL_AXES]
    assert consumption.curve(groups[SEVERAL_AXES])[-1].amounts["accorde"] == 9_000


def test_a_curve_has_a_point_on_each_day_that_changed_and_none_after_the_day_asked(tmp_path: Path) -> None:
    one = two_axes(tmp_path)
    points = consumption.curve(consumption.steps(one.base.cursor(), one.programme.id, d("2025-03-31")))
    assert [point.jour for point in points] == [
        date(2024, 10, 9),
        date(2024, 11, 1),
        date(2024, 11, 20),
        date(2025, 3, 1),
    ]
    assert points[-1].amounts["consomme"] == 1_000

"""What screens share, run by Streamlit without a browser."""

import json
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from pages.components import tables


def _paged_table() -> None:
    import streamlit as st

    from pages.components import tables

    count = st.number_input("Nombre", 0, 1000, 450)
    rows = [{"numero": f"D{i}", "montant": None} for i in range(int(count))]
    columns = [tables.Column("numero", "N°"), tables.Column("montant", "Montant (€)", "montant")]
    tables.show(rows, columns, key="dossiers", alt="Dossiers")


def test_no_more_than_200_rows_are_sent() -> None:
    screen = AppTest.from_function(_paged_table, default_timeout=60).run()
    assert len(screen.dataframe[0].value) == 200
    assert "1 à 200 sur 450" in screen.caption[0].value


def test_the_last_page_holds_what_is_left() -> None:
    screen = AppTest.from_function(_paged_table, default_timeout=60).run()
    screen.pagination[0].set_value(3).run()
    assert screen.dataframe[0].value["numero"].iloc[0] == "D400"
    assert len(screen.dataframe[0].value) == 50


@pytest.mark.parametrize("left", [0, 10, 250])
def test_a_table_that_shrinks_under_its_last_page_is_still_shown(left: int) -> None:
    screen = AppTest.from_function(_paged_table, default_timeout=60).run()
    screen.pagination[0].set_value(3).run()
    screen.number_input[0].set_value(left).run()
    assert not screen.exception
    assert len(screen.dataframe[0].value) == min(left, 200)


@pytest.mark.parametrize(("rows", "pixels"), [(2, 101), (50, 420)])
def test_a_short_table_is_no_taller_than_its_rows(rows: int, pixels: int, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    monkeypatch.setattr("streamlit.dataframe", lambda *args, height, **rest: drawn.append(height))
    columns = [tables.Column("numero", "N°")]
    tables.show([{"numero": "D1"}] * rows, columns, key="courte", alt="Courte", most=420)
    assert drawn == [pixels]


def _every_kind() -> None:
    from datetime import UTC, date, datetime
    from decimal import Decimal

    from pages.components import tables

    kinds = ["texte", "montant", "part", "nombre", "entier", "numero", "date", "moment", "oui_non"]
    known = {
        "texte": "code",
        "montant": Decimal("1234.50"),
        "part": Decimal("0.1234"),
        "nombre": Decimal("2.5"),
        "entier": 7,
        "numero": 6858,
        "date": date(2026, 1, 31),
        "moment": datetime(2026, 5, 10, 22, 30, tzinfo=UTC),
        "oui_non": True,
    }
    columns = [
        tables.Column(kind, kind, kind, labels={"code": "Libellé"} if kind == "texte" else None) for kind in kinds
    ]
    tables.show([known, dict.fromkeys(kinds)], columns, key="tout", alt="Tout")


def test_every_kind_of_column_takes_the_known_and_the_unknown() -> None:
    screen = AppTest.from_function(_every_kind, default_timeout=60).run()
    assert not screen.exception
    first, second = screen.dataframe[0].value.to_dict("records")
    assert first["montant"] == Decimal("1234.50"), "an amount never becomes a float"
    assert first["texte"] == "Libellé"
    assert first["oui_non"] == "oui"
    # 22:30 UTC is the next day in Paris: the column shows the wall clock of the programme.
    assert str(first["moment"]) == "2026-05-11 00:30:00"
    assert [value for value in second.values() if value == value and value is not None] == []


def test_the_number_of_a_line_is_painted_by_its_figures_alone() -> None:
    screen = AppTest.from_function(_every_kind, default_timeout=60).run()
    painted = json.loads(screen.dataframe[0].proto.columns)["numero"]["type_config"]["format"]
    assert [painted % number for number in (95, 7869, 10_394)] == ["95", "7869", "10394"]


def _every_chart() -> None:
    from datetime import date
    from decimal import Decimal

    from pages.components import charts
    from pages.components.tables import Column

    charts.bars({"08": Decimal(3), "2A": Decimal(4)}, category="Département", measure="Dossiers", key="b", alt="Barres")
    charts.bars({}, category="Département", measure="Dossiers", key="b0", alt="Barres vides")
    points = [(0, Decimal(1)), (10, Decimal(3))]
    rows, columns = [{"x": 0}], [Column("x", "Enveloppe", "montant")]
    charts.steps(
        points,
        across=("Enveloppe", "montant"),
        up=("Dossiers", "entier"),
        mark=(5, "ici"),
        in_steps=True,
        rows=rows,
        columns=columns,
        key="s",
        alt="Courbe",
    )
    charts.waterfall(
        ("Juin", 10),
        [("Coûts", -3), ("Juin", 2)],
        ("Mai", 9),
        measure="Accordé (€)",
        kind="montant",
        key="w",
        alt="De juin à mai",
    )
    charts.calendar([("Dépôt", date(2026, 1, 1), None)], date(2026, 2, 1), key="c", alt="Calendrier")
    charts.contributions({"Agents": Decimal("1.25"), "Dialogue": None}, key="p", alt="Contributions")


def test_every_chart_has_its_data_under_it() -> None:
    screen = AppTest.from_function(_every_chart, default_timeout=60).run()
    assert not screen.exception
    assert len(screen.expander) == len(screen.dataframe) == 6
    assert screen.caption[0].value == "Donnée inconnue pour : Dialogue."


def _refusing() -> None:
    from clact_model.errors import ClactError
    from pages.components import messages

    with messages.refusals():
        raise ClactError("Ligne 14 : *voir devis* n'est pas un montant.")


def test_a_refusal_is_shown_as_it_is_written() -> None:
    screen = AppTest.from_function(_refusing, default_timeout=60).run()
    assert not screen.exception
    assert r"\*voir devis\*" in screen.error[0].value

"""Whatever a cell holds, a parser gives a value that can be written and read again, or refuses in French."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn as reference

from clact_model import formats
from clact_model.fields import Field, dictionary
from clact_model.intake.cells import ColumnReading
from clact_model.intake.values import Cell, RefusalError, luhn, parser_of

PARIS = ZoneInfo("Europe/Paris")
FUZZED = settings(max_examples=250, derandomize=True, deadline=None, database=None)

# What people type, cut and glued in any order: random letters alone would hardly ever be near a value.
PIECES = (
    "1 12 500 2026 03 31 0 00 € k€ , . - − + ' % / : h T Z +02:00 e E+13 oui Non vrai x avril 3 1er lundi à ; @ a@b.fr 59 2A "
    "2B0000012 590000014 26590671900017 Nord public CHU FINESS n° environ TTC _x000D_ ² ٣ １ ｏｕｉ \u00a0 \u202f \u200b \n \t \x00 \ufeff"
).split(" ")
TEXTS = st.lists(st.sampled_from([*PIECES, " "]), max_size=6).map("".join) | st.text(max_size=30)
CELLS: st.SearchStrategy[Cell] = st.one_of(
    TEXTS,
    TEXTS,
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)

WRITTEN: Mapping[str, Callable[[Any], str]] = {
    "montant": formats.euros,
    "pourcentage": lambda share: f"{share * 100:f} %".replace(".", ","),
    "entier": formats.number,
    "nombre": formats.number,
    "note": formats.number,
    "date": formats.day,
    "oui_non": formats.yes_no,
    "horodatage": lambda moment: moment.astimezone(UTC).isoformat(),
}
"""Type → a value as the tool writes it; any other is its own writing."""
SAME: Mapping[str, type] = {
    "montant": Decimal,
    "pourcentage": Decimal,
    "nombre": Decimal,
    "note": Decimal,
    "entier": int,
    "date": date,
    "horodatage": datetime,
    "oui_non": bool,
}
"""Type → that of its values; text for any other."""


def _one_of_each() -> list[Field]:
    kinds = {(field.type, field.champ in ("numero", "thematique")): field for field in dictionary()}
    return list(kinds.values())


@pytest.mark.parametrize("field", _one_of_each(), ids=lambda field: f"{field.type}-{field.champ}")
@FUZZED
@given(cell=CELLS)
def test_a_cell_is_refused_in_french_or_its_value_reads_back(field: Field, cell: Cell) -> None:
    reading = ColumnReading(parser_of(field, PARIS))
    read = reading.of(cell)
    if isinstance(read, RefusalError):
        said = str(read)
        assert said.endswith(".")
        assert not {"error", "invalid", "Traceback", "Decimal"} & set(said.replace(str(cell), "").split())
        return
    if read.value is None:
        return
    value: Any = read.value
    assert type(value) is SAME.get(field.type, str)
    again = reading.of(WRITTEN.get(field.type, str)(value))
    assert not isinstance(again, RefusalError)
    assert again.value == value


@FUZZED
@given(st.text("0123456789", min_size=1, max_size=14))
def test_the_key_is_that_of_the_reference(digits: str) -> None:
    assert luhn.holds(digits) == reference.is_valid(digits)

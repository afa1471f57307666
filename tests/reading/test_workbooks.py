"""Workbooks whose inside says more, or less, than their values."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest

from clact_model.reading import Content, FileRefusedError, UploadedFile, archive, limits, read
from clact_model.reading.archive import Archive
from clact_model.reading.markup import whole_tags
from tests.intake import builders

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def content_of(content: bytes, name: str = "f.xlsx") -> Content:
    return read(UploadedFile(name, content))


def refusal(content: bytes, name: str = "f.xlsx") -> str:
    with pytest.raises(FileRefusedError) as refused:
        content_of(content, name)
    return str(refused.value)


def with_sheet(xml: bytes) -> bytes:
    return builders.patched(builders.xlsx({"F": [["a"]]}), {SHEET: xml})


def sheet_of(data: bytes, prefix: bytes = b"") -> bytes:
    declared = NAMESPACE if not prefix else NAMESPACE.replace(b"xmlns", b"xmlns:" + prefix.rstrip(b":"))
    return b"<%bworksheet %b>%b</%bworksheet>" % (prefix, declared, data, prefix)


def test_every_type_of_cell_comes_back_as_it_was() -> None:
    cells = ["texte", 3, 2.5, True, date(2026, 4, 3), datetime(2026, 4, 3, 9, 41, 7), time(9, 41), timedelta(hours=30)]  # noqa: DTZ001
    (sheet,) = content_of(builders.xlsx({"F": [cells, ["é\n😀", None, -1]]})).sheets
    read_back = list(sheet.rows[0])
    assert read_back[:4] == ["texte", 3, 2.5, True]
    assert read_back[4] in (date(2026, 4, 3), datetime(2026, 4, 3))  # noqa: DTZ001
    assert read_back[5:] == [datetime(2026, 4, 3, 9, 41, 7), time(9, 41), timedelta(hours=30)]  # noqa: DTZ001
    assert [type(cell) for cell in read_back[:4]][-1] is bool
    assert sheet.cell(2, 1) == "é\n😀"


def test_the_text_of_an_unsaved_formula_is_kept() -> None:
    (sheet,) = content_of(builders.xlsx({"F": [[1, 2, "=SUM(A1:B1)"]]})).sheets
    assert sheet.formulas == {(1, 3): "=SUM(A1:B1)"}
    assert "formule" in sheet.faults[1, 3][1]


def test_the_text_of_an_unsaved_formula_of_an_ods_is_kept() -> None:
    content = builders.ods({"F": [[1, 2, "X"]]})
    xml = builders.part(content, "content.xml").replace(
        b'office:value-type="string"><text:p>X</text:p>', b'table:formula="of:=SUM([.A1:.B1])">'
    )
    (sheet,) = content_of(builders.patched(content, {"content.xml": xml}), "f.ods").sheets
    assert sheet.formulas == {(1, 3): "of:=SUM([.A1:.B1])"}


def test_a_boolean_without_text_is_read_in_an_ods() -> None:
    content = builders.ods({"F": [["a", True, False, "b"], [True, "x"]]})
    xml = builders.part(content, "content.xml")
    xml = xml.replace(b'office:boolean-value="true"', b'office:value="1"').replace(
        b'office:boolean-value="false"', b'office:value="0"'
    )
    (sheet,) = content_of(builders.patched(content, {"content.xml": xml}), "f.ods").sheets
    assert [list(row)[:4] for row in sheet.rows] == [["a", True, False, "b"], [True, "x", *sheet.rows[1][2:4]]]
    assert sheet.rows[0][1] is True and sheet.rows[0][2] is False


def test_dates_of_the_1904_system_are_the_same_days() -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"] = date(2026, 4, 3)
    (sheet,) = content_of(builders.saved(book)).sheets
    (cell,) = sheet.rows[0]
    assert isinstance(cell, date) and (cell.year, cell.month, cell.day) == (2026, 4, 3)


def test_hidden_rows_and_columns_are_read() -> None:
    book = builders.workbook({"F": [["a", "b"], [1, 2], [3, 4]]})
    book["F"].row_dimensions[2].hidden = True
    book["F"].column_dimensions["B"].hidden = True
    book["F"].auto_filter.ref = "A1:B3"
    (sheet,) = content_of(builders.saved(book)).sheets
    assert sheet.rows == [("a", "b"), (1, 2), (3, 4)]


def test_sheets_of_charts_are_left_out() -> None:
    book = builders.workbook({"F": [["a", 1]]})
    book.create_chartsheet("Graphique")
    read_back = content_of(builders.saved(book))
    assert [sheet.nom for sheet in read_back.sheets] == ["F"]


@pytest.mark.parametrize(
    "far",
    [
        b'<row r="60000"><c r="A60000"><v>1</v></c></row>',
        b'<row r="2"><c r="GS2"><v>1</v></c></row>',
        b"<row r='2'><c r='XFD2'><v>1</v></c></row>",
        b'<row r="2"><c r = "xfd2" ><v>1</v></c></row>',
        b'<row r="2">' + b"<c><v>1</v></c>" * 201 + b"</row>",
        b'<row r="60000"><c><v>1</v></c></row>',
    ],
)
def test_a_cell_too_far_is_refused_however_it_is_written(far: bytes) -> None:
    said = refusal(with_sheet(sheet_of(b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>' + far + b"</sheetData>")))
    assert "trop étendue" in said


def test_what_is_looked_for_is_found_across_the_borders_of_blocks() -> None:
    filler = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"x" * 30_000 + b"</t></is></c></row>"
    for shift in range(0, 120, 7):
        padding = b"<!-- " + b"y" * (1_048_576 - 400 + shift) + b" -->"
        xml = sheet_of(
            padding + b"<sheetData>" + filler + b'<row r="70000"><c r="C70000"><v>1</v></c></row></sheetData>'
        )
        assert "C70000" in refusal(with_sheet(xml))


def test_windows_hold_the_same_bytes_and_cut_no_tag() -> None:
    xml = b'<a><b c="1">texte</b><d/> fin</a>'
    for size in range(1, len(xml)):
        windows = list(whole_tags(xml[at : at + size] for at in range(0, len(xml), size)))
        assert b"".join(windows) == xml
        assert all(window.count(b"<") == window.count(b">") for window in windows)


def test_a_workbook_with_prefixed_names_says_its_faults_too() -> None:
    cells = b'<x:row r="1"><x:c r="A1" t="e"><x:v>#N/A</x:v></x:c><x:c r="B1"><x:f>1+1</x:f></x:c></x:row>'
    (sheet,) = content_of(with_sheet(sheet_of(b"<x:sheetData>" + cells + b"</x:sheetData>", b"x:"))).sheets
    assert set(sheet.faults) == {(1, 1), (1, 2)}


def test_a_size_that_lies_is_refused_even_with_the_right_checksum_of_what_it_declares() -> None:
    content = bytearray(
        builders.patched(builders.flat_xlsx(), {}, {"xl/media/a.xml": b"<a>" + b" " * 10_000 + b"</a>"})
    )
    import zlib

    at = content.rfind(b"PK\x01\x02")
    content[at + 16 : at + 20] = zlib.crc32(b"<a>" + b" " * 7).to_bytes(4, "little")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert "abîmé" in refusal(bytes(content))


def test_more_cells_than_are_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from clact_model.reading import workbook

    monkeypatch.setattr(limits, "CELLS", 3)
    with pytest.raises(FileRefusedError, match="cellules"):
        workbook.look_through(Archive(builders.xlsx({"F": [[1, 2], [3, 4]]})))


def test_bytes_are_counted_while_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for number in range(2):
            made.writestr(f"{number}.bin", b"\x00" * 3_000_000)
    opened = Archive(stream.getvalue())
    monkeypatch.setattr(archive, "UNPACKED_BYTES", 5_000_000)
    for _ in range(2):
        assert sum(map(len, opened.blocks("0.bin"))) == 3_000_000
    with pytest.raises(FileRefusedError, match="trop volumineux"):
        sum(map(len, opened.blocks("1.bin")))
    with pytest.raises(FileRefusedError, match="trop volumineux"):
        Archive(stream.getvalue())

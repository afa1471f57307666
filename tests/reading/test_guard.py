"""The parent of a child that misbehaves: it lives, says one sentence in French, and leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pytest

from clact_model.reading import FileRefusedError, UploadedFile, answer, children, guard, read, read_all
from clact_model.reading.sheet import Cell, Content, Sheet
from tests.intake import builders

ROOT = Path(__file__).resolve().parent.parent.parent
LIMITED = "import sys; sys.path += sys.argv[1:]; from clact_model.reading import child; child.allow(1, 1);"
posix_only = pytest.mark.skipif(os.name != "posix", reason="limits of Unix")


@pytest.fixture(autouse=True)
def nothing_waits() -> Iterator[None]:
    yield
    children.end_waiting()


def misbehaving(program: str, seconds: float = 30) -> str:
    """What is said when the child runs this instead of reading."""
    said, status = children.asked(children.start(program), b"xlsx\n" + b"x" * 100_000, seconds)
    with pytest.raises(FileRefusedError) as refusal:
        guard.understood(said, status, "candidatures.xlsx")
    return str(refusal.value)


@posix_only
@pytest.mark.parametrize(
    ("program", "word"),
    [
        ("import os; os.abort()", "mémoire"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "mémoire"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "temps"),
        (f"{LIMITED} bytearray(2 * 1024**3)", "mémoire"),
        ("raise SystemExit(3)", "abîmé"),
        ("pass", "abîmé"),
        ("import sys; sys.stdout.write('[[[1]], 2]')", "abîmé"),
        ("import sys; sys.stdout.write('{\"date\": 1}')", "abîmé"),
        ("import sys; sys.stdout.write('[' * 50_000)", "abîmé"),
    ],
)
def test_a_child_that_dies_or_raves_gives_one_french_sentence(program: str, word: str) -> None:
    said = misbehaving(program)
    assert word in said
    assert "candidatures.xlsx" in said and "classeur neuf" in said


def test_a_child_that_hangs_is_ended() -> None:
    assert "temps" in misbehaving("import time; time.sleep(3600)", seconds=0.3)


@posix_only
def test_a_child_that_computes_for_ever_is_ended_by_the_system() -> None:
    assert "temps" in misbehaving(f"{LIMITED}\nwhile True: pass")


def test_a_child_that_answers_without_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "ANSWER_BYTES", 1_000_000)
    assert "arrêtée" in misbehaving("import sys\nwhile True: sys.stdout.write('[' * 100_000)")


@posix_only
def test_a_hostile_workbook_costs_little_memory_and_the_parent_lives(tmp_path: Path) -> None:
    """Cells that do not say where they stand pass the look: the child meets them within its limits."""
    good, sheet = builders.flat_xlsx(), "xl/worksheets/sheet1.xml"
    far = b'<row r="1048576">' + b"<c><v>1</v></c>" * 200 + b"</row></sheetData>"
    xml = builders.part(good, sheet).replace(b"</sheetData>", far)
    (tmp_path / "loin.xlsx").write_bytes(builders.patched(good, {sheet: xml}))
    (tmp_path / "bon.xlsx").write_bytes(good)
    program = textwrap.dedent(
        """
        import resource, sys
        from pathlib import Path
        from clact_model.reading import FileRefusedError, UploadedFile, read
        try:
            read(UploadedFile.from_path(Path(sys.argv[1], "loin.xlsx")))
        except FileRefusedError as refusal:
            print(refusal)
        print(read(UploadedFile.from_path(Path(sys.argv[1], "bon.xlsx"))).sheets[0].nom)
        print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
        """
    )
    # In a small process of its own: a child is born as large as its parent.
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    said, name, kilobytes = done.stdout.splitlines()
    assert "loin.xlsx" in said or "étendue" in said
    assert name == "Dossiers"
    assert int(kilobytes) < 300_000


def test_rows_that_do_not_say_where_they_stand_are_counted_before_anything_reads_them() -> None:
    good, sheet = builders.flat_xlsx(), "xl/worksheets/sheet1.xml"
    xml = builders.part(good, sheet).replace(b"</sheetData>", b"<row><c><v>1</v></c></row>" * 60_000 + b"</sheetData>")
    with pytest.raises(FileRefusedError, match="trop étendue : elle va jusqu'à A6"):
        read(UploadedFile("lignes.xlsx", builders.patched(good, {sheet: xml})))


def test_files_are_read_side_by_side_in_their_order() -> None:
    files = [UploadedFile(f"{n}.csv", f"a;b\n{n};x\n".encode()) for n in range(6)] + [UploadedFile("vide.csv", b"")]
    *contents, refused = read_all(files)
    assert [content.sheets[0].rows[1][0] for content in contents if isinstance(content, Content)] == list("012345")
    assert isinstance(refused, FileRefusedError)


def test_sessions_may_read_at_once() -> None:
    with ThreadPoolExecutor(8) as threads:
        read_by = list(threads.map(lambda n: read(UploadedFile("f.csv", f"a;b\n{n};x\n".encode())), range(16)))
    assert [content.sheets[0].rows[1][0] for content in read_by] == [str(n) for n in range(16)]


def test_a_child_that_waited_and_died_is_replaced() -> None:
    children.prepare()
    children._waiting[0].kill()
    children._waiting[0].wait()
    assert read(UploadedFile("f.csv", b"a;b\n1;2\n")).sheets[0].rows == [("a", "b"), ("1", "2")]


@posix_only
@pytest.mark.parametrize("end", ["raise SystemExit", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_no_child_outlives_its_parent(end: str) -> None:
    program = textwrap.dedent(
        f"""
        import os, signal
        from clact_model.reading import UploadedFile, children, read
        read(UploadedFile("f.csv", b"a;b\\n1;2\\n"))
        print(children._waiting[0].pid, flush=True)
        {end}
        """
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60)
    pid = int(done.stdout)
    for _ in range(1_000):
        if not _runs(pid):
            return
        signal.sigtimedwait([], 0.01)
    pytest.fail("the child still runs")


def _runs(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def test_the_child_sees_neither_our_environment_nor_our_libraries() -> None:
    program = (
        "import sys, os, json; sys.path += sys.argv[1:]; from clact_model.reading import child, workbook, delimited;"
        "print(json.dumps([dict(os.environ), [m for m in ('duckdb', 'pyarrow', 'pandas', 'numpy', 'streamlit', 'subprocess')"
        " if m in sys.modules]]))"
    )
    os.environ["CLACT_SECRET"] = "x"
    try:
        said, _ = children.asked(children.start(program), b"")
    finally:
        del os.environ["CLACT_SECRET"]
    assert b"CLACT" not in said
    assert said.endswith(b"[]]\n")


@pytest.mark.parametrize(
    "column",
    [
        [1, 1.0, True, "1", None, "", 0, False, 1],
        ["a", "a", "b"],
        [date(2026, 3, 1), datetime.fromisoformat("2026-03-01T00:00")],
        [None],
    ],
)
def test_equal_cells_travel_once_and_none_becomes_another(column: list[Cell]) -> None:
    sheet = Sheet("f", "F", [[cell, "x"] for cell in column])
    (got,) = answer.understood(answer.content(Content("f", (sheet,))), "f").sheets
    assert [(type(cell), cell) for cell, _ in got.rows] == [(type(cell), cell) for cell in column]


@pytest.mark.parametrize(
    "columns",
    [
        [[["a"], "AAAA"]],
        [[["a"], "BQAAAA=="]],
        [[[], "AAAAAA=="]],
        [[[["no cell"]], "AAAAAA=="]],
        [[["a"], "AAAAAA=="], [["a"], "AAAAAAAAAAA="]],
        [["a"]],
        7,
    ],
)
def test_what_is_no_columns_of_cells_is_no_answer(columns: object) -> None:
    said = json.dumps([[["F", [], columns, [], [], []]], []]).encode()
    with pytest.raises(ValueError, match="not an answer"):
        answer.understood(said, "f.xlsx")

"""The rules that keep the house in order, read in the files themselves."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import MENU

ROOT = Path(__file__).resolve().parent.parent
MODEL = sorted((ROOT / "clact_model").rglob("*.py"))
SCREENS = sorted((ROOT / "pages").rglob("*.py"))
PAGES = [path for path in SCREENS if "components" not in path.parts]
ORDER_TABLE = ROOT / "docs" / "architecture.md"
PAGE_LINES = 80
SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s.+\sSET|DELETE\s+FROM|CREATE\s+(TABLE|VIEW|TEMP)|COPY\s.+\sTO|ATTACH\s)",
    flags=re.IGNORECASE | re.DOTALL,
)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _rooms() -> list[str]:
    """The rooms of the table in docs/architecture.md, first to last: ``clact_model.errors``, …"""
    rows = re.findall(r"^\| (`.+?) \|", ORDER_TABLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    names = [re.findall(r"`([\w/]+?)/?(?:\.py)?`", row) for row in rows]
    return [first.replace("/", ".") for first, *_ in names]


ROOMS = _rooms()


def _room(module: str) -> int | None:
    if module == "clact_model.__main__":
        return ROOMS.index("clact_model.cli")
    return next((place for place, room in enumerate(ROOMS) if module == room or module.startswith(f"{room}.")), None)


def _imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, lazily or not; ``from clact_model import store`` is ``clact_model.store``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{_name(path)}, line {node.lineno}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _strings(path: Path) -> Iterator[tuple[int, str]]:
    """Every text in the code of a file, f-strings included, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def test_the_order_of_the_rooms_is_read() -> None:
    assert ROOMS[0] == "clact_model.errors"
    assert ROOMS[-1] == "pages"
    assert {"clact_model.store", "clact_model.intake", "clact_model.cli"} <= set(ROOMS)


@pytest.mark.parametrize("path", MODEL, ids=_name)
def test_every_module_has_its_room(path: Path) -> None:
    assert _module(path) == "clact_model" or _room(_module(path)) is not None, "name it in docs/architecture.md"


@pytest.mark.parametrize("path", MODEL, ids=_name)
def test_imports_run_one_way(path: Path) -> None:
    own = _room(_module(path))
    if own is not None:
        backwards = [name for name in _imports(path) if (other := _room(name)) is not None and other > own]
        assert not backwards


@pytest.mark.parametrize("path", MODEL, ids=_name)
def test_the_model_knows_no_streamlit(path: Path) -> None:
    assert not [name for name in _imports(path) if name.split(".")[0] in ("streamlit", "pages")]


def test_nothing_lies_directly_in_pages() -> None:
    # Streamlit would serve such a file without running app.py on the first deep link after a start.
    assert not [path.name for path in (ROOT / "pages").iterdir() if path.is_file()]


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_a_page_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= PAGE_LINES


@pytest.mark.parametrize("path", SCREENS, ids=_name)
def test_screens_hold_no_sql(path: Path) -> None:
    assert not [f"line {line}: {text}" for line, text in _strings(path) if SQL.search(text)]


@pytest.mark.parametrize("path", SCREENS, ids=_name)
def test_screens_let_no_html_through(path: Path) -> None:
    names = {
        node.arg for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.keyword)
    }
    assert not names & {"unsafe_allow_html", "unsafe_allow_javascript"}


@pytest.mark.parametrize("path", SCREENS, ids=_name)
def test_screens_draw_with_graph_objects(path: Path) -> None:
    # plotly.express takes ten times as long, and plotly at the top of a file delays the first page by 0.8 s.
    assert not [name for name in _imports(path) if name.startswith("plotly.express")]
    top = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.Import)]
    assert not [alias.name for node in top for alias in node.names if alias.name.startswith("plotly")]


def test_the_menu_and_the_folder_hold_the_same_pages() -> None:
    listed = {file for entries in MENU.values() for file in entries}
    assert {str(path.relative_to(ROOT / "pages")) for path in PAGES} == listed


def _regional_words() -> set[str]:
    words = set()
    for path in (ROOT / "data" / "programmes").glob("*.toml"):
        programme = tomllib.loads(path.read_text(encoding="utf-8"))
        words |= {path.stem, programme["region"], programme["titre"]}
        words |= {part.strip() for part in re.split(r",| et ", programme["region"])}
    return words


@pytest.mark.parametrize("path", [*MODEL, *SCREENS, ROOT / "app.py"], ids=_name)
def test_no_region_is_named_in_the_code(path: Path) -> None:
    code = path.read_text(encoding="utf-8").casefold()
    assert not [word for word in _regional_words() if re.search(rf"\b{re.escape(word.casefold())}\b", code)]

"""The rules that keep the house in order, read in the files themselves."""

import ast
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

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


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _imports(path: Path) -> tuple[str, ...]:
    """Every module that a file imports, lazily or not; ``from clact_model import store`` is ``clact_model.store``."""
    names: list[str] = []
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            names += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{_name(path)}, line {node.lineno}: a relative import"
            names += (f"{node.module}.{alias.name}" for alias in node.names)
    return tuple(names)


def _strings(path: Path) -> Iterator[tuple[int, str]]:
    """Every text in the code of a file, f-strings included, docstrings left out."""
    nodes = list(ast.walk(_tree(path)))
    prose = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def _wrong(paths: Iterable[Path], found: Callable[[Path], Iterable[object]]) -> dict[str, list[object]]:
    """File → what is wrong in it, for those where something is. A test a file would take longer to count than to run."""
    every = {_name(path): list(found(path)) for path in paths}
    assert every
    return {name: faults for name, faults in every.items() if faults}


def test_the_order_of_the_rooms_is_read() -> None:
    assert ROOMS[0] == "clact_model.errors"
    assert ROOMS[-1] == "pages"
    assert {"clact_model.store", "clact_model.intake", "clact_model.cli"} <= set(ROOMS)


def test_every_module_has_its_room() -> None:
    modules = [_module(path) for path in MODEL]
    assert not [m for m in modules if m != "clact_model" and _room(m) is None], "name it in docs/architecture.md"


def test_imports_run_one_way() -> None:
    def backwards(path: Path) -> list[str]:
        own = _room(_module(path))
        if own is None:
            return []
        return [name for name in _imports(path) if (other := _room(name)) is not None and other > own]

    assert not _wrong(MODEL, backwards)


def test_the_model_knows_no_streamlit() -> None:
    assert not _wrong(
        MODEL, lambda path: [name for name in _imports(path) if name.split(".")[0] in ("streamlit", "pages")]
    )


def test_nothing_lies_directly_in_pages() -> None:
    # Streamlit would serve such a file without running app.py on the first deep link after a start.
    assert not [path.name for path in (ROOT / "pages").iterdir() if path.is_file()]


def test_a_page_is_short() -> None:
    lines = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in PAGES}
    assert not {name: count for name, count in lines.items() if count > PAGE_LINES}


def test_what_the_sections_share_knows_none_of_them() -> None:
    components = ROOT / "pages" / "components"
    sections = {
        path.name for path in components.iterdir() if path.is_dir() and path.name not in ("charts", "__pycache__")
    }
    assert sections
    shared = [path for path in SCREENS if path.parent in (components, components / "charts")]
    own = tuple(f"pages.components.{section}" for section in sections)
    assert not _wrong(shared, lambda path: [name for name in _imports(path) if name.startswith(own)])


def test_screens_hold_no_sql() -> None:
    assert not _wrong(SCREENS, lambda path: [(line, text) for line, text in _strings(path) if SQL.search(text)])


def test_screens_let_no_html_through() -> None:
    refused = {"unsafe_allow_html", "unsafe_allow_javascript"}
    assert not _wrong(
        SCREENS,
        lambda path: refused & {node.arg for node in ast.walk(_tree(path)) if isinstance(node, ast.keyword)},
    )


def test_screens_draw_with_graph_objects() -> None:
    # plotly.express takes ten times as long, and plotly at the top of a file delays the first page by 0.8 s.
    assert not _wrong(SCREENS, lambda path: [name for name in _imports(path) if name.startswith("plotly.express")])
    tops = {path: [node for node in _tree(path).body if isinstance(node, ast.Import)] for path in SCREENS}
    assert not _wrong(
        SCREENS, lambda path: [a.name for node in tops[path] for a in node.names if a.name.startswith("plotly")]
    )


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


def test_no_region_is_named_in_the_code() -> None:
    words = [re.compile(rf"\b{re.escape(word.casefold())}\b") for word in _regional_words()]

    def named(path: Path) -> list[str]:
        code = path.read_text(encoding="utf-8").casefold()
        return [word.pattern for word in words if word.search(code)]

    assert not _wrong([*MODEL, *SCREENS, ROOT / "app.py"], named)

"""An xlsx workbook seen in its raw XML: how far its sheets reach, and the cells that calamine would give as empty."""

import posixpath
import re
from collections.abc import Iterable

from clact_model.reading.archive import Archive
from clact_model.reading.limits import (
    COLUMNS,
    LAST_ROW,
    MERGED_RANGES,
    SHEETS,
    FileRefusedError,
    check_cells,
    check_extent,
    check_faults,
    column_number,
    damaged,
    reference_of,
    too_many_sheets,
)
from clact_model.reading.markup import attribute, parse, whole_tags
from clact_model.reading.sheet import Findings, error_sentence, unsaved_formula_sentence

WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_RETOUCHED_BYTES = 8 * 1024**2
"""A sheet up to this size is checked to be well-formed XML, which calamine does not ask: larger ones no hand has touched."""

# References beyond column 200 (GR) or row 49 999: as every known program writes them, and as XML also allows. The first
# begins with plain letters, which the engine looks for fastest, and sets aside at once what is near.
_FAR = re.compile(
    rb'r="(?![A-F]?[A-Z][1-4]?[0-9]{1,4}")((?:[A-Z]{3,}|[H-Z][A-Z]|G[S-Z])[0-9]+|[A-Z]+(?:[5-9][0-9]{4}|[0-9]{6,}))"[^>]*>'
)
_FAR_ANYHOW = re.compile(
    rb"r\s*=\s*[\"']((?:[A-Z]{3,}|[H-Z][A-Z]|G[S-Z])[0-9]+|[A-Z]+(?:[5-9][0-9]{4}|[0-9]{6,}))[\"'][^>]*>", re.IGNORECASE
)
_ODD_WRITING = re.compile(rb"=\s*'|\s=|=\s")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_MERGE = re.compile(rb"mergeCell\s")
_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")
_DDE = re.compile(r"\|.*!")


def inspect(archive: Archive) -> dict[str, Findings]:
    """Sheet name → what its XML says beyond its values. Every part of the archive is unpacked once, and counted.

    Raises FileRefusedError for a workbook that lacks a part, has too many sheets, or reaches too far.
    """
    names = {path: name for name, path in _sheet_parts(archive).items()}
    looks = {path: _Look(name) for path, name in names.items()}
    cells = 0
    for path in archive:
        look, blocks = looks.get(path), archive.blocks(path)
        for window in whole_tags(blocks) if look else blocks:
            if look:
                cells += look.at(window)
                check_cells(cells)
    return {look.name: _findings(archive, path, look) for path, look in looks.items()}


def _findings(archive: Archive, path: str, look: "_Look") -> Findings:
    if look.needs_a_walk:
        return _Faults(look.name).of(archive.blocks(path))
    if look.size <= _RETOUCHED_BYTES:
        parse(archive.blocks(path), f"la feuille « {look.name} »")
    return Findings()


def _sheet_parts(archive: Archive) -> dict[str, str]:
    targets = _relations(archive)
    sheets: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag != "sheet":
            return
        name, path = attributes.get("name", ""), targets.get(attribute(attributes, "id"))
        if path is None or path not in archive:
            raise damaged(f"la feuille « {name} » manque")
        if name in sheets:
            raise damaged(f"deux feuilles s'appellent « {name} »")
        sheets[name] = path

    parse(archive.blocks(WORKBOOK), f"« {WORKBOOK} »", start)
    if len(sheets) > SHEETS:
        raise too_many_sheets(len(sheets))
    return {name: path for name, path in sheets.items() if path.startswith("xl/worksheets/")}


def _relations(archive: Archive) -> dict[str, str]:
    """Relation id → part. Raises FileRefusedError when the texts are announced and absent: rows would lose their labels."""
    targets: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if attributes.get("Type", "").endswith("/sharedStrings") and path not in archive:
            raise damaged("ses textes manquent")
        targets[attributes.get("Id", "")] = path

    if _RELATIONS not in archive:
        raise damaged(f"« {_RELATIONS} » manque")
    parse(archive.blocks(_RELATIONS), f"« {_RELATIONS} »", start)
    return targets


class _Look:
    """A quick look at the bytes of one sheet: whether it reaches too far, and whether its cells must be walked through."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.needs_a_walk = False
        self.size = 0
        self._far: re.Pattern[bytes] | None = None
        self._merged = 0
        self._unplaced = 0

    def at(self, window: bytes) -> int:
        """How many cells these bytes hold. Raises FileRefusedError for a far cell, for too many merged ranges."""
        self.size += len(window)
        far = self._far = self._far or self._chosen(window)
        for found in far.finditer(window):
            if not found[0].endswith(b"/>"):  # Formatted, and empty.
                reference = found[1].decode().upper()
                row, column = _position(reference)
                check_extent(self.name, row, column, reference[:12])
        self._count_merged(window)
        self._count_unplaced(window)
        self.needs_a_walk = self.needs_a_walk or _may_hide_values(window)
        return window.count(b"<c ") or window.count(b":c ") + window.count(b"<c>")

    def _chosen(self, first: bytes) -> re.Pattern[bytes]:
        """How far cells are looked for, by the writing of the first bytes; an odd one is walked through in any case."""
        self.needs_a_walk = b"<worksheet" not in first or _ODD_WRITING.search(first[:4096]) is not None
        return _FAR_ANYHOW if self.needs_a_walk else _FAR

    def _count_merged(self, window: bytes) -> None:
        self._merged += sum(1 for _ in _MERGE.finditer(window))
        if self._merged > MERGED_RANGES:
            raise FileRefusedError(
                f"La feuille « {self.name} » a plus de {MERGED_RANGES} plages de cellules fusionnées : défusionnez-les.",
                self.name,
            )

    def _count_unplaced(self, window: bytes) -> None:
        """Rows that do not say where they stand follow each other: so many of them reach as far."""
        self._unplaced += window.count(b"<row>")
        check_extent(self.name, self._unplaced, 1, reference_of(self._unplaced, 1))


def _may_hide_values(window: bytes) -> bool:
    """True when the bytes hold an error cell or a formula."""
    return b't="e"' in window or (b"<f" in window and _FORMULA.search(window) is not None)


def _position(reference: str) -> tuple[int, int]:
    """``B3`` → (3, 2); a reference beyond any sheet is capped, so that hostile digits cost nothing."""
    letters, digits = _REFERENCE.fullmatch(reference).groups()  # type: ignore[union-attr]
    return int(digits[:9]), column_number(letters[:4])


class _Faults:
    """A walk through a sheet's XML that keeps the formulas, and the cells that hold no result."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._found = Findings()
        self._row = self._column = 0
        self._type: str | None = None
        """The type of the cell in which the walk stands; None between two cells."""
        self._texts: dict[str, list[str]] = {}
        self._inside = ""

    def of(self, blocks: Iterable[bytes]) -> Findings:
        parse(blocks, f"la feuille « {self._name} »", self._start, self._end, self._text)
        return self._found

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag:
            case "row":
                self._row = int(attributes["r"][:9]) if attributes.get("r", "").isdigit() else self._row + 1
                self._column = 0
            case "c":
                self._begin(attributes)
            case ("f" | "v" | "is") as inside if self._type is not None:
                self._inside = inside
                self._texts.setdefault(inside, [])

    def _begin(self, attributes: dict[str, str]) -> None:
        # A cell may leave its reference out: it then follows the one before.
        reference = attributes.get("r", "")
        if _REFERENCE.fullmatch(reference):
            self._row, self._column = _position(reference)
        else:
            self._column += 1
        self._type, self._texts, self._inside = attributes.get("t", ""), {}, ""

    def _text(self, text: str) -> None:
        if self._inside:
            self._texts[self._inside].append(text)

    def _end(self, tag: str) -> None:
        if tag in ("f", "v", "is"):
            self._inside = ""
        elif tag == "c" and self._type is not None:
            self._judge(self._type)
            self._type = None

    def _judge(self, kind: str) -> None:
        place = (self._row, self._column)
        if self._row > LAST_ROW or self._column > COLUMNS:
            return
        value, formula = "".join(self._texts.get("v", ())), "".join(self._texts.get("f", ()))
        if kind == "e":
            self._found.faults[place] = (value, error_sentence(value))
        elif "f" in self._texts:
            self._found.formulas[place] = f"={formula}"
            if _DDE.search(formula) or (not value and kind != "str"):
                self._found.faults[place] = (f"={formula}", unsaved_formula_sentence())
        check_faults(self._name, len(self._found.faults))

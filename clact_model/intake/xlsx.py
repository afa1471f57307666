"""An xlsx workbook seen in its raw XML: how far its sheets reach, and the cells that calamine would give as empty."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError
from xml.parsers import expat

from defusedxml import DefusedXmlException, ElementTree

from clact_model.intake.limits import (
    COLUMNS,
    LAST_ROW,
    MERGED_RANGES,
    SHEETS,
    FileRefusedError,
    check_extent,
    column_letter,
    column_number,
    damaged,
)
from clact_model.intake.sheet import error_sentence, unsaved_formula_sentence

WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"

# References beyond column 200 (GR) or row 49 999. It starts with a plain letter, which the engine looks for fastest.
_FAR = re.compile(rb"r\s*=\s*[\"']((?:[A-Z]{3,}|[H-Z][A-Z]|G[S-Z])[0-9]+|[A-Z]+(?:[5-9][0-9]{4}|[0-9]{6,}))[\"'][^>]*>")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_HINTS = (b'"e"', b"'e'", b"<f", b":f")
"""Bytes without which a sheet has neither error cell nor formula: the quick look that most sheets pass."""
_MERGE = re.compile(rb"mergeCell\s")
_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")
_DDE = re.compile(r"\|.*!")


def inspect(parts: Mapping[str, bytes]) -> dict[str, dict[tuple[int, int], tuple[str, str]]]:
    """Sheet name → its cells that cannot be read, as :class:`Sheet` keeps them.

    Raises FileRefusedError for a workbook that lacks a part, has too many sheets, or reaches too far.
    """
    sheets = _sheet_parts(parts)
    if len(sheets) > SHEETS:
        raise FileRefusedError(
            f"Le classeur a {len(sheets)} feuilles, pour au plus {SHEETS} : gardez les seules feuilles utiles."
        )
    return {name: _inspect_sheet(name, parts[path]) for name, path in sheets.items()}


def _sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    targets = _relations(parts)
    sheets = {}
    for sheet in _root(parts, WORKBOOK).iter():
        if sheet.tag.endswith("}sheet"):
            relation = sheet.get(_ID) or sheet.get(_STRICT_ID)
            path = targets.get(relation or "")
            if path is None or path not in parts:
                raise damaged(f"la feuille « {sheet.get('name', '')} » manque")
            if path.startswith("xl/worksheets/"):
                sheets[sheet.get("name", "")] = path
    return sheets


def _relations(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Relation id → part. Raises FileRefusedError when the texts are announced and absent: rows would lose their labels."""
    targets = {}
    for relation in _root(parts, _RELATIONS):
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if relation.get("Type", "").endswith("/sharedStrings") and path not in parts:
            raise damaged("ses textes manquent")
        targets[relation.get("Id", "")] = path
    return targets


def _root(parts: Mapping[str, bytes], path: str) -> Element:
    if path not in parts:
        raise damaged(f"« {path} » manque")
    try:
        root: Element = ElementTree.fromstring(parts[path])
    except (ParseError, DefusedXmlException) as error:
        raise damaged(f"« {path} » n'est pas du XML bien formé") from error
    return root


def _inspect_sheet(name: str, xml: bytes) -> dict[tuple[int, int], tuple[str, str]]:
    for far in _FAR.finditer(xml):
        if far[0].endswith(b"/>"):
            continue  # Formatted, and empty.
        row, column = _position(far[1].decode())
        check_extent(name, row, column, far[1].decode()[:12])
    merged = sum(1 for _ in _MERGE.finditer(xml))
    if merged > MERGED_RANGES:
        raise FileRefusedError(
            f"La feuille « {name} » a {merged} plages de cellules fusionnées, pour au plus {MERGED_RANGES} : défusionnez-les.",
            name,
        )
    return _Faults(name).of(xml) if _has_errors_or_formulas(xml) else {}


def _has_errors_or_formulas(xml: bytes) -> bool:
    error, error_too, *formula = (hint in xml for hint in _HINTS)
    return error or error_too or (any(formula) and _FORMULA.search(xml) is not None)


def _position(reference: str) -> tuple[int, int]:
    """``B3`` → (3, 2); a reference beyond any sheet is capped, so that hostile digits cost nothing."""
    letters, digits = _REFERENCE.fullmatch(reference).groups()  # type: ignore[union-attr]
    return int(digits[:9]), column_number(letters[:4])


@dataclass(frozen=True, slots=True)
class _Cell:
    row: int
    column: int
    type: str


class _Faults:
    """A walk through a sheet's XML that keeps the error cells and the formulas without a saved result."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._found: dict[tuple[int, int], tuple[str, str]] = {}
        self._row = self._column = 0
        self._cell: _Cell | None = None
        self._texts: dict[str, list[str]] = {}
        self._inside = ""

    def of(self, xml: bytes) -> dict[tuple[int, int], tuple[str, str]]:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.buffer_text = True
        try:
            parser.Parse(xml, True)
        except expat.ExpatError as error:
            raise damaged(f"la feuille « {self._name} » n'est pas du XML bien formé") from error
        return self._found

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(" ")[2]:
            case "row":
                self._row = int(attributes["r"][:9]) if attributes.get("r", "").isdigit() else self._row + 1
                self._column = 0
            case "c":
                self._begin(attributes)
            case ("f" | "v" | "is") as inside if self._cell is not None:
                self._inside = inside
                self._texts.setdefault(inside, [])

    def _begin(self, attributes: dict[str, str]) -> None:
        # A cell may leave its reference out: it then follows the one before.
        reference = attributes.get("r", "")
        if _REFERENCE.fullmatch(reference):
            self._row, self._column = _position(reference)
        else:
            self._column += 1
        self._cell, self._texts, self._inside = _Cell(self._row, self._column, attributes.get("t", "")), {}, ""

    def _text(self, text: str) -> None:
        if self._inside:
            self._texts[self._inside].append(text)

    def _end(self, tag: str) -> None:
        local = tag.rpartition(" ")[2]
        if local in ("f", "v", "is"):
            self._inside = ""
        elif local == "c" and self._cell is not None:
            self._judge(self._cell)
            self._cell = None

    def _judge(self, cell: _Cell) -> None:
        value, formula = "".join(self._texts.get("v", ())), "".join(self._texts.get("f", ()))
        if cell.row > LAST_ROW or cell.column > COLUMNS:
            return
        place = (cell.row, cell.column)
        if cell.type == "e":
            self._found[place] = (value, error_sentence(value))
        elif "f" in self._texts and (_DDE.search(formula) or (not value and cell.type != "str")):
            self._found[place] = (f"={formula}", unsaved_formula_sentence())


def reference_of(row: int, column: int) -> str:
    """(3, 2) → ``B3``."""
    return f"{column_letter(column)}{row}"

"""Lists with titles, csv or workbook: the GHT as the DGOS publishes them, and light lists of establishments."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from clact_model import fields
from clact_model.intake.values import Cell, RefusalError, is_blank, parser_of
from clact_model.intake.values.text import one_line
from clact_model.reading import FileRefusedError, Sheet
from clact_model.reading import read as read_cells
from clact_model.reading.limits import HEADER_WITHIN
from clact_model.references.extract import ENTITY, ESTABLISHMENT, Extract, Gathered, left_out
from clact_model.references.files import ReferenceFile
from clact_model.wording import folded

TITLES: Mapping[str, str] = {
    title: champ
    for champ, titles in {
        "finess": "finess|no finess|numero finess|finess et|no finess et|nofiness|nofinesset|finess geographique|numero finess et",
        "finess_juridique": "finess ej|no finess ej|nofinessej|finess juridique|numero finess ej|finess entite juridique",
        "raison_sociale": "raison sociale|denomination etablissement|denomination|nom|nom de l'etablissement|rs|rslongue",
        "siret": "siret|no siret|numero siret",
        "departement": "departement|dep|code departement",
        "commune": "commune|ville|libelle commune",
        "statut": "statut|statut juridique",
        "secteur": "secteur|secteur d'activite",
        "ght": "denomination ght|nom du ght|nom ght|libelle ght|ght|groupement hospitalier de territoire",
        "code_ght": "code ght",
    }.items()
    for title in titles.split("|")
}
"""Title, folded → what its column holds."""
_PLAIN = ("raison_sociale", "commune", "ght")
_DAY_IN_NAME = re.compile(r"(20\d\d)[-_]?(0[1-9]|1[0-2])[-_]?(0[1-9]|[12]\d|3[01])(?!\d)")
_NO_ZONE = ZoneInfo("UTC")

NOT_A_REGISTER = (
    "Ce fichier n'est pas un référentiel reconnu. Sont lus : l'extraction FINESS « etalab-cs1100502 » ou « cs1100507 », le flux "
    "JSON « finess-structures » de l'ANS (.json ou .json.gz), la liste des GHT, et un tableau csv ou xlsx avec une colonne "
    "« FINESS » et au moins une autre (SIRET, raison sociale, département, statut, secteur, GHT, FINESS EJ)."
)


def read(file: ReferenceFile) -> Extract:
    """Raises FileRefusedError for a file that is no table, or has no column of numbers."""
    for sheet in read_cells(file.whole()).sheets:
        found = _header(sheet)
        if found is not None:
            row, columns = found
            return (
                _ght(file, sheet, row, columns) if "code_ght" in columns else _establishments(file, sheet, row, columns)
            )
    raise FileRefusedError(NOT_A_REGISTER)


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row of titles, and the column of each field; the first column of a field counts."""
    for row, cells in enumerate(sheet.rows[:HEADER_WITHIN], start=1):
        columns: dict[str, int] = {}
        for column, cell in enumerate(cells, start=1):
            if isinstance(cell, str) and (champ := TITLES.get(folded(cell))):
                columns.setdefault(champ, column)
        if {"finess", "finess_juridique"} & columns.keys() and len(columns) > 1:
            return row, columns
    return None


class _Reader:
    """The values of a sheet, row by row, and what could not be read."""

    def __init__(self, sheet: Sheet, header: int, columns: Mapping[str, int]) -> None:
        self._sheet, self._header, self._columns = sheet, header, columns
        self.without_number: list[int] = []
        self.unread: dict[str, list[int]] = {}

    def rows(self, key: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Number and values of each row that has a number."""
        for line in range(self._header + 1, len(self._sheet.rows) + 1):
            if all(is_blank(cell) for cell in self._sheet.rows[line - 1]):
                continue
            values = {champ: self._value(champ, line) for champ in self._columns if champ != "code_ght"}
            if values.get(key) is None:
                self.without_number.append(line)
            else:
                yield str(values[key]), values

    def _value(self, champ: str, line: int) -> object:
        cell = self._sheet.cell(line, self._columns[champ])
        if is_blank(cell):
            return None
        if champ in _PLAIN:
            return one_line(cell)
        try:
            return _parsed(champ, cell)
        except RefusalError:
            self.unread.setdefault(champ, []).append(line)
            return None

    def notices(self) -> tuple[str, ...]:
        dictionary = fields.dictionary()
        said = [
            left_out(f"« {dictionary.get('dossier', champ).libelle} » ne se lit pas et reste inconnu", lines)
            for champ, lines in self.unread.items()
            if champ != "finess"
        ]
        without = left_out("Des lignes sans N° FINESS lisible sont passées", self.without_number)
        return (*without, *(sentence for found in said for sentence in found))


def _parsed(champ: str, cell: Cell) -> object:
    field = fields.dictionary().get("dossier", champ)
    return parser_of(field, _NO_ZONE)(cell).value


def _ght(file: ReferenceFile, sheet: Sheet, header: int, columns: Mapping[str, int]) -> Extract:
    """Members of a GHT are legal entities: the numbers of the list are theirs."""
    if "ght" not in columns:
        raise FileRefusedError(
            "Cette liste de GHT n'a pas de colonne « DENOMINATION GHT » : reprenez celle de la DGOS."
        )
    reader, entities = (
        _Reader(sheet, header, columns),
        Gathered(_of(ENTITY, ["finess", "raison_sociale", "ght"], columns)),
    )
    key = "finess_juridique" if "finess_juridique" in columns else "finess"
    for number, values in reader.rows(key):
        if values.get("ght"):
            entities.add({"finess": number, "raison_sociale": values.get("raison_sociale"), "ght": values["ght"]})
    return _extract(file, "ght", Gathered({"finess": ESTABLISHMENT["finess"]}), entities, reader.notices())


def _establishments(file: ReferenceFile, sheet: Sheet, header: int, columns: Mapping[str, int]) -> Extract:
    if "finess" not in columns:
        raise FileRefusedError(NOT_A_REGISTER)
    reader = _Reader(sheet, header, columns)
    sites = Gathered(_of(ESTABLISHMENT, list(ESTABLISHMENT), columns))
    entities = Gathered(_of(ENTITY, ["finess", "ght"], columns))
    for number, values in reader.rows("finess"):
        sites.add({name: value for name, value in values.items() if name in ESTABLISHMENT} | {"finess": number})
        # Without the number of the entity, the group is kept under that of the site.
        owner = values.get("finess_juridique") or (number if values.get("ght") else None)
        if owner:
            entities.add({"finess": owner, "ght": values.get("ght")})
    return _extract(file, "finess_leger", sites, entities, reader.notices())


def _of(known: Mapping[str, Any], wanted: Sequence[str], columns: Mapping[str, int]) -> dict[str, Any]:
    return {name: known[name] for name in wanted if name == "finess" or name in columns}


def _extract(
    file: ReferenceFile, nature: Any, sites: Gathered, entities: Gathered, notices: tuple[str, ...]
) -> Extract:
    if not len(sites) and not len(entities):
        raise FileRefusedError("Ce tableau ne contient aucun N° FINESS lisible : vérifiez la colonne « FINESS ».")
    return Extract(
        file.shown_name, file.sha256, nature, _day(file.shown_name), sites.table(), entities.table(), notices
    )


def _day(name: str) -> date | None:
    """Such lists do not say their day; their name often does: ``dgos_ght_liste_2017_10_31.xlsx``."""
    found = _DAY_IN_NAME.search(name)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None

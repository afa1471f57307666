"""The register of establishments as data.gouv.fr published it until May 2026: cs1100502, and cs1100507 with coordinates.

One line an establishment, 32 cells apart by semicolons and without titles (notice « etalab_cs1100502.pdf »); the first line
says the day of the extraction. It does not say which establishments are closed.
"""

import csv
import re
from datetime import date

from clact_model import formats
from clact_model.intake.progress import Progress
from clact_model.reading import FileRefusedError
from clact_model.references.extract import ENTITY, ESTABLISHMENT, Extract, Gathered, left_out
from clact_model.references.files import ReferenceFile, lines, unpacked
from clact_model.references.nomenclature import departement_of_register, secteur, statut

MARKS = (b"finess;etalab;", b"structureet;", b"geolocalisation;")
ENTITIES = b"structureej;"
_ET, _EJ, _NAME, _LONG_NAME, _DEPARTEMENT, _PLACE = 1, 2, 3, 4, 13, 15
_CATEGORY, _AGGREGATE, _SIRET, _ESPIC = 18, 20, 22, 26
_CELLS = 31
_FINESS = re.compile(r"[0-9][0-9A-Z][0-9]{7}")
_SIRET_SHAPE = re.compile(r"[0-9]{14}")
_PLACE_SHAPE = re.compile(r"([0-9]{5}) +(.+?)(?: CEDEX.*)?")
_TWICE_ENCODED = re.compile("Ã[\x80-\xbf€-™ ]|â€")
_GIVEN = {name: kind for name, kind in ESTABLISHMENT.items() if name not in ("ouvert", "ferme_le")}


def read(file: ReferenceFile, progress: Progress) -> Extract:
    """Raises FileRefusedError when no establishment can be read from it, or when its accents are lost."""
    sites, entities = Gathered(_GIVEN), Gathered({"finess": ENTITY["finess"]})
    bad: list[int] = []
    day: date | None = None
    with unpacked(file, "Lecture de l'extraction FINESS", progress) as stream:
        for number, raw in enumerate(lines(stream), start=1):
            if raw.startswith(b"structureet;"):
                row = _row(_text(raw, number))
                if row is None:
                    bad.append(number)
                else:
                    sites.add(row)
                    entities.add({"finess": row["finess_juridique"]})
            elif number == 1:
                day = _day(raw)
    if not len(sites):
        raise FileRefusedError(
            "Cette extraction FINESS ne contient aucun établissement lisible : reprenez le fichier « etalab-cs1100502 »."
        )
    return Extract(
        file.shown_name,
        file.sha256,
        "finess_etalab",
        day,
        sites.table(),
        entities.table(),
        (*left_out("Des lignes ne se lisent pas et sont passées", bad), *_doubles(sites), _WITHOUT_CLOSED),
    )


_WITHOUT_CLOSED = "Ce format ne dit pas quels établissements sont fermés : le flux JSON de l'ANS le dit."


def _doubles(sites: Gathered) -> tuple[str, ...]:
    many = formats.plural(sites.doubles, "établissement en double", "établissements en double")
    return (f"{many} : le premier est gardé.",) if sites.doubles else ()


def _day(raw: bytes) -> date | None:
    """``finess;etalab;111;2026-05-12``."""
    try:
        return date.fromisoformat(raw.decode("ascii").strip().split(";")[3])
    except (IndexError, ValueError):
        return None


def _text(raw: bytes, number: int) -> str:
    """UTF-8, else cp1252, line by line: files were met that mix both. Raises FileRefusedError for accents encoded twice."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    if _TWICE_ENCODED.search(text):
        raise FileRefusedError(
            f"Les accents du fichier sont encodés deux fois (« Ã© », ligne {number}) : téléchargez-le de nouveau à sa source, "
            "sans l'ouvrir dans Excel."
        )
    return text


def _row(text: str) -> dict[str, str | None] | None:
    try:
        cells = next(csv.reader([text.rstrip("\r\n")], delimiter=";", strict=True))
    except csv.Error:
        return None
    if len(cells) < _CELLS or not _FINESS.fullmatch(cells[_ET]) or not _FINESS.fullmatch(cells[_EJ]):
        return None
    place = _PLACE_SHAPE.fullmatch(cells[_PLACE].strip())
    return {
        "finess": cells[_ET],
        "finess_juridique": cells[_EJ],
        "raison_sociale": cells[_LONG_NAME].strip() or cells[_NAME].strip() or None,
        "siret": cells[_SIRET] if _SIRET_SHAPE.fullmatch(cells[_SIRET]) else None,
        "departement": departement_of_register(cells[_DEPARTEMENT], place[1] if place else ""),
        "commune": place[2] if place else None,
        "statut": statut(None, cells[_ESPIC]),
        "secteur": secteur(cells[_CATEGORY], cells[_AGGREGATE]),
    }

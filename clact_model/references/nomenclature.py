"""Codes of the FINESS register → our codes, where the nomenclature settles them; None elsewhere, never a guess."""

import csv
from functools import cache

from clact_model import departements, paths

_FOLDER = paths.DATA / "reference"
_OLD_OVERSEAS = {"9A": "971", "9B": "972", "9C": "973", "9D": "974", "9E": "975", "9F": "976"}
_BY_POSTCODE = {"97133": "977", "97150": "978"}
"""Two territories that the old register counts in their neighbour."""


@cache
def _table(name: str, value: str) -> dict[tuple[str, str], str]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return {(row["nomenclature"], row["code"]): row[value] for row in csv.DictReader(lines)}


def statut(juridique: str | None, espic: str | None) -> str | None:
    """Public, private for profit or not: by the legal form of the entity, else by the status of the hospital."""
    known = _table("statuts_finess.csv", "statut")
    return known.get(("statut_juridique", juridique or "")) or known.get(("espic", espic or ""))


def secteur(categorie: str | None, agregat: str | None = None) -> str | None:
    """Sector of a category of establishment (3 digits), else of its aggregate (4 digits)."""
    known = _table("categories_finess.csv", "secteur")
    return known.get(("categorie", categorie or "")) or known.get(("agregat", agregat or ""))


def departement_of_register(code: str, postcode: str) -> str | None:
    """``9A`` → ``971``; the code of INSEE, or None for what is no département of the tool."""
    return _known(_BY_POSTCODE.get(postcode) or _OLD_OVERSEAS.get(code, code))


def departement_of_commune(insee: str | None) -> str | None:
    """``02691`` → ``02``, ``97105`` → ``971``."""
    return _known(insee[:3] if insee.startswith(("97", "98")) else insee[:2]) if insee else None


def _known(code: str) -> str | None:
    return code if code in departements.names() else None

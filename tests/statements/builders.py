"""A small call with grants to follow, and statements as establishments fill them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from shutil import copy
from tempfile import mkdtemp
from typing import Any

from clact_model import intake, ledger, statements, tracking
from clact_model.intake import Report, UploadedFile
from clact_model.ledger import Book, Entry, Movement
from clact_model.programme import Programme, load_one
from clact_model.statements import Statement
from clact_model.store import Base
from clact_model.tracking import Sign
from tests.intake import builders

NOTIFIED, SIGNED, RECEIVED = date(2026, 4, 1), date(2026, 4, 15), date(2026, 9, 1)
HEADERS = (
    *("N° dossier", "Tranche", "N° facture", "Date de facture", "Montant facturé", "Montant admis", "Montant versé"),
    *("N° d'action", "Objet", "Montant imputé à l'aide", "Motif de rejet"),
)
GRANTED, UNSIGNED, IMPORTED = "2026-0001", "2026-0002", "2026-0003"
"""Granted 5 000 € (half of its cost) under a signed convention, in three tranches; granted 1 000 €; only imported."""

Row = list[Any]


@cache
def programme() -> Programme:
    """A call that pays in three tranches."""
    return load_one("guadeloupe_2023")


@cache
def _template() -> Path:
    folder = Path(mkdtemp())
    base = Base(folder / "suivi.duckdb")
    builders.imported(base, programme(), builders.flat_xlsx(), accept=True)
    with base.write("notifier", programme().id) as writing:
        book = Book(writing)
        for numero, amount in ((GRANTED, "5000.00"), (UNSIGNED, "1000.00")):
            book.add(Entry(numero=numero, nature="octroi", jour=NOTIFIED, montant=Decimal(amount)))
        book.close()
    tracking.record(base, programme(), RECEIVED, [Sign(GRANTED, SIGNED, "CONV-2026-17")])
    base.close()
    return folder / "suivi.duckdb"


def followed(folder: Path) -> Base:
    """A base of its own with that call."""
    return Base(Path(copy(_template(), folder / "suivi.duckdb")))


def row(
    numero: str = GRANTED,
    facture: str | None = "F-1",
    montant: Any = 1000,
    admis: Any = None,
    verse: Any = None,
    *,
    jour: Any = date(2026, 5, 4),
    tranche: Any = None,
    action: Any = None,
    objet: str | None = None,
    impute: Any = None,
    motif: str | None = None,
) -> Row:
    """One invoice of a statement."""
    return [numero, tranche, facture, jour, montant, admis, verse, action, objet, impute, motif]


def statement(*rows: Row, headers: Sequence[Any] = HEADERS, name: str = "etat.xlsx") -> UploadedFile:
    return UploadedFile(name, builders.xlsx({"Consommation": [headers, *rows]}))


def as_csv(*rows: Row, headers: Sequence[Any] = HEADERS, name: str = "etat.csv") -> UploadedFile:
    """The same as text: what begins as a formula stays a text."""
    cells = [["" if cell is None else cell for cell in one] for one in (headers, *rows)]
    return UploadedFile(name, builders.csv_text(cells).encode())


def previewed(base: Base, *files: UploadedFile, received: date = RECEIVED) -> Statement:
    report = statements.preview(base, programme(), files, received)
    assert isinstance(report, Statement), report
    return report


def taken(base: Base, *files: UploadedFile, received: date = RECEIVED, **options: Any) -> Report:
    """Preview, then write."""
    return statements.write(base, programme(), previewed(base, *files, received=received), **options)


def lines(base: Base, numero: str | None = None) -> list[Movement]:
    """The lines that stand."""
    return ledger.standing(ledger.lines(base.cursor(), programme().id, None if numero is None else [numero]))


def last_import(base: Base) -> str:
    return intake.last_import(base.cursor(), programme())


def places(report: Report, gravite: str) -> list[tuple[str | None, int | None, str | None]]:
    return [(a.feuille, a.ligne, a.colonne) for a in report.anomalies if a.gravite == gravite]

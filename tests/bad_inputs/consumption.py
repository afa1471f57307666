"""Family f2 of the list: files of consumption that are wrong."""

from datetime import date
from typing import Any

from tests.bad_inputs.making import makes
from tests.intake import builders

HEADERS = (
    "N° dossier",
    "Tranche",
    "N° facture",
    "Date de facture",
    "Montant facturé",
    "Montant admis",
    "Montant versé",
)
Row = list[Any]


def rows(count: int) -> list[Row]:
    """One invoice a dossier of the reference."""
    return [[f"2026-{n:04}", 1, f"F-{n:03}", date(2026, 6, n), 1000 * n, 900 * n, 800 * n] for n in range(1, count + 1)]


def consumption(given: list[Row]) -> bytes:
    return builders.xlsx({"Consommation": [HEADERS, *given]})


@makes("f21_conso_dossier_inconnu.xlsx")
def unknown_dossier() -> bytes:
    given = rows(4)
    given[0][0] = "2026-9999"
    return consumption(given)


@makes("f23_conso_facture_double.xlsx")
def invoice_twice() -> bytes:
    given = rows(4)
    return consumption([*given, list(given[0])])


@makes("f25_conso_admis_sup_facture.xlsx")
def admitted_above_invoiced() -> bytes:
    given = rows(4)
    given[0][5] = 1500
    given[2][6] = 2800
    return consumption(given)


@makes("f27_conso_avoir.xlsx")
def credit_note() -> bytes:
    return consumption([*rows(4), ["2026-0002", 1, "AV-1", date(2026, 6, 20), -500, -500, -500]])

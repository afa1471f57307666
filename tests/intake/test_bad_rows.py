"""The list of bad files (``bad_inputs.csv``): rows refused at their place, while the others go in."""

from collections.abc import Callable

import pytest

from clact_model.programme import Programme
from clact_model.store import Base
from tests.intake import builders
from tests.intake.bad_sheets import edited
from tests.intake.builders import (
    HEADERS,
    errors,
    flat_csv,
    flat_rows,
    flat_xlsx,
    held,
    imported,
    part,
    patched,
    upload,
    with_cell,
)

REFUSED: dict[str, tuple[Callable[[], bytes], int, str, str, int]] = {
    "c14_sous_totaux": (
        lambda: flat_xlsx([*flat_rows()[:2], [None] * 9 + [20_001, 10_000], *flat_rows()[2:]]),
        4,
        "A",
        "N° dossier",
        5,
    ),
    "c16_cellules_fusionnees": (
        lambda: edited(lambda sheet: (sheet.merge_cells("B2:B4"), sheet.merge_cells("D2:D4"))),
        3,
        "B",
        "fusionnée",
        3,
    ),
    "d10_finess_longueur": (lambda: flat_xlsx(with_cell(2, "FINESS EJ", "5900000")), 2, "B", "9 caractères", 4),
    "d18_montant_vide": (lambda: flat_xlsx(with_cell(2, "Montant demandé", "-")), 2, "K", "vide", 4),
    "d26_dates_impossibles": (lambda: flat_xlsx(with_cell(2, "Date de dépôt", "31/02/2026")), 2, "I", "date", 4),
    "d32_departements": (lambda: flat_xlsx(with_cell(6, "Département", 99)), 6, "E", "Département", 4),
    "d44_types_inattendus": (
        lambda: flat_xlsx(with_cell(2, "Montant demandé", True)),
        2,
        "K",
        "Montant demandé",
        4,
    ),
    "f03_doublon": (lambda: flat_xlsx(with_cell(3, "N° dossier", " 2026–0001 ")), 3, "A", "Doublon", 4),
    "formule_sans_resultat": (
        lambda: flat_xlsx(with_cell(2, "Description", "=1+1")),
        2,
        "N",
        "formule",
        4,
    ),
}


REFUSED |= {
    f"d02_{error}": (
        lambda error=error: flat_xlsx(with_cell(3, "Montant demandé", error)),  # type: ignore[misc]
        3,
        "K",
        error,
        4,
    )
    for error in ("#N/A", "#DIV/0!", "#NAME?")
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_row_is_refused_at_its_place_and_the_others_go_in(case: str, base: Base, programme: Programme) -> None:
    make, line, column, word, accepted = REFUSED[case]
    report = imported(base, programme, make())
    assert report.resultat == "lignes_rejetees"
    first = errors(report)[0]
    assert (first.feuille, first.ligne, first.colonne) == ("Dossiers", line, column)
    assert word in first.message
    assert report.nouveaux == accepted
    assert len(held(base, "numero")) == accepted


def test_the_same_errors_are_found_in_an_ods(base: Base, programme: Programme) -> None:
    content = builders.ods({"Dossiers": [HEADERS, *with_cell(3, "Description", "À REMPLACER")]})
    xml = part(content, "content.xml").replace(
        b'office:value-type="string"><text:p>\xc3\x80 REMPLACER',
        b'table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!',
    )
    report = imported(base, programme, upload(patched(content, {"content.xml": xml}), "erreur.ods"))
    (anomaly,) = errors(report)
    assert (anomaly.ligne, anomaly.colonne, anomaly.valeur) == (3, "N", "#DIV/0!")


def test_d34_a_text_longer_than_a_cell_of_excel_refuses_its_row(base: Base, programme: Programme) -> None:
    report = imported(base, programme, upload(flat_csv(with_cell(2, "Description", "a" * 200_000)), "d34.csv"))
    (anomaly,) = errors(report)
    assert (anomaly.ligne, anomaly.colonne) == (2, "Description")
    assert "trop long" in anomaly.message
    assert len(anomaly.valeur or "") <= 60


def test_a_csv_row_that_its_delimiter_shifted_is_refused(base: Base, programme: Programme) -> None:
    text = flat_csv().decode().replace("Établissement 2", "Établissement ; 2")
    report = imported(base, programme, upload(text.encode(), "decale.csv"))
    assert 3 in {anomaly.ligne for anomaly in errors(report)}
    assert report.nouveaux == 4


def test_f01_the_same_row_twice_counts_once_and_is_said(base: Base, programme: Programme) -> None:
    report = imported(base, programme, flat_xlsx([*flat_rows(), flat_rows()[1]]))
    (anomaly,) = report.anomalies
    assert (report.resultat, anomaly.ligne, anomaly.colonne) == ("accepte_avec_avertissement", 7, "A")
    assert "Doublon" in anomaly.message
    assert "2026-0002" in anomaly.message
    assert len(held(base, "numero", "action")) == 5


def test_d14_amounts_in_their_french_writings(base: Base, programme: Programme) -> None:
    writings = ("1 234,56", "1\u202f234,56 €", "12.500,00", "12 500 euros", "500")
    rows = flat_rows()
    for line, writing in enumerate(writings, start=2):
        with_cell(line, "Montant demandé", writing, with_cell(line, "Coût total", None, rows))
    report = imported(base, programme, upload(flat_csv(rows), "d14.csv"))
    assert report.resultat == "accepte"
    cents = [int(montant * 100) for (montant,) in held(base, "montant_demande", "action")]
    assert cents == [123456, 123456, 1250000, 1250000, 50000]

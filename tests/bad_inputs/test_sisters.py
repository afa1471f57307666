"""Sisters of the files of the list: another field, another writing, another place for the same kind of fault."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from clact_model import intake
from clact_model.programme import Programme
from clact_model.store import Base
from tests.bad_inputs.making import K, column, plain, text
from tests.bad_inputs.test_others import ACCEPTED, REFUSED, ROWS, WARNED, Case, cell, csv_cell, given
from tests.intake.builders import HEADERS, flat_rows, held, messages, saved, upload, with_cell, workbook, xlsx

ASKED = "question"
ROW = [HEADERS, *flat_rows()]


def hidden_list() -> bytes:
    book = workbook({"Dossiers": ROW, "Notice": [["Bonjour"]]})
    book["Dossiers"].sheet_state = "hidden"
    return saved(book)


def titled(header: str, title: str) -> bytes:
    return plain(headers=[title if one == header else one for one in HEADERS])


def lines(change: Callable[[list[bytes]], Any]) -> bytes:
    """The correct csv file, its lines changed."""
    found = text().encode().split(b"\n")
    change(found)
    return b"\n".join(found)


def put(place: int, line: Callable[[bytes], bytes]) -> Callable[[list[bytes]], None]:
    def change(found: list[bytes]) -> None:
        found[place] = line(found[place])

    return change


TOTAL = ["Total", *[None] * 8, 50_010, 25_005]
OTHER_PROJECT = [*flat_rows()[1][:7], "Autre projet", *flat_rows()[1][8:]]


def added(*columns: tuple[str, object]) -> bytes:
    """The correct workbook, with columns added that only its second row fills."""
    rows = [[*row, *((value if at == 1 else None) for _, value in columns)] for at, row in enumerate(flat_rows())]
    return plain(rows, [*HEADERS, *(title for title, _ in columns)])


CASES: dict[str, Case] = {
    # Cells that contradict one another
    "part_superieure.xlsx": Case(
        lambda: added(("Dont rémunérations", 90_000)), WARNED, "est supérieur au coût total", 5, (3, "O")
    ),
    "fin_avant_debut.xlsx": Case(
        lambda: added(("Date de début", date(2024, 9, 2)), ("Date de fin", date(2024, 9, 1))),
        WARNED,
        "La date de fin (01/09/2024) précède la date de début (02/09/2024)",
        5,
        (3, "P"),
    ),
    # Sheets, titles and rows
    "liste_masquee.xlsx": Case(hidden_list, REFUSED, "masquées ne sont pas lues (« Dossiers »)"),
    "deux_listes.xlsx": Case(
        lambda: xlsx({"Dossiers": ROW[:4], "Suite": [HEADERS, *ROW[4:]]}), ASKED, "« Suite » a aussi les titres"
    ),
    "liste_et_tableau_croise.xlsx": Case(
        lambda: xlsx({"Feuil1": ROW, "TCD": [["Étiquettes", "Somme de Montant demandé"], ["59", 25_000]]}),
        ACCEPTED,
        "seule « Feuil1 » l'est",
        5,
    ),
    "total.xlsx": Case(lambda: plain([*flat_rows(), TOTAL]), ROWS, "est une ligne de total", 5, (7, "A")),
    "titres_repetes.xlsx": Case(
        lambda: plain([*flat_rows()[:2], list(HEADERS), *flat_rows()[2:]]), ROWS, "répété parmi les lignes", 5, (4, "A")
    ),
    "n_colle.xlsx": Case(lambda: titled("N° dossier", "N°dossier"), ACCEPTED, rows=5),
    "seconde_remplie.xlsx": Case(
        lambda: plain([[*row, 5_000] for row in with_all(K, None)], [*HEADERS, K]),
        WARNED,
        "seule remplie, est lue",
        5,
    ),
    "millions.xlsx": Case(lambda: titled(K, "Montant demandé (M€)"), ASKED, "est absente"),
    "dollars.xlsx": Case(lambda: titled(K, "Montant demandé ($)"), ASKED, "est absente"),
    "titre_sans_fin.xlsx": Case(lambda: titled("Description", "é" * 30_000), WARNED, "n'est pas connue", 5),
    # One demand given twice
    "corrigee.xlsx": Case(
        lambda: plain([*flat_rows(), with_cell(3, K, 4_000)[1]]),
        ASKED,
        "a deux fois la demande « Projet 2 »",
        0,
        (7, "A"),
    ),
    "deux_demandes.xlsx": Case(lambda: plain([*flat_rows(), OTHER_PROJECT]), ACCEPTED, rows=5),
    # Cells
    "finess_zeros.xlsx": Case(lambda: cell("FINESS EJ", "000000000"), ROWS, "que des zéros", 4, (2, "B")),
    "siret_zeros.xlsx": Case(lambda: cell("SIRET", 0), ROWS, "que des zéros", 4, (2, "C")),
    "numero_abrege.csv": Case(
        lambda: csv_cell("N° dossier", "2,41E+07"), ROWS, "chiffres sont perdus", 4, (2, "N° dossier")
    ),
    "numero_avec_e.csv": Case(lambda: csv_cell("N° dossier", "24E05"), ACCEPTED, rows=5),
    "texte_protege.csv": Case(lambda: csv_cell("SIRET", '="26590671900017"'), ACCEPTED, rows=5),
    "departement_nomme.xlsx": Case(lambda: cell("Département", "Nord (59)"), ACCEPTED, rows=5),
    "departement_contredit.xlsx": Case(lambda: cell("Département", "Nord (62)"), ROWS, "département", 4, (2, "E")),
    "dates_d_excel.csv": Case(
        lambda: text(column("Date de dépôt", ["2026/04/03", "03-avr-26", "3-avr.-2026"])).encode(), ACCEPTED, rows=3
    ),
    "date_compacte.csv": Case(
        lambda: csv_cell("Date de dépôt", "20260403"), ROWS, "date lisible", 4, (2, "Date de dépôt")
    ),
    # Text files
    "encodages_meles.csv": Case(
        lambda: lines(put(2, lambda line: line.decode().encode("cp1252"))), WARNED, "mélange deux encodages", 5
    ),
    "une_ligne_encodee_deux_fois.csv": Case(
        lambda: lines(put(2, lambda line: line.decode("cp1252").encode())), WARNED, "encodés deux fois", 5
    ),
    "lettres_perdues.csv": Case(lambda: csv_cell("Raison sociale", "H\ufffdpital"), WARNED, "sont perdus", 5),
    "ligne_courte.csv": Case(
        lambda: lines(put(2, lambda line: line.rpartition(b";")[0])), WARNED, "1 ligne a moins de valeurs", 5, (3, None)
    ),
    "lignes_vides_sans_fin.csv": Case(lambda: text().encode() + b"\n" * 60_000, REFUSED, "50000 lignes"),
}


def with_all(header: str, value: object) -> list[list[Any]]:
    return [[value if one == header else given for one, given in zip(HEADERS, row, strict=True)] for row in flat_rows()]


@pytest.mark.parametrize("name", CASES)
def test_a_sister_gives_its_outcome_too(name: str, base: Base, programme: Programme) -> None:
    report = given(CASES[name], name, base, programme)
    # Nothing else is said of a row that is none.
    if "total" in name or "repetes" in name:
        assert len(report.anomalies) == 1


def test_accents_are_right_whatever_was_mixed(base: Base, programme: Programme) -> None:
    for name in ("encodages_meles.csv", "une_ligne_encodee_deux_fois.csv"):
        report = intake.preview(base, programme, [upload(CASES[name].make(), name)])
        intake.write(base, programme, report, accept=True)
        assert held(base, "raison_sociale")[1] == ("Établissement 2",), name


def test_a_double_in_another_file_is_named_with_its_file(base: Base, programme: Programme) -> None:
    files = [upload(plain(flat_rows(2)), "premier.xlsx"), upload(plain(flat_rows(3)), "second.xlsx")]
    assert "répète la ligne 2 de « premier.xlsx »" in messages(intake.preview(base, programme, files))


def test_hundredths_of_a_second_are_no_change(base: Base, programme: Programme) -> None:
    from datetime import datetime

    for microseconds in (124_000, 0):
        moment = datetime(2026, 3, 2, 9, 41, 7, microseconds)  # noqa: DTZ001
        report = intake.preview(base, programme, [upload(cell("Date de dépôt", moment))])
        intake.write(base, programme, report, accept=True)
    assert (report.modifies, report.inchanges, report.changes) == (0, 5, ())

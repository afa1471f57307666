"""Forms sent by establishments: labels are searched, tables found wherever they stand."""

from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clact_model import intake
from clact_model.programme import Programme
from clact_model.store import Base
from tests.intake import builders
from tests.intake.builders import errors, messages, upload
from tests.intake.forms import (
    EXPECTED,
    PLAIN,
    WITH_FORMULAS,
    agrees,
    answer,
    changed,
    form,
    identification,
    plan,
    taken,
)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_form_gives_its_establishment_and_its_actions_to_the_cent(
    name: str, base: Base, programme: Programme
) -> None:
    report, found = taken(base, programme, form(name))
    assert (report.source, report.whole) == ("Formulaire de demande de financement", False)
    assert (report.resultat, report.nouveaux, report.rejetes) == ("accepte_avec_avertissement", 1, 0)
    agrees(found[EXPECTED[name]["finess_et"]], EXPECTED[name])


def test_all_the_forms_at_once_are_one_import_and_the_same_again_changes_nothing(
    base: Base, programme: Programme
) -> None:
    files = [form(name) for name in EXPECTED]
    report, found = taken(base, programme, *files)
    assert (report.nouveaux, report.rejetes) == (12, 0)
    for expected in EXPECTED.values():
        agrees(found[expected["finess_et"]], expected)
    assert base.cursor().execute("SELECT count(*) FROM importation").fetchall() == [(1,)]
    # One label settled is settled for all: forms of the same labels are shown once.
    assert report.recognition is not None
    assert len(intake.sheets_seen(report.recognition.sheets)) == 2
    before = builders.everything(base)
    again, _ = taken(base, programme, *files)
    assert (again.nouveaux, again.modifies, again.inchanges, again.changes) == (0, 0, 12, ())
    assert builders.everything(base) == before


def test_what_a_form_writes_in_its_own_way_is_read(base: Base, programme: Programme) -> None:
    report, found = taken(base, programme, form("CLACT 2026 - FONDATION TEST ABBEVILLE 010.xlsx"))
    (dossier,) = found.values()
    assert (dossier["statut"], dossier["departement"]) == ("prive_non_lucratif", "80")
    # Full-time equivalents are no headcount.
    assert dossier["effectif_total"] is None
    assert [line["devis"] for line in dossier["actions"]] == [True, True, True, False]
    # « Néant », nothing, « Néant », « 1 500 € (CNRACL) ».
    aids = [line["autres_aides_publiques"] for line in dossier["actions"]]
    assert aids == [Decimal(0), None, Decimal(0), Decimal(1500)]
    said = messages(report)
    assert "« 1 500 € (CNRACL) » est lu comme 1 500,00 € d'aides publiques" in said.replace("\u202f", " ").replace(
        "\xa0", " "
    )
    assert "Libellés qui ne sont pas lus : « Effectif (ETP) »." in said
    assert "4 montants recalculés (H6, H7, H8, H9)" in said
    # A quarter is no day; it is said once for its two cells.
    assert said.count("« T4 2026 » n'est pas une date lisible") == 1
    assert dossier["actions"][2]["date_fin"] is None


def test_people_of_the_form_are_neither_kept_nor_shown(base: Base, programme: Programme) -> None:
    report, _ = taken(base, programme, form(PLAIN))
    assert report.recognition is not None
    shown = str(intake.sheets_seen(report.recognition.sheets)) + messages(report)
    assert "Camille" not in shown
    assert "320000000" not in shown
    assert "drh@example.org" not in shown
    assert builders.held(base, "courriel_contact", "contact") == [("drh@example.org",)]


def test_the_places_said_are_those_of_the_form(base: Base, programme: Programme) -> None:
    def mistaken(book: openpyxl.Workbook) -> None:
        answer(book, "Date de la demande", "au printemps")
        plan(book)["E7"] = "environ 19 000"

    report, found = taken(base, programme, upload(changed(PLAIN, mistaken)))
    places = {anomaly.valeur: anomaly.place for anomaly in report.anomalies}
    assert places["au printemps"] == "Feuille « 1 - Identification », ligne 14, colonne C"
    assert places["environ 19 000"] == "Feuille « 2 - Plan de financement », ligne 7, colonne E"
    assert found["590001079"]["actions"][1]["cout_total"] is None
    assert report.recognition is not None
    seen = intake.sheets_seen(report.recognition.sheets)
    assert [(sheet.feuille, sheet.titres_en_ligne) for sheet in seen] == [
        ("1 - Identification", 4),
        ("2 - Plan de financement", 5),
    ]
    assert {column.titre: column.lettre for column in seen[0].columns}["N° FINESS géographique *"] == "B6"


def test_an_amount_asked_in_words_refuses_its_form_and_no_other(base: Base, programme: Programme) -> None:
    def in_words(book: openpyxl.Workbook) -> None:
        plan(book)["H8"] = "voir devis"

    files = [upload(changed(PLAIN, in_words), "faux.xlsx"), form(WITH_FORMULAS)]
    report, found = taken(base, programme, *files)
    assert (report.resultat, report.nouveaux, report.rejetes) == ("lignes_rejetees", 1, 1)
    assert list(found) == ["020001004"]
    first = next(error for error in errors(report) if error.valeur == "voir devis")
    assert (first.fichier, first.place) == ("faux.xlsx", "Feuille « 2 - Plan de financement », ligne 8, colonne H")


def test_labels_are_found_wherever_they_stand(base: Base, programme: Programme) -> None:
    def moved(book: openpyxl.Workbook) -> None:
        sheet = identification(book)
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        pairs = [
            (row[1].value, row[3].value) for row in sheet.iter_rows(min_row=3, max_col=4) if row[1].value is not None
        ]
        book.remove(sheet)
        other = book.create_sheet("Fiche établissement", 1)
        for index, (label, value) in enumerate(pairs):
            row, column = 20 + 2 * (index % 6), 3 + 6 * (index // 6)
            other.cell(row, column, f"{label} :\n")
            other.cell(row, column + 2, value)
        plan(book).title = "Mes actions"

    _, found = taken(base, programme, upload(changed(WITH_FORMULAS, moved)))
    agrees(found["020001004"], EXPECTED[WITH_FORMULAS])


def test_an_answer_may_stand_under_a_merged_label(base: Base, programme: Programme) -> None:
    def under(book: openpyxl.Workbook) -> None:
        sheet = identification(book)
        pairs = [(row[1].value, row[2].value) for row in sheet.iter_rows(min_row=4, max_col=3)]
        book.remove(sheet)
        other = book.create_sheet("Identification", 1)
        for index, (label, value) in enumerate(pairs):
            row = 2 + 2 * index
            other.cell(row, 2, label)
            other.merge_cells(start_row=row, end_row=row, start_column=2, end_column=5)
            other.cell(row + 1, 2, value)

    _, found = taken(base, programme, upload(changed(PLAIN, under)))
    agrees(found["590001079"], EXPECTED[PLAIN])


def test_labels_and_actions_may_share_one_sheet(base: Base, programme: Programme) -> None:
    def on_one_sheet(book: openpyxl.Workbook) -> None:
        sheet = identification(book)
        for row in plan(book).iter_rows():
            for cell in row:
                sheet.cell(cell.row + 20, cell.column, cell.value)
        del book["2 - Plan de financement"]

    _, found = taken(base, programme, upload(changed(PLAIN, on_one_sheet)))
    agrees(found["590001079"], EXPECTED[PLAIN])


@given(rows=st.integers(0, 40), columns=st.integers(0, 8))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_shifting_the_table_changes_nothing(rows: int, columns: int, base: Base, programme: Programme) -> None:
    def shifted(book: openpyxl.Workbook) -> None:
        sheet = plan(book)
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        sheet.move_range(sheet.dimensions, rows, columns, translate=True)

    taken(base, programme, form(WITH_FORMULAS))
    report = intake.preview(base, programme, [upload(changed(WITH_FORMULAS, shifted))])
    assert (report.inchanges, report.changes, report.rejetes) == (1, (), 0)


def test_rows_made_ready_under_the_actions_are_no_actions(base: Base, programme: Programme) -> None:
    def ready(book: openpyxl.Workbook) -> None:
        plan(book)["A10"], plan(book)["H10"] = "Action 6", "=E10-F10"

    _, found = taken(base, programme, upload(changed(WITH_FORMULAS, ready)))
    agrees(found["020001004"], EXPECTED[WITH_FORMULAS])


def test_an_action_typed_under_the_total_is_not_lost(base: Base, programme: Programme) -> None:
    def below(book: openpyxl.Workbook) -> None:
        sheet = plan(book)
        sheet["B13"], sheet["E13"], sheet["H13"] = "Groupe de parole", 2000, 900

    _, found = taken(base, programme, upload(changed(PLAIN, below)))
    assert [line["intitule"] for line in found["590001079"]["actions"]][4:] == ["Groupe de parole"]


def test_the_total_of_the_form_is_held_against_its_actions(base: Base, programme: Programme) -> None:
    def other_total(book: openpyxl.Workbook) -> None:
        plan(book)["H12"] = 60_000

    report, _ = taken(base, programme, upload(changed(PLAIN, other_total)))
    told = next(anomaly for anomaly in report.anomalies if "les demandes font foi" in anomaly.message)
    assert told.place == "Feuille « 2 - Plan de financement », ligne 12, colonne H"


def test_a_label_that_nobody_knows_can_be_said_by_a_person(base: Base, programme: Programme) -> None:
    def renamed(book: openpyxl.Workbook) -> None:
        sheet = identification(book)
        place = next(cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("N° FINESS géo"))
        place.value = "Code de la structure"

    content = upload(changed(PLAIN, renamed))
    report = intake.preview(base, programme, [content])
    assert "Libellés qui ne sont pas lus : « Code de la structure »" in messages(report)
    said = intake.Correspondence().with_column("dossier", "code de la structure", ("finess",))
    report = intake.preview(base, programme, [content], correspondence=said)
    intake.write(base, programme, report)
    assert builders.held(base, "numero, finess") == [("590001079", "590001079")]


def test_a_table_whose_rows_name_their_dossier_is_no_form(base: Base, programme: Programme) -> None:
    taken_for = []
    for content in (builders.flat_xlsx(), builders.flat_csv()):
        report = intake.preview(base, programme, [upload(content)])
        taken_for.append(report.source)
    assert taken_for == ["Classeur de l'outil"] * 2


def test_labels_without_actions_fall_through(base: Base, programme: Programme) -> None:
    def alone(book: openpyxl.Workbook) -> None:
        book.remove(plan(book))

    report = intake.preview(base, programme, [upload(changed(PLAIN, alone))])
    assert report.resultat == "fichier_rejete"
    assert report.source == "Classeur de l'outil"

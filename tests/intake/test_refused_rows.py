"""Rows that do not go in, at their place; what is asked about them, and what the others become."""

from decimal import Decimal

from clact_model import intake
from clact_model.programme import Programme
from clact_model.store import Base
from tests.intake import builders
from tests.intake.builders import errors, flat_xlsx, held, imported, messages, upload, with_cell
from tests.intake.two_sheets import flat, two_sheets


def test_a_bad_cell_refuses_its_dossier_at_its_place_and_the_others_go_in(base: Base, programme: Programme) -> None:
    report = imported(base, programme, flat_xlsx(with_cell(3, "Montant demandé", "voir devis")))
    assert report.resultat == "lignes_rejetees"
    (anomaly,) = errors(report)
    assert (anomaly.feuille, anomaly.ligne, anomaly.colonne, anomaly.valeur) == ("Dossiers", 3, "K", "voir devis")
    assert "« Montant demandé » : « voir devis » n'est pas un montant" in anomaly.message
    assert (report.nouveaux, report.rejetes) == (4, 1)
    assert held(base, "message", "anomalie") == [(anomaly.message,)]


def test_a_dossier_goes_in_whole_or_not_at_all(base: Base, programme: Programme) -> None:
    sheets = two_sheets()
    sheets["Actions"][3][4] = "à préciser"
    report = imported(base, programme, builders.xlsx(sheets))
    assert held(base, "numero") == [("A2",)]
    assert held(base, "numero", "action") == [("A2",)]
    assert report.rejetes == 1
    assert "A1 est refusé en entier" in messages(report)


def test_a_refused_dossier_keeps_its_earlier_version(base: Base, programme: Programme) -> None:
    imported(base, programme, builders.xlsx(two_sheets()))
    sheets = two_sheets()
    sheets["Dossiers"][1][1], sheets["Dossiers"][1][5] = "Autre nom", "peut-être"
    report = imported(base, programme, builders.xlsx(sheets))
    assert (report.rejetes, report.inchanges, report.disparus) == (1, 1, 0)
    assert "garde sa version précédente" in messages(report)
    assert held(base, "raison_sociale") == [("CH A",), ("CH B",)]


def test_an_action_of_an_unknown_dossier_is_refused(base: Base, programme: Programme) -> None:
    sheets = two_sheets()
    sheets["Actions"].append(["Z9", 1, "Orpheline", 10, 5])
    report = imported(base, programme, builders.xlsx(sheets))
    (anomaly,) = errors(report)
    assert (anomaly.feuille, anomaly.ligne, anomaly.colonne) == ("Actions", 5, "A")
    assert "Z9 est inconnu" in anomaly.message
    assert (report.nouveaux, report.rejetes) == (2, 1)


def test_actions_alone_replace_those_of_a_dossier_already_in_the_base(base: Base, programme: Programme) -> None:
    imported(base, programme, builders.xlsx(two_sheets()))
    actions = two_sheets(actions=[["A2", 1, "Formation", 2000, 900]])["Actions"]
    report = imported(base, programme, builders.xlsx({"Actions": actions}), accept=True)
    assert (report.modifies, report.disparus) == (1, 1)
    assert held(base, "montant_demande", "action WHERE numero = 'A2' --\n") == [(Decimal("900.00"),)]


def test_the_example_row_is_skipped_and_said(base: Base, programme: Programme) -> None:
    rows = with_cell(2, "N° dossier", "EXEMPLE")
    report = imported(base, programme, flat_xlsx(rows))
    assert report.resultat == "accepte"
    assert [(a.gravite, a.ligne) for a in report.anomalies] == [("information", 2)]
    assert len(held(base, "numero")) == 4


def test_finess_or_siret_one_is_enough(base: Base, programme: Programme) -> None:
    rows = with_cell(2, "FINESS EJ", None)
    with_cell(3, "SIRET", "-", rows)
    with_cell(4, "SIRET", None, with_cell(4, "FINESS EJ", None, rows))
    report = imported(base, programme, flat_xlsx(rows))
    (anomaly,) = errors(report)
    assert (anomaly.ligne, anomaly.colonne) == (4, "B")
    assert report.nouveaux == 4


def test_a_required_column_that_is_absent_is_asked_about(base: Base, programme: Programme) -> None:
    index = builders.HEADERS.index("Montant demandé")
    content = builders.xlsx(
        {"Dossiers": [[*r[:index], *r[index + 1 :]] for r in [builders.HEADERS, *builders.flat_rows()]]}
    )
    report = intake.preview(base, programme, [upload(content)])
    assert report.resultat == "question"
    assert "« Montant demandé à l'ARS » est absente" in messages(report)
    assert intake.write(base, programme, report, accept=True).nouveaux == 5
    assert held(base, "DISTINCT montant_demande, 1 AS numero, 1 AS ligne", "action") == [(None, 1, 1)]


def test_rows_of_one_dossier_that_contradict_each_other_refuse_it(base: Base, programme: Programme) -> None:
    rows = flat(two_sheets())
    rows[3][5] = "Non"
    report = imported(base, programme, builders.xlsx({"Dossiers": rows}))
    assert held(base, "numero") == [("A2",)]
    assert "« RIB »" in errors(report)[0].message
    assert errors(report)[0].ligne == 4


def test_two_dossiers_of_one_number_in_the_sheet_of_dossiers_are_both_refused(base: Base, programme: Programme) -> None:
    sheets = two_sheets()
    sheets["Dossiers"].append(["A1", "CH C", "800000010", None, None, None])
    report = imported(base, programme, builders.xlsx(sheets))
    assert held(base, "numero") == [("A2",)]
    assert "Doublon" in messages(report)


def test_requested_against_cost_is_told_and_left_to_the_rules(base: Base, programme: Programme) -> None:
    rows = with_cell(2, "Montant demandé", 20_000)
    with_cell(3, "Taux demandé", 0.8, rows)
    report = imported(base, programme, flat_xlsx(rows))
    assert report.resultat == "accepte_avec_avertissement"
    assert [(a.ligne, a.colonne) for a in report.anomalies] == [(2, "K"), (2, "L"), (3, "L")]
    assert "supérieur au coût" in messages(report)


def test_an_address_goes_nowhere_but_to_its_table(base: Base, programme: Programme) -> None:
    rows = with_cell(2, "Contact courriel", "jean.dupont@@exemple")
    imported(base, programme, flat_xlsx(rows))
    changed = builders.flat_rows()
    with_cell(3, "Contact courriel", "secret@exemple.fr", changed)
    imported(base, programme, flat_xlsx(changed), accept=True)
    for table in ("dossier", "action", "journal", "anomalie", "importation"):
        rows_of_table = base.cursor().execute(f"SELECT * FROM {table}").fetchall()
        assert "@exemple" not in str(rows_of_table), table
    assert ("secret@exemple.fr",) in held(base, "courriel_contact", "contact")

"""What a dossier leaves empty is proposed, written on a person's word, and not erased by a file that is silent still."""

from pathlib import Path
from typing import Any

import duckdb

from clact_model import changes, dossiers, intake, references
from clact_model.programme import Programme
from clact_model.store import Base, entries
from tests.decision.builders import put_decision
from tests.intake import builders as files
from tests.references import builders

FIXTURES = Path(__file__).parents[1] / "fixtures"
EXCEL = "dossiers_clact-2026-hauts-de-france_2026-03-12_09-41.excel-fr.csv"
HEADERS = ("Numéro de dossier", "Raison sociale", "N° FINESS", "N° SIRET", "Département", "Statut juridique", "RIB")


def _take_in(base: Base, programme: Programme, **said: Any) -> intake.Report:
    row = {"Numéro de dossier": "D1", "Raison sociale": "CH de Lille", "N° FINESS": builders.SITE, "RIB": "Oui"} | {
        {"siret": "N° SIRET", "finess": "N° FINESS", "statut": "Statut juridique", "rib": "RIB"}[name]: value
        for name, value in said.items()
    }
    sheets = {
        "Dossiers": [HEADERS, files.columns(HEADERS, **row)],
        "Actions": [("Numéro de dossier", "Intitulé de l'action", "Montant demandé à l'ARS"), ("D1", "Rails", 1000)],
    }
    return files.imported(base, programme, files.xlsx(sheets), accept=True)


def _dossier(base: Base, programme: Programme, numero: str = "D1") -> dict[str, Any]:
    return next(one for one in dossiers.read(base.cursor(), programme) if one["numero"] == numero)


def _complete(base: Base, programme: Programme) -> None:
    references.load(base, builders.new_register())
    references.complete(base, programme)


def test_nothing_is_written_before_a_person_says_so(base: Base, programme: Programme) -> None:
    _take_in(base, programme)
    references.load(base, builders.new_register())
    proposed = {one.champ: one.valeur for one in references.proposals(base.cursor(), programme)}
    assert proposed == {
        "siret": builders.SITE_SIRET,
        "departement": "59",
        "statut": "public",
        "secteur": "sanitaire",
        "finess_juridique": builders.ENTITY,
    }
    assert _dossier(base, programme)["siret"] is None


def test_one_field_can_be_completed_alone(base: Base, programme: Programme) -> None:
    _take_in(base, programme)
    references.load(base, builders.new_register())
    references.complete(base, programme, {("D1", "siret")})
    one = _dossier(base, programme)
    assert (one["siret"], one["statut"]) == (builders.SITE_SIRET, None)


def test_the_finess_is_found_by_the_siret(base: Base, programme: Programme) -> None:
    _take_in(base, programme, finess=None, siret=builders.SITE_SIRET)
    _complete(base, programme)
    assert _dossier(base, programme)["finess"] == builders.SITE


def test_each_completed_field_is_in_the_journal_with_its_author(base: Base, programme: Programme) -> None:
    _take_in(base, programme)
    _complete(base, programme)
    said = {
        e.champ: (e.avant, e.apres, e.auteur)
        for e in entries(base.cursor(), programme.id, "D1")
        if e.nature == "completer"
    }
    assert said["statut"][:2] == (None, "Public")
    assert said["siret"][2]
    assert base.faults() == []


def test_a_new_file_with_the_cell_still_empty_erases_nothing(base: Base, programme: Programme) -> None:
    _take_in(base, programme)
    _complete(base, programme)
    report = _take_in(base, programme, rib="Non")
    assert [change.champ for change in report.changes] == ["rib"]
    assert _dossier(base, programme)["siret"] == builders.SITE_SIRET


def test_a_new_file_that_fills_the_cell_goes_before(base: Base, programme: Programme) -> None:
    _take_in(base, programme)
    _complete(base, programme)
    _take_in(base, programme, statut="Privé lucratif")
    assert _dossier(base, programme)["statut"] == "prive_lucratif"


def test_what_was_true_of_another_establishment_is_not_put_back(base: Base, programme: Programme) -> None:
    _take_in(base, programme)
    _complete(base, programme)
    _take_in(base, programme, finess=builders.OTHER)
    one = _dossier(base, programme)
    assert (one["finess"], one["siret"], one["statut"]) == (builders.OTHER, None, None)


def test_undoing_the_import_of_a_correction_keeps_what_was_completed(base: Base, programme: Programme) -> None:
    _take_in(base, programme)
    _take_in(base, programme, rib="Non")
    _complete(base, programme)
    cursor = base.cursor()
    undone = intake.undo(base, programme, intake.last_import(cursor, programme))
    assert [change.champ for change in undone.changes] == ["rib"]
    one = _dossier(base, programme)
    assert (one["rib"], one["siret"]) == (True, builders.SITE_SIRET)
    assert base.faults() == []


def test_a_contradiction_between_two_companies_completes_nothing(base: Base, programme: Programme) -> None:
    _take_in(base, programme, siret=builders.OTHER_SIRET)
    references.load(base, builders.new_register())
    assert references.proposals(base.cursor(), programme) == []


def test_completing_twice_writes_once(base: Base, programme: Programme) -> None:
    _take_in(base, programme)
    references.load(base, builders.new_register())
    assert references.complete(base, programme, operation="c1") and not references.complete(
        base, programme, operation="c1"
    )
    assert not references.complete(base, programme)


def test_what_the_dossier_was_before_can_still_be_seen(base: Base, programme: Programme) -> None:
    _take_in(base, programme)
    before: duckdb.DuckDBPyConnection = base.cursor()
    (moment,) = before.execute("SELECT max(quand) FROM journal").fetchall()[0]
    _complete(base, programme)
    cursor = base.cursor()
    changes.past.go_back(cursor, programme, moment)
    assert cursor.execute("SELECT siret FROM dossier").fetchall() == [(None,)]


def test_the_siret_that_excel_lost_is_recovered_and_said(base: Base, programme: Programme) -> None:
    name = "finess-structures-journalier-20260911.json.gz"
    references.load(base, references.read(references.ReferenceFile.from_path(FIXTURES / name)))
    report = intake.preview(base, programme, [intake.UploadedFile.from_path(FIXTURES / EXCEL)])
    assert any("référentiel FINESS le donne" in a.message and "47 dossiers" in a.message for a in report.anomalies)
    intake.write(base, programme, report, accept=True)
    references.complete(base, programme)
    assert _dossier(base, programme, "24100004")["siret"] == "26417776700011"


def test_a_decided_dossier_is_shown_and_not_completed(base: Base, programme: Programme) -> None:
    _take_in(base, programme)
    references.load(base, builders.new_register())
    put_decision(base, programme, "D1")
    proposed = references.proposals(base.cursor(), programme)
    assert len(proposed) == 5 and all(one.decide for one in proposed)
    assert references.complete(base, programme) == references.complete(base, programme, {("D1", "siret")}) == []
    assert _dossier(base, programme)["siret"] is None
    assert references.left_as_decided(proposed).startswith(
        "5 champs d'un dossier déjà décidé (D1) : rien n'y est complété"
    )


def test_a_proposal_of_the_committee_is_no_decision_and_is_completed(base: Base, programme: Programme) -> None:
    _take_in(base, programme)
    references.load(base, builders.new_register())
    put_decision(base, programme, "D1", "propose")
    assert len(references.complete(base, programme)) == 5


def test_a_list_of_groups_alone_completes_the_group(base: Base, programme: Programme) -> None:
    _take_in(base, programme, finess=builders.ENTITY)
    references.load(base, builders.read("g.csv", f"DENOMINATION GHT;CODE GHT;FINESS\nLille;R-01;{builders.ENTITY}\n"))
    references.complete(base, programme)
    assert _dossier(base, programme)["ght"] == "Lille"

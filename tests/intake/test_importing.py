"""Files into the base: what goes in, what comes out the same, what is refused whole."""
# ruff: noqa: DTZ001 a cell of a workbook is a wall clock, without a zone

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from clact_model import fields, intake, store
from clact_model.programme import Programme, load
from clact_model.store import Base
from tests.intake import builders
from tests.intake.builders import errors, everything, flat_xlsx, held, imported, messages, upload
from tests.intake.two_sheets import flat, two_sheets


def test_the_two_sheets_are_read_into_the_tables(base: Base, programme: Programme) -> None:
    report = imported(base, programme, builders.xlsx(two_sheets()))
    assert (report.resultat, report.nouveaux) == ("accepte", 2)
    assert report.source == "Classeur de l'outil"
    assert held(base, "numero, raison_sociale, finess, date_depot, rib, ordre") == [
        ("A1", "CH A", "590000014", datetime(2026, 3, 12, 8, 41, tzinfo=UTC), True, 1),
        ("A2", "CH B", "620000018", datetime(2026, 3, 14, 3, 59, tzinfo=UTC), False, 2),
    ]
    assert held(base, "numero, ligne, rang, intitule, cout_total, montant_demande", "action") == [
        ("A1", 1, 1, "Rails", Decimal("1000.00"), Decimal("400.50")),
        ("A1", 2, 2, "Étude", Decimal("300.00"), Decimal("100.00")),
        ("A2", 1, 1, "Formation", Decimal("2000.00"), Decimal("800.00")),
    ]
    assert held(base, "*", "contact") == [(programme.id, "A1", "a@exemple.fr")]
    assert base.faults() == []


def files_of_the_same_content() -> dict[str, list[intake.UploadedFile]]:
    sheets = two_sheets()
    one = flat(sheets)
    semicolons, commas = builders.csv_text(one), builders.csv_text(one, ",")
    return {
        "xlsx flat": [upload(builders.xlsx({"Feuil1": one}))],
        "ods": [upload(builders.ods(sheets), "candidatures.ods")],
        "csv ; cp1252": [upload(semicolons.encode("cp1252"), "c.csv")],
        "csv , utf-8": [upload(commas.encode(), "c.csv")],
        "csv tab utf-16": [upload(builders.csv_text(one, "\t").encode("utf-16"), "c.csv")],
        "csv old mac": [upload(semicolons.replace("\n", "\r").encode(), "c.csv")],
        "csv of another name": [upload(semicolons.encode("utf-8-sig"), "donnees.txt")],
        "two csv": [
            upload(builders.csv_text(sheets["Actions"]).encode(), "a.csv"),
            upload(builders.csv_text(sheets["Dossiers"]).encode(), "d.csv"),
        ],
        "sheets in capitals": [
            upload(
                builders.xlsx({"ACTIONS ": sheets["Actions"], "dossiers ": sheets["Dossiers"], "Lisez-moi": [["…"]]})
            )
        ],
    }


@pytest.mark.parametrize("form", files_of_the_same_content())
def test_the_same_content_in_another_form_gives_the_same_base(
    form: str, base: Base, programme: Programme, tmp_path: Path
) -> None:
    other = Base(tmp_path / "autre.duckdb")
    imported(base, programme, builders.xlsx(two_sheets()))
    report = imported(other, programme, *files_of_the_same_content()[form])
    assert report.resultat == "accepte", messages(report)
    assert everything(other) == everything(base)
    other.close()


def test_importing_twice_is_importing_once(base: Base, programme: Programme) -> None:
    content = builders.xlsx(two_sheets())
    imported(base, programme, content)
    before = everything(base)
    again = imported(base, programme, content)
    assert again.resultat == "accepte_avec_avertissement"
    assert "déjà importé" in messages(again)
    assert (again.nouveaux, again.modifies, again.inchanges, again.changes) == (0, 0, 2, ())
    assert everything(base) == before
    assert [entry.champ for entry in store.entries(base.cursor())] == [None, None]
    assert len(held(base, "id AS numero", "importation")) == 2


def test_the_same_operation_twice_is_written_once(base: Base, programme: Programme) -> None:
    report = intake.preview(base, programme, [upload(builders.xlsx(two_sheets()))])
    first = intake.write(base, programme, report, operation="unique")
    second = intake.write(base, programme, report, operation="unique")
    assert (second.resultat, second.nouveaux) == (first.resultat, first.nouveaux) == ("accepte", 2)
    assert len(store.entries(base.cursor())) == 1


def test_a_preview_writes_nothing(base: Base, programme: Programme) -> None:
    version = base.version()
    intake.preview(base, programme, [upload(builders.xlsx(two_sheets()))])
    assert base.version() == version
    assert held(base, "*") == []


def test_a_corrected_file_shows_old_and_new_in_french_and_journals_them(base: Base, programme: Programme) -> None:
    imported(base, programme, builders.xlsx(two_sheets()))
    sheets = two_sheets()
    sheets["Dossiers"][1][3] = "13/03/2026 10:00"
    sheets["Dossiers"][1][4] = "nouvelle@exemple.fr"
    sheets["Actions"][3][4] = 150
    report = imported(base, programme, builders.xlsx(sheets))
    assert (report.modifies, report.inchanges) == (1, 1)
    shown = [(c.numero, c.ligne, c.champ, c.avant, c.apres) for c in report.changes]
    assert shown == [
        ("A1", None, "date_depot", "12/03/2026 à 09:41", "13/03/2026 à 10:00"),
        ("A1", None, "courriel_contact", "(donnée personnelle)", "(donnée personnelle)"),
        ("A1", 2, "montant_demande", "100,00\u00a0€", "150,00\u00a0€"),
    ]
    journal = store.entries(base.cursor(), programme.id, "A1")
    assert {(e.champ, e.avant, e.apres) for e in journal} == {change[2:] for change in shown}
    assert held(base, "courriel_contact", "contact ") == [("nouvelle@exemple.fr",)]
    assert base.faults() == []


def test_lines_added_and_removed_show_each_of_their_fields(base: Base, programme: Programme) -> None:
    imported(base, programme, builders.xlsx(two_sheets()))
    sheets = two_sheets()
    del sheets["Actions"][3]
    sheets["Actions"].append(["A2", 2, "Vélos", 500, 50])
    report = imported(base, programme, builders.xlsx(sheets))
    assert report.modifies == 2
    changes = {(c.numero, c.ligne, c.champ): (c.avant, c.apres) for c in report.changes}
    assert changes["A1", 2, "intitule"] == ("Étude", None)
    assert changes["A2", 2, "intitule"] == (None, "Vélos")
    assert held(base, "numero, ligne", "action") == [("A1", 1), ("A2", 1), ("A2", 2)]


def test_a_column_that_the_file_lacks_erases_nothing(base: Base, programme: Programme) -> None:
    imported(base, programme, builders.xlsx(two_sheets()))
    sheets = {name: [row[:-1] if name == "Dossiers" else row for row in rows] for name, rows in two_sheets().items()}
    sheets["Dossiers"][1][1] = "CH A renommé"
    report = imported(base, programme, builders.xlsx(sheets))
    assert [c.champ for c in report.changes] == ["raison_sociale"]
    assert held(base, "raison_sociale, rib") == [("CH A renommé", True), ("CH B", False)]


def test_a_field_declared_by_the_programme_is_kept_beside_the_others(base: Base, programme: Programme) -> None:
    declared = fields.Field("action", "photo", "Photographie du local", "oui_non", declared=True)
    extended = load(Path("data/programmes") / f"{programme.id}.toml")
    object.__setattr__(extended.compiled, "dictionary", programme.dictionary.extended([declared]))
    sheets = two_sheets()
    for row, value in zip(sheets["Actions"], ("Photographie du local", "Oui", None, "Non"), strict=True):
        row.append(value)
    imported(base, extended, builders.xlsx(sheets))
    assert held(base, "CAST(complements->>'photo' AS BOOLEAN)", "action") == [(True,), (False,), (None,)]
    sheets["Actions"][1][-1] = "Non"
    report = imported(base, extended, builders.xlsx(sheets))
    assert [(c.champ, c.avant, c.apres) for c in report.changes] == [("photo", "oui", "non")]


def test_a_dossier_missing_from_a_later_file_is_asked_about_and_never_deleted(base: Base, programme: Programme) -> None:
    imported(base, programme, flat_xlsx())
    later = [upload(flat_xlsx(builders.flat_rows(3)))]
    report = intake.preview(base, programme, later)
    assert (report.resultat, report.disparus) == ("question", 2)
    assert "absents" in messages(report)
    assert "2026-0004" in messages(report)
    version = base.version()
    assert intake.write(base, programme, report).resultat == "question"
    assert base.version() == version
    accepted = intake.write(base, programme, report, accept=True)
    assert accepted.resultat == "accepte_avec_avertissement"
    assert len(held(base, "numero")) == 5


def test_a_partial_file_makes_nothing_gone(base: Base, programme: Programme) -> None:
    imported(base, programme, flat_xlsx())
    report = intake.preview(base, programme, [upload(flat_xlsx(builders.flat_rows(3)))], partial=True)
    assert (report.resultat, report.disparus) == ("accepte", 0)


def test_a_preview_that_the_base_has_outrun_is_asked_about_again(base: Base, programme: Programme) -> None:
    stale = intake.preview(base, programme, [upload(builders.xlsx(two_sheets()))])
    other = two_sheets()
    other["Dossiers"][1][1] = "CH A écrit entre-temps"
    imported(base, programme, builders.xlsx(other))
    before = everything(base)
    answer = intake.write(base, programme, stale)
    assert answer.resultat == "question"
    assert "a changé depuis" in messages(answer)
    assert [c.avant for c in answer.changes] == ["CH A écrit entre-temps"]
    assert everything(base) == before
    assert intake.write(base, programme, answer, accept=True).modifies == 1


def test_a_failure_half_way_leaves_the_base_as_it_was(
    base: Base, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(base, programme, builders.xlsx(two_sheets()))
    before, version = everything(base), base.version()
    sheets = two_sheets()
    sheets["Actions"][1][4] = 1
    report = intake.preview(base, programme, [upload(builders.xlsx(sheets))])

    def fail(*_: object) -> None:
        raise OSError("disque plein")

    monkeypatch.setattr(store.Writing, "seal", fail)
    with pytest.raises(OSError, match="disque plein"):
        intake.write(base, programme, report)
    assert everything(base) == before
    assert base.version() == version


def test_an_override_whose_field_changed_waits_for_confirmation(base: Base, programme: Programme) -> None:
    imported(base, programme, builders.xlsx(two_sheets()))
    with base.write("deroger", programme.id) as writing:
        for numero, ligne, champ in (("A1", 0, "rib"), ("A1", 0, "montant_demande"), ("A1", 1, "montant_demande")):
            writing.cursor.execute(
                "INSERT OR REPLACE INTO derogation VALUES (?, ?, ?, 'recevable', 'irrecevable', 'm', 'a', now(), ?, false)",
                [programme.id, numero, ligne, [champ]],
            )
        writing.cursor.execute(
            "INSERT INTO derogation VALUES (?, 'A1', 2, 'eligible', 'ineligible', 'm', 'a', now(), ['rib'], false)",
            [programme.id],
        )
    sheets = two_sheets()
    sheets["Actions"][3][4] = 1
    imported(base, programme, builders.xlsx(sheets))
    assert held(base, "ligne, a_confirmer", "derogation") == [(0, True), (1, False), (2, False)]


def test_the_order_of_the_files_is_kept_and_new_dossiers_come_last(base: Base, programme: Programme) -> None:
    imported(base, programme, flat_xlsx(list(reversed(builders.flat_rows(2)))))
    imported(base, programme, flat_xlsx(builders.flat_rows(3)))
    assert held(base, "numero, ordre") == [("2026-0001", 2), ("2026-0002", 1), ("2026-0003", 5)]


def test_a_file_refused_refuses_the_whole_import(base: Base, programme: Programme) -> None:
    report = imported(base, programme, upload(flat_xlsx()), upload(b"%PDF-1.7", "plaquette.pdf"))
    assert report.resultat == "fichier_rejete"
    assert [a.fichier for a in errors(report)] == ["plaquette.pdf"]
    assert held(base, "numero") == []


def test_dates_do_not_depend_on_the_zone_of_the_server(
    base: Base, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    monkeypatch.setenv("TZ", "Pacific/Noumea")
    time.tzset()
    try:
        rows = builders.flat_rows(3)
        for row, value in zip(
            rows,
            (datetime(2026, 3, 31, 23, 30), datetime(2026, 4, 1, 0, 30), datetime(2026, 3, 29, 2, 30)),
            strict=True,
        ):
            row[builders.HEADERS.index("Date de dépôt")] = value
        imported(base, programme, flat_xlsx(rows))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert held(base, "timezone('Europe/Paris', date_depot)") == [
        (datetime(2026, 3, 31, 23, 30),),
        (datetime(2026, 4, 1, 0, 30),),
        (datetime(2026, 3, 29, 3, 30),),
    ]


def test_every_label_and_synonym_of_the_programmes_claims_its_own_field(programme: Programme) -> None:
    from clact_model.intake.mapping import Titles

    labels = Titles(programme.dictionary, ("dossier", "action"))
    for field in programme.dictionary:
        for writing in (field.libelle, *field.synonymes):
            found = labels.find(writing.upper() + " * :")
            assert found
            champs = {one.champ.removesuffix("_dossier") for one in found.fields}
            assert field.champ.removesuffix("_dossier") in champs, writing


def test_a_day_cell_of_an_action_is_kept_as_a_day(base: Base, programme: Programme) -> None:
    sheets = two_sheets()
    sheets["Actions"][0].append("Date de début")
    sheets["Actions"][1].append(date(2026, 5, 4))
    imported(base, programme, builders.xlsx(sheets))
    assert held(base, "date_debut", "action")[0] == (date(2026, 5, 4),)

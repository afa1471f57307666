"""An import taken back: the base is as it was before, or nothing is done and one sentence says why."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clact_model import eligibility, intake, scoring, store
from clact_model.errors import UsageError
from clact_model.instruction import remarks
from clact_model.intake import UndoRefusedError
from clact_model.programme import Programme, load_all
from clact_model.store import Base, backup
from tests import imports
from tests.imports import Sent, files, take_in
from tests.intake import builders
from tests.intake.builders import everything, held, messages, upload

DAY = date(2022, 6, 1)
TABLES = ("dossier", "action", "contact", "controle")
A1 = Sent("CH A", "Oui", "a@exemple.fr", (1000, 500))
A2 = Sent("CH B", "Non", None, (800,))


def whole(base: Base) -> dict[str, list[Any]]:
    """Every row of dossiers, lines and contacts, which import wrote it included, and the control totals."""
    cursor = base.cursor()
    found = {table: cursor.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall() for table in TABLES}
    return {**found, "controle": [row for row in found["controle"] if row[1]]}


@pytest.fixture
def first(base: Base, programme: Programme) -> str:
    return take_in(base, programme, files({"D1": A1, "D2": A2}))


@settings(max_examples=10, deadline=None)
@given(st.lists(imports.IMPORT, min_size=1, max_size=4))
def test_undoing_imports_from_the_last_to_the_first_goes_back_through_every_state(
    sequence: list[imports.Import],
) -> None:
    programme = load_all().get("hauts_de_france_2022")
    with TemporaryDirectory() as folder:
        base = Base(Path(folder) / "base.duckdb")
        states, done = [whole(base)], []
        for sent, sheets in sequence:
            done.append(take_in(base, programme, files(sent, **sheets)))
            states.append(whole(base))
        for identity in reversed(done):
            assert whole(base) == states.pop()
            intake.undo(base, programme, identity)
            assert base.faults() == []
        assert whole(base) == states.pop()
        base.close()


def test_an_undone_import_leaves_nothing_of_what_it_created(base: Base, programme: Programme, first: str) -> None:
    intake.undo(base, programme, first)
    assert everything(base) == {"dossier": [], "action": [], "contact": []}
    assert base.faults() == []


def test_a_file_whose_import_was_undone_is_taken_in_as_new(base: Base, programme: Programme, first: str) -> None:
    before = everything(base)
    intake.undo(base, programme, first)
    report = intake.preview(base, programme, files({"D1": A1, "D2": A2}))
    assert (report.resultat, report.nouveaux, messages(report)) == ("accepte", 2, "")
    intake.write(base, programme, report)
    assert everything(base) == before


def test_what_an_undoing_changes_is_shown_before_and_journalled_after(
    base: Base, programme: Programme, first: str
) -> None:
    second = take_in(base, programme, files({"D1": Sent("CH A", "Non", "a@exemple.fr", (1000,)), "D3": A2}))
    shown = intake.preview_undo(base.cursor(), programme, second)
    assert (shown.removed, shown.restored) == (("D3",), ("D1",))
    assert {(c.ligne, c.champ, c.avant, c.apres) for c in shown.changes} >= {
        (None, "rib", "non", "oui"),
        (2, "montant_demande", None, "500,00\u00a0€"),
    }
    version = base.version()
    done = intake.undo(base, programme, second)
    assert done == shown
    assert base.version() > version
    lines = [entry for entry in store.entries(base.cursor()) if entry.nature == "annuler_import"]
    assert [entry.detail for entry in lines if entry.champ is None] == [
        f"Import du {shown.quand:%d/%m/%Y à %H:%M} annulé (dossiers.csv, lignes.csv) : 1 dossier rétabli, 1 retiré (D3)"
    ]
    assert {(e.numero, e.champ) for e in lines if e.champ} == {(c.numero, c.champ) for c in shown.changes}


def test_an_import_that_a_later_one_rewrote_waits_for_it(base: Base, programme: Programme, first: str) -> None:
    second = take_in(base, programme, files({"D2": Sent("CH B", "Oui", None, (800,))}))
    before = whole(base)
    with pytest.raises(UndoRefusedError, match=r"a réécrit depuis le dossier D2 : annulez-le d'abord\."):
        intake.undo(base, programme, first)
    assert whole(base) == before
    intake.undo(base, programme, second)
    intake.undo(base, programme, first)
    assert held(base, "numero") == []


def test_a_later_import_of_other_dossiers_stays(base: Base, programme: Programme, first: str) -> None:
    take_in(base, programme, files({"D3": A2}))
    intake.undo(base, programme, first)
    assert held(base, "numero") == [("D3",)]


def test_a_sheet_of_lines_alone_names_its_import_on_the_dossier(base: Base, programme: Programme, first: str) -> None:
    lines = [imports.ACTIONS, ["D1", "Action 1", 1000, None], ["D1", "Action 2", 700, None]]
    second = take_in(base, programme, [upload(builders.xlsx({"Actions": lines}))])
    assert dict(held(base, "numero, importation")) == {"D1": second, "D2": first}
    with pytest.raises(UndoRefusedError, match="le dossier D1"):
        intake.undo(base, programme, first)
    intake.undo(base, programme, second)
    assert held(base, "montant_demande", "action") == [(1000,), (500,), (800,)]


def test_a_dossier_with_an_override_is_not_taken_away(base: Base, programme: Programme, first: str) -> None:
    eligibility.override(base, programme, DAY, "D2", "recevable", "Vu avec le siège")
    with pytest.raises(UndoRefusedError, match="Une dérogation porte sur le dossier D2"):
        intake.undo(base, programme, first)
    eligibility.lift(base, programme, "D2")
    intake.undo(base, programme, first)
    assert held(base, "numero") == []


def test_a_dossier_with_a_grade_is_not_taken_away(base: Base) -> None:
    programme = load_all().get("normandie_2025")
    criterion = next(iter(scoring.gradable(programme)))
    identity = take_in(base, programme, files({"D1": A1}))
    scoring.grade(base, programme, "D1", criterion, Decimal(3))
    with pytest.raises(UndoRefusedError, match="Une note porte sur le dossier D1"):
        intake.undo(base, programme, identity)
    scoring.withdraw_grade(base, programme, "D1", criterion)
    intake.undo(base, programme, identity)
    assert held(base, "numero") == []


def test_a_dossier_with_a_remark_is_not_taken_away(base: Base, programme: Programme, first: str) -> None:
    remarks.write(base, programme, "D1", "Appeler le directeur", operation="remarque")
    with pytest.raises(UndoRefusedError, match="Une remarque porte sur le dossier D1"):
        intake.undo(base, programme, first)


def test_an_override_on_what_is_put_back_is_to_be_confirmed(base: Base) -> None:
    programme = load_all().get("normandie_2025")
    take_in(base, programme, files({"D1": A1, "D2": A2}))
    second = take_in(base, programme, files({"D1": Sent("CH A", "Non", "a@exemple.fr", (1000, 500))}))
    eligibility.override(base, programme, DAY, "D1", "recevable", "RIB reçu par courriel")
    assert held(base, "a_confirmer, numero", "derogation") == [(False, "D1")]
    intake.undo(base, programme, second)
    assert held(base, "a_confirmer, numero", "derogation") == [(True, "D1")]


def test_an_import_is_undone_once(base: Base, programme: Programme, first: str) -> None:
    second = take_in(base, programme, files({"D1": Sent("CH A", "Non"), "D3": A2}))
    done = intake.undo(base, programme, second, operation="unique")
    before = whole(base)
    assert intake.undo(base, programme, second, operation="unique") == done
    assert whole(base) == before
    intake.undo(base, programme, first)
    with pytest.raises(UndoRefusedError, match="a déjà été annulé le"):
        intake.undo(base, programme, first)


def test_an_import_older_than_the_kept_states_cannot_be_undone(base: Base, programme: Programme, first: str) -> None:
    base.cursor().execute("UPDATE importation SET empreinte_apres = NULL")
    with pytest.raises(UndoRefusedError, match="ne gardait pas ce qu'il remplaçait"):
        intake.undo(base, programme, first)


def test_an_unknown_import_is_said_to_be_unknown(base: Base, programme: Programme, first: str) -> None:
    other = load_all().get("normandie_2025")
    with pytest.raises(UsageError, match="n'existe pas dans ce programme"):
        intake.undo(base, other, first)


def test_an_import_keeps_the_totals_of_after_it(base: Base, programme: Programme, first: str) -> None:
    take_in(base, programme, files({"D3": A2}))
    totals = "dossiers_apres, actions_apres, montant_demande_apres, empreinte_apres"
    kept = base.cursor().execute(f"SELECT {totals} FROM importation ORDER BY quand").fetchall()
    assert [row[:3] for row in kept] == [(2, 3, 2300), (3, 4, 3100)]
    assert kept[-1] == base.cursor().execute("SELECT * EXCLUDE (programme) FROM controle").fetchone()


def test_each_file_is_kept_once_and_a_backup_holds_it(
    base: Base, programme: Programme, first: str, tmp_path: Path
) -> None:
    sent = files({"D1": A1, "D2": A2})
    intake.undo(base, programme, first)
    take_in(base, programme, sent)
    path = base.path
    base.close()
    copy = Base(backup.save_copy(path, tmp_path / "copie.duckdb"))
    kept = copy.cursor().execute("SELECT nom, contenu FROM fichier_importe ORDER BY nom").fetchall()
    assert kept == [(file.name, file.content) for file in sent]
    copy.close()


def test_replaying_the_kept_files_gives_the_same_base(
    base: Base, programme: Programme, tmp_path: Path, first: str
) -> None:
    take_in(base, programme, files({"D1": Sent("CH A", "Non", None, (1000,)), "D3": A2}))
    take_in(base, programme, files({"D3": Sent("", None, None, (4, 5))}, dossiers=False))
    other = Base(tmp_path / "rejouee.duckdb")
    cursor = base.cursor()
    for (prints,) in cursor.execute("SELECT empreintes FROM importation ORDER BY quand").fetchall():
        kept = [
            cursor.execute("SELECT nom, contenu FROM fichier_importe WHERE sha256 = ?", [print_]).fetchone()
            for print_ in prints.split("\n")
        ]
        take_in(other, programme, [upload(content, name) for name, content in kept])
    assert everything(other) == everything(base)
    other.close()

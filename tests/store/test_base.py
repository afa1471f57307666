"""The base: nothing half-written, one writer, nothing altered unnoticed."""

import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from clact_model.errors import ClactError
from clact_model.programme import load_one
from clact_model.store import Base, BaseBusyError, ForeignBaseError, NewerBaseError, backup, entries, safety_copy
from tests import facts

PROGRAMME = load_one("grand_est_2024")
LINE = {"rang": 1, "montant_demande": "100.00", "cout_total": "200.00"}


@pytest.fixture
def base(tmp_path: Path) -> Base:
    return Base(tmp_path / "essai.duckdb")


def seal(base: Base) -> None:
    with base.write("essai", PROGRAMME.id) as writing:
        writing.seal()


def test_a_new_base_holds_every_column_of_the_dictionary(base: Base) -> None:
    for table in ("dossier", "action"):
        rows = base.cursor().execute(f"SELECT name FROM pragma_table_info('{table}')").fetchall()
        columns = {row[0] for row in rows}
        wanted = {f.champ for f in PROGRAMME.dictionary.stored(table) if f.type != "courriel"}  # type: ignore[arg-type]
        assert wanted <= columns


def test_money_is_decimal_in_every_table(base: Base) -> None:
    rows = base.cursor().execute(
        "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE data_type IN ('DOUBLE', 'FLOAT', 'REAL')"
    )
    assert rows.fetchall() == []


def test_opening_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "essai.duckdb"
    Base(path).close()
    again = Base(path)
    assert again.version() == 0
    assert again.faults() == []


def test_a_write_that_fails_leaves_nothing(base: Base) -> None:
    with pytest.raises(RuntimeError), base.write("essai", PROGRAMME.id) as writing:
        writing.log("à moitié")
        raise RuntimeError
    assert entries(base.cursor()) == []
    assert base.version() == 0


def test_a_write_changes_the_version_of_the_data(base: Base) -> None:
    with base.write("essai") as writing:
        writing.log("une fois")
    assert base.version() == 1


def test_keeping_a_scenario_leaves_the_data_as_they_are(base: Base) -> None:
    with base.write("enregistrer_scenario") as writing:
        writing.log("une fois")
    assert base.version() == 0


def test_an_operation_done_twice_is_done_once(base: Base) -> None:
    for _ in range(2):
        with base.write("essai", operation="la-meme") as writing:
            if not writing.already_done:
                writing.log("une fois")
    assert [entry.detail for entry in base_entries(base)] == ["une fois"]


def base_entries(base: Base):  # type: ignore[no-untyped-def]
    return entries(base.cursor())


def test_two_people_who_read_then_write_never_overspend(base: Base) -> None:
    """Read the sum, check, insert: without one writer at a time both would commit."""
    base.cursor().execute("CREATE TABLE depense (montant INTEGER)")

    def spend() -> None:
        for _ in range(20):
            with base.write("depenser") as writing:
                row = writing.cursor.execute("SELECT coalesce(sum(montant), 0) FROM depense").fetchone()
                if row is not None and row[0] < 10:
                    writing.cursor.execute("INSERT INTO depense VALUES (1)")

    people = [threading.Thread(target=spend) for _ in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert base.cursor().execute("SELECT sum(montant) FROM depense").fetchone() == (10,)


def test_another_process_is_told_who_holds_the_base(base: Base) -> None:
    code = f"from pathlib import Path; from clact_model.store import Base; Base(Path({str(base.path)!r}))"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "BaseBusyError" in other.stderr
    assert "déjà ouverte par le processus" in other.stderr


def test_the_base_reads_and_writes_no_other_file(base: Base, tmp_path: Path) -> None:
    for statement in (
        f"COPY (SELECT 1) TO '{tmp_path / 'fuite.csv'}'",
        "SELECT * FROM read_csv('/etc/passwd')",
        f"ATTACH '{tmp_path / 'autre.duckdb'}'",
        "SET enable_external_access = true",
        "INSTALL httpfs",
    ):
        with pytest.raises(duckdb.Error):
            base.cursor().execute(statement)


def test_times_do_not_depend_on_the_server(base: Base) -> None:
    assert base.cursor().execute("SELECT current_setting('TimeZone')").fetchone() == ("UTC",)


def test_what_was_altered_behind_its_back_is_noticed_at_start(tmp_path: Path) -> None:
    path = tmp_path / "essai.duckdb"
    base = Base(path)
    facts.put(base, PROGRAMME, {"numero": "1", "rib": "oui"}, [LINE])
    seal(base)
    base.close()
    safety_copy.forget(path)  # else it would be put right from it
    with duckdb.connect(str(path)) as intruder:
        intruder.execute("UPDATE action SET montant_demande = 999")

    (fault,) = Base(path).faults_at_opening

    assert "Programme grand_est_2024" in fault
    assert "100,00" in fault
    assert "999,00" in fault


def test_a_file_that_is_no_base_is_refused_in_french(tmp_path: Path) -> None:
    path = tmp_path / "lettre.duckdb"
    path.write_text("Madame, Monsieur,", encoding="utf-8")
    with pytest.raises(ClactError, match="n'est pas une base"):
        Base(path)


def test_a_base_of_another_tool_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "autre.duckdb"
    with duckdb.connect(str(path)) as other:
        other.execute("CREATE TABLE t (a INTEGER)")
    with pytest.raises(ForeignBaseError, match="pas une base de cet outil"):
        Base(path)
    with duckdb.connect(str(path)) as other:
        assert other.execute("SELECT table_name FROM information_schema.tables").fetchall() == [("t",)]
    Base(tmp_path / "essai.duckdb").close()
    with pytest.raises(backup.BackupError, match=r"autre\.duckdb"):
        backup.restore_copy(path, tmp_path / "essai.duckdb")


def test_a_base_of_a_later_version_is_refused(tmp_path: Path) -> None:
    base = Base(tmp_path / "essai.duckdb")
    base.cursor().execute("INSERT INTO migration VALUES ('9999_demain', now())")
    base.close()
    safety_copy.acknowledge(base.path, 100)  # a base that lost this much would be repaired; not this one
    with pytest.raises(NewerBaseError, match="plus récente"):
        Base(base.path)
    assert not list(tmp_path.glob("*abimee*"))


def test_a_base_of_another_tool_keeps_its_log(tmp_path: Path) -> None:
    path = tmp_path / "autre.duckdb"
    with duckdb.connect(str(path)) as other:
        other.execute("PRAGMA disable_checkpoint_on_shutdown")
        other.execute("CREATE TABLE t (a INTEGER)")
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert len(before) == 2
    with pytest.raises(ForeignBaseError):
        Base(path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_backup_gives_the_same_base_back(tmp_path: Path) -> None:
    path, copy = tmp_path / "essai.duckdb", tmp_path / "copie.duckdb"
    base = Base(path)
    facts.put(base, PROGRAMME, {"numero": "1"}, [LINE])
    seal(base)
    base.close()
    backup.save_copy(path, copy)
    base = Base(path)
    facts.put(base, PROGRAMME, {"numero": "2"}, [LINE])
    seal(base)
    base.close()

    backup.restore_copy(copy, path)

    base = Base(path)
    assert base.cursor().execute("SELECT numero FROM dossier").fetchall() == [("1",)]
    assert base.faults() == []


def test_a_damaged_backup_is_not_put_in_place(tmp_path: Path) -> None:
    path, copy = tmp_path / "essai.duckdb", tmp_path / "copie.duckdb"
    Base(path).close()
    copy.write_bytes(b"rien")
    with pytest.raises(backup.BackupError, match=r"copie\.duckdb"):
        backup.restore_copy(copy, path)
    Base(path).close()


def test_a_base_in_use_is_not_copied(base: Base, tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from clact_model.store import backup; "
        f"backup.save_copy(Path({str(base.path)!r}), Path({str(tmp_path / 'copie.duckdb')!r}))"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert BaseBusyError.__name__ in other.stderr
    assert not (tmp_path / "copie.duckdb").exists()


def test_columns_gained_by_a_new_version_are_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "essai.duckdb"
    base = Base(path)
    facts.put(base, PROGRAMME, {"numero": "1"}, [LINE])
    # What an older dictionary did not have yet: the next start adds it.
    base.cursor().execute("ALTER TABLE action DROP COLUMN intitule")
    seal(base)
    base.close()
    for _ in range(2):
        again = Base(path)
        assert (again.faults(), again.faults_at_opening, again.notices) == ([], (), ())
        again.close()

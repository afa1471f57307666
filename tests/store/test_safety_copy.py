"""A checkpoint happens at opening and at closing, after a copy; nothing to write down, no copy."""

from pathlib import Path

from clact_model.store import Base, backup, safety_copy
from tests.store import damage
from tests.store.damage import dossiers, log


def test_a_closed_base_is_one_file_and_its_copy_holds_the_same(tmp_path: Path) -> None:
    path = tmp_path / damage.NAME
    base = Base(path)
    damage.add(base, 1)
    base.close()
    assert not log(path).exists()
    copy = safety_copy.find(path)
    assert copy is not None
    assert copy.ecritures == 1
    restored = Base(damage.copied(copy.path, tmp_path / "ailleurs"))
    assert (dossiers(restored), restored.faults()) == (1, [])
    restored.close()


def test_a_base_in_which_nothing_was_written_is_not_copied_again(tmp_path: Path) -> None:
    path = tmp_path / damage.NAME
    base = Base(path)
    damage.add(base, 1)
    base.close()
    record = safety_copy.folder(path) / "copie" / "releve.json"
    before = (record.stat().st_mtime_ns, path.stat().st_mtime_ns)
    Base(path).close()
    assert (record.stat().st_mtime_ns, path.stat().st_mtime_ns) == before


def test_no_write_makes_a_checkpoint_by_itself(tmp_path: Path) -> None:
    path = tmp_path / damage.NAME
    base = Base(path)
    for _ in range(20):
        with base.write("essai") as writing:
            writing.log("x" * (1 << 20))
    assert log(path).stat().st_size > 16 << 20
    base.close()
    assert not log(path).exists()


def test_a_restored_base_is_not_undone_by_the_copy_of_the_former_one(tmp_path: Path) -> None:
    path, kept = tmp_path / damage.NAME, tmp_path / "mars.duckdb"
    base = Base(path)
    damage.add(base, 1)
    base.close()
    backup.save_copy(path, kept)
    base = Base(path)
    damage.add(base, 2)
    base.close()

    former = backup.restore_copy(kept, path)

    again = Base(path)
    assert (dossiers(again), again.notices) == (1, ())
    again.close()
    assert former is not None
    other = Base(former)
    assert dossiers(other) == 2
    other.close()


def test_a_base_that_opens_no_more_can_be_restored(tmp_path: Path) -> None:
    path, kept = tmp_path / damage.NAME, tmp_path / "mars.duckdb"
    base = Base(path)
    damage.add(base, 1)
    base.close()
    backup.save_copy(path, kept)
    path.write_bytes(b"\0" * 50_000)
    safety_copy.forget(path)
    backup.restore_copy(kept, path)
    again = Base(path)
    assert dossiers(again) == 1
    again.close()

"""Whatever happens to the files, a base opens with right totals, is repaired, or is refused in French: never silently less."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from clact_model.store import Base, BaseBusyError, BaseUnreadableError, entries, safety_copy
from tests.store import damage
from tests.store.damage import IN_ALL, SETTLED, dossiers, log

PAGE = 4096


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return damage.killed(tmp_path_factory.mktemp("tue"))


def opened_and_told(path: Path) -> int:
    """Open the base; gives its dossiers, after a look at what was said of those that are missing."""
    base = Base(path)
    try:
        assert base.faults_at_opening == ()
        assert base.faults() == []
        found = dossiers(base)
        if found < IN_ALL:
            (notice,) = base.notices
            missing = IN_ALL - found
            assert (f"{missing} écriture ne s'y" if missing == 1 else f"{missing} écritures ne s'y") in notice
            (line,) = [entry for entry in entries(base.cursor()) if entry.nature == "reparer"]
            assert line.detail == notice
            assert list(path.parent.glob(f"{path.name}.abimee-*"))
        return found
    finally:
        base.close()


def test_a_process_killed_loses_nothing(killed: Path, tmp_path: Path) -> None:
    path = damage.copied(killed, tmp_path / "copie")
    base = Base(path)
    assert (dossiers(base), base.notices) == (IN_ALL, ())
    base.close()


def test_a_log_cut_anywhere_is_noticed(killed: Path, tmp_path: Path) -> None:
    whole = log(killed).read_bytes()
    reached = []
    for cut in range(0, len(whole), len(whole) // 9):
        path = damage.copied(killed, tmp_path / str(cut))
        log(path).write_bytes(whole[:cut])
        reached.append(opened_and_told(path))
    assert reached[0] == SETTLED
    assert sorted(reached) == reached
    assert set(reached) > {SETTLED, IN_ALL - 1}


def test_a_log_with_zeroed_bytes_gives_all_that_comes_before_them(killed: Path, tmp_path: Path) -> None:
    whole = log(killed).read_bytes()
    reached = []
    for start in range(0, len(whole), len(whole) // 7):
        path = damage.copied(killed, tmp_path / str(start))
        log(path).write_bytes((whole[:start] + bytes(64) + whole[start + 64 :])[: len(whole)])
        reached.append(opened_and_told(path))
    assert reached[0] == SETTLED
    assert set(reached) > {SETTLED, IN_ALL - 1}


def test_a_base_with_zeroed_pages_comes_back_from_its_copy(killed: Path, tmp_path: Path) -> None:
    source = damage.copied(killed, tmp_path / "range")
    Base(source).close()  # everything in the file: the copy is of all of it
    whole = source.read_bytes()
    repaired = 0
    for start in range(0, len(whole), len(whole) // 10 // PAGE * PAGE):
        path = damage.copied(source, tmp_path / str(start))
        path.write_bytes(whole[:start] + bytes(PAGE) + whole[start + PAGE :])
        base = Base(path)
        assert (dossiers(base), base.faults()) == (IN_ALL, [])
        repaired += bool(base.notices)
        base.close()
    assert repaired


def test_a_torn_checkpoint_loses_nothing(killed: Path, tmp_path: Path) -> None:
    """A power cut leaves some pages of the new state among those of the old one, with or without the log."""
    after = damage.copied(killed, tmp_path / "apres")
    old, journal = killed.read_bytes(), log(killed).read_bytes()
    Base(after).close()
    new = after.read_bytes()
    old = old.ljust(len(new), b"\0")
    repaired = 0
    for case, (torn, left) in enumerate(_torn_states(old, new, journal)):
        path = damage.copied(after, tmp_path / str(case))
        path.write_bytes(torn)
        if left:
            log(path).write_bytes(left)
        base = Base(path)
        assert (dossiers(base), base.faults_at_opening) == (IN_ALL, ())
        repaired += bool(base.notices)
        base.close()
    assert repaired


def _torn_states(old: bytes, new: bytes, journal: bytes) -> Iterator[tuple[bytes, bytes]]:
    headers = 3 * PAGE
    for left in (journal, b""):
        yield old, left
        yield new[:headers] + old[headers:], left
        yield old[:headers] + new[headers:], left
        for cut in range(headers, len(new), len(new) // 3):
            yield new[:cut] + old[cut:], left
            yield new[:cut], left


def test_without_a_copy_a_ruined_base_is_refused_in_french_and_left_alone(killed: Path, tmp_path: Path) -> None:
    path = damage.copied(killed, tmp_path / "copie")
    safety_copy.forget(path)
    path.write_bytes(ruined := b"\0" * 300_000)
    with pytest.raises(BaseUnreadableError, match="restaurez une sauvegarde"):
        Base(path)
    assert path.read_bytes() == ruined


def test_a_copy_that_was_touched_is_not_put_in_place(killed: Path, tmp_path: Path) -> None:
    path = damage.copied(killed, tmp_path / "copie")
    path.write_bytes(b"\0" * 300_000)
    copy = safety_copy.find(path)
    assert copy is not None
    copy.path.write_bytes(copy.path.read_bytes()[:-1] + b"x")
    with pytest.raises(BaseUnreadableError):
        Base(path)


def test_a_base_that_another_process_holds_is_not_repaired(killed: Path, tmp_path: Path) -> None:
    path = damage.copied(killed, tmp_path / "copie")
    safety_copy.acknowledge(path, 1000)  # as if it had lost much
    with duckdb.connect(str(path)):
        code = f"from pathlib import Path; from clact_model.store import Base; Base(Path({str(path)!r}))"
        other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert BaseBusyError.__name__ in other.stderr
    assert not list(tmp_path.glob("*/*.abimee-*"))


def test_the_second_start_after_a_repair_has_nothing_to_say(killed: Path, tmp_path: Path) -> None:
    path = damage.copied(killed, tmp_path / "copie")
    log(path).write_bytes(log(path).read_bytes()[:-1])
    assert opened_and_told(path) == IN_ALL - 1
    again = Base(path)
    assert (dossiers(again), again.notices) == (IN_ALL - 1, ())
    again.close()


def test_what_was_altered_behind_its_back_is_put_right(killed: Path, tmp_path: Path) -> None:
    path = damage.copied(killed, tmp_path / "copie")
    Base(path).close()
    with duckdb.connect(str(path)) as intruder:
        intruder.execute("UPDATE action SET montant_demande = 999")
    base = Base(path)
    assert base.faults() == []
    assert base.cursor().execute("SELECT DISTINCT montant_demande::INTEGER FROM action").fetchall() == [(100,)]
    assert "ne contenait plus ce qui y a été écrit" in base.notices[0]
    base.close()


def test_a_new_base_does_not_take_what_a_removed_one_left(killed: Path, tmp_path: Path) -> None:
    path = damage.copied(killed, tmp_path / "copie")
    path.unlink()
    base = Base(path)
    assert dossiers(base) == 0
    assert len(base.notices) == 2
    assert all("sans-base" in notice for notice in base.notices)
    base.close()
    assert len(list(path.parent.glob("*sans-base*"))) == 2

"""A full disk: said in French, nothing half-written, and the base goes on once there is room. On a real small disk."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from clact_model.store import Base, DiskFullError
from tests.store import damage
from tests.store.damage import dossiers, log

LEFT = 64 << 10


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 40 MB; skipped where one may not be made."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(tmp_path)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("aucun petit disque ne peut être monté ici")
    yield tmp_path
    subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


def fill(disk: Path) -> Path:
    """Leave almost no room."""
    state = os.statvfs(disk)
    filling = disk / "remplissage"
    filling.write_bytes(bytes(state.f_bavail * state.f_frsize - LEFT))
    return filling


def test_a_full_disk_refuses_writes_and_goes_on_answering(small_disk: Path) -> None:
    base = Base(small_disk / damage.NAME)
    damage.add(base, 1)
    held = base.cursor()
    filling = fill(small_disk)
    for _ in range(2):
        with pytest.raises(DiskFullError, match=r"Le disque est plein : rien n'a été écrit\. Faites de la place"):
            damage.add(base, 2)
        assert held.execute("SELECT count(*) FROM dossier").fetchone() == (1,)
    filling.unlink()
    damage.add(base, 2)
    assert dossiers(base) == 2
    base.close()


def test_a_disk_too_full_for_a_checkpoint_keeps_everything(small_disk: Path) -> None:
    path = small_disk / damage.NAME
    base = Base(path)
    damage.add(base, 1)
    filling = fill(small_disk)
    base.close()
    assert log(path).exists()

    crowded = Base(path)
    assert (dossiers(crowded), crowded.faults_at_opening, crowded.notices) == (1, (), ())
    crowded.close()
    filling.unlink()
    again = Base(path)
    assert (dossiers(again), again.notices) == (1, ())
    again.close()
    assert not log(path).exists()


_LIMITED = """
import resource
from pathlib import Path
from clact_model.store import Base, DiskFullError
from tests.store import damage
path = Path({path!r})
base = Base(path)
damage.add(base, 1)
room = damage.log(path).stat().st_size + 50_000
resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
for _ in range(2):
    try:
        with base.write("essai") as writing:
            writing.log("x" * 200_000)
    except DiskFullError as error:
        print(error)
    print(damage.dossiers(base))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
damage.add(base, 2)
base.close()
again = Base(path)
print(damage.dossiers(again), again.faults_at_opening, again.notices)
again.close()
"""


def test_a_write_that_the_disk_cuts_short_leaves_nothing_and_the_base_is_open_again(tmp_path: Path) -> None:
    """No room for the log, though there seemed to be: a quota, or another program that was faster."""
    code = _LIMITED.format(path=str(tmp_path / damage.NAME))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    refused = (
        "Le disque est plein : rien n'a été écrit, et la base a été rouverte telle qu'elle était. "
        f"Faites de la place sur le disque de « {damage.NAME} », puis recommencez."
    )
    assert done.stdout.splitlines() == [refused, "1", refused, "1", "2 () ()"], done.stderr

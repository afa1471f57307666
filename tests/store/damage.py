"""Bases that something happened to: a process killed in the middle of its work, bytes lost, a checkpoint torn."""

import shutil
import subprocess
import sys
from pathlib import Path

from clact_model.programme import load_one
from clact_model.store import Base

PROGRAMME = load_one("grand_est_2024")
SETTLED, IN_ALL = 3, 8
"""Dossiers in the file of the base; dossiers with those that are only in its log."""
NAME = "essai.duckdb"

_KILLED = """
import os, signal
from pathlib import Path
from clact_model.store import Base
from tests.store import damage
base = Base(Path({path!r}))
for number in range({first}, {last} + 1):
    damage.add(base, number)
print("done", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def add(base: Base, number: int) -> None:
    """One dossier with its line, sealed: one write."""
    with base.write("essai", PROGRAMME.id) as writing:
        key = [PROGRAMME.id, str(number)]
        writing.cursor.execute("INSERT INTO dossier (programme, numero, ordre) VALUES (?, ?, ?)", [*key, number])
        writing.cursor.execute(
            "INSERT INTO action (programme, numero, ligne, montant_demande) VALUES (?, ?, 1, 100)", key
        )
        writing.log(f"dossier {number}")
        writing.seal()


def killed(folder: Path) -> Path:
    """A base of three dossiers in its file and five in its log, whose process was killed without a warning."""
    path = folder / NAME
    base = Base(path)
    for number in range(1, SETTLED + 1):
        add(base, number)
    base.close()
    code = _KILLED.format(path=str(path), first=SETTLED + 1, last=IN_ALL)
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.stdout == "done\n", ended.stderr
    assert ended.returncode < 0
    return path


def copied(path: Path, folder: Path) -> Path:
    """The same base, its log and its safety copy in another folder."""
    shutil.copytree(path.parent, folder)
    return folder / path.name


def log(path: Path) -> Path:
    """The write-ahead log of a base."""
    return path.with_name(path.name + ".wal")


def dossiers(base: Base) -> int:
    """How many dossiers the base holds."""
    row = base.cursor().execute("SELECT count(*) FROM dossier").fetchone()
    assert row is not None
    return int(row[0])

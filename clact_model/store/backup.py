"""A consistent copy of the base, and back."""

import shutil
from pathlib import Path

from clact_model.errors import ClactError
from clact_model.store.base import Base


class BackupError(ClactError):
    """A copy that cannot be made or taken back."""


def save_copy(path: Path, target: Path) -> Path:
    """Copy the base into ``target``. The base is closed while it is copied: one file then holds everything.

    Raises BaseBusyError when another process holds it, BackupError when the copy would overwrite something.
    """
    if not path.exists():
        raise BackupError(f"La base « {path.name} » n'existe pas encore : il n'y a rien à sauvegarder.")
    if target.exists():
        raise BackupError(f"« {target} » existe déjà : choisissez un autre nom.")
    base = Base(path)
    base.checkpoint()
    base.close()
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".partiel")
    shutil.copyfile(path, partial)
    verify(partial, target.name)
    partial.rename(target)
    return target


def verify(path: Path, shown: str) -> None:
    """Open a copy and compare its control totals. Raises BackupError with what does not agree."""
    try:
        copy = Base(path)
    except ClactError as error:
        raise BackupError(f"« {shown} » n'est pas une sauvegarde de cet outil : choisissez-en une autre.") from error
    try:
        if faults := copy.faults():
            raise BackupError("La sauvegarde n'est pas bonne. " + " ".join(faults))
    finally:
        copy.close()


def restore_copy(source: Path, path: Path) -> Path | None:
    """Put a verified copy in the place of the base; gives where the former base is kept, None when there was none."""
    if not source.is_file():
        raise BackupError(f"« {source} » n'existe pas.")
    partial = path.with_name(path.name + ".partiel")
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, partial)
    try:
        verify(partial, source.name)
    except BackupError:
        partial.unlink()
        raise
    former = None
    if path.exists():
        Base(path).close()  # takes the lock: a base that another process holds is not replaced
        former = path.replace(path.with_name(path.name + ".avant-restauration"))
        path.with_name(path.name + ".wal").unlink(missing_ok=True)
    partial.replace(path)
    return former

"""A consistent copy of the base, and back."""

import contextlib
from pathlib import Path

from clact_model.errors import ClactError
from clact_model.store import controls, repair, safety_copy
from clact_model.store.base import Base
from clact_model.store.connection import BaseUnreadableError, connect, family
from clact_model.store.migrate import migrate


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
    Base(path).close()
    target.parent.mkdir(parents=True, exist_ok=True)
    _verified(path, target).rename(target)
    return target


def restore_copy(source: Path, path: Path) -> Path | None:
    """Put a verified copy in the place of the base; gives where the former base is kept, None when there was none.

    Raises BaseBusyError when another process holds the base, BackupError when the copy is not good.
    """
    if not source.is_file():
        raise BackupError(f"« {source} » n'existe pas.")
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = _verified(source, path)
    former = None
    if path.exists():
        _ensure_free(path)
        former = repair.keep_aside(path, "avant-restauration")
    # The safety copy is of the former base: the next start would bring it back.
    safety_copy.forget(path)
    repair.replace_base(partial, path)
    return former


def _ensure_free(path: Path) -> None:
    # It is often a base that opens no more which is replaced; not one that another process holds.
    with contextlib.suppress(BaseUnreadableError):
        connect(path).close()


def _verified(source: Path, target: Path) -> Path:
    """Copy a base beside ``target``, as one file whose control totals agree. Raises BackupError with what does not."""
    partial = target.with_name(target.name + ".partiel")
    safety_copy.copy_family(source, partial)
    try:
        _verify(partial, source.name)
    except BackupError:
        for file in family(partial):
            file.unlink()
        raise
    return partial


def _verify(path: Path, shown: str) -> None:
    try:
        connection = connect(path)
    except ClactError as error:
        raise BackupError(f"« {shown} » n'est pas une sauvegarde de cet outil : choisissez-en une autre.") from error
    try:
        if faults := controls.state(connection).faults:
            raise BackupError("La sauvegarde n'est pas bonne. " + " ".join(faults))
        migrate(connection)
        connection.execute("CHECKPOINT")
    except BackupError:
        raise
    except ClactError as error:
        raise BackupError(f"« {shown} » n'est pas une sauvegarde de cet outil : choisissez-en une autre.") from error
    finally:
        connection.close()

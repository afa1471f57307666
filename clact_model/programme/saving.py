"""A programme's text: checked with the line of each fault, then put in the place of the former one, which is kept."""

import os
import re
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from clact_model import paths
from clact_model.errors import ClactError
from clact_model.formats import plural
from clact_model.programme.checks import Fault
from clact_model.programme.differences import Difference, differences
from clact_model.programme.duplicating import IDENTIFIER
from clact_model.programme.loading import ProgrammeError, fingerprint, load, read
from clact_model.programme.places import line_of
from clact_model.programme.programme import Programme
from clact_model.store import Base, Change

FORMER = "anciennes"
"""Folder beside the programmes: the texts that were replaced. Loading does not look into it."""
TEXT_CHARACTERS = 500_000


class NotSavedError(ClactError):
    """The text is good but its place is not free: taken, or changed since it was opened."""


@dataclass(frozen=True)
class Checked:
    """What a check found: a programme, or the faults with the line of each where it is known."""

    text: str
    programme: Programme | None
    faults: tuple[Fault, ...]


def check_text(text: str, identifier: str, replaced: Programme | None = None, sources: Path = paths.SOURCES) -> Checked:
    """Check a text as the file of that programme. ``replaced``: the programme whose place it would take, if any."""
    if len(text) > TEXT_CHARACTERS:
        return Checked(
            text, None, (Fault("", f"le texte dépasse {TEXT_CHARACTERS} caractères : ce n'est pas un programme"),)
        )
    try:
        programme = read(text, identifier, sources)
    except ProgrammeError as error:
        return Checked(text, None, tuple(Fault(f.place, f.what, line_of(text, f)) for f in error.faults))
    if replaced is not None and text != replaced.text and programme.file.version == replaced.file.version:
        # Decisions are dated by it: two texts under one version could not be told apart by a reader.
        what = f"la version est encore « {replaced.file.version} » : augmentez-la, chaque changement a la sienne"
        line = line_of(text, Fault("", "« version »"))
        return Checked(text, None, (Fault("", what, line),))
    return Checked(text, programme, ())


def save(
    base: Base,
    text: str,
    identifier: str,
    opened: str | None,
    folder: Path = paths.PROGRAMMES,
    sources: Path = paths.SOURCES,
    operation: str | None = None,
) -> Programme:
    """Write the text as the programme of that name, keep the one that it replaces, and leave the journal.

    ``opened``: fingerprint of the text that was opened to be changed, None for a new programme. Raises ProgrammeError when
    the text is faulty, NotSavedError when the file is no longer the one that was opened.
    """
    if not IDENTIFIER.fullmatch(identifier):
        raise NotSavedError(f"« {identifier} » n'est pas un nom de programme.")
    path = folder / f"{identifier}.toml"
    with base.write("enregistrer_programme", identifier, operation) as writing:
        if writing.already_done:
            return load(path, sources)
        former = _former(path, opened, sources)
        checked = check_text(text, identifier, former, sources)
        if checked.programme is None:
            raise ProgrammeError(path.name, checked.faults)
        changes = differences(former, checked.programme) if former else []
        writing.log(_detail(former, checked.programme, changes))
        if changes:
            writing.log_changes(_change(difference) for difference in changes)
        if former:
            _keep(former, folder / FORMER)
        # Last: whatever fails before it leaves the file as it was.
        _replace(path, text)
    return checked.programme


def _former(path: Path, opened: str | None, sources: Path) -> Programme | None:
    """The programme that stands in the file now, which must be the one that was opened."""
    if opened is None:
        if path.exists():
            raise NotSavedError(f"Le programme « {path.stem} » existe déjà : donnez un autre identifiant à la copie.")
        return None
    if not path.exists() or fingerprint(path.read_text(encoding="utf-8")) != opened:
        raise NotSavedError(
            f"Le fichier {path.name} a été modifié depuis que vous l'avez ouvert : téléchargez votre brouillon, rouvrez le "
            "programme et reportez-y vos changements."
        )
    return load(path, sources)


def _detail(former: Programme | None, new: Programme, changes: list[Difference]) -> str:
    if former is None:
        return f"Programme créé : {new.titre}, version {new.version}"
    return f"Règles modifiées : version {former.version} → {new.version}, {plural(len(changes), 'changement')}"


def _change(difference: Difference) -> Change:
    where = f"{difference.partie}, {difference.cle}" if difference.cle else difference.partie
    before = difference.libelle if difference.nature == "retrait" else difference.avant
    after = difference.libelle if difference.nature == "ajout" else difference.apres
    return Change("", None, where, before, after)


def _keep(former: Programme, folder: Path) -> None:
    # The version is the author's word: as a name of a file it keeps only what no system reads otherwise.
    version = re.sub(r"[^A-Za-z0-9]+", "-", former.file.version).strip("-") or "sans-version"
    _replace(folder / f"{former.id}_{version}_{former.fingerprint[:8]}.toml", former.text)


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    temporary = path.with_name(f".{path.stem}_{uuid.uuid4().hex}.tmp")
    try:
        path.parent.mkdir(exist_ok=True)
        with temporary.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        raise NotSavedError(
            f"Le dossier {path.parent.name}/ ne peut pas être écrit ({error.strerror}) : demandez-le à qui administre l'outil."
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink()

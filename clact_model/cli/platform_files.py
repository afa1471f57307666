"""The files that ``importer`` works on: named, or read on the platform with ``--demarche``."""

from argparse import Namespace
from datetime import UTC, date, datetime, time
from pathlib import Path

from clact_model import intake, platform_api
from clact_model.cli import context
from clact_model.errors import UsageError
from clact_model.platform_api import access
from clact_model.programme import Programme
from clact_model.store import Base


def given(arguments: Namespace) -> list[intake.UploadedFile]:
    """The files named; none with ``--demarche``. Raises UsageError, before the base is touched."""
    if arguments.demarche is None:
        if arguments.depuis or arguments.tout:
            raise UsageError("--depuis et --tout vont avec --demarche : donnez le numéro de la démarche.")
        if not arguments.fichiers:
            raise UsageError("Rien à importer : nommez des fichiers, ou une démarche par --demarche.")
    elif arguments.fichiers:
        raise UsageError("--demarche lit la plateforme : retirez les fichiers, ou --demarche.")
    elif arguments.depuis and arguments.tout:
        raise UsageError("--tout relit tous les dossiers : retirez --depuis.")
    elif arguments.demarche <= 0:
        raise UsageError("--demarche attend le numéro de la démarche, un nombre positif.")
    else:
        _since(arguments)
        access.from_environment()
    return [intake.UploadedFile.from_path(Path(name)) for name in arguments.fichiers]


def read(arguments: Namespace, chosen: Programme, base: Base) -> list[intake.UploadedFile]:
    """The « démarche », since ``--depuis``, else since its last complete reading, else whole. Raises PlatformError."""
    zone = chosen.file.zone
    day = _since(arguments)
    if arguments.tout:
        since = None
    elif day:
        since = datetime.combine(day, time(), zone)
    else:
        since = platform_api.last_complete(base.cursor(), chosen, arguments.demarche)
    client = platform_api.Client(access.from_environment())
    return platform_api.read_demarche(client, arguments.demarche, since, base.path, datetime.now(UTC), zone)


def _since(arguments: Namespace) -> date | None:
    """The day of ``--depuis``."""
    return context.day(arguments.depuis, "--depuis") if arguments.depuis else None

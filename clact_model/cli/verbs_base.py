"""journal, sauvegarder, restaurer: what happened, and the base itself."""

from argparse import Namespace
from datetime import UTC
from pathlib import Path

from clact_model.cli import as_json, context
from clact_model.errors import UsageError
from clact_model.formats import moment
from clact_model.programme import load_all
from clact_model.store import backup, entries


def journal(arguments: Namespace) -> tuple[int, str]:
    """Who did what, when; the newest first."""
    if arguments.programme is not None:
        context.programme(arguments)
    if arguments.limite < 1:
        raise UsageError("--limite est un nombre de lignes, au moins 1.")
    with context.opened(arguments) as base:
        found = entries(base.cursor(), arguments.programme, arguments.numero, arguments.limite)
    if arguments.json:
        return 0, as_json.text({"journal": [as_json.entry(line) for line in found]})
    zones = {programme.id: programme.file.zone for programme in load_all().programmes.values()}
    return 0, "\n".join(
        f"{moment(e.quand.astimezone(zones.get(e.programme or '', UTC)))}  {e.auteur}  {e.nature}  {e.numero or ''}  "
        + (f"{e.champ} : {e.avant or '—'} → {e.apres or '—'}" if e.champ else e.detail or "")
        for e in found
    )


def sauvegarder(arguments: Namespace) -> tuple[int, str]:
    """A consistent, verified copy of the base."""
    target = backup.save_copy(context.existing_base(arguments), Path(arguments.sortie).resolve())
    document = {"fichier": str(target), "octets": target.stat().st_size}
    return 0, as_json.text(document) if arguments.json else f"Sauvegarde écrite et relue : {target}"


def restaurer(arguments: Namespace) -> tuple[int, str]:
    """A copy put back in the place of the base."""
    path = context.base_path(arguments)
    context.say_if_new(path)
    former = backup.restore_copy(Path(arguments.fichier).resolve(), path)
    document = {"base": str(path), "ancienne": str(former) if former else None}
    words = f"Base restaurée : {path}" + (f" (l'ancienne est gardée : {former})" if former else "")
    return 0, as_json.text(document) if arguments.json else words

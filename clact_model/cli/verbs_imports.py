"""historique, annuler: the imports that were written, and taking one back."""

from argparse import Namespace

from clact_model import formats, intake, overview, statements
from clact_model.cli import as_json, context


def historique(arguments: Namespace) -> tuple[int, str]:
    """The imports, the newest first."""
    chosen = context.programme(arguments)
    with context.opened(arguments) as base:
        found = overview.imports(base.cursor(), chosen)
    if arguments.json:
        return 0, as_json.text({"imports": [as_json.imported(one) for one in found]})
    return 0, "\n".join(_in_words(one) for one in found) or "Aucun import."


def _in_words(one: overview.Import) -> str:
    undone = f" — annulé le {formats.moment(one.annulee_quand)} par {one.annulee_par}" if one.undone else ""
    return (
        f"{one.id}  {formats.moment(one.quand)}  {one.auteur}  {', '.join(one.fichiers)} : {one.resultat}, "
        f"{formats.plural(one.nouveaux, 'nouveau', 'nouveaux')}, {formats.plural(one.modifies, 'modifié')}{undone}"
    )


def annuler(arguments: Namespace) -> tuple[int, str]:
    """An import taken back; ``--simulation`` only says what would happen."""
    chosen = context.programme(arguments)
    with context.opened(arguments) as base:
        cursor = base.cursor()
        identity = arguments.importation or intake.last_import(cursor, chosen)
        if arguments.simulation:
            found = statements.preview_undo(cursor, chosen, identity)
        else:
            found = statements.undo(base, chosen, identity, operation=arguments.operation)
    if arguments.json:
        return 0, as_json.text(as_json.undoing(found))
    said = [
        f"Import du {formats.moment(found.quand)} ({', '.join(found.fichiers)}) "
        + ("à annuler" if arguments.simulation else "annulé"),
        *(f"{numero} : retiré" for numero in found.removed),
        *(f"{numero} : rétabli" for numero in found.restored),
        *(f"{c.numero} {c.ligne or ''} {c.champ} : {c.avant or '—'} → {c.apres or '—'}" for c in found.changes),
        *found.notices,
    ]
    return 0, "\n".join(said)

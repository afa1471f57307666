"""scenarios, comparer: what is kept under a name, listed, annotated, locked, run again, set side by side."""

from argparse import Namespace
from collections.abc import Callable, Mapping

from clact_model import comparison, equity, formats, rerun, scenario
from clact_model.cli import as_json, context, scenarios_json
from clact_model.comparison import Side
from clact_model.errors import UsageError
from clact_model.programme import Programme
from clact_model.scenario import Scenario
from clact_model.store import Base

ACTS: Mapping[str, Callable[..., None]] = {
    "noter": scenario.annotate,
    "copier": scenario.copy,
    "renommer": scenario.rename,
    "verrouiller": scenario.lock,
    "deverrouiller": scenario.unlock,
}
"""Option with its text → what it does to the scenario."""
MOVED = ("copier", "renommer")
"""Options whose text is the name under which the scenario is shown afterwards."""


def scenarios(arguments: Namespace) -> tuple[int, str]:
    """The scenarios of a programme; with a name, one of them, after what the options ask to be done to it."""
    chosen = context.programme(arguments)
    asked = {act: text for act in ACTS if (text := getattr(arguments, act)) is not None}
    if len(asked) + arguments.supprimer + arguments.rejouer > 1:
        raise UsageError("Une seule action à la fois sur un scénario.")
    if (asked or arguments.supprimer or arguments.rejouer) and arguments.nom is None:
        raise UsageError("Donnez le nom du scénario : scenarios NOM --verrouiller MOTIF.")
    with context.opened(arguments) as base:
        if arguments.rejouer:
            return _again(arguments, base, chosen)
        shown = _done(arguments, base, chosen, asked)
        if shown is not None:
            return _one(arguments, base, chosen, shown)
        found = scenario.of_programme(base.cursor(), chosen)
    if arguments.json:
        return 0, as_json.text({"scenarios": [scenarios_json.listed(one) for one in found]})
    return 0, "\n".join(
        f"{one.nom:40} {one.settings.strategie:18} {formats.euros(one.accorde):>16} "
        f"{formats.plural(one.dossiers_finances, 'dossier')}{', verrouillé' if one.verrou else ''}"
        for one in found
    )


def comparer(arguments: Namespace) -> tuple[int, str]:
    """Two to four saved scenarios side by side."""
    chosen = context.programme(arguments)
    with context.opened(arguments) as base:
        cursor = base.cursor()
        sides = [Side.of(scenario.load(cursor, chosen, nom)) for nom in arguments.noms]
    found = comparison.compare(sides)
    if arguments.json:
        return 0, as_json.text(scenarios_json.compared(found))
    heads = [f"{side.nom} : {formats.euros(side.result.granted)} accordés" for side in sides]
    counts = (
        f"{formats.plural(len(found.entrants), 'entrant')}, {formats.plural(len(found.sortants), 'sortant')}, "
        f"{formats.plural(len(found.changes), 'montant changé', 'montants changés')}"
    )
    return 0, "\n".join([*heads, counts])


def _done(arguments: Namespace, base: Base, chosen: Programme, asked: Mapping[str, str]) -> str | None:
    """Do what is asked; gives the name of the scenario to show, None for the list."""
    for act, text in asked.items():
        ACTS[act](base, chosen, arguments.nom, text, arguments.operation)
        return text if act in MOVED else str(arguments.nom)
    if arguments.supprimer:
        scenario.delete(base, chosen, arguments.nom, arguments.operation)
        return None
    return None if arguments.nom is None else str(arguments.nom)


def _one(arguments: Namespace, base: Base, chosen: Programme, nom: str) -> tuple[int, str]:
    cursor = base.cursor()
    saved = scenario.load(cursor, chosen, nom)
    notes = scenario.notes_of(cursor, chosen, saved.nom)
    if arguments.json:
        listed = next(one for one in scenario.of_programme(cursor, chosen) if one.nom == saved.nom)
        groups = {champ: equity.groups(Side.of(saved), champ) for champ in equity.CHAMPS}
        return 0, as_json.text(scenarios_json.whole(listed, notes, groups))
    return 0, "\n".join([_in_words(saved), *(f"{note.auteur} : {note.texte}" for note in notes)])


def _in_words(saved: Scenario) -> str:
    locked = f" ; verrouillé par {saved.verrou.auteur} ({saved.verrou.motif})" if saved.verrou else ""
    return f"{saved.nom} : {formats.euros(saved.result.granted)} accordés, {saved.auteur}{locked}"


def _again(arguments: Namespace, base: Base, chosen: Programme) -> tuple[int, str]:
    cursor = base.cursor()
    found = rerun.run(cursor, chosen, scenario.load(cursor, chosen, arguments.nom), context.today(chosen))
    if arguments.json:
        return 0, as_json.text(scenarios_json.again(found))
    lines = [f"{found.saved.nom} : {formats.euros(found.saved.result.granted)} accordés"]
    lines += [f"{s.cause} : {formats.euros(s.side.result.granted) if s.side else s.refus}" for s in found.steps]
    return 0, "\n".join(lines)

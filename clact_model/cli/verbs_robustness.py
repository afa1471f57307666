"""robustesse: how sure the ranking and its grants are."""

from argparse import Namespace

from clact_model import formats, robustness, simulation
from clact_model.cli import as_json, context, verbs_arbitration
from clact_model.robustness import CLASSES, Law, Outlook, Robustness

OUT_OF_IT = "non finançable en l'état"


def robustesse(arguments: Namespace) -> tuple[int, str]:
    """Many weights drawn around the chosen ones, and missing data bounded. Writes nothing."""
    chosen = context.programme(arguments)
    law = Law(arguments.tirages, context.number(arguments.ecart, "--ecart"), arguments.graine)
    with context.opened(arguments) as base:
        cursor = base.cursor()
        prepared = simulation.prepare(
            cursor,
            chosen,
            context.today(chosen),
            arguments.unite,
            arguments.inclure,
            context.weights(arguments),
            context.parameters(arguments, chosen),
        )
        subject = robustness.subject(cursor, chosen, arguments.unite, prepared)
    found = robustness.run(subject, verbs_arbitration.settings_of(arguments, chosen, prepared), law)
    return 0, as_json.text(found.to_json()) if arguments.json else _in_words(found)


def _in_words(found: Robustness) -> str:
    counted = ", ".join(f"{len(found.of(classe))} {classe}" for classe in CLASSES)
    others = formats.plural(len(found.out_of_the_running), OUT_OF_IT, OUT_OF_IT)
    draws = f"{formats.plural(found.tirages, 'tirage')} (graine {found.law.graine})"
    head = [f"{draws} : {counted}, {others}.", found.law.sentence]
    if found.tirages < found.law.tirages:
        head.append("Moins de tirages que demandé : avec ces réglages, chacun est une répartition entière.")
    return "\n".join([*head, *map(_line, found.lines)])


def _line(found: Outlook) -> str:
    line = found.today.line
    number = line.numero if line.ligne is None else f"{line.numero}/{line.ligne}"
    classe = found.classe if found.in_the_running else OUT_OF_IT
    between = f"rang {found.ranks.low} à {found.ranks.high}"
    return f"{line.position:4} {number:16} {formats.share(found.share):>8}  {between:16} {classe}"

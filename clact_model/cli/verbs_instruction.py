"""instruire, deroger, noter, fiche: verdicts, what a person puts in their place, and the sheet that tells them."""

from argparse import Namespace
from pathlib import Path

from clact_model import eligibility, formats, scoring
from clact_model.cli import as_json, context
from clact_model.documents.target import deliver
from clact_model.programme import Programme


def instruire(arguments: Namespace) -> tuple[int, str]:
    """Each dossier's verdict, with the rules that are not satisfied."""
    chosen = context.programme(arguments)
    with context.opened(arguments) as base:
        judgement = eligibility.judge(base.cursor(), chosen, context.today(chosen))
        found = eligibility.judged(judgement, satisfied_too=arguments.toutes)
    if arguments.json:
        return 0, as_json.text({"dossiers": [as_json.judged(dossier) for dossier in found]})
    lines = []
    for dossier in found:
        lines.append(f"{dossier.numero} : {dossier.verdict}")
        lines += [f"  {a.rule.id} : {a.message}" for a in dossier.answers if a.resultat != "oui"]
        for action in dossier.actions:
            aid = formats.euros(action.aide_maximale)
            lines.append(f"  {chosen.line_word} {action.ligne} : {action.verdict}, aide maximale {aid}")
            lines += [f"    {a.rule.id} : {a.message}" for a in action.answers if a.resultat != "oui"]
    return 0, "\n".join(lines)


def deroger(arguments: Namespace) -> tuple[int, str]:
    """An instructor's verdict in the place of the computed one, or (``--lever``) the computed one again."""
    chosen = context.programme(arguments)
    with context.opened(arguments) as base:
        if arguments.lever:
            eligibility.lift(base, chosen, arguments.numero, arguments.ligne, arguments.operation)
        else:
            eligibility.override(
                base,
                chosen,
                context.today(chosen),
                arguments.numero,
                arguments.verdict or "",
                arguments.motif or "",
                arguments.ligne,
                arguments.operation,
            )
        judgement = eligibility.judge(base.cursor(), chosen, context.today(chosen))
        found = eligibility.judged(judgement, [arguments.numero])[0]
    return 0, as_json.text(as_json.judged(found)) if arguments.json else f"{found.numero} : {found.verdict}"


def noter(arguments: Namespace) -> tuple[int, str]:
    """An instructor's grade, 0 to 5, or (``--lever``) that of the file again."""
    chosen = context.programme(arguments)
    if arguments.lever:
        return _withdraw(arguments, chosen)
    criterion, note = context.pair(arguments.note, "dialogue_social=4")
    grade = context.number(note, criterion)
    with context.opened(arguments) as base:
        scoring.grade(base, chosen, arguments.numero, criterion, grade, arguments.operation)
    document = {"numero": arguments.numero, "critere": criterion, "note": as_json.money(grade)}
    return 0, as_json.text(document) if arguments.json else f"{arguments.numero} : {criterion} = {note}"


def _withdraw(arguments: Namespace, chosen: Programme) -> tuple[int, str]:
    with context.opened(arguments) as base:
        scoring.withdraw_grade(base, chosen, arguments.numero, arguments.note, arguments.operation)
    document = {"numero": arguments.numero, "critere": arguments.note, "note": None}
    return 0, as_json.text(document) if arguments.json else f"{arguments.numero} : {arguments.note}, note retirée"


def fiche(arguments: Namespace) -> tuple[int, str]:
    """The check sheet of a dossier, one page to print."""
    # Only this verb needs what lays a page out: the others do not wait for it.
    from clact_model.documents import check_sheet

    chosen = context.programme(arguments)
    target = Path(arguments.sortie)
    with context.opened(arguments) as base:
        page = check_sheet.check_sheet(base.cursor(), chosen, context.today(chosen), arguments.numero)
    deliver(page.encode(), target)
    document = {"numero": arguments.numero, "fichier": str(target)}
    return 0, as_json.text(document) if arguments.json else f"Fiche écrite : {target}"

"""classer, simuler, exporter: ranks, envelopes, lists."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from clact_model import allocation, decision, documents, eligibility, formats, scenario, scoring, selection, simulation
from clact_model.allocation import Result, Settings, Supplement, constraints, find_key, from_list, groups
from clact_model.cli import as_json, context
from clact_model.decision.writing import NO_SELECTION
from clact_model.errors import UsageError
from clact_model.programme import Programme
from clact_model.store import Base


def classer(arguments: Namespace) -> tuple[int, str]:
    """The dossiers in rank order, with what each criterion gives."""
    chosen = context.programme(arguments)
    with context.opened(arguments) as base:
        judgement = eligibility.judge(base.cursor(), chosen, context.today(chosen))
        weights = scoring.rank(judgement, context.weights(arguments))
        found = scoring.ranking(judgement.cursor, chosen, weights)
    if arguments.json:
        return 0, as_json.text({"dossiers": [as_json.ranked(dossier) for dossier in found]})
    return 0, "\n".join(f"{d.position:4} {d.numero:16} {formats.number(d.score)}" for d in found)


def simuler(arguments: Namespace) -> tuple[int, str]:
    """One allocation of the envelope. Writes nothing, unless ``--enregistrer``."""
    if arguments.liste:
        result = _bare_list(arguments)
        return 0, as_json.text(result.to_json()) if arguments.json else _in_words(result)
    if arguments.programme is None:
        raise UsageError("Il manque --programme ID (ou --liste F.csv).")
    chosen = context.programme(arguments)
    with context.opened(arguments) as base:
        prepared = prepare(arguments, base, chosen)
        result = allocation.run(prepared.lines, settings_of(arguments, chosen, prepared))
        if arguments.enregistrer is not None:
            scenario.save(
                base,
                chosen,
                arguments.enregistrer,
                result,
                prepared.basis,
                replace=arguments.remplacer,
                note=arguments.note,
                operation=arguments.operation,
            )
    return 0, as_json.text(result.to_json()) if arguments.json else _in_words(result)


def prepare(arguments: Namespace, base: Base, chosen: Programme) -> simulation.Prepared:
    """The lines that the options of a simulation describe."""
    return simulation.prepare(
        base.cursor(),
        chosen,
        context.today(chosen),
        arguments.unite,
        arguments.inclure,
        context.weights(arguments),
        context.parameters(arguments, chosen),
    )


def settings_of(arguments: Namespace, chosen: Programme, prepared: simulation.Prepared) -> Settings:
    """The settings that the options of a simulation describe. Raises UsageError."""
    known = groups.choices(chosen, prepared.lines)
    return replace(
        _amounts(arguments, chosen),
        contraintes=tuple(groups.named(constraints.read(text), known) for text in arguments.contrainte),
        forced_in=frozenset(find_key(text, prepared.lines) for text in arguments.force),
        forced_out=frozenset(find_key(text, prepared.lines) for text in arguments.exclure),
    )


def _amounts(arguments: Namespace, chosen: Programme | None) -> Settings:
    stated = chosen.file.enveloppe if chosen else None
    if arguments.enveloppe is None and stated is None:
        raise UsageError("Aucune enveloppe : le programme n'en donne pas, ajoutez --enveloppe MONTANT.")
    envelope = context.amount(arguments.enveloppe, "--enveloppe") if arguments.enveloppe is not None else stated
    assert envelope is not None
    return Settings(
        enveloppe=envelope,
        reserve=context.amount(arguments.reserve, "--reserve"),
        strategie=arguments.strategie,
        unite=arguments.unite,
        inclure=frozenset(arguments.inclure),
        part_utile=context.number(arguments.part_utile, "--part-utile"),
        ordre_des_rangs=arguments.ordre_des_rangs,
        dossier_entier=arguments.dossier_entier,
        plancher=context.amount(arguments.plancher, "--plancher"),
        partiel=arguments.partiel,
        objectif=arguments.objectif,
        seuil=context.number(arguments.seuil, "--seuil"),
        supplement=_supplement(arguments),
    )


def _supplement(arguments: Namespace) -> Supplement | None:
    if arguments.supplement is None and arguments.supplement_enveloppe is None:
        return None
    if arguments.supplement is None or arguments.supplement_enveloppe is None:
        raise UsageError("Le supplément a un montant et une enveloppe : donnez --supplement et --supplement-enveloppe.")
    return Supplement(
        context.amount(arguments.supplement_enveloppe, "--supplement-enveloppe"),
        context.amount(arguments.supplement, "--supplement"),
    )


def _format(arguments: Namespace, target: Path) -> str:
    """The format asked for, or that of the file's name, or xlsx. Raises UsageError when the name says another."""
    named = target.suffix.lower().removeprefix(".")
    wanted: str = arguments.format or named or "xlsx"
    if wanted not in documents.WRITERS or named not in ("", wanted):
        raise UsageError(f"« {target.name} » : donnez un nom en .{' ou .'.join(sorted(documents.WRITERS))}.")
    return wanted


def _simulates(arguments: Namespace) -> bool:
    """Whether some option describes a simulation."""
    lists = (arguments.force, arguments.exclure, arguments.inclure, arguments.poids, arguments.parametre)
    plain = (arguments.enveloppe, arguments.reserve, arguments.strategie, arguments.unite, arguments.part_utile)
    limits = (arguments.contrainte, arguments.ordre_des_rangs, arguments.dossier_entier, arguments.partiel)
    amounts = (arguments.plancher, arguments.objectif, arguments.seuil, arguments.supplement)
    return (
        any(lists)
        or any(limits)
        or plain != (None, "0", "classement_continu", "dossier", "0.5")
        or amounts != ("0", "score", "50", None)
    )


def _bare_list(arguments: Namespace) -> Result:
    lines = from_list.read(Path(arguments.liste))
    if arguments.contrainte:
        raise UsageError("Une liste seule n'a ni secteur ni département : --contrainte demande un --programme.")
    settings = replace(
        _amounts(arguments, None),
        forced_in=frozenset(find_key(text, lines) for text in arguments.force),
        forced_out=frozenset(find_key(text, lines) for text in arguments.exclure),
    )
    return allocation.run(lines, settings)


def _in_words(result: Result) -> str:
    head = (
        f"Enveloppe {formats.euros(result.enveloppe)}, réserve {formats.euros(result.reserve)}, "
        f"accordé {formats.euros(result.granted)}, reste {formats.euros(result.left)}."
    )
    lines = [f"{o.line.numero:16} {o.statut:22} {formats.euros(o.granted):>16}  {o.reason}" for o in result.lines]
    return "\n".join([head, *lines])


def exporter(arguments: Namespace) -> tuple[int, str]:
    """The selection list of a saved scenario, or of the simulation that the options describe."""
    chosen = context.programme(arguments)
    target = Path(arguments.sortie)
    extension = _format(arguments, target)
    if arguments.decisions:
        if arguments.scenario is not None or _simulates(arguments):
            raise UsageError(
                "Les décisions s'exportent telles qu'elles sont : ôtez --scenario et les options de simulation."
            )
        return _export_decisions(arguments, chosen, target, extension)
    if arguments.scenario is not None and _simulates(arguments):
        raise UsageError("Un scénario s'exporte tel qu'il a été enregistré : ôtez les options de simulation.")
    with context.opened(arguments) as base:
        cursor = base.cursor()
        if arguments.scenario is not None:
            kept = scenario.load(cursor, chosen, arguments.scenario)
            result, basis, name = kept.result, kept.basis, kept.nom
        else:
            prepared = prepare(arguments, base, chosen)
            result = allocation.run(prepared.lines, settings_of(arguments, chosen, prepared))
            basis, name = prepared.basis, None
        lists = selection.lists(cursor, chosen, result)
    context_sheet = documents.Context.of(chosen, result.settings, basis, name)
    documents.export(lists, context_sheet, target, extension)
    return 0, _exported(arguments, target, lists)


def _export_decisions(arguments: Namespace, chosen: Programme, target: Path, extension: str) -> tuple[int, str]:
    with context.opened(arguments) as base:
        held = decision.held(base.cursor(), chosen)
        if held is None:
            raise UsageError(NO_SELECTION)
        lists = decision.lists(base.cursor(), chosen, held)
    documents.export(lists, documents.decisions.context(chosen, held), target, extension)
    return 0, _exported(arguments, target, lists)


def _exported(arguments: Namespace, target: Path, lists: selection.Selection) -> str:
    document = {
        "fichier": str(target),
        "selection": len(lists.retenus.rows),
        "attente": len(lists.attente.rows),
        "non_retenus": len(lists.non_retenus.rows),
        "accorde": as_json.money(lists.retenus.accorde),
    }
    return as_json.text(document) if arguments.json else f"Liste écrite : {target}"

"""reaffecter: what came back, offered to the waiting list, kept, and given again."""

from argparse import Namespace
from datetime import date

from clact_model import allocation, consumption, demo, formats, reallocation, scenario, simulation
from clact_model.allocation import Result
from clact_model.cli import as_json, context, impact_json
from clact_model.cli.verbs_arbitration import settings_of
from clact_model.decision import Adopted
from clact_model.errors import UsageError
from clact_model.programme import Programme, load_all
from clact_model.reallocation import NONE, Forecast, Offer
from clact_model.store import Base


def reaffecter(arguments: Namespace) -> tuple[int, str]:
    """One allocation of what came back among the waiting list. Writes nothing without ``--enregistrer`` or ``--adopter``."""
    chosen = context.programme(arguments)
    today = context.today(chosen)
    with context.opened(arguments) as base:
        if arguments.rendre is not None:
            reallocation.give_back(base, chosen, arguments.rendre, operation=arguments.operation)
        if arguments.scenario is not None:
            return 0, _kept(arguments, base, chosen, today)
        found = reallocation.offer(
            base.cursor(),
            chosen,
            today,
            _day(arguments, today),
            NONE if arguments.surprogrammation is None else reallocation.read_over(arguments.surprogrammation),
            arguments.inclure or None,
            context.weights(arguments),
        )
        result = _allocated(arguments, chosen, found)
        if arguments.enregistrer is not None:
            scenario.save(
                base,
                chosen,
                arguments.enregistrer,
                result,
                found.basis,
                replace=arguments.remplacer,
                operation=None if arguments.adopter else arguments.operation,
            )
        if arguments.adopter:
            what = Adopted(result, found.basis, arguments.enregistrer)
            reallocation.adopt(base, chosen, today, what, operation=arguments.operation)
        return 0, _answer(arguments, found, result, _foreseen(base, chosen, found))


def _kept(arguments: Namespace, base: Base, chosen: Programme, today: date) -> str:
    """A saved reallocation, adopted when asked."""
    kept = scenario.load(base.cursor(), chosen, arguments.scenario)
    if kept.basis.surprogrammation is None:
        raise UsageError(f"Le scénario « {kept.nom} » n'est pas une réaffectation.")
    found = reallocation.offer(base.cursor(), chosen, today, today, kept.basis.surprogrammation)
    if arguments.adopter:
        what = Adopted(kept.result, kept.basis, kept.nom)
        reallocation.adopt(base, chosen, today, what, operation=arguments.operation)
    return _answer(arguments, found, kept.result, _foreseen(base, chosen, found))


def _foreseen(base: Base, chosen: Programme, found: Offer) -> Forecast | None:
    """What will come back; nobody asks without over-programming."""
    if found.money.surprogrammation == NONE and not found.money.surprogramme:
        return None
    shipped = load_all()
    catalogue = demo.with_history(shipped) if demo.is_demo(base.path) else shipped
    known = {**catalogue.programmes, chosen.id: chosen}
    return reallocation.outlook(consumption.read(base.cursor(), chosen, found.money.jour, known))


def _allocated(arguments: Namespace, chosen: Programme, found: Offer) -> Result:
    committee = found.held.committee
    asked = Namespace(
        **{
            **vars(arguments),
            "enveloppe": str(found.money.total),
            "reserve": "0",
            "unite": committee.unite,
            "strategie": arguments.strategie or committee.settings.strategie,
            "inclure": arguments.inclure or sorted(committee.settings.inclure),
        }
    )
    settings = settings_of(asked, chosen, simulation.Prepared(found.lines, found.basis))
    return allocation.run(found.lines, settings)


def _day(arguments: Namespace, today: date) -> date:
    """``--date``: never to adopt on, for only today's money is there."""
    day = context.day_or(arguments.date, "--date", today)
    if arguments.adopter and day != today:
        raise UsageError("Une réaffectation s'adopte avec ce qui est revenu à ce jour : ôtez --date.")
    return day


def _answer(arguments: Namespace, found: Offer, result: Result, foreseen: Forecast | None) -> str:
    risk = reallocation.risk(found.money, result.granted, foreseen)
    if arguments.json:
        return as_json.text(
            {**result.to_json(), "disponible": impact_json.available(found.money), "risque": impact_json.risk(risk)}
        )
    money = found.money
    head = (
        f"Libéré {formats.euros(money.libere)}, récupéré {formats.euros(money.recupere)}, déjà réaffecté "
        f"{formats.euros(money.given)}, reste de l'enveloppe {formats.euros(money.reste)}, surprogrammation "
        f"{formats.euros(money.over)} : {formats.euros(money.total)} à réaffecter, {formats.euros(result.granted)} accordés."
    )
    lines = [f"{o.line.numero:16} {o.statut:22} {formats.euros(o.granted):>16}  {o.reason}" for o in result.lines]
    return "\n".join([head, *risk.warnings, *lines])

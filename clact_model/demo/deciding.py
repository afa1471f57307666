"""The invented committee of a call: a simulation adopted, confirmed and notified on its days, by the ordinary functions."""

from collections.abc import Collection

from clact_model import decision, simulation
from clact_model.allocation import Settings, Supplement, Unit, run
from clact_model.demo.moments import Committee
from clact_model.demo.steps import DECIDING, operation
from clact_model.programme import Programme
from clact_model.store import Base


def decide(base: Base, programme: Programme, committee: Committee, done: Collection[str]) -> None:
    """Adopt, confirm and notify. What is among the operations ``done`` is not done again."""
    day = committee.day
    adopt, confirm, notify = (operation(step, programme.id) for step in DECIDING)
    if adopt not in done:
        unite: Unit = "action" if committee.by_action else "dossier"
        prepared = simulation.prepare(base.cursor(), programme, day, unite)
        settings = Settings(enveloppe=committee.envelope, unite=unite, supplement=_supplement(committee))
        adopted = decision.Adopted(run(prepared.lines, settings), prepared.basis)
        decision.adopt(base, programme, day, adopted, operation=adopt)
    if confirm not in done:
        decision.confirm(base, programme, day, None, day, operation=confirm)
    if notify not in done:
        decision.notify(base, programme, committee.notified_on, None, committee.notified_on, operation=notify)


def _supplement(committee: Committee) -> Supplement | None:
    if committee.supplement is None:
        return None
    envelope, amount = committee.supplement
    return Supplement(envelope, amount)

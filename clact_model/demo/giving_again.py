"""What came back given again: the waiting list served a second time by the invented committee, by the ordinary functions."""

from collections.abc import Collection
from dataclasses import replace

from clact_model import decision, reallocation
from clact_model.allocation import run
from clact_model.demo.moments import Committee
from clact_model.demo.steps import GIVING_AGAIN, operation
from clact_model.programme import Programme
from clact_model.store import Base


def give_again(base: Base, programme: Programme, committee: Committee, done: Collection[str]) -> None:
    """Adopt, confirm and notify a reallocation, where the call has one. What is among ``done`` is not done again."""
    day, told = committee.given_again_on, committee.given_again_told
    if day is None or told is None:
        return
    adopt, confirm, notify = (operation(step, programme.id) for step in GIVING_AGAIN)
    if adopt not in done:
        offer = reallocation.offer(base.cursor(), programme, committee.day, day)
        result = run(offer.lines, offer.settings(offer.held.committee.settings))
        adopted = decision.Adopted(result, replace(offer.basis, aujourdhui=day))
        reallocation.adopt(base, programme, day, adopted, operation=adopt)
    if confirm not in done:
        decision.confirm(base, programme, day, None, day, operation=confirm)
    if notify not in done:
        held = decision.held(base.cursor(), programme)
        assert held is not None
        keys = [one.key for one in held.decisions if one.issue == "retenu" and one.decided and one.statut != "notifie"]
        decision.notify(base, programme, told, keys, told, operation=notify)

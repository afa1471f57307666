"""Someone waits for the solver in one thread while it works in another: what they see of it, and how they stop it."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import highspy


class StoppedError(Exception):
    """Whoever waited no longer does: there is no answer, and nobody to tell it to."""


@dataclass
class Watch:
    """One question put to the solver."""

    gap: Decimal | None = None
    """By what share of its total the best plan so far may be beaten, at most, 0..1, four decimals; None as long as there is
    no plan."""
    stopped: bool = False

    def stop(self) -> None:
        """The solver gives up, in a fraction of a second."""
        self.stopped = True

    def follow(self, solver: "highspy.Highs") -> None:
        """Hear of each step of the solver."""
        # HiGHS calls back from its own loops: in a plan of whole grants, and in a relaxation.
        solver.cbMipInterrupt += self._step_of_plan
        solver.cbSimplexInterrupt += self._step

    def _step_of_plan(self, event: "highspy.highs.HighsCallbackEvent") -> None:
        found, most = event.data_out.mip_primal_bound, event.data_out.mip_dual_bound
        if 0 < found <= most < float("inf"):
            self.gap = Decimal((most - found) / found).quantize(Decimal("0.0001"), ROUND_CEILING)
        self._step(event)

    def _step(self, event: "highspy.highs.HighsCallbackEvent") -> None:
        if self.stopped:
            event.interrupt()

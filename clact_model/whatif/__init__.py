"""What if the rule were different: the same dossiers under other values, without a rule, under another call."""

from clact_model.whatif.borrowing import in_the_year_of, lend
from clact_model.whatif.changes import Change, EnvelopeChange, ParameterChange, RuleOff, State, WeightChange
from clact_model.whatif.drafting import draft
from clact_model.whatif.elsewhere import Elsewhere, OtherProgramme, RuleThere, Unfilled, elsewhere
from clact_model.whatif.following import Effect, Followed, Step, follow
from clact_model.whatif.looking import Look, Totals, look
from clact_model.whatif.moving import Moved, Side, moved

__all__ = [
    "Change",
    "Effect",
    "Elsewhere",
    "EnvelopeChange",
    "Followed",
    "Look",
    "Moved",
    "OtherProgramme",
    "ParameterChange",
    "RuleOff",
    "RuleThere",
    "Side",
    "State",
    "Step",
    "Totals",
    "Unfilled",
    "WeightChange",
    "draft",
    "elsewhere",
    "follow",
    "in_the_year_of",
    "lend",
    "look",
    "moved",
]

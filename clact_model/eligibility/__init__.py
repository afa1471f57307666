"""Each dossier and line under the call's own rules."""

from clact_model.eligibility.answers import Answer, JudgedAction, JudgedDossier, Override, joined
from clact_model.eligibility.judgement import Judgement, judge
from clact_model.eligibility.overrides import confirm, lift, override
from clact_model.eligibility.reading import judged

__all__ = [
    "Answer",
    "JudgedAction",
    "JudgedDossier",
    "Judgement",
    "Override",
    "confirm",
    "joined",
    "judge",
    "judged",
    "lift",
    "override",
]

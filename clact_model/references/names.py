"""Whether two names may be those of the same establishment or group, by the words that tell it from others.

Case, accents, the order of the words and the kind of establishment (« CH », « centre hospitalier ») do not count.
"""

import re

from rapidfuzz import fuzz

from clact_model.wording import folded

LIKE = 75
"""Of 100: beneath it, the names do not look like each other."""
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_INITIALS = re.compile(r"(?<=\b\w)\.(?=\w\b|$|\s)")
_KINDS = frozenset(
    "de du des la le les l d a au aux et en sur sous pour the "
    "centre ctre hospitalier hospitaliere universitaire regional specialise intercommunal etablissement etab public sante "
    "mentale ch chu chr chru chs chi epsm ehpad clinique polyclinique hopital hopitaux maison retraite residence "
    "association assoc fondation groupe groupement hebergement personnes agees dependantes ght territoire".split()
)
_SAME = {"st": "saint", "ste": "sainte"}
_NO_GROUP = frozenset({"hors", "aucun", "non", "sans", "neant"})


def look_alike(one: str, other: str) -> bool:
    """True when the words that tell them from others are the same, or nearly."""
    first, second = _words(one), _words(other)
    first, second = (first - _KINDS or first), (second - _KINDS or second)
    return fuzz.token_set_ratio(" ".join(sorted(first)), " ".join(sorted(second))) >= LIKE


def is_no_group(name: str | None) -> bool:
    """« Hors GHT », « aucun »: what is written where there is no group."""
    return not name or bool(_NO_GROUP & _words(name))


def _words(name: str) -> set[str]:
    plain = _NOT_A_WORD.sub(" ", _INITIALS.sub("", folded(name))).split()
    return {_SAME.get(word, word) for word in plain}

"""What a selection does not let be done, each with its figures: the checks of every write."""

from collections.abc import Sequence

from clact_model import formats
from clact_model.decision.kept import Committee, Decision, Held
from clact_model.errors import ClactError

NAMED = 5
"""Lines named in a sentence before « et n autres »."""


class DecisionRefusedError(ClactError):
    """The selection stays as it is."""


class StaleSelectionError(DecisionRefusedError):
    """The selection was changed since it was shown."""


def require_seen(held: Held, seen: int | None) -> None:
    """Raise StaleSelectionError when the caller looked at an older version; None: it did not look at any."""
    if seen is not None and seen != held.committee.version:
        raise StaleSelectionError(
            "La sélection a changé depuis qu'elle a été affichée : rien n'a été écrit. Vérifiez-la, puis recommencez."
        )


def require_unlocked(held: Held) -> None:
    """Raise DecisionRefusedError when the selection is locked."""
    committee = held.committee
    if committee.locked:
        raise DecisionRefusedError(
            f"La sélection est verrouillée depuis le {formats.day(committee.verrouille_le and committee.verrouille_le.date())} "
            f"par {committee.verrouille_par} ({committee.motif_verrou}) : déverrouillez-la d'abord, avec un motif."
        )


def require_room(held: Held) -> None:
    """Raise DecisionRefusedError when what is proposed and decided is more than there is."""
    committee = held.committee
    if held.left < 0:
        raise DecisionRefusedError(
            f"L'enveloppe ne suffit pas : {formats.euros(held.proposed + held.settled)} proposés ou décidés en tout, pour "
            f"{formats.euros(committee.available)} à accorder ({formats.euros(committee.enveloppe)} d'enveloppe moins "
            f"{formats.euros(committee.reserve)} de réserve{_given_again(committee)}). Il manque {formats.euros(-held.left)}."
        )
    second = committee.enveloppe_supplement or 0
    if held.supplement > second:
        raise DecisionRefusedError(
            f"La seconde enveloppe ne suffit pas : {formats.euros(held.supplement)} de suppléments, "
            f"pour {formats.euros(second)}."
        )


def _given_again(committee: Committee) -> str:
    return f" plus {formats.euros(committee.given_again)} réaffectés" if committee.given_again else ""


def require_reason(motif: str) -> str:
    """The reason without stray blanks. Raises DecisionRefusedError when there is none."""
    if not (written := motif.strip()):
        raise DecisionRefusedError("Écrivez un motif : il est gardé avec votre nom et la date.")
    return written


def raise_all(sentences: Sequence[str]) -> None:
    """Raise DecisionRefusedError with the first sentences; nothing when there is none."""
    if sentences:
        rest = len(sentences) - NAMED
        more = f" Et {formats.plural(rest, 'autre demande', 'autres demandes')} de même." if rest > 0 else ""
        raise DecisionRefusedError(" ".join(sentences[:NAMED]) + more)


def named(decisions: Sequence[Decision]) -> str:
    """``D1, D2 et 3 autres``."""
    names = ", ".join(decision.label for decision in decisions[:NAMED])
    rest = len(decisions) - NAMED
    return names + (f" et {formats.plural(rest, 'autre')}" if rest > 0 else "")

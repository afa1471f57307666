"""What became of a request, in sentences that a letter to the establishment can hold: no other establishment is named."""

from collections.abc import Mapping
from decimal import Decimal

from clact_model import formats
from clact_model.allocation import Line, Outcome
from clact_model.allocation.money import amount
from clact_model.explanation.changes import Change, Kind, largest_envelope
from clact_model.explanation.search import Found
from clact_model.explanation.trial import BY_RANK, Trial


def granted(trial: Trial, outcome: Outcome, margin: Found) -> str:
    """A request that is funded, and by how much it is in."""
    least = trial.settings.enveloppe - amount(margin.change)
    kept = (
        f"La demande reste financée tant que l'enveloppe ne descend pas sous {formats.euros(least)}, "
        f"soit {formats.euros(amount(margin.change))} de moins"
    )
    tried = "" if margin.smallest else " (recherche par paliers)"
    return _joined(_sentence(outcome), f"{kept}{tried}.")


def waiting_list(trial: Trial, outcome: Outcome, changes: Mapping[Kind, Change | None]) -> str:
    """A request that could be funded and is not: what decided, and what would have changed it."""
    return _joined(
        _head(outcome),
        _sentence(outcome),
        _last_funded(trial) if trial.settings.strategie in BY_RANK else "",
        _enough(trial, changes),
        *_not_enough(trial, changes),
    )


def under_instruction(outcome: Outcome, favourable: Outcome | None) -> str:
    """A request that waits, and what it would receive now if its instruction ended well."""
    return _joined(_head(outcome), _sentence(outcome), _if_favourable(favourable))


def put_out(outcome: Outcome, otherwise: Outcome | None) -> str:
    """A request that the agency put out, and what it would have received."""
    if otherwise is None:
        return _joined(_head(outcome), _sentence(outcome))
    if otherwise.funded:
        would = f"{formats.euros(otherwise.granted)} auraient été accordés"
    else:
        would = "elle n'aurait pas été financée non plus"
    return _joined(_head(outcome), _sentence(outcome), f"Sans cette décision, {would}.")


def refused(outcome: Outcome) -> str:
    """A request that no money may go to."""
    return _joined(_head(outcome), _sentence(outcome), "Ni le score ni l'enveloppe n'entrent dans ce refus.")


def _head(outcome: Outcome) -> str:
    requested = formats.euros(outcome.line.requested)
    if outcome.statut == "en_attente_instruction":
        return f"La demande, de {requested}, n'est pas encore décidée."
    return f"La demande, de {requested}, n'est pas financée."


def _sentence(outcome: Outcome) -> str:
    """The reason, a sentence whatever a rule's message ends with."""
    reason = outcome.reason.strip()
    return reason if reason.endswith((".", "!", "?", "…")) else f"{reason}."


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _last_funded(trial: Trial) -> str:
    placed = [outcome.line for outcome in trial.now.funded if outcome.line.position is not None]
    if not placed:
        return ""
    last = max(placed, key=lambda line: line.position or 0)
    score = f", avec un score de {formats.number(last.score)} sur 100" if last.score is not None else ""
    ordinal = "1re" if last.position == 1 else f"{formats.number(last.position)}e"
    return f"La dernière demande financée est à la {ordinal} place{_behind_the_field(trial, last)}{score}."


def _behind_the_field(trial: Trial, last: Line) -> str:
    """Why a lower place may go with a better score: places follow the priority field before they follow the score."""
    own, other = trial.places.get(trial.key), trial.places.get(last.key)
    apart = own is not None and other is not None and own.prioritaire and not other.prioritaire
    return ", parmi celles qui sont hors du champ prioritaire et passent après les autres" if apart else ""


def _enough(trial: Trial, changes: Mapping[Kind, Change | None]) -> str:
    ways = [_WAYS[kind](trial, change) for kind, change in changes.items() if change is not None]
    if not ways:
        return ""
    return f"Toutes choses égales par ailleurs, elle aurait été financée avec {', ou avec '.join(ways)}."


def _points(trial: Trial, change: Change) -> str:
    own = trial.line.score or Decimal(0)
    unit = "point" if change.by < 2 else "points"
    return (
        f"{formats.number(change.by)} {unit} de plus "
        f"(un score de {formats.number(own + change.by)} au lieu de {formats.number(own)})"
    ) + _tried(change)


def _request(trial: Trial, change: Change) -> str:
    asked = trial.line.requested - change.by
    return f"une demande de {formats.euros(asked)} au plus, soit {formats.euros(change.by)} de moins{_tried(change)}"


def _envelope(trial: Trial, change: Change) -> str:
    return (
        f"une enveloppe de {formats.euros(trial.settings.enveloppe + change.by)}, "
        f"soit {formats.euros(change.by)} de plus{_tried(change)}"
    )


_WAYS = {"points": _points, "euros_en_moins": _request, "enveloppe_en_plus": _envelope}


def _tried(change: Change) -> str:
    return "" if change.smallest else " (recherche par paliers)"


def _not_enough(trial: Trial, changes: Mapping[Kind, Change | None]) -> list[str]:
    """Each kind of change that cannot fund it."""
    words = {
        "points": _no_points(trial),
        "euros_en_moins": "Demander moins n'aurait pas suffi.",
        "enveloppe_en_plus": (
            f"Aucune enveloppe jusqu'à {formats.euros(largest_envelope(trial))} n'aurait suffi, à elle seule."
        ),
    }
    return [words[kind] for kind, change in changes.items() if change is None]


def _no_points(trial: Trial) -> str:
    if trial.ladder is None or trial.line.position is None:
        return "La demande n'a pas de place au classement : aucun score ne lui en donnerait une."
    if trial.behind_a_priority:
        return (
            "Hors du champ prioritaire, elle passe après toutes les demandes de ce champ, quel que soit son score : "
            "même 100 sur 100 n'aurait pas suffi."
        )
    return "Un meilleur score, même de 100 sur 100, n'aurait pas suffi."


def _if_favourable(outcome: Outcome | None) -> str:
    if outcome is None:
        return ""
    if outcome.funded:
        return f"Si l'instruction lui est favorable, {formats.euros(outcome.granted)} peuvent lui être accordés."
    if outcome.statut != "liste_attente":
        return ""
    return f"Si l'instruction lui est favorable, elle rejoint la liste d'attente. {_sentence(outcome)}"

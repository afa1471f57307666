"""The head of the consumption: what is consumed, what will be, what will probably come back, and the reports."""

import streamlit as st

from clact_model import formats
from clact_model.consumption import FEWEST, Consumption, Signal
from clact_model.ledger import ZERO
from pages.components import metrics, text
from pages.components.metrics import Figure


def show(found: Consumption) -> None:
    """Six figures as of the day judged."""
    whole = found.total
    share = formats.share(whole.consomme / whole.accorde) if whole.accorde else formats.UNKNOWN
    metrics.grid(
        [
            Figure(
                "Consommé (€)",
                formats.whole_euros(whole.consomme),
                "Dépenses admises, dans la limite de chaque subvention.",
                f"{share} de {formats.whole_euros(whole.accorde)}",
            ),
            _forecast(found),
            _comes_back(found),
            _counted(
                found,
                "en_retard",
                "Subventions en retard",
                "Un démarrage, un bilan, une fin ou une consommation aurait dû être constaté.",
            ),
            _counted(
                found,
                "a_risque",
                "Subventions à risque",
                "D'après la prévision, ou à défaut leur propre rythme, plus de 5 % ne seront pas consommés à l'échéance.",
            ),
            _reports(found),
        ],
        3,
    )


def _forecast(found: Consumption) -> Figure:
    definition = (
        "Estimation : ce qui sera consommé en fin de compte, d'après le rythme d'autres subventions au même moment de leur "
        f"durée. Huit chances sur dix d'être entre les deux bornes. Rien n'est dit en dessous de {FEWEST} cas."
    )
    spread = found.outlook
    if spread is None:
        return Figure("Prévision à l'échéance", formats.UNKNOWN, definition, "trop peu de cas")
    between = f"{formats.whole_euros(spread.low)} à {formats.whole_euros(spread.high)}"
    return Figure("Prévision à l'échéance", f"≈ {formats.whole_euros(spread.median)}", definition, between)


def _comes_back(found: Consumption) -> Figure:
    definition = (
        "Estimation : ce qui ne sera sans doute pas consommé, à récupérer ou à libérer après l'échéance ; des seules subventions "
        "qui ont une prévision."
    )
    spread = found.comes_back
    if spread is None:
        return Figure("Reviendra sans doute", formats.UNKNOWN, definition, "rien d'estimé")
    between = f"{formats.whole_euros(spread.low)} à {formats.whole_euros(spread.high)}"
    return Figure("Reviendra sans doute", f"≈ {formats.whole_euros(spread.median)}", definition, between)


def _reports(found: Consumption) -> Figure:
    reports = [one for one in found.obligations if one.nature in ("bilan", "evaluation")]
    due = [one for one in reports if (one.echeance is not None and one.echeance <= found.jour) or one.fait_le]
    received = [one for one in due if one.fait_le]
    late = len(due) - len(received)
    return Figure(
        "Bilans reçus",
        f"{formats.number(len(received))} sur {formats.number(len(due))}",
        "Bilans annuels et évaluations finales déjà dus, ou reçus en avance.",
        (f"{formats.number(late)} en retard" if late else "aucun en retard") if due else "aucun dû à ce jour",
    )


def _counted(found: Consumption, signal: Signal, label: str, definition: str) -> Figure:
    """Accounts that bear a reason, also where a more pressing one comes first, and their euros."""
    reasons = [[reason for reason in one.raisons if reason.signal == signal] for one in found.watched]
    bearing = [some for some in reasons if some]
    if signal == "en_retard":
        longest = max((reason.jours or 0 for some in bearing for reason in some), default=0)
        note = f"jusqu'à {formats.plural(longest, 'jour')}" if longest else "aucune"
    else:
        euros = sum((some[0].euros or ZERO for some in bearing), ZERO)
        note = f"≈ {formats.whole_euros(euros)} en jeu" if bearing else "aucune"
    return Figure(label, formats.number(len(bearing)), definition, note)


def caveat(found: Consumption) -> None:
    """What the forecast leaves out, and what it rests on, in a sentence."""
    spread, left = found.outlook, found.without_forecast
    told = []
    if spread is not None:
        told.append(
            f"La prévision porte sur {formats.plural(spread.accounts, 'subvention')} ({formats.euros(spread.granted)} accordés) et "
            f"repose sur {formats.plural(spread.cases, 'cas', 'cas')} au moins ; elle ne connaît ni ce qui toucherait toutes les "
            "subventions à la fois, ni ce qui distingue un appel de ceux dont ces cas viennent."
        )
    if left:
        amount = sum((one.situation.balance.accorde for one in left), ZERO)
        told.append(
            f"{formats.plural(len(left), 'subvention')} sans prévision ({formats.euros(amount)} accordés) : trop peu de cas, pas de "
            "convention, ou pas d'échéance connue."
        )
    if found.unread:
        told.append(text.plain(found.unread_words))
    if told:
        st.caption(" ".join(told))

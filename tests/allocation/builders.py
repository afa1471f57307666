"""Lines of a few euros, of which a test states only what it is about."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from clact_model.allocation import STRATEGIES, Key, Line, Outcome, Result, Settings, run

STANDINGS = ("finançable", "finançable", "finançable", "conditionnel", "en_attente", "refuse")


def line(numero: str, ceiling: str | None, position: int | None, **rest: Any) -> Line:
    """A fundable line that asks for its ceiling."""
    amount = None if ceiling is None else Decimal(ceiling)
    facts = {"ligne": None, "score": Decimal(50), "requested": amount or Decimal(0), "ceiling": amount} | rest
    return Line(numero=numero, position=position, **facts)


def ranked(*ceilings: str) -> list[Line]:
    """Lines A, B, C… in rank order."""
    return [line(chr(ord("A") + i), ceiling, i + 1) for i, ceiling in enumerate(ceilings)]


def allocate(lines: Sequence[Line], enveloppe: str, strategie: str = "classement_continu", **rest: Any) -> Result:
    return run(lines, Settings(Decimal(enveloppe), strategie=strategie, **rest))


def grants(result: Result) -> dict[str, str]:
    """Number → amount granted, of the lines that receive something."""
    return {outcome.line.numero: str(outcome.granted) for outcome in result.lines if outcome.funded}


def of(result: Result, sought: str | Key) -> Outcome:
    """The outcome of a dossier's number, or of the key of a line."""
    return next(outcome for outcome in result.lines if sought in (outcome.line.numero, outcome.line.key))


def euros(highest: int) -> st.SearchStrategy[Decimal]:
    """Amounts from 0 to the highest, in cents."""
    return st.integers(0, highest * 100).map(lambda cents: Decimal(cents).scaleb(-2))


@st.composite
def calls(draw: st.DrawFn, most: int = 12) -> list[Line]:
    """Lines of every standing, in any order, with distinct numbers and places."""
    places = draw(st.permutations(range(1, draw(st.integers(1, most)) + 1)))
    return [
        Line(
            numero=f"D{place}",
            ligne=None,
            position=draw(st.sampled_from([place, place, None])),
            score=draw(st.none() | st.integers(0, 100).map(Decimal)),
            requested=draw(euros(60)),
            ceiling=draw(st.none() | euros(60)),
            standing=draw(st.sampled_from(STANDINGS)),
            cause="Le dossier reste à vérifier.",
        )
        for place in places
    ]


codes = st.sampled_from(sorted(STRATEGIES))

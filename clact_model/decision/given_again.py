"""What came back from earlier grants, and that what was given again of it stays covered."""

from datetime import date
from decimal import Decimal

import duckdb

from clact_model import formats, ledger
from clact_model.decision.refusing import DecisionRefusedError


def came_back(cursor: duckdb.DuckDBPyConnection, programme: str, day: date) -> ledger.Balance:
    """The balance of the aids of a programme as of a day; the supplement's envelope is another one."""
    found = ledger.balances(cursor, programme, day)
    return ledger.total(balance for (_, poste), balance in found.items() if poste == "aide")


def require_covered(cursor: duckdb.DuckDBPyConnection, programme: str, day: date) -> None:
    """Raise DecisionRefusedError when less came back by that day than was given again.

    To be called under the writer's lock by whatever takes back money freed or recovered.
    """
    row = cursor.execute("SELECT reaffecte FROM comite WHERE programme = ?", [programme]).fetchone()
    given: Decimal = row[0] if row and row[0] else ledger.ZERO
    if given and given > (back := came_back(cursor, programme, day).returned):
        raise DecisionRefusedError(
            f"{formats.euros(given)} de ce qui est revenu sont déjà réaffectés, et il n'en resterait que {formats.euros(back)} : "
            "rendez d'abord ce qui n'est pas accordé (page Réaffectation), ou revenez sur des décisions de la page Sélection."
        )

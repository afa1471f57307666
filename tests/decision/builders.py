"""A selection on a small call, in a line each: adopted, decided."""

from datetime import date
from decimal import Decimal
from typing import Any

from clact_model import decision
from clact_model.allocation import Result
from clact_model.decision import Adopted, Held
from clact_model.programme import Programme
from clact_model.scenario import Basis
from clact_model.store import Base
from tests.allocation.campaign import TODAY, Campaign

COMITE = date(2024, 6, 20)


def adopted(call: Campaign, result: Result, nom: str | None = "Mars") -> Adopted:
    return Adopted(result, Basis(TODAY, call.programme.version, call.base.version()), nom)


def adopt(call: Campaign, enveloppe: str, nom: str | None = "Mars", *, accept: bool = False, **rest: Any) -> Held:
    """Adopt a simulation of that envelope; gives the selection afterwards."""
    what = adopted(call, call.run(enveloppe, **rest), nom)
    decision.adopt(call.base, call.programme, TODAY, what, accept=accept)
    return held(call)


def held(call: Campaign) -> Held:
    found = decision.held(call.base.cursor(), call.programme)
    assert found is not None
    return found


def euros(amount: str) -> Decimal:
    return Decimal(amount).quantize(Decimal("0.01"))


def put_decision(base: Base, programme: Programme, numero: str, statut: str = "retenu", ligne: int = 0) -> None:
    """A decision straight into the base, for tests of what comes before the decisions."""
    with base.write("essai", programme.id) as writing:
        writing.cursor.execute(
            """INSERT INTO decision (programme, numero, ligne, ordre, statut, issue, accorde, supplement, demande,
                                     derogation, conditionnel, motif, version_programme, version_donnees, auteur, quand)
               VALUES (?, ?, ?, 1, ?, 'retenu', 500, 0, 1000, false, false, 'essai', '1', 1, 'essai', now())""",
            [programme.id, numero, ligne, statut],
        )

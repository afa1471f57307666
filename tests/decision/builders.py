"""A selection on a small call, in a line each: adopted, decided."""

from datetime import date
from functools import cache
from pathlib import Path
from shutil import copy
from tempfile import mkdtemp
from typing import Any

from clact_model import decision, eligibility, scoring
from clact_model.allocation import Result
from clact_model.decision import Adopted, Held
from clact_model.programme import Programme
from clact_model.scenario import Basis
from clact_model.store import Base
from tests.allocation.campaign import TODAY, Campaign, campaign, dossier, grand_est

COMITE, TOLD = date(2024, 6, 20), date(2024, 6, 25)
UNKNOWN, LATE = "RIB inconnu", "déposé le 11 mai à 0 h 00"


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


def put_decision(base: Base, programme: Programme, numero: str, statut: str = "retenu", ligne: int = 0) -> None:
    """A decision straight into the base, for tests of what comes before the decisions."""
    with base.write("essai", programme.id) as writing:
        writing.cursor.execute(
            """INSERT INTO decision (programme, numero, ligne, ordre, statut, issue, accorde, supplement, demande,
                                     derogation, conditionnel, motif, version_programme, version_donnees, auteur, quand)
               VALUES (?, ?, ?, 1, ?, 'retenu', 500, 0, 1000, false, false, 'essai', '1', 1, 'essai', now())""",
            [programme.id, numero, ligne, statut],
        )


@cache
def _template() -> Path:
    folder = Path(mkdtemp())
    call = campaign(folder, *(dossier(str(n)) for n in range(1, 6)), dossier("6", UNKNOWN), dossier("7", LATE))
    call.base.close()
    return folder / "essai.duckdb"


def small_call(folder: Path) -> Campaign:
    """A base of its own with seven dossiers that ask for 20 000 €: the sixth is to be checked, the seventh came too late."""
    base = Base(Path(copy(_template(), folder / "essai.duckdb")))
    cursor = base.cursor()
    judgement = eligibility.judge(cursor, grand_est(), TODAY)
    scoring.rank(judgement)
    return Campaign(base, grand_est(), cursor, judgement)


@cache
def _told(enveloppe: str) -> Path:
    """Deciding takes seconds: once for each envelope."""
    folder = Path(mkdtemp())
    call = small_call(folder)
    adopt(call, enveloppe)
    decision.confirm(call.base, call.programme, TODAY, None, COMITE)
    decision.notify(call.base, call.programme, TODAY, None, TOLD)
    call.base.close()
    return folder / "essai.duckdb"


def told_copy(folder: Path, enveloppe: str) -> Path:
    """A base of its own: the seven dossiers of :func:`small_call` decided and notified under that envelope."""
    return Path(copy(_told(enveloppe), folder / "essai.duckdb"))

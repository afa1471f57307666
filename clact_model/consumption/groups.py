"""The accounts of a call by axis, sector, statute and département: every split adds up to the whole, to the cent."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, TypeAlias

import duckdb

from clact_model.allocation.money import split
from clact_model.consumption.steps import DAILY, MEASURES, Cents, Step
from clact_model.ledger import AccountKey
from clact_model.overview.labels import NOT_GIVEN, SEVERAL_AXES, values
from clact_model.programme import Programme

Champ = Literal["axe", "secteur", "statut", "departement"]
CHAMPS: Mapping[Champ, str] = {"axe": "Axe", "secteur": "Secteur", "statut": "Statut", "departement": "Département"}
"""What a call is split by → its name."""
Groups: TypeAlias = Mapping[str, Sequence[Step]]
"""Name of a group → the steps of its accounts, or of their parts in it."""
_Own: TypeAlias = dict[int | None, int]
"""Action → cents; under None what speaks of no action in particular."""


def grouped(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, day: date, some: Sequence[Step], champ: Champ
) -> Groups:
    """The steps of a call by the groups of a field, in the order of their names, what is shared out to none of them last."""
    found = (
        _by_axis(cursor, programme, day, some)
        if champ == "axe"
        else _by_dossier(_names(cursor, programme, champ), some)
    )
    return {
        name: found[name] for name in sorted(found, key=lambda name: (name == NOT_GIVEN, name == SEVERAL_AXES, name))
    }


def _names(cursor: duckdb.DuckDBPyConnection, programme: Programme, champ: Champ) -> Mapping[str, str]:
    labels = values(programme, champ)
    rows = cursor.execute(f'SELECT numero, "{champ}" FROM dossier WHERE programme = ?', [programme.id]).fetchall()
    return {numero: labels.get(code, code) or NOT_GIVEN for numero, code in rows}


def _by_dossier(names: Mapping[str, str], some: Sequence[Step]) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = {}
    for step in some:
        found.setdefault(names.get(step.account[0], NOT_GIVEN), []).append(step)
    return found


def _by_axis(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, day: date, some: Sequence[Step]
) -> dict[str, list[Step]]:
    """Each step cut into what its actions have of it, added up by axis."""
    axes = _axes(cursor, programme)
    moved = _moved(cursor, programme, day)
    held: dict[AccountKey, list[_Own]] = {}
    found: dict[str, list[Step]] = {}
    shown: dict[AccountKey, dict[str, None]] = {}
    nothing = (0,) * len(MEASURES)
    for step in some:
        own = held.setdefault(step.account, [{} for _ in range(5)])
        for ligne, added in moved.get((step.account, step.jour), ()):
            for sums, cents in zip(own, added, strict=True):
                sums[ligne] = sums.get(ligne, 0) + cents
        of_dossier = axes.get(step.account[0], {})
        parts = _axis_parts(step.cents, own, of_dossier)
        # An axis that has nothing left of the account says so: its curve would otherwise stay where it was.
        names = shown.setdefault(step.account, {})
        names |= dict.fromkeys(parts)
        for name in names:
            found.setdefault(name, []).append(Step(step.account, step.jour, parts.get(name, nothing)))
    return found


def _axes(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> Mapping[str, Mapping[int | None, str]]:
    """Dossier → the axis of each of its actions; under None the one that they all have, SEVERAL_AXES where they have more."""
    labels = values(programme, "axe")
    rows = cursor.execute("SELECT numero, ligne, axe FROM action WHERE programme = ?", [programme.id]).fetchall()
    found: dict[str, dict[int | None, str]] = {}
    for numero, ligne, axe in rows:
        found.setdefault(numero, {})[ligne] = labels.get(axe, axe) or NOT_GIVEN
    for own in found.values():
        own[None] = next(iter(own.values())) if len(set(own.values())) == 1 else SEVERAL_AXES
    return found


def _moved(
    cursor: duckdb.DuckDBPyConnection, programme: Programme, day: date
) -> Mapping[tuple[AccountKey, date], Sequence[tuple[int | None, Cents]]]:
    """Account and day → action → cents granted, signed, paid, presented and admitted that day."""
    rows = cursor.execute(
        f"""SELECT numero, poste, ligne, jour, (accorde * 100)::BIGINT, (conventionne * 100)::BIGINT, (paye * 100)::BIGINT,
                   (presente * 100)::BIGINT, (admis * 100)::BIGINT FROM ({DAILY.format(ligne="ligne,")})""",
        {"programme": programme.id, "jour": day},
    ).fetchall()
    found: dict[tuple[AccountKey, date], list[tuple[int | None, Cents]]] = {}
    for numero, poste, ligne, jour, *cents in rows:
        found.setdefault(((numero, poste), jour), []).append((ligne, tuple(cents)))
    return found


def _axis_parts(cents: Cents, own: Sequence[_Own], axes: Mapping[int | None, str]) -> Mapping[str, Cents]:
    granted, signed, paid, presented, admitted = own
    weights = signed if any(signed.values()) else granted
    *totals, consumed = cents
    by_action = [
        shared(whole, spoken, weights)
        for whole, spoken in zip(totals, (granted, paid, presented, admitted), strict=True)
    ]
    # What is consumed is what is admitted, within the grant: its parts are in the same proportion.
    by_action.append(shared(consumed, {}, by_action[-1]))
    found: dict[str, list[int]] = {}
    for place, parts in enumerate(by_action):
        for ligne, part in parts.items():
            found.setdefault(axes.get(ligne, NOT_GIVEN), [0] * len(cents))[place] += part
    return {name: tuple(parts) for name, parts in found.items() if any(parts)}


def shared(whole: int, own: Mapping[int | None, int], weights: Mapping[int | None, int]) -> Mapping[int | None, int]:
    """Cents of an account → of each action: its own lines, and its share of the rest by the weights; they make the whole.

    A credit note larger than what it corrects in its action is no share: then all is shared by the weights. Under None what
    no weight shares out.
    """
    parts: _Own = {ligne: cents for ligne, cents in own.items() if ligne is not None and cents}
    rest = whole - sum(parts.values())
    if rest < 0 or any(cents < 0 for cents in parts.values()):
        parts, rest = {}, whole
    counted = {ligne: weight for ligne, weight in weights.items() if weight > 0}
    if not counted:
        return {**parts, None: rest} if rest else parts
    for ligne, part in zip(counted, split(rest, list(counted.values())), strict=True):
        parts[ligne] = parts.get(ligne, 0) + part
    return parts

"""Facts of one dossier, as the cases state them, straight into a base: what the rules are tried on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from clact_model.fields import Field
from clact_model.programme import Programme
from clact_model.store import Base

Facts = Mapping[str, Any]


def typed(field: Field, value: Any, programme: Programme) -> Any:
    """A value of a case (``"oui"``, ``"9,5 %"``, ``"2024-05-02T10:00"``) as the column holds it."""
    if value is None or value == "":
        return None
    if field.type == "oui_non":
        return {"oui": True, "non": False}[value]
    if field.type == "pourcentage":
        return Decimal(str(value).replace("%", "").replace(",", ".").strip()) / 100
    if field.type in ("montant", "nombre", "note"):
        return Decimal(str(value))
    if field.type == "date":
        return value if isinstance(value, date) else date.fromisoformat(value)
    if field.type == "horodatage":
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=programme.file.zone)
    return value


def of_its_own(dossier: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a case, of an establishment that has no other dossier."""
    return {**dossier, "finess": _with_key(dossier["finess"][:4] + dossier["numero"])}


def _with_key(digits: str) -> str:
    """Eight digits of a FINESS and the ninth, their key."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(digits)]
    return f"{digits}{-sum(n // 10 + n % 10 for n in doubled) % 10}"


def put(base: Base, programme: Programme, dossier: Mapping[str, Any], actions: Sequence[Mapping[str, Any]]) -> str:
    """Insert one dossier and its lines; gives its number."""
    put_all(base, programme, [(dossier, actions)])
    return str(dossier["numero"])


def put_all(base: Base, programme: Programme, dossiers: Iterable[tuple[Facts, Sequence[Facts]]]) -> None:
    """Insert dossiers with their lines in one write."""
    with base.write("essai", programme.id) as writing:
        for dossier, actions in dossiers:
            numero = str(dossier["numero"])
            _insert(writing.cursor, programme, "dossier", {"numero": numero, "ordre": _next(writing.cursor)}, dossier)
            for ligne, action in enumerate(actions, start=1):
                _insert(writing.cursor, programme, "action", {"numero": numero, "ligne": ligne}, action)


def _next(cursor: Any) -> int:
    return int(cursor.execute("SELECT count(*) FROM dossier").fetchone()[0])


def _insert(cursor: Any, programme: Programme, table: Any, key: dict[str, Any], facts: Mapping[str, Any]) -> None:
    row: dict[str, Any] = {"programme": programme.id, **key}
    for champ, value in facts.items():
        field = programme.dictionary.find(table, champ)
        if field is not None and champ not in ("numero", "numero_dossier") and field.type != "courriel":
            assert not field.declared, "a declared field goes through the import"
            row[champ] = typed(field, value, programme)
    columns = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" for _ in row)
    cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(row.values()))

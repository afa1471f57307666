"""Views of the list of dossiers: its filters, kept under a name."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

import duckdb

from clact_model.errors import UsageError
from clact_model.overview import Filters
from clact_model.programme import Programme
from clact_model.store import Base, Writing
from clact_model.wording import one_line

LONGEST_NAME = 60


class ViewNameError(UsageError):
    """No view can bear that name, or none bears it."""


class ViewTakenError(UsageError):
    """A view of that name exists: the person says whether to replace it."""


@dataclass(frozen=True, slots=True)
class View:
    """Filters under a name. ``quand``: an aware time."""

    nom: str
    filtres: Filters
    auteur: str
    quand: datetime


def save(
    base: Base,
    programme: Programme,
    nom: str,
    filtres: Filters,
    *,
    replace: bool = False,
    operation: str | None = None,
) -> None:
    """Keep filters under a name. Raises ViewTakenError when it is taken (unless ``replace``), ViewNameError."""
    name = clean_name(nom)
    with base.write("enregistrer_vue", programme.id, operation) as writing:
        if writing.already_done:
            return
        former = next((view for view in of_programme(writing.cursor, programme) if view.nom == name), None)
        if former is not None and not replace:
            raise ViewTakenError(f"Une vue « {name} » existe déjà : choisissez un autre nom, ou remplacez-la.")
        _forget(writing, programme, name)
        writing.cursor.execute(
            "INSERT INTO vue (programme, nom, filtres, auteur, quand) VALUES (?, ?, ?, ?, ?)",
            [programme.id, name, _to_text(filtres), writing.auteur, writing.quand],
        )
        writing.log(f"Vue « {name} » {'remplacée' if former else 'enregistrée'}")


def clean_name(nom: str) -> str:
    """The name as it is kept. Raises ViewNameError when it is none."""
    name = one_line(nom, LONGEST_NAME)
    if name is None:
        raise ViewNameError(f"Donnez à la vue un nom de 1 à {LONGEST_NAME} caractères, sur une ligne.")
    return name


def delete(base: Base, programme: Programme, nom: str, operation: str | None = None) -> None:
    """Take a view away. Raises ViewNameError when there is none of that name."""
    with base.write("supprimer_vue", programme.id, operation) as writing:
        if writing.already_done:
            return
        if nom not in {view.nom for view in of_programme(writing.cursor, programme)}:
            raise ViewNameError(f"Aucune vue « {nom} » pour ce programme : rechargez la page.")
        _forget(writing, programme, nom)
        writing.log(f"Vue « {nom} » supprimée")


def of_programme(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> list[View]:
    """The views of the programme, by name."""
    rows = cursor.execute("SELECT nom, filtres, auteur, quand FROM vue WHERE programme = ?", [programme.id]).fetchall()
    found = [View(nom, _from_text(text), auteur, quand) for nom, text, auteur, quand in rows]
    return sorted(found, key=lambda view: view.nom.casefold())


def _forget(writing: Writing, programme: Programme, name: str) -> None:
    writing.cursor.execute("DELETE FROM vue WHERE programme = ? AND nom = ?", [programme.id, name])


def _to_text(filtres: Filters) -> str:
    used = {champ: value for champ, value in asdict(filtres).items() if value}
    return json.dumps(used, ensure_ascii=False)


def _from_text(text: str) -> Filters:
    """The filters as they were; one that the tool no longer has is left out."""
    kept: dict[str, Any] = json.loads(text)
    known = {field.name for field in fields(Filters)}
    values: dict[str, Any] = {k: v if isinstance(v, str) else tuple(v) for k, v in kept.items() if k in known}
    return Filters(**values)

"""The register as the ANS publishes it since July 2026: ``finess-structures``, JSON, one entity with its establishments at a time.

Unpacked it is some 715 MB: read as it flows, never held (schema: github.com/ansforge/finess).
"""

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import ijson

from clact_model import formats
from clact_model.intake.progress import Progress, silent
from clact_model.reading import FileRefusedError
from clact_model.references.extract import ENTITY, ESTABLISHMENT, Extract, Gathered
from clact_model.references.files import PIECE, ReferenceFile, Unpacked, unpacked
from clact_model.references.nomenclature import departement_of_commune, secteur, statut

_FINESS = re.compile(r"[0-9][0-9A-Z][0-9]{7}")
_GHT_KINDS = ("001", "002")
_SITE_ADDRESS = "03"
"""Use of the address of a site: the first address of the list is often another one."""
_LONGEST = 300
Object = Mapping[str, Any]


@dataclass
class _Head:
    """What stands before the entities."""

    day: date | None = None
    groups: int = 0
    ght: dict[str, str] = field(default_factory=dict)
    """Identifier of an entity → name of its GHT."""


def read(file: ReferenceFile, progress: Progress) -> Extract:
    """Raises FileRefusedError for JSON of another shape, or cut short."""
    head = _head(file)
    sites, entities = Gathered(ESTABLISHMENT), Gathered(_entity_columns(head))
    unnumbered = 0
    with _parsed(file, "Lecture du flux FINESS", progress) as stream:
        for entity in ijson.items(io.BufferedReader(stream, PIECE), "pmej.item", buf_size=PIECE):
            stream.record_read()
            unnumbered += _gather(_object(entity), head, sites, entities)
    if not len(sites):
        raise FileRefusedError(
            "Ce fichier JSON ne contient aucun établissement : reprenez le flux « finess-structures » de l'ANS."
        )
    notices = []
    if unnumbered:
        notices.append(f"{formats.plural(unnumbered, 'établissement')} sans N° FINESS : passés.")
    if not head.groups:
        notices.append("Ce fichier ne donne pas les GHT : ceux qui étaient chargés restent.")
    return Extract(
        file.shown_name, file.sha256, "finess_ans", head.day, sites.table(), entities.table(), tuple(notices)
    )


def _entity_columns(head: _Head) -> dict[str, Any]:
    return {name: kind for name, kind in ENTITY.items() if head.groups or name != "ght"}


@contextmanager
def _parsed(file: ReferenceFile, step: str, progress: Progress = silent) -> Iterator[Unpacked]:
    try:
        with unpacked(file, step, progress) as stream:
            yield stream
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise FileRefusedError(
            "Le fichier JSON est incomplet ou abîmé : téléchargez-le de nouveau à sa source."
        ) from error


def _head(file: ReferenceFile) -> _Head:
    """The date and the GHT, which come first. Raises FileRefusedError when there is no list of entities."""
    head, building = _Head(), None
    with _parsed(file, "Lecture") as stream:
        for prefix, event, value in ijson.parse(io.BufferedReader(stream, PIECE), buf_size=PIECE):
            if prefix == "" and event == "map_key" and value == "pmej":
                return head
            if prefix == "generatedAt":
                head.day = _day(value)
            if prefix == "gcc.item" and event == "start_map":
                building = ijson.ObjectBuilder()
            if building is not None:
                building.event(event, value)
            if prefix == "gcc.item" and event == "end_map" and building is not None:
                _keep_group(_object(building.value), head)
                building = None
                stream.record_read()
    raise FileRefusedError(
        "Ce fichier JSON n'est pas le flux « finess-structures » de l'ANS : il ne contient pas la liste « pmej »."
    )


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _keep_group(group: Object, head: _Head) -> None:
    name = _text(group, "nomGcc")
    if group.get("typeGcc") in _GHT_KINDS and name and group.get("etatObjet", "A") == "A":
        head.groups += 1
        for member in _objects(group, "pmejDuGcc"):
            head.ght[str(member.get("pmSmsseId"))] = name


def _gather(entity: Object, head: _Head, sites: Gathered, entities: Gathered) -> int:
    """Keep one entity and its establishments; gives how many of them have no number."""
    about = _object(entity.get("informationsGeneralesPMEJ"))
    number = _finess(about, "numFinessPm")
    form = _text(about, "statutJuridique")
    if number:
        entities.add(
            {
                "finess": number,
                "raison_sociale": _text(about, "denominationLonguePmSmsse") or _text(about, "denominationPm"),
                "siren": _text(about, "siren"),
                "statut": statut(form, None),
                "ouvert": _is_open(entity, about),
                "ght": head.ght.get(str(about.get("pmSmsseId"))),
            }
        )
    rows = [_site(site, number, form) for site in _objects(entity, "ege")]
    for row in rows:
        if row is not None:
            sites.add(row)
    return rows.count(None)


def _site(site: Object, entity: str | None, form: str | None) -> dict[str, Any] | None:
    about = _object(site.get("informationsGeneralesEGE"))
    number = _finess(about, "numFinessEge")
    if number is None:
        return None
    address = next((one for one in _objects(site, "adresse") if one.get("usageAdresse") == _SITE_ADDRESS), {})
    siret = _text(about, "siret") or ""
    codes = about.get("espic")
    return {
        "finess": number,
        "finess_juridique": entity,
        "raison_sociale": _text(about, "nomEgeLong") or _text(about, "nomEgeCourt"),
        "siret": siret if len(siret) == 14 and siret.isdigit() else None,
        "departement": departement_of_commune(_text(address, "cogCommune")),
        "commune": _text(address, "ligneAcheminement"),
        "statut": statut(form, str(codes[0]) if isinstance(codes, list) and codes else None),
        "secteur": secteur(_text(site, "categorieentiteGeographiqueExercice")),
        "ouvert": _is_open(site, about),
        "ferme_le": _day(about.get("dateFermeture")),
    }


def _is_open(one: Object, about: Object) -> bool:
    return one.get("etatObjet", "A") == "A" and not about.get("dateFermeture")


def _object(value: object) -> Object:
    return value if isinstance(value, dict) else {}


def _objects(one: Object, key: str) -> list[Object]:
    found = one.get(key)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _text(one: Object, key: str) -> str | None:
    """A text without the blanks that pad it; None when there is none."""
    value = one.get(key)
    return value.strip()[:_LONGEST] or None if isinstance(value, str) else None


def _finess(one: Object, key: str) -> str | None:
    number = _text(one, key)
    return number if number and _FINESS.fullmatch(number) else None

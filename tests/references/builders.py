"""Registers as their publishers write them, a few establishments long."""

import gzip
import json
from collections.abc import Mapping, Sequence
from typing import Any

from clact_model import references
from clact_model.references import Extract, ReferenceFile

SITE, SITE_SIRET, ENTITY = "590000014", "26590671900017", "590780193"
OTHER, OTHER_SIRET = "620000018", "35600000000048"


def file(name: str, content: bytes | str) -> ReferenceFile:
    return ReferenceFile.from_bytes(name, content.encode() if isinstance(content, str) else content)


def read(name: str, content: bytes | str) -> Extract:
    return references.read(file(name, content))


def etalab_line(**said: str) -> str:
    """One line ``structureet`` of the old register."""
    cells = dict.fromkeys(range(32), "") | {
        0: "structureet",
        1: said.get("finess", SITE),
        2: said.get("ej", ENTITY),
        3: said.get("nom", "CH DE LILLE"),
        13: said.get("departement", "59"),
        15: said.get("place", "59000 LILLE"),
        18: said.get("categorie", "355"),
        20: said.get("agregat", "1102"),
        22: said.get("siret", SITE_SIRET),
        26: said.get("sph", "1"),
    }
    return ";".join(cells.values())


def etalab(*lines: str, day: str = "2026-05-12") -> str:
    return "\n".join([f"finess;etalab;111;{day}", *(lines or (etalab_line(),)), ""])


def site(finess: str = SITE, siret: str | None = SITE_SIRET, **said: Any) -> dict[str, Any]:
    """One establishment of the new register."""
    about = {"numFinessEge": finess, "nomEgeLong": said.get("nom", "CH DE LILLE") + "   "}
    about |= {"siret": siret} if siret else {}
    about |= {"dateFermeture": said["ferme_le"]} if "ferme_le" in said else {}
    return {
        "informationsGeneralesEGE": about,
        "categorieentiteGeographiqueExercice": said.get("categorie", "355"),
        "adresse": [
            {"usageAdresse": "01", "cogCommune": "75056"},
            {"usageAdresse": "03", "cogCommune": said.get("commune", "59350"), "ligneAcheminement": "LILLE"},
        ],
        "etatObjet": said.get("etat", "A"),
    }


def entity(
    *sites: Mapping[str, Any], finess: str = ENTITY, identifier: str = "1", statut: str = "13"
) -> dict[str, Any]:
    about = {"pmSmsseId": identifier, "numFinessPm": finess, "statutJuridique": statut, "denominationPm": "CHU"}
    return {"informationsGeneralesPMEJ": about, "ege": list(sites or [site()]), "etatObjet": "A"}


def ans(
    *entities: Mapping[str, Any], ght: Mapping[str, Sequence[str]] | None = None, day: str = "2026-09-11"
) -> dict[str, Any]:
    """The new register. ``ght``: name of the group → identifiers of its entities."""
    groups = [
        {"nomGcc": name, "typeGcc": "001", "pmejDuGcc": [{"pmSmsseId": member} for member in members]}
        for name, members in (ght or {}).items()
    ]
    return {
        "schemaVersion": "v1",
        "generatedAt": f"{day}T02:00:00Z",
        "gcc": groups,
        "pmej": list(entities or [entity()]),
    }


def packed(document: object) -> bytes:
    return gzip.compress(json.dumps(document, ensure_ascii=False).encode(), mtime=0)


def new_register(*entities: Mapping[str, Any], **said: Any) -> Extract:
    return read("finess.json.gz", packed(ans(*entities, **said)))

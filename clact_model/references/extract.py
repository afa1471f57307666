"""What one file of a register gives, as Arrow tables: establishments and legal entities, each number once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import pyarrow as pa

from clact_model.reading import FileRefusedError

Nature = Literal["finess_etalab", "finess_ans", "finess_leger", "ght"]
Family = Literal["finess", "ght"]

NATURES: Mapping[Nature, str] = {
    "finess_etalab": "Extraction FINESS des établissements (ancien format csv)",
    "finess_ans": "Flux FINESS « structures » de l'ANS (JSON)",
    "finess_leger": "Liste d'établissements",
    "ght": "Liste des GHT",
}
FAMILIES: Mapping[Nature, Family] = {
    "finess_etalab": "finess",
    "finess_ans": "finess",
    "finess_leger": "finess",
    "ght": "ght",
}
ESTABLISHMENT = {
    "finess": pa.string(),
    "finess_juridique": pa.string(),
    "raison_sociale": pa.string(),
    "siret": pa.string(),
    "departement": pa.string(),
    "commune": pa.string(),
    "statut": pa.string(),
    "secteur": pa.string(),
    "ouvert": pa.bool_(),
    "ferme_le": pa.date32(),
}
ENTITY = {
    "finess": pa.string(),
    "raison_sociale": pa.string(),
    "siren": pa.string(),
    "statut": pa.string(),
    "ouvert": pa.bool_(),
    "ght": pa.string(),
}
MOST = 500_000
"""Records: there are some 175,000 establishments, the closed ones included."""
_BATCH = 20_000


@dataclass(frozen=True)
class Extract:
    """``etablissements`` and ``entites``: columns of ESTABLISHMENT and ENTITY, those that the file gives."""

    fichier: str
    sha256: str
    nature: Nature
    extrait_le: date | None
    etablissements: pa.Table = field(repr=False)
    entites: pa.Table = field(repr=False)
    notices: tuple[str, ...] = ()
    """What must be said of it: lines left out, what it does not give."""

    @property
    def famille(self) -> Family:
        return FAMILIES[self.nature]


class Gathered:
    """Rows put into Arrow as they come, so that a national register never lies in memory as Python objects."""

    def __init__(self, columns: Mapping[str, pa.DataType]) -> None:
        self._schema = pa.schema(list(columns.items()))
        self._batches: list[pa.RecordBatch] = []
        self._rows: list[dict[str, Any]] = []
        self._seen: set[str] = set()
        self.doubles = 0

    def add(self, row: dict[str, Any]) -> None:
        """Keep a row of which the number is not known yet. Raises FileRefusedError beyond what a register holds."""
        if row["finess"] in self._seen:
            self.doubles += 1
            return
        self._seen.add(row["finess"])
        if len(self._seen) > MOST:
            raise FileRefusedError(f"Le fichier a plus de {MOST} enregistrements : il n'est pas un référentiel.")
        self._rows.append(row)
        if len(self._rows) == _BATCH:
            self._pack()

    def __len__(self) -> int:
        return len(self._seen)

    def table(self) -> pa.Table:
        self._pack()
        return pa.Table.from_batches(self._batches, self._schema)

    def _pack(self) -> None:
        self._batches.append(pa.RecordBatch.from_pylist(self._rows, self._schema))
        self._rows = []


def left_out(what: str, places: list[int]) -> tuple[str, ...]:
    """One sentence for the lines that could not be read."""
    if not places:
        return ()
    first = ", ".join(str(place) for place in places[:5])
    more = f" et {len(places) - 5} autres" if len(places) > 5 else ""
    return (f"{what} (ligne {first}{more}).",)

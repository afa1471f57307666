"""What one text of a programme says otherwise than another, part by part."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel

from clact_model import formats
from clact_model.programme.parts import DayOfYear
from clact_model.programme.programme import Programme

Nature = Literal["ajout", "retrait", "changement"]
_LISTS: Mapping[str, tuple[str, str]] = {
    "regle": ("règle", "id"),
    "critere": ("critère", "id"),
    "champ": ("champ", "champ"),
    "axe": ("axe", "code"),
    "thematique": ("thématique", "code"),
    "calendrier": ("calendrier", "etape"),
    "piece": ("pièce", "champ"),
    "calcul": ("calcul", "nom"),
    "source": ("source", "fichier"),
    "suivi": ("suivi", "libelle"),
    "ambiguite": ("ambiguïté", "texte"),
}
"""List of the file → what one of its parts is called, and the key that names it."""
_KINDS: Mapping[str, str] = {"enveloppe": "montant", "annee": "texte"}
"""Key of the file → how its number is written."""
_ALONE: Mapping[str, str] = {
    "aide": "aide",
    "supplement": "supplément",
    "priorite": "priorité",
    "paiement": "paiement",
    "ligne": "ligne",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One key that differs. ``partie``: « règle « ge-rib » », or « programme » for the file's own keys.

    ``cle`` is None, and both values are, for a part that is new or gone.
    """

    nature: Nature
    partie: str
    libelle: str
    cle: str | None = None
    avant: str | None = None
    apres: str | None = None


def differences(before: Programme, after: Programme) -> list[Difference]:
    """What ``after`` says otherwise, rules and parameters first. Values as a French reader writes them."""
    old, new = before.file, after.file
    found = list(_parts("règle", _named(old.regle, "id"), _named(new.regle, "id")))
    found += _parts("paramètre", old.parametres, new.parametres)
    for attribute, (word, key) in _LISTS.items():
        if attribute != "regle":
            found += _parts(word, _named(getattr(old, attribute), key), _named(getattr(new, attribute), key))
    for attribute, word in _ALONE.items():
        found += _single(word, getattr(old, attribute), getattr(new, attribute))
    found += _parts("échéance", _named(old.controle.echeance, "nature"), _named(new.controle.echeance, "nature"))
    found += _single("annulation", old.controle.annulation, new.controle.annulation)
    found += _single("récupération", old.controle.recuperation, new.controle.recuperation)
    own = set(type(old).model_fields) - {*_LISTS, *_ALONE, "parametres", "controle"}
    return found + list(_keys("programme", new.titre, _values(old, own), _values(new, own)))


def _named(parts: Iterable[BaseModel], key: str) -> dict[str, BaseModel]:
    return {str(getattr(part, key)): part for part in parts}


def _parts(word: str, old: Mapping[str, BaseModel], new: Mapping[str, BaseModel]) -> Iterator[Difference]:
    for name in dict.fromkeys([*new, *old]):
        yield from _single(f"{word} « {name} »", old.get(name), new.get(name))


def _single(partie: str, old: BaseModel | None, new: BaseModel | None) -> Iterator[Difference]:
    if old is not None and new is not None:
        keys = set(type(new).model_fields)
        yield from _keys(partie, _label(new), _values(old, keys), _values(new, keys))
    elif new is not None:
        yield Difference("ajout", partie, _label(new))
    elif old is not None:
        yield Difference("retrait", partie, _label(old))


def _label(part: BaseModel) -> str:
    return next((str(v) for key in ("libelle", "etape", "titre", "texte") if (v := getattr(part, key, None))), "")


def _values(part: BaseModel, keys: Iterable[str]) -> dict[str, str | None]:
    kind = getattr(part, "type", "")
    return {
        key: _written(getattr(part, key), _KINDS.get(key, kind)) for key in type(part).model_fields if key in set(keys)
    }


def _keys(
    partie: str, label: str, old: Mapping[str, str | None], new: Mapping[str, str | None]
) -> Iterator[Difference]:
    for key, value in new.items():
        if value != old[key]:
            yield Difference("changement", partie, label, key, old[key], value)


def _written(value: Any, kind: str = "") -> str | None:
    """A value of the file in French; None for what is not given."""
    if value is None or value == ():
        return None
    if isinstance(value, bool):
        return formats.yes_no(value)
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, Decimal | int):
        writers: Mapping[str, Callable[[Decimal | int], str]] = {
            "montant": formats.euros,
            "part": lambda part: formats.share(Decimal(part)),
            "texte": str,
        }
        return writers.get(kind, formats.number)(value)
    if isinstance(value, DayOfYear):
        return value.words
    if isinstance(value, BaseModel):
        return ", ".join(filter(None, (_written(getattr(value, key)) for key in type(value).model_fields)))
    if isinstance(value, tuple):
        return " ; ".join(filter(None, (_written(entry) for entry in value)))
    return str(value)

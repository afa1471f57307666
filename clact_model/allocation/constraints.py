"""Floors and ceilings on what a part of the lines receives together."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from clact_model import formats
from clact_model.errors import UsageError

Sens = Literal["min", "max"]
EACH = "*"
"""In the place of a code: each code that the lines bear, on its own."""
CHAMPS: Mapping[str, str] = {
    "secteur": "Secteur",
    "statut": "Statut juridique",
    "departement": "Département",
    "axe": "Axe",
    "enjeu_has": "Enjeu de la boussole HAS",
    "etablissement": "Établissement",
    "entite_juridique": "Entité juridique",
}
"""What can be counted on → its name."""
_THE: Mapping[str, str] = {
    "secteur": "le secteur",
    "statut": "le statut juridique",
    "departement": "le département",
    "axe": "l'axe",
    "enjeu_has": "l'enjeu de la boussole HAS",
    "etablissement": "l'établissement",
    "entite_juridique": "l'entité juridique",
}
_WRITTEN = re.compile(r"(?P<champ>[a-z_]+)=(?P<valeur>.+):(?P<sens>min|max):(?P<borne>[0-9][0-9\s.,]*)\s*(?P<part>%?)")
_EXAMPLE = "secteur=medico_social:min:45% ou departement=67:max:500000"


class ConstraintError(UsageError):
    """A constraint that says nothing that can be followed."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """The least or the most that the lines of one group receive together: an amount in EUR, or a share of the envelope.

    A share is one of the whole envelope, reserve included: what a committee sets before anything is granted.
    """

    champ: str
    valeur: str
    """The code of the group; EACH for every one of them."""
    sens: Sens
    montant: Decimal | None = None
    part: Decimal | None = None
    libelle: str = ""
    """The group in words, when who wrote the constraint knows them."""

    def __post_init__(self) -> None:
        if self.champ not in CHAMPS:
            raise ConstraintError(
                f"« {self.champ} » ne peut pas porter de contrainte ; au choix : {', '.join(CHAMPS)}."
            )
        if (self.montant is None) == (self.part is None):
            raise ConstraintError("Une contrainte porte un montant ou une part, l'un des deux.")
        if self.montant is not None and not (self.montant.is_finite() and 0 <= self.montant == round(self.montant, 2)):
            raise ConstraintError(f"« {self.montant} » n'est pas un montant positif, en euros et centimes.")
        if self.part is not None and not (self.part.is_finite() and 0 <= self.part <= 1):
            raise ConstraintError("Une part de l'enveloppe va de 0 à 100 %.")

    def bound(self, enveloppe: Decimal) -> Decimal:
        """The amount in EUR; a share of a floor is rounded up to the cent, one of a ceiling down."""
        if self.montant is not None:
            return self.montant
        assert self.part is not None
        exact = enveloppe * self.part
        floor = exact.quantize(Decimal("0.01"), rounding="ROUND_DOWN")
        return floor + Decimal("0.01") if self.sens == "min" and floor < exact else floor

    def words(self, valeur: str | None = None) -> str:
        """« au moins 45 % de l'enveloppe pour le secteur « Médico-social » »; ``valeur``: one of the codes of EACH."""
        least = "au moins" if self.sens == "min" else "au plus"
        much = formats.euros(self.montant) if self.montant is not None else f"{formats.share(self.part)} de l'enveloppe"
        champ = CHAMPS[self.champ].lower()
        if self.valeur == EACH:
            return f"{least} {much} par {champ}" + (f" ({valeur})" if valeur else "")
        return f"{least} {much} pour {_THE[self.champ]} « {self.libelle or self.valeur} »"

    def written(self) -> str:
        """As the command line takes it."""
        bound = (
            f"{self.montant:.2f}" if self.montant is not None else f"{((self.part or Decimal(0)) * 100).normalize():f}%"
        )
        return f"{self.champ}={self.valeur}:{self.sens}:{bound}"

    def to_json(self) -> dict[str, Any]:
        """Amounts and shares as strings."""
        return {
            "champ": self.champ,
            "valeur": self.valeur,
            "sens": self.sens,
            "montant": None if self.montant is None else f"{self.montant:.2f}",
            "part": None if self.part is None else str(self.part),
            "libelle": self.libelle,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Constraint":
        """What :meth:`to_json` gave. ConstraintError, KeyError or InvalidOperation when it is something else."""
        return cls(
            kept["champ"],
            kept["valeur"],
            kept["sens"],
            None if kept["montant"] is None else Decimal(kept["montant"]),
            None if kept["part"] is None else Decimal(kept["part"]),
            kept["libelle"],
        )


def read(text: str) -> Constraint:
    """``CHAMP=VALEUR:min|max:MONTANT|PART%`` → the constraint; VALEUR ``*`` for each. Raises ConstraintError."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise ConstraintError(f"« {text} » n'est pas une contrainte : écrivez par exemple {_EXAMPLE}.")
    number = re.sub(r"\s", "", found["borne"]).replace(",", ".")
    try:
        bound = Decimal(number)
    except InvalidOperation as error:
        raise ConstraintError(f"« {found['borne']} » n'est pas un nombre : écrivez par exemple {_EXAMPLE}.") from error
    sens: Sens = "min" if found["sens"] == "min" else "max"
    if found["part"]:
        return Constraint(found["champ"], found["valeur"].strip(), sens, part=bound / 100)
    return Constraint(found["champ"], found["valeur"].strip(), sens, montant=bound)

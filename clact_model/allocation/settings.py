"""What the analyst sets before an allocation."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from clact_model import formats
from clact_model.allocation.lines import Key, Unit
from clact_model.allocation.strategies import DEFAULT, STRATEGIES
from clact_model.errors import UsageError

UNITS: Mapping[str, Unit] = {"dossier": "dossier", "action": "action"}
INCLUDABLE = frozenset({"a_verifier", "a_completer"})
"""Verdicts that the analyst may let in, marked conditional."""
LARGEST = Decimal(10) ** 12
"""What DECIMAL(14, 2) holds, in EUR."""


class SettingsError(UsageError):
    """The settings cannot be followed."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One simulation's settings. Amounts in EUR; raises SettingsError when they cannot be followed."""

    enveloppe: Decimal
    reserve: Decimal = Decimal(0)
    """Kept aside: never granted."""
    strategie: str = DEFAULT
    unite: Unit = "dossier"
    forced_in: frozenset[Key] = frozenset()
    forced_out: frozenset[Key] = frozenset()
    inclure: frozenset[str] = frozenset()
    """Verdicts let in before the instruction is over."""
    part_utile: Decimal = Decimal("0.5")
    """Smallest share 0..1 of its aid that makes sense for the last one served (``dernier_reduit``)."""

    def __post_init__(self) -> None:
        _check_amount("L'enveloppe", self.enveloppe)
        _check_amount("La réserve", self.reserve)
        if self.reserve > self.enveloppe:
            raise SettingsError(
                f"La réserve ({formats.euros(self.reserve)}) dépasse l'enveloppe ({formats.euros(self.enveloppe)})."
            )
        if not 0 < self.part_utile <= 1:
            raise SettingsError("La part utile est une part entre 0 et 1, zéro exclu : 0.5 pour la moitié.")
        _check_known("La stratégie", [self.strategie], STRATEGIES)
        _check_known("L'unité", [self.unite], UNITS)
        _check_known("Le verdict à inclure", self.inclure, INCLUDABLE)
        if both := sorted(label(key) for key in self.forced_in & self.forced_out):
            raise SettingsError(f"À la fois retenu d'office et écarté : {', '.join(both)}. Choisissez l'un des deux.")
        if self.unite == "dossier" and (lines := [k for k in self.forced_in | self.forced_out if k[1] is not None]):
            raise SettingsError(
                f"Par dossier, une ligne seule ne peut être retenue ni écartée ({label(min(lines))}) : "
                "donnez le dossier, ou simulez par action."
            )

    def to_json(self) -> dict[str, Any]:
        """Amounts as strings with two decimals, lists sorted: what a scenario keeps."""
        return {
            "enveloppe": f"{self.enveloppe:.2f}",
            "reserve": f"{self.reserve:.2f}",
            "strategie": self.strategie,
            "unite": self.unite,
            "force": [list(key) for key in _sorted(self.forced_in)],
            "exclure": [list(key) for key in _sorted(self.forced_out)],
            "inclure": sorted(self.inclure),
            "part_utile": str(self.part_utile),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Settings":
        """What :meth:`to_json` gave. SettingsError when it is something else."""
        try:
            return cls(
                enveloppe=Decimal(kept["enveloppe"]),
                reserve=Decimal(kept["reserve"]),
                strategie=kept["strategie"],
                unite=kept["unite"],
                forced_in=frozenset((numero, ligne) for numero, ligne in kept["force"]),
                forced_out=frozenset((numero, ligne) for numero, ligne in kept["exclure"]),
                inclure=frozenset(kept["inclure"]),
                part_utile=Decimal(kept["part_utile"]),
            )
        except (KeyError, TypeError, ValueError, InvalidOperation) as error:
            raise SettingsError("Les réglages gardés avec ce scénario ne sont plus lisibles.") from error


def label(key: Key) -> str:
    """``NUMERO`` or ``NUMERO/LIGNE``."""
    numero, ligne = key
    return numero if ligne is None else f"{numero}/{ligne}"


def _sorted(keys: Collection[Key]) -> list[Key]:
    return sorted(keys, key=lambda key: (key[0], key[1] or 0))


def _check_amount(what: str, value: Decimal) -> None:
    if not value.is_finite() or value < 0 or value >= LARGEST or value != round(value, 2):
        raise SettingsError(f"{what} est un montant positif, en euros et centimes : « {value} » n'en est pas un.")


def _check_known(what: str, given: Collection[str], known: Collection[str]) -> None:
    for code in sorted(given):
        if code not in known:
            raise SettingsError(f"{what} « {code} » n'existe pas ; au choix : {', '.join(sorted(known))}.")

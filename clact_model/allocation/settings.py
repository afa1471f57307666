"""What the analyst sets before an allocation."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from clact_model import formats
from clact_model.allocation.constraints import Constraint
from clact_model.allocation.lines import Key, Unit
from clact_model.allocation.strategies import DEFAULT, STRATEGIES
from clact_model.errors import UsageError

UNITS: Mapping[str, Unit] = {"dossier": "dossier", "action": "action"}
INCLUDABLE = frozenset({"a_verifier", "a_completer"})
"""Verdicts that the analyst may let in, marked conditional."""
LARGEST = Decimal(10) ** 12
"""What DECIMAL(14, 2) holds, in EUR."""
OBJECTIVES: Mapping[str, str] = {
    "score": "Le score",
    "score_agents": "Le score × les agents concernés",
    "agents": "Les agents concernés",
}
"""What the optimum adds up → its name."""


class SettingsError(UsageError):
    """The settings cannot be followed."""


@dataclass(frozen=True, slots=True)
class Supplement:
    """A second envelope on top of the first, for what the programme's supplement is meant for. Amounts in EUR."""

    enveloppe: Decimal
    montant: Decimal
    """What each line that may have it receives, in rank order, while the second envelope holds it."""

    def __post_init__(self) -> None:
        _check_amount("L'enveloppe du supplément", self.enveloppe)
        _check_amount("Le montant du supplément", self.montant)


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
    contraintes: tuple[Constraint, ...] = ()
    """Floors and ceilings that every strategy keeps to."""
    ordre_des_rangs: bool = False
    """An action is funded only with those that its establishment ranks better (of those that may be funded)."""
    dossier_entier: bool = False
    """By action: all the actions of a dossier that may be funded, or none."""
    plancher: Decimal = Decimal(0)
    """Smallest grant that makes sense, EUR: under it, nothing."""
    partiel: bool = False
    """A grant may be less than the aid (``classement*``, ``optimum``; the strategies by rate or share always may)."""
    objectif: str = "score"
    """What ``optimum`` adds up: a code of OBJECTIVES."""
    seuil: Decimal = Decimal(50)
    """Score 0..100 from which ``module`` grants; a score of 100 has the whole aid."""
    supplement: Supplement | None = None

    def __post_init__(self) -> None:
        _check_amount("L'enveloppe", self.enveloppe)
        _check_amount("La réserve", self.reserve)
        if self.reserve > self.enveloppe:
            raise SettingsError(
                f"La réserve ({formats.euros(self.reserve)}) dépasse l'enveloppe ({formats.euros(self.enveloppe)})."
            )
        if not 0 < self.part_utile <= 1:
            raise SettingsError("La part utile est une part entre 0 et 1, zéro exclu : 0.5 pour la moitié.")
        _check_amount("Le plancher", self.plancher)
        if not 0 <= self.seuil < 100:
            raise SettingsError("Le seuil de score va de 0 à 100, 100 exclu.")
        if self.unite == "dossier" and (self.ordre_des_rangs or self.dossier_entier):
            raise SettingsError("L'ordre des rangs et le dossier entier se règlent par action : simulez par action.")
        if self.partiel and (self.ordre_des_rangs or self.dossier_entier):
            raise SettingsError(
                "Une aide en partie ne va ni avec l'ordre des rangs ni avec le dossier entier : choisissez."
            )
        _check_known("L'objectif", [self.objectif], OBJECTIVES)
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
            "contraintes": [constraint.to_json() for constraint in self.contraintes],
            "ordre_des_rangs": self.ordre_des_rangs,
            "dossier_entier": self.dossier_entier,
            "plancher": f"{self.plancher:.2f}",
            "partiel": self.partiel,
            "objectif": self.objectif,
            "seuil": str(self.seuil),
            "supplement": self.supplement
            and {"enveloppe": f"{self.supplement.enveloppe:.2f}", "montant": f"{self.supplement.montant:.2f}"},
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
                **_since(kept),
            )
        except (KeyError, TypeError, ValueError, InvalidOperation) as error:
            raise SettingsError("Les réglages gardés avec ce scénario ne sont plus lisibles.") from error


def _since(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that scenarios saved before them lack: they hold their defaults."""
    if "contraintes" not in kept:
        return {}
    supplement = kept["supplement"]
    return {
        "contraintes": tuple(Constraint.from_json(constraint) for constraint in kept["contraintes"]),
        "ordre_des_rangs": kept["ordre_des_rangs"],
        "dossier_entier": kept["dossier_entier"],
        "plancher": Decimal(kept["plancher"]),
        "partiel": kept["partiel"],
        "objectif": kept["objectif"],
        "seuil": Decimal(kept["seuil"]),
        "supplement": supplement and Supplement(Decimal(supplement["enveloppe"]), Decimal(supplement["montant"])),
    }


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

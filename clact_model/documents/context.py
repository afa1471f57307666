"""What an export says of itself."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from clact_model import formats
from clact_model.allocation import STRATEGIES, Settings
from clact_model.allocation.settings import label
from clact_model.programme import Programme
from clact_model.scenario import Basis
from clact_model.store import author

Value = str | int | Decimal | date | datetime | None
INCLUDED = {"a_verifier": "à vérifier", "a_completer": "à compléter"}


@dataclass(frozen=True, slots=True)
class Context:
    """Where a list comes from. ``quand``: with its zone, the programme's."""

    programme_id: str
    programme_titre: str
    programme_version: str
    version_donnees: int
    aujourdhui: date
    """The day judged."""
    auteur: str
    quand: datetime
    settings: Settings
    ligne: str = "action"
    """What the call names a line."""
    scenario: str | None = None
    """None for a simulation that was not saved."""
    poids: Mapping[str, Decimal] = field(default_factory=dict)
    """Label of each criterion → its weight."""
    parametres: Mapping[str, str] = field(default_factory=dict)
    """Parameters of the programme that the simulation changed."""
    decisions: Sequence[tuple[str, Value]] = ()
    """What the committee decided, in totals: label → value; empty for a simulation."""
    filtres: Mapping[str, str] = field(default_factory=dict)
    """Label of each filter → what it lets through; empty: everything."""
    reaffecte: Decimal = Decimal(0)
    """What was given again on top of the envelope, EUR."""

    @classmethod
    def of(cls, programme: Programme, settings: Settings, basis: Basis, scenario: str | None) -> "Context":
        """What a simulation's lists say of themselves, made now by whoever works."""
        labels = {criterion.id: criterion.libelle for criterion in programme.file.critere}
        return cls(
            programme_id=programme.id,
            programme_titre=programme.titre,
            programme_version=basis.version_programme,
            version_donnees=basis.version_donnees,
            aujourdhui=basis.aujourdhui,
            auteur=author(),
            quand=datetime.now(programme.file.zone),
            settings=settings,
            ligne=programme.line_word,
            scenario=scenario,
            poids={labels.get(name, name): weight for name, weight in basis.poids.items()},
            parametres=basis.parametres,
        )

    def facts(self) -> list[tuple[str, Value]]:
        """Label → value, in reading order; amounts in EUR."""
        return [
            ("Programme", self.programme_titre),
            ("Identifiant du programme", self.programme_id),
            ("Version du programme", self.programme_version),
            ("Version des données", self.version_donnees),
            ("Jour de l'instruction", self.aujourdhui),
            *self.decisions,
            ("Scénario", self.scenario or "Simulation non enregistrée"),
            *self._settings(),
            ("Poids des critères", self._weights()),
            ("Paramètres changés", " ; ".join(f"{k} = {v}" for k, v in self.parametres.items()) or "Aucun"),
            ("Filtres", " ; ".join(f"{k} : {v}" for k, v in self.filtres.items()) or "Aucun : toutes les demandes"),
            ("Auteur", self.auteur),
            (f"Établi le (heure de {self.quand.tzinfo or 'ce poste'})", self.quand),
        ]

    def _weights(self) -> str:
        return " ; ".join(f"{k} : {formats.number(w.normalize())}" for k, w in self.poids.items()) or "Aucun critère"

    def left(self, granted: Decimal) -> Decimal:
        """What the envelope still holds after those grants, with what was given again on top of it, in EUR."""
        return self.settings.enveloppe - self.settings.reserve + self.reaffecte - granted

    def _settings(self) -> list[tuple[str, Value]]:
        settings = self.settings
        strategy = STRATEGIES[settings.strategie]
        return [
            ("Enveloppe (€)", settings.enveloppe),
            ("Réserve (€)", settings.reserve),
            ("Stratégie", f"{strategy.libelle} : {strategy.sens}"),
            ("Unité", f"Par {self.ligne if settings.unite == 'action' else settings.unite}"),
            ("Inclus sous condition", ", ".join(INCLUDED[code] for code in sorted(settings.inclure)) or "Aucun"),
            ("Retenus d'office", ", ".join(sorted(map(label, settings.forced_in))) or "Aucun"),
            ("Écartés", ", ".join(sorted(map(label, settings.forced_out))) or "Aucun"),
            ("Part utile minimale du dernier servi", formats.share(settings.part_utile)),
        ]


def file_name(context: Context, extension: str) -> str:
    """``selection_grand_est_2024_mon_scenario_2024-10-09.xlsx``: letters, figures, dashes, whatever the names hold."""
    words = ["selection", context.programme_id, context.scenario or "", context.quand.date().isoformat()]
    return "_".join(clean for word in words if (clean := _ascii(word))) + f".{extension}"


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9-]+", "_", plain).strip("_-")[:60]

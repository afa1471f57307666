"""The catalogue of actions (``actions.csv``): titles, descriptions and plausible costs by family; which family serves which theme."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Model:
    """One kind of action. Costs in whole EUR."""

    famille: str
    nature: str
    cout_min: int
    cout_max: int
    motorise: bool
    intitule: str
    description: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of a call: its axis, its code, the models that suit it and how often it is chosen."""

    axe: str | None
    code: str | None
    models: tuple[Model, ...]
    weight: int


@cache
def catalogue() -> tuple[Model, ...]:
    """Every model of the catalogue, in its order."""
    with (Path(__file__).parent / "actions.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Model(
                row["famille"],
                row["nature"],
                int(row["cout_min"]),
                int(row["cout_max"]),
                row["motorise"] == "oui",
                row["intitule"],
                row["description"],
            )
            for row in csv.DictReader(lines, delimiter=";")
        )


def family(*names: str, nature: str | None = None) -> tuple[Model, ...]:
    """The models of some families; of one nature when given."""
    return tuple(m for m in catalogue() if m.famille in names and nature in (None, m.nature))


LABELS = {
    "rps": "Prévention des RPS", "tms": "Prévention des TMS", "violence_soignants": "Violences envers les soignants",
    "vss": "Violences sexistes et sexuelles", "sante_mentale": "Santé mentale", "usure_professionnelle": "Usure professionnelle",
    "recrutement": "Attractivité", "formation_sensibilisation": "Formation à la prévention", "organisations_innovantes": "Organisation du travail",
    "integration": "Accueil et intégration", "transformation_qvct": "Démarche QVT", "cooperations": "Coopérations dans les équipes",
    "equilibre_vie": "Équilibre des temps de vie", "sens_teletravail": "Sens du travail et télétravail",
}  # fmt: skip
"""Free words for the theme where a call lists none."""

INDICATORS = {
    "rps": [
        "Score de stress perçu (avant, après)",
        "Nombre de signalements RPS par an",
        "Participation aux groupes de parole",
    ],
    "tms": [
        "Taux d'AT-MP liés à la manutention",
        "Jours d'arrêt pour TMS",
        "Part des transferts faits avec l'aide technique",
    ],
    "violence_soignants": [
        "Nombre d'événements violents déclarés",
        "Part des agents formés",
        "Délai de soutien après agression",
    ],
    "vss": ["Part des agents sensibilisés", "Nombre de signalements traités sous 30 jours"],
    "harcelement": ["Nombre de situations traitées", "Climat social (baromètre annuel)"],
    "sante_mentale": [
        "Taux d'absentéisme de courte durée",
        "Nombre de consultations utilisées",
        "Score de bien-être (OMS-5)",
    ],
    "addictions": ["Nombre d'entretiens anonymes", "Part des cadres formés au repérage"],
    "usure_professionnelle": ["Nombre d'agents maintenus dans l'emploi", "Délai de reclassement"],
    "recrutement": ["Délai moyen de recrutement", "Postes vacants au 31 décembre", "Recours à l'intérim (heures)"],
    "integration": ["Part des recrutés présents à un an", "Satisfaction à trois mois"],
}
OTHER_INDICATORS = [
    "Taux d'absentéisme",
    "Taux de turn-over",
    "Satisfaction des agents (questionnaire)",
    "Nombre d'agents participants",
]

_GRAND_EST = {
    "axe_1": {"rps": 12, "tms": 20, "violence_soignants": 5, "vss": 3, "harcelement": 2, "sante_mentale": 4, "addictions": 2, "usure_professionnelle": 6},
    "axe_2": {"recrutement": 5, "formation_sensibilisation": 8, "accompagnement_carrieres": 4, "organisations_innovantes": 7, "integration": 6},
    "axe_3": {"transformation_qvct": 9, "cooperations": 6, "equilibre_vie": 6, "handicap": 4},
}  # fmt: skip
_ANY = ("rps", "tms", "violence_soignants", "vss", "sante_mentale", "usure_professionnelle", "recrutement", "formation_sensibilisation",
        "organisations_innovantes", "integration", "transformation_qvct", "cooperations", "equilibre_vie", "sens_teletravail")  # fmt: skip

THEMES: dict[str, tuple[Theme, ...]] = {
    "grand_est_2024": tuple(
        Theme(axe, code, family(code), weight) for axe, codes in _GRAND_EST.items() for code, weight in codes.items()
    ),
    "normandie_2025": (
        Theme("domaine_1", "plan_prevention", family("plan_prevention"), 5),
        Theme("domaine_1", "equipement_prevention", family("tms", "usure_professionnelle", nature="equipement"), 10),
        Theme("domaine_1", "securite_soignants", family("violence_soignants"), 4),
        Theme("domaine_2", "formation_detection", family("formation_detection"), 6),
        Theme("domaine_2", "accompagnement_equipes", family("accompagnement_equipes"), 8),
        Theme("domaine_3", "egalite", family("egalite"), 5),
        Theme("domaine_3", "innovation_organisationnelle", family("organisations_innovantes"), 7),
    ),
    "guadeloupe_2023": (
        Theme("volet_1", None, family("organisations_innovantes", "cooperations"), 6),
        Theme(
            "volet_2", None, family("rps", "transformation_qvct", "accompagnement_equipes", "formation_detection"), 8
        ),
        Theme(
            "volet_3",
            None,
            family("recrutement", "integration", "accompagnement_carrieres", "formation_sensibilisation"),
            6,
        ),
        Theme("volet_4", None, family("equipe_mutualisee"), 4),
    ),
    "hauts_de_france_2022": tuple(
        Theme(None, LABELS[name], family(name), 3 if name in ("tms", "transformation_qvct") else 1) for name in _ANY
    ),
}

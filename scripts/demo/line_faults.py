"""What goes wrong with a line, and which lines it can happen to."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from scripts.demo.calls import Call
from scripts.demo.dossiers import Row


def priced(cost: Decimal, rate: str) -> dict[str, Any]:
    asked = (cost * Decimal(rate)).quantize(Decimal(1), ROUND_HALF_UP)
    return {
        "cout_total": cost,
        "cout_hors_taxes": (cost / Decimal("1.2")).quantize(Decimal("0.01"), ROUND_HALF_UP),
        "montant_demande": asked,
        "taux_demande": (asked / cost).quantize(Decimal("0.0001"), ROUND_HALF_UP),
        "autres_aides_publiques": Decimal(0),
        "apport_etablissement": cost - asked,
        "dont_remunerations": Decimal(0),
        "dont_pedagogique": None,
    }


def public_aid(call: Call, rng: Random, row: Row) -> None:
    """More than half of the cost already paid by others: with the ARS, above 80 % of the cost before tax."""
    others = (row["cout_total"] * Decimal("0.45")).quantize(Decimal(1), ROUND_HALF_UP)
    row["autres_aides_publiques"] = others
    row["apport_etablissement"] = row["cout_total"] - row["montant_demande"] - others
    row["lettre_cofinanceur"] = True


def public_aid_without_net_cost(call: Call, rng: Random, row: Row) -> None:
    public_aid(call, rng, row)
    row["cout_hors_taxes"] = None


def some_public_aid(call: Call, rng: Random, row: Row) -> None:
    others = (row["cout_total"] * Decimal("0.2")).quantize(Decimal(1), ROUND_HALF_UP)
    row["autres_aides_publiques"] = others
    row["apport_etablissement"] -= others


def too_small(call: Call, rng: Random, row: Row) -> None:
    row |= priced(Decimal(rng.choice(["24999.99", "18000", "22500", "9800"])), "0.40")


def large(letter: bool | None) -> Callable[[Call, Random, Row], None]:
    def change(call: Call, rng: Random, row: Row) -> None:
        row |= priced(Decimal(rng.choice(["165000", "182000", "210000"])), "0.40") | {
            "lettre_cofinanceur": letter,
            "nature": "accompagnement",
        }

    return change


def very_large(call: Call, rng: Random, row: Row) -> None:
    row |= priced(Decimal(860_000), "0.40") | {"lettre_cofinanceur": True, "nature": "accompagnement"}


def no_contribution(call: Call, rng: Random, row: Row) -> None:
    row |= priced(row["cout_total"], "1")


def late_start(call: Call, rng: Random, row: Row) -> None:
    begin = (
        date(call.debuts[1].year + 1, call.debuts[1].month, 1)
        if call.programme == "guadeloupe_2023"
        else date(2025, 11, 3)
    )
    row |= {"date_debut": begin, "date_fin": min(begin + timedelta(days=240), call.fin)}


def late_end(call: Call, rng: Random, row: Row) -> None:
    row["date_fin"] = call.fin + timedelta(days=rng.randint(20, 160))


def three_years(call: Call, rng: Random, row: Row) -> None:
    row["date_fin"] = row["date_debut"] + timedelta(days=rng.choice([731, 912, 1095]))


BUILDING = {
    "nature": "travaux",
    "intitule": "Création d'une salle de repos par cloisonnement",
    "description": "Cloisons, électricité et peinture d'une salle de repos pour les équipes.",
    "dont_pedagogique": None,
}
POST = {
    "nature": "remuneration",
    "intitule": "Poste de psychologue du travail à mi-temps",
    "description": "Recrutement d'un psychologue à mi-temps, reconduit chaque année.",
    "cree_emploi": True,
    "dont_pedagogique": None,
}
RUNNING = {
    "nature": "fonctionnement",
    "depense_courante": True,
    "intitule": "Renouvellement des tenues et du petit matériel",
    "description": "Achat annuel de tenues professionnelles et de petit matériel de soin.",
    "dont_pedagogique": None,
}
ORDINARY_TRAINING = {
    "depense_courante": True,
    "intitule": "Formation aux gestes et soins d'urgence de niveau 2",
    "description": "Sessions inscrites au plan de formation de l'établissement.",
}
LEGAL = {
    "nature": "equipement",
    "obligation_legale": True,
    "intitule": "Chaussures de sécurité et détecteurs réglementaires",
    "description": "Équipements de protection individuelle dus par l'employeur.",
    "dont_pedagogique": None,
}
GYM = {
    "nature": "equipement",
    "lien_activite": False,
    "intitule": "Aménagement d'une salle de sport pour le personnel",
    "description": "Tapis de course, vélos et appareils de musculation en libre accès.",
    "dont_pedagogique": None,
}
HR_TOOL = {
    "nature": "logiciel",
    "outil_grh": True,
    "intitule": "Logiciel de gestion des carrières et de la paie",
    "description": "Remplacement de l'outil de gestion administrative du personnel.",
    "dont_pedagogique": None,
}
PLANNING = HR_TOOL | {
    "intitule": "Planification assistée par intelligence artificielle",
    "description": "Outil de planning qui tient compte des souhaits et des temps de repos.",
}


BUILDINGS = (
    BUILDING,
    BUILDING
    | {
        "intitule": "Réfection du vestiaire du personnel",
        "description": "Carrelage, douches et casiers du vestiaire des équipes.",
    },
    BUILDING
    | {
        "intitule": "Extension du patio de la salle de pause",
        "description": "Maçonnerie, pergola et éclairage extérieur.",
    },
    BUILDING
    | {
        "intitule": "Élargissement des portes et rampe d'accès",
        "description": "Travaux d'accessibilité des bureaux du personnel.",
    },
)
POSTS = (
    POST,
    POST
    | {
        "intitule": "Recrutement d'un ergonome",
        "description": "Un ergonome à temps plein, en contrat à durée indéterminée.",
    },
    POST
    | {
        "intitule": "Poste d'assistante sociale du personnel",
        "description": "Un mi-temps pérenne pour l'accompagnement social des agents.",
    },
    POST
    | {
        "intitule": "Temps de coordonnateur QVCT",
        "description": "Prise en charge du salaire d'un coordonnateur à 50 %.",
    },
)
RUNNINGS = (
    RUNNING,
    RUNNING
    | {
        "intitule": "Contrat annuel de maintenance des lève-malades",
        "description": "Contrat d'entretien, reconduit chaque année.",
    },
    RUNNING
    | {
        "intitule": "Intérim de remplacement des congés d'été",
        "description": "Heures d'intérim pour assurer la continuité des soins.",
    },
)
LEGALS = (
    LEGAL,
    LEGAL
    | {
        "intitule": "Gants, lunettes et tabliers plombés",
        "description": "Protection individuelle due aux agents exposés aux rayonnements.",
    },
    LEGAL
    | {
        "intitule": "Mise aux normes des armoires à produits chimiques",
        "description": "Armoires ventilées exigées par le code du travail.",
    },
)


def one_of(changes: Sequence[Mapping[str, Any]]) -> Callable[[Call, Random, Row], None]:
    def change(call: Call, rng: Random, row: Row) -> None:
        row.update(rng.choice(changes))

    return change


def prap_training(by_carsat: bool | None) -> Callable[[Call, Random, Row], None]:
    def change(call: Call, rng: Random, row: Row) -> None:
        row |= {
            "nature": "formation",
            "intitule": "Formation d'acteurs de la prévention des risques liés à l'activité physique",
            "description": "Formation d'un acteur par service, avec une observation des postes.",
            "dont_pedagogique": row["cout_total"],
            "prise_en_charge_carsat": by_carsat,
        }

    return change


def natured(*natures: str) -> Callable[[Row, Row], bool]:
    return lambda dossier, row: row["nature"] in natures


def in_axis(*axes: str) -> Callable[[Row, Row], bool]:
    return lambda dossier, row: row["axe"] in axes


def in_theme(*themes: str) -> Callable[[Row, Row], bool]:
    return lambda dossier, row: row["thematique"] in themes


def motorised(dossier: Row, row: Row) -> bool:
    return bool(row["materiel_motorise"])


def only_line(dossier: Row, row: Row) -> bool:
    return len(dossier["actions"]) == 1


def not_training(dossier: Row, row: Row) -> bool:
    return bool(row["nature"] != "formation")


def only_training(dossier: Row, row: Row) -> bool:
    return only_line(dossier, row) and bool(row["nature"] == "formation")


def prevention_equipment(dossier: Row, row: Row) -> bool:
    return bool(row["axe"] == "domaine_1" and row["nature"] == "equipement")


def small_staff(dossier: Row, row: Row) -> bool:
    return bool(dossier["effectif_total"] < 200)

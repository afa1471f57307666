"""What a line of the ledger may say: a closed list, each with the words a reader sees."""

from collections.abc import Mapping
from typing import Literal

Poste = Literal["aide", "supplement"]
Nature = Literal[
    "octroi",
    "convention",
    "tranche",
    "demarrage",
    "versement",
    "bilan",
    "depense",
    "admission",
    "rejet",
    "report",
    "annulation",
    "liberation",
    "a_recuperer",
    "recouvrement",
]

POSTES: Mapping[Poste, str] = {"aide": "Aide", "supplement": "Supplément"}
"""The grants of a dossier, each an account of its own: the aid, and what a second envelope adds."""

NATURES: Mapping[Nature, str] = {
    "octroi": "Subvention accordée",
    "convention": "Convention signée",
    "tranche": "Tranche due",
    "demarrage": "Démarrage constaté",
    "versement": "Versement",
    "bilan": "Bilan reçu",
    "depense": "Dépense présentée",
    "admission": "Dépense admise",
    "rejet": "Dépense rejetée",
    "report": "Report accordé",
    "annulation": "Annulation",
    "liberation": "Crédits libérés",
    "a_recuperer": "À récupérer",
    "recouvrement": "Récupéré",
}

"""The verbs of the base itself and their options."""

from clact_model.cli import verbs_base
from clact_model.cli.options import AddVerb


def add(verb: AddVerb) -> None:
    """The journal, a copy, and back."""
    added = verb("journal", verbs_base.journal, "qui a fait quoi, et quand", programme=False)
    added.add_argument("--programme", metavar="ID", help="d'un programme seulement")
    added.add_argument("--numero", metavar="NUMERO", help="d'un dossier seulement")
    added.add_argument("--limite", type=int, default=1000, metavar="N", help="nombre de lignes (1000)")

    added = verb("sauvegarder", verbs_base.sauvegarder, "copie la base et vérifie la copie", programme=False)
    added.add_argument("--sortie", metavar="FICHIER", required=True, help="la copie à écrire")

    added = verb("restaurer", verbs_base.restaurer, "remet une sauvegarde en place", programme=False)
    added.add_argument("fichier", metavar="FICHIER", help="la sauvegarde")

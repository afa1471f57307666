"""The verbs of what is due and their options."""

from clact_model.cli import options, verbs_due
from clact_model.cli.options import AddVerb
from clact_model.documents.letter_of_reminder import SOON


def add(verb: AddVerb) -> None:
    """What is due, what to recall, and the earlier contracts."""
    added = verb("echeances", verbs_due.echeances, "ce qui est dû, par qui et jusqu'à quand")
    added.add_argument("--numero", metavar="NUMERO", help="d'un dossier seulement")
    options.day(added)
    added.add_argument("--sortie", metavar="FICHIER.ics", help="écrit aussi ce qui reste à tenir comme un calendrier")

    added = verb("relances", verbs_due.relances, "les relances à envoyer, une par établissement")
    options.day(added)
    added.add_argument("--jours", type=int, default=SOON, metavar="N", help=f"rappelle ce qui arrive bientôt ({SOON})")

    added = verb("anterieur", verbs_due.anterieur, "où en sont les contrats antérieurs d'un établissement")
    added.add_argument("numero", metavar="NUMERO", help="le dossier qui demande de nouveau")
    added.add_argument("--confirmer", action="store_true", help="l'écrit dans le dossier")
    added.add_argument("--reprendre", action="store_true", help="remet ce que disait le dossier avant d'être confirmé")
    options.operation(added)

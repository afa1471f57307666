"""The verbs of the instruction and their options."""

from clact_model.cli import options, verbs_instruction
from clact_model.cli.options import AddVerb


def add(verb: AddVerb) -> None:
    """Verdicts, overrides, grades, check sheets."""
    added = verb("instruire", verbs_instruction.instruire, "donne le verdict de chaque dossier")
    added.add_argument("--toutes", action="store_true", help="montre aussi les règles satisfaites")

    added = verb("deroger", verbs_instruction.deroger, "remplace un verdict, avec son motif")
    added.add_argument("numero", metavar="NUMERO", help="le dossier")
    added.add_argument("--ligne", type=int, metavar="N", help="la ligne du dossier (sinon le dossier lui-même)")
    added.add_argument("--verdict", metavar="V", help="le verdict à poser")
    added.add_argument("--motif", metavar="T", help="le motif, obligatoire")
    added.add_argument("--lever", action="store_true", help="rend le verdict calculé")
    options.operation(added)

    added = verb("noter", verbs_instruction.noter, "pose une note de 0 à 5")
    added.add_argument("numero", metavar="NUMERO", help="le dossier")
    added.add_argument("note", metavar="CRITERE=NOTE", help="par exemple dialogue_social=4")
    added.add_argument("--lever", action="store_true", help="retire la note de ce critère (CRITERE seul)")
    options.operation(added)

    added = verb("fiche", verbs_instruction.fiche, "écrit la fiche de contrôle d'un dossier, une page à imprimer")
    added.add_argument("numero", metavar="NUMERO", help="le dossier")
    added.add_argument("--sortie", metavar="FICHIER.html", required=True, help="le fichier à écrire")

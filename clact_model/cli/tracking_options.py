"""The verbs of the follow-up and their options."""

from clact_model import tracking
from clact_model.cli import options, verbs_tracking
from clact_model.cli.french_arguments import FrenchParser
from clact_model.cli.options import AddVerb
from clact_model.ledger import POSTES


def add(verb: AddVerb) -> None:
    """Every verb of the follow-up."""
    added = verb("suivre", verbs_tracking.suivre, "où en est chaque subvention, à un jour donné")
    added.add_argument("numero", nargs="?", metavar="NUMERO", help="un dossier, avec les lignes de son registre")
    options.day(added)

    added = _act(verb, "conventionner", verbs_tracking.conventionner, "inscrit la convention signée d'un dossier")
    added.add_argument("--reference", metavar="N°", required=True, help="son numéro")
    added.add_argument("--forme", choices=tracking.FORMS, default="convention", help="convention ou avenant au CPOM")
    added.add_argument("--indicateurs", metavar="TEXTE", help="les indicateurs qu'elle précise")

    added = _act(verb, "demarrer", verbs_tracking.demarrer, "note le démarrage d'un dossier ou d'une action")
    _action(added)

    added = _act(verb, "verser", verbs_tracking.verser, "inscrit un versement")
    added.add_argument("montant", metavar="MONTANT", help="en euros")
    added.add_argument("--reference", metavar="N°", help="celle du paiement")
    added.add_argument("--tranche", type=int, metavar="N", help="sinon les plus anciennes qui restent à payer")
    added.add_argument("--motif", metavar="TEXTE", help="pour verser ce qui attend encore quelque chose")
    _poste(added)

    added = _act(verb, "recevoir", verbs_tracking.recevoir, "note la réception d'un bilan")
    added.add_argument("--bilan", metavar="AAAA|final", required=True, help="l'année, ou l'évaluation finale")

    added = _act(verb, "justifier", verbs_tracking.justifier, "inscrit une dépense présentée")
    added.add_argument("--facture", metavar="N°", required=True, help="son numéro")
    added.add_argument("--montant", metavar="E", required=True, help="imputé à l'aide ; négatif : un avoir")
    added.add_argument("--tranche", type=int, metavar="N")
    _action(added)
    _poste(added)

    for name, function, sentence, needed in (
        ("admettre", verbs_tracking.admettre, "admet une dépense présentée", False),
        ("rejeter", verbs_tracking.rejeter, "rejette une dépense présentée", True),
    ):
        added = _act(verb, name, function, sentence)
        added.add_argument(
            "mouvement", type=int, metavar="LIGNE", help="la ligne de la dépense (verbe « suivre NUMERO »)"
        )
        _montant(added)
        added.add_argument("--motif", metavar="TEXTE", required=needed)

    added = _act(verb, "reporter", verbs_tracking.reporter, "accorde un report")
    added.add_argument("--au", metavar="AAAA-MM-JJ", required=True, help="le nouveau dernier jour")
    added.add_argument("--tranche", type=int, metavar="N", help="sinon le dernier jour de consommation")
    _action(added)
    _motif(added)

    added = _act(verb, "annuler-action", verbs_tracking.annuler_action, "annule une action, ou toutes")
    _action(added)
    _poste(added)
    _motif(added)

    for name, function, sentence in (
        ("liberer", verbs_tracking.liberer, "libère ce qui ne sera pas versé"),
        ("reclamer", verbs_tracking.reclamer, "note ce qui, versé, est à récupérer"),
    ):
        added = _act(verb, name, function, sentence)
        _montant(added)
        _poste(added)
        _motif(added)

    added = _act(verb, "recouvrer", verbs_tracking.recouvrer, "note ce qui est revenu")
    added.add_argument("--mode", choices=tracking.MODES, required=True)
    added.add_argument("--reference", metavar="N°", required=True, help="la pièce, ou la notification d'imputation")
    _montant(added)
    _poste(added)

    added = _act(verb, "contrepasser", verbs_tracking.contrepasser, "reprend une ligne du registre par une autre")
    added.add_argument("mouvement", type=int, metavar="LIGNE", help="son numéro (verbe « suivre NUMERO »)")
    _motif(added)


def _act(verb: AddVerb, name: str, function: object, sentence: str) -> FrenchParser:
    added = verb(name, function, sentence)
    added.add_argument("numero", metavar="NUMERO", help="le dossier")
    added.add_argument("--le", metavar="AAAA-MM-JJ", help="le jour qui compte (sinon aujourd'hui)")
    options.operation(added)
    return added


def _action(added: FrenchParser) -> None:
    added.add_argument("--action", type=int, metavar="LIGNE", help="sinon tout le dossier")


def _poste(added: FrenchParser) -> None:
    added.add_argument(
        "--poste", choices=POSTES, default="aide", help="l'aide, ou le supplément de la seconde enveloppe"
    )


def _montant(added: FrenchParser) -> None:
    added.add_argument("--montant", metavar="E", help="sinon tout ce qui peut l'être")


def _motif(added: FrenchParser) -> None:
    added.add_argument("--motif", metavar="TEXTE", required=True, help="gardé au registre")

"""What may be set before an envelope is shared out: the options that several verbs take."""

from clact_model.allocation import CHAMPS, OBJECTIVES, STRATEGIES
from clact_model.cli.french_arguments import FrenchParser


def ranking(added: FrenchParser) -> None:
    """The weights of the criteria."""
    added.add_argument("--poids", action="append", default=[], metavar="CRITERE=2", help="change un poids")


def simulation(added: FrenchParser) -> None:
    """All that a simulation may be given: weights, parameters of the call, allocation."""
    ranking(added)
    added.add_argument("--parametre", action="append", default=[], metavar="NOM=VALEUR", help="change un paramètre")
    allocation(added)


def allocation(added: FrenchParser) -> None:
    """The envelope, what it is shared between, and the strategy."""
    added.add_argument("--enveloppe", metavar="E", help="en euros (sinon celle du programme)")
    added.add_argument("--reserve", metavar="E", default="0", help="mise de côté, en euros")
    added.add_argument("--unite", choices=["dossier", "action"], default="dossier", help="dossier ou action")
    strategy(added)


def strategy(added: FrenchParser) -> None:
    """How it is shared out: the strategy, what is forced, the bounds that every strategy keeps to."""
    added.add_argument("--strategie", metavar="S", default="classement_continu", help=", ".join(STRATEGIES))
    added.add_argument("--force", action="append", default=[], metavar="NUMERO[/LIGNE]", help="retenu d'office")
    added.add_argument("--exclure", action="append", default=[], metavar="NUMERO[/LIGNE]", help="écarté")
    added.add_argument("--inclure", action="append", default=[], metavar="VERDICT", help="a_verifier ou a_completer")
    added.add_argument("--part-utile", default="0.5", metavar="PART", help="part minimale de la dernière aide (0.5)")
    _constraints(added)


def _constraints(added: FrenchParser) -> None:
    added.add_argument(
        "--contrainte",
        action="append",
        default=[],
        metavar="CHAMP=VALEUR:min|max:MONTANT|PART%",
        help=f"borne un groupe, « * » pour chacun ; CHAMP : {', '.join(CHAMPS)}",
    )
    added.add_argument("--plancher", metavar="E", default="0", help="plus petit montant accordé, en euros")
    added.add_argument("--partiel", action="store_true", help="une aide peut être accordée en partie")
    added.add_argument("--ordre-des-rangs", action="store_true", help="une action de rang 2 seulement avec son rang 1")
    added.add_argument(
        "--dossier-entier", action="store_true", help="par action : toutes celles d'un dossier, ou aucune"
    )
    added.add_argument("--objectif", metavar="O", default="score", help=f"de l'optimum : {', '.join(OBJECTIVES)}")
    added.add_argument("--seuil", metavar="S", default="50", help="score à partir duquel « module » accorde (50)")
    added.add_argument("--supplement", metavar="E", help="montant du supplément de chaque demande qui peut l'avoir")
    added.add_argument("--supplement-enveloppe", metavar="E", help="enveloppe du supplément, en plus de l'autre")

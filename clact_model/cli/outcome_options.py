"""The verbs of what a call's money becomes, and their options."""

from clact_model.cli import allocation_options, options, verbs_consumption, verbs_impact, verbs_reallocation
from clact_model.cli.options import AddVerb


def add(verb: AddVerb) -> None:
    """What is given again, what is consumed, what the grants changed."""
    added = verb(
        "reaffecter", verbs_reallocation.reaffecter, "répartit ce qui est revenu entre les demandes en attente"
    )
    allocation_options.ranking(added)
    allocation_options.strategy(added)
    # None: the strategy of the scenario adopted.
    added.set_defaults(strategie=None)
    added.add_argument("--date", metavar="AAAA-MM-JJ", help="ce qui est revenu à ce jour (sinon aujourd'hui)")
    added.add_argument("--surprogrammation", metavar="TAUX", help="1.04 : compter sur le retour de 4 %% de l'enveloppe")
    added.add_argument("--enregistrer", metavar="NOM", help="garde la réaffectation sous ce nom")
    added.add_argument("--remplacer", action="store_true", help="remplace le scénario de ce nom")
    added.add_argument("--scenario", metavar="NOM", help="une réaffectation enregistrée (sinon les options ci-dessus)")
    added.add_argument("--adopter", action="store_true", help="en fait des propositions de décision")
    added.add_argument("--rendre", metavar="MOTIF", help="rend d'abord ce qui a été réaffecté et n'est pas accordé")
    options.operation(added)

    added = verb("consommation", verbs_consumption.consommation, "qui consomme, qui est en retard, ce qui reviendra")
    options.day(added)

    added = verb("bilan", verbs_impact.bilan, "ce que l'appel a donné : sommes, indicateurs, avant et après")
    options.day(added)
    added.add_argument("--annee", type=int, metavar="AAAA", help="l'année « après » (sinon la dernière mesurée)")
    added.add_argument(
        "--avant", type=int, metavar="AAAA", help="l'année « avant » (sinon ce que disent les candidatures)"
    )
    added.add_argument("--numero", metavar="NUMERO", help="les années de l'établissement de ce dossier")
    added.add_argument("--sortie", metavar="FICHIER.xlsx", help="écrit aussi le classeur du bilan")

    added = verb("indicateurs", verbs_impact.indicateurs, "les indicateurs promis : les liste, les saisit, les importe")
    added.add_argument("numero", nargs="?", metavar="NUMERO", help="un dossier (sinon tous)")
    added.add_argument("--nom", metavar="TEXTE", help="l'indicateur à saisir")
    added.add_argument("--unite", metavar="U", help="par exemple %% ou jours")
    added.add_argument("--reference", metavar="AAAA=VALEUR", help="la valeur de départ et son année")
    added.add_argument("--cible", metavar="VALEUR", help="la valeur promise")
    added.add_argument("--sens", choices=verbs_impact.SENS, help="ce qui est une amélioration")
    added.add_argument("--mesure", metavar="12|24=VALEUR", help="la valeur mesurée à 12 ou 24 mois")
    added.add_argument("--le", metavar="AAAA-MM-JJ", help="jour de la mesure")
    added.add_argument("--retirer", metavar="MOTIF", help="retire l'indicateur")
    added.add_argument("--modele", metavar="FICHIER.xlsx", help="écrit le classeur à remplir")
    added.add_argument(
        "--annee", type=int, metavar="AAAA", help="avec --modele : l'année à mesurer (sinon la dernière)"
    )
    added.add_argument("--importer", metavar="FICHIER.xlsx", help="reprend le classeur rempli")
    added.add_argument("--simulation", action="store_true", help="avec --importer : dit ce qui se passerait")
    options.operation(added)

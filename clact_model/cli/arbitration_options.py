"""The verbs of the arbitration and their options."""

from clact_model.cli import (
    allocation_options,
    options,
    verbs_arbitration,
    verbs_robustness,
    verbs_scenarios,
    verbs_whatif,
    verbs_why,
)
from clact_model.cli.french_arguments import FrenchParser
from clact_model.cli.options import AddVerb
from clact_model.documents import WRITERS


def add(verb: AddVerb) -> None:
    """Ranks, simulations, why and how sure, rules on trial, scenarios, the selection list."""
    added = verb("classer", verbs_arbitration.classer, "classe les dossiers")
    allocation_options.ranking(added)

    added = verb("simuler", verbs_arbitration.simuler, "répartit une enveloppe", programme=False)
    added.add_argument("--programme", metavar="ID", help="le programme (inutile avec --liste)")
    allocation_options.simulation(added)
    added.add_argument("--liste", metavar="F.csv", help="une liste seule : colonnes id, cout, score")
    added.add_argument("--enregistrer", metavar="NOM", help="garde la simulation sous ce nom")
    added.add_argument("--remplacer", action="store_true", help="remplace le scénario de ce nom")
    added.add_argument("--note", metavar="TEXTE", help="avec --enregistrer : une note sur le scénario")
    options.operation(added)

    added = verb("pourquoi", verbs_why.pourquoi, "pourquoi une demande est financée ou non, et ce qui le changerait")
    added.add_argument("numero", metavar="NUMERO[/LIGNE]", help="la demande")
    allocation_options.simulation(added)

    added = verb(
        "robustesse", verbs_robustness.robustesse, "dit ce que d'autres poids changeraient, sur de nombreux tirages"
    )
    allocation_options.simulation(added)
    added.add_argument("--tirages", type=int, default=10_000, metavar="N", help="nombre de tirages (10000)")
    added.add_argument(
        "--ecart", default="0.5", metavar="PART", help="chaque poids varie d'autant, en plus ou en moins (0.5)"
    )
    added.add_argument("--graine", type=int, default=1, metavar="N", help="la même donne les mêmes tirages (1)")

    added = verb("parametre", verbs_whatif.parametre, "essaie d'autres règles, ou celles d'un autre programme")
    allocation_options.allocation(added)
    _changes(added)
    added.add_argument("--sous-programme", metavar="ID", help="les mêmes dossiers sous cet autre programme")

    added = verb(
        "scenarios", verbs_scenarios.scenarios, "liste les scénarios, ou en montre un ; l'annote, le verrouille…"
    )
    added.add_argument("nom", nargs="?", metavar="NOM", help="un scénario (sinon la liste)")
    added.add_argument("--noter", metavar="TEXTE", help="lui ajoute une note")
    added.add_argument("--copier", metavar="NOUVEAU", help="le copie sous un autre nom")
    added.add_argument("--renommer", metavar="NOUVEAU", help="lui donne un autre nom")
    added.add_argument("--verrouiller", metavar="MOTIF", help="ni remplacé, ni renommé, ni supprimé")
    added.add_argument("--deverrouiller", metavar="MOTIF", help="lève le verrou")
    added.add_argument("--supprimer", action="store_true", help="le supprime")
    added.add_argument("--rejouer", action="store_true", help="le rejoue aujourd'hui, n'écrit rien")
    options.operation(added)

    added = verb("comparer", verbs_scenarios.comparer, "compare de deux à quatre scénarios")
    added.add_argument("noms", nargs="+", metavar="NOM", help="le premier sert de référence")

    added = verb("exporter", verbs_arbitration.exporter, "écrit la liste de sélection")
    allocation_options.simulation(added)
    added.add_argument("--scenario", metavar="NOM", help="un scénario enregistré (sinon les options ci-dessus)")
    added.add_argument("--format", choices=sorted(WRITERS), help="sinon celui du nom du fichier")
    added.add_argument("--decisions", action="store_true", help="ce qui est proposé, décidé et notifié")
    added.add_argument("--sortie", metavar="FICHIER", required=True, help="le fichier à écrire")


def _changes(added: FrenchParser) -> None:
    # One list for all: changes are made in the order in which they are written.
    for option, metavar, sentence in verbs_whatif.CHANGES:
        added.add_argument(
            f"--{option}",
            action="append",
            dest="changements",
            default=[],
            type=verbs_whatif.noted(option),
            metavar=metavar,
            help=sentence,
        )
    added.set_defaults(parametre=[], poids=[])

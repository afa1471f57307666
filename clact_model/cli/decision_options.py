"""The verbs of the decisions and their options."""

from clact_model.cli import options, verbs_decisions
from clact_model.cli.options import AddVerb


def add(verb: AddVerb) -> None:
    """A scenario adopted, decided line by line, notified, locked."""
    added = verb("adopter", verbs_decisions.adopter, "fait d'un scénario des propositions de décision")
    added.add_argument("--scenario", metavar="NOM", required=True, help="un scénario enregistré")
    added.add_argument("--accepter", action="store_true", help="garde ce qui est déjà décidé, remplace le reste")
    options.operation(added)

    added = verb("decider", verbs_decisions.decider, "décide d'une demande, ou confirme toutes les propositions")
    added.add_argument("demande", nargs="?", metavar="NUMERO[/LIGNE]", help="la demande")
    added.add_argument("--tous", action="store_true", help="confirme toutes les propositions")
    added.add_argument("--statut", choices=verbs_decisions.STATUTS, help="ce qui est décidé ; propose : revient dessus")
    added.add_argument("--montant", metavar="E", help="accordé, en euros (sinon celui de la proposition)")
    added.add_argument("--deroger-au-plafond", action="store_true", help="au-dessus de l'aide maximale")
    added.add_argument("--motif", metavar="TEXTE", help="la raison, gardée au journal")
    added.add_argument("--comite", metavar="AAAA-MM-JJ", help="jour du comité (sinon aujourd'hui)")
    options.operation(added)

    added = verb("notifier", verbs_decisions.notifier, "note que des décisions sont notifiées")
    added.add_argument("demande", nargs="*", metavar="NUMERO[/LIGNE]", help="les demandes")
    added.add_argument("--tous", action="store_true", help="toutes les décisions qui peuvent l'être")
    added.add_argument("--le", metavar="AAAA-MM-JJ", help="jour de la notification (sinon aujourd'hui)")
    added.add_argument("--annuler", action="store_true", help="la notification n'a pas eu lieu")
    added.add_argument("--motif", metavar="TEXTE", help="la raison, avec --annuler")
    options.operation(added)

    for name, function, sentence in (
        ("verrouiller", verbs_decisions.verrouiller, "verrouille la sélection : plus rien n'y change"),
        ("deverrouiller", verbs_decisions.deverrouiller, "déverrouille la sélection"),
    ):
        added = verb(name, function, sentence)
        added.add_argument("--motif", metavar="TEXTE", required=True, help="la raison, gardée au journal")
        options.operation(added)

    verb("decisions", verbs_decisions.decisions, "les décisions et ce qui reste de l'enveloppe")

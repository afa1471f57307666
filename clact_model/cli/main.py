"""Reads the arguments, calls the verb, prints its one answer, gives the exit status."""

import argparse
import sys
from collections.abc import Iterable, Sequence

from clact_model.allocation import CHAMPS, OBJECTIVES, STRATEGIES
from clact_model.cli import (
    due_options,
    tracking_options,
    verbs_arbitration,
    verbs_base,
    verbs_campaign,
    verbs_consumption,
    verbs_decisions,
    verbs_impact,
    verbs_imports,
    verbs_instruction,
    verbs_reallocation,
    verbs_references,
    verbs_robustness,
    verbs_scenarios,
    verbs_tracking_files,
    verbs_whatif,
    verbs_why,
)
from clact_model.cli.french_arguments import FrenchParser
from clact_model.documents import WRITERS
from clact_model.errors import ClactError, UsageError
from clact_model.store import BaseBusyError

REFUSED, WRONG_USAGE, BUSY = 1, 2, 3


def main(arguments: Sequence[str]) -> int:
    """Run one verb. 0; 1 for refused input; 2 for wrong usage; 3 when another process holds the base; 4 for a question."""
    parsed = parser().parse_args(list(arguments))
    parsed.complain = _complain
    try:
        status, answer = parsed.verb(parsed)
    except UsageError as error:
        _complain([str(error)])
        return WRONG_USAGE
    except BaseBusyError as error:
        _complain([str(error)])
        return BUSY
    except ClactError as error:
        _complain([str(error)])
        return REFUSED
    print(answer)
    return int(status)


def _complain(sentences: Iterable[str]) -> None:
    for sentence in sentences:
        print(f"Erreur : {sentence}", file=sys.stderr)


def parser() -> argparse.ArgumentParser:
    """Every verb with its options."""
    top = FrenchParser(prog="python -m clact_model", description="Conduit un appel à projets CLACT.")
    verbs = top.add_subparsers(title="verbes", metavar="VERBE", required=True, dest="nom_du_verbe")

    def verb(name: str, function: object, sentence: str, base: bool = True, programme: bool = True) -> FrenchParser:
        added: FrenchParser = verbs.add_parser(name, help=sentence, description=sentence)
        added.set_defaults(verb=function)
        added.add_argument("--json", action="store_true", help="répond en JSON")
        if base:
            added.add_argument("--base", metavar="FICHIER", help="la base (sinon CLACT_BASE, sinon data/clact.duckdb)")
        if programme:
            added.add_argument("--programme", metavar="ID", required=True, help="le programme (voir « programmes »)")
        return added

    added = verb("programmes", verbs_campaign.programmes, "les programmes lus", base=False, programme=False)
    added.add_argument("--verifier", metavar="FICHIER.toml", help="vérifie ce fichier de programme, sans rien écrire")

    added = verb("modele", verbs_campaign.modele, "écrit le classeur vide d'un programme", base=False)
    added.add_argument("--sortie", metavar="FICHIER.xlsx", required=True, help="le classeur à écrire")
    added.add_argument("--a-plat", action="store_true", help="une seule feuille, une ligne par action")

    added = verb("importer", verbs_campaign.importer, "importe des fichiers")
    added.add_argument(
        "fichiers", nargs="*", metavar="FICHIER", help="xlsx, ods, csv, ou réponse JSON de la plateforme"
    )
    added.add_argument(
        "--demarche", type=int, metavar="N", help="lit la démarche N sur la plateforme (jeton dans CLACT_JETON_DS)"
    )
    added.add_argument("--depuis", metavar="AAAA-MM-JJ", help="avec --demarche : ce qui a changé depuis ce jour")
    added.add_argument("--tout", action="store_true", help="avec --demarche : relit tous les dossiers")
    added.add_argument("--simulation", action="store_true", help="dit ce qui se passerait, n'écrit rien")
    added.add_argument("--accepter", action="store_true", help="répond aux questions par le choix proposé")
    added.add_argument("--partiel", action="store_true", help="le fichier ne contient pas tous les dossiers")
    added.add_argument(
        "--correspondance", metavar="NOM", help="lit les colonnes comme cette correspondance enregistrée"
    )
    added.add_argument(
        "--recu-le", metavar="AAAA-MM-JJ", help="d'un état récapitulatif : le jour de sa réception (sinon aujourd'hui)"
    )
    added.add_argument(
        "--annoter", metavar="DOSSIER", help="y écrit une copie des fichiers, les cellules en cause annotées"
    )
    _operation_option(added)

    added = verb("etat", verbs_tracking_files.etat, "écrit l'état récapitulatif à remplir, d'un dossier ou de tous")
    added.add_argument(
        "numero", nargs="?", metavar="NUMERO", help="le dossier (sinon tous ceux qui ont une subvention)"
    )
    added.add_argument(
        "--sortie", metavar="FICHIER", required=True, help="un .xlsx, un .zip pour tous, ou un dossier qui existe"
    )

    added = verb("rapprocher", verbs_tracking_files.rapprocher, "rapproche une extraction de paiements des subventions")
    added.add_argument("fichier", metavar="FICHIER", help="csv, xlsx ou ods : référence, montant, date, bénéficiaire…")
    added.add_argument("--accepter", action="store_true", help="inscrit les paiements sûrs, laisse les autres")
    added.add_argument(
        "--confirmer",
        action="append",
        default=[],
        metavar="LIGNE=NUMERO",
        help="inscrit le paiement de cette ligne du fichier sur ce dossier (NUMERO/supplement pour le supplément)",
    )
    _operation_option(added)

    verb("historique", verbs_imports.historique, "les imports écrits, le dernier en tête")

    added = verb(
        "annuler", verbs_imports.annuler, "annule un import : remet ce qu'il a remplacé, retire ce qu'il a créé"
    )
    added.add_argument("importation", nargs="?", metavar="IMPORT", help="son identifiant (sinon le dernier import)")
    added.add_argument("--simulation", action="store_true", help="dit ce qui se passerait, n'écrit rien")
    _operation_option(added)

    added = verb(
        "reference",
        verbs_references.reference,
        "charge les référentiels FINESS et GHT ; vérifie, complète",
        programme=False,
    )
    added.add_argument("fichiers", nargs="*", metavar="FICHIER", help="extraction FINESS, flux de l'ANS, liste des GHT")
    added.add_argument("--programme", metavar="ID", help="avec --verifier ou --completer")
    added.add_argument("--verifier", action="store_true", help="liste ce que les dossiers disent autrement")
    added.add_argument("--completer", action="store_true", help="écrit ce que les dossiers laissent vide")
    added.add_argument("--accepter", action="store_true", help="charge même une extraction plus ancienne")
    _operation_option(added)

    verb("lister", verbs_campaign.lister, "montre ce que la base contient")

    added = verb("instruire", verbs_instruction.instruire, "donne le verdict de chaque dossier")
    added.add_argument("--toutes", action="store_true", help="montre aussi les règles satisfaites")

    added = verb("deroger", verbs_instruction.deroger, "remplace un verdict, avec son motif")
    added.add_argument("numero", metavar="NUMERO", help="le dossier")
    added.add_argument("--ligne", type=int, metavar="N", help="la ligne du dossier (sinon le dossier lui-même)")
    added.add_argument("--verdict", metavar="V", help="le verdict à poser")
    added.add_argument("--motif", metavar="T", help="le motif, obligatoire")
    added.add_argument("--lever", action="store_true", help="rend le verdict calculé")
    _operation_option(added)

    added = verb("noter", verbs_instruction.noter, "pose une note de 0 à 5")
    added.add_argument("numero", metavar="NUMERO", help="le dossier")
    added.add_argument("note", metavar="CRITERE=NOTE", help="par exemple dialogue_social=4")
    added.add_argument("--lever", action="store_true", help="retire la note de ce critère (CRITERE seul)")
    _operation_option(added)

    added = verb("fiche", verbs_instruction.fiche, "écrit la fiche de contrôle d'un dossier, une page à imprimer")
    added.add_argument("numero", metavar="NUMERO", help="le dossier")
    added.add_argument("--sortie", metavar="FICHIER.html", required=True, help="le fichier à écrire")

    added = verb("classer", verbs_arbitration.classer, "classe les dossiers")
    _ranking_options(added)

    added = verb("simuler", verbs_arbitration.simuler, "répartit une enveloppe", programme=False)
    added.add_argument("--programme", metavar="ID", help="le programme (inutile avec --liste)")
    _simulation_options(added)
    added.add_argument("--liste", metavar="F.csv", help="une liste seule : colonnes id, cout, score")
    added.add_argument("--enregistrer", metavar="NOM", help="garde la simulation sous ce nom")
    added.add_argument("--remplacer", action="store_true", help="remplace le scénario de ce nom")
    added.add_argument("--note", metavar="TEXTE", help="avec --enregistrer : une note sur le scénario")
    _operation_option(added)

    added = verb("pourquoi", verbs_why.pourquoi, "pourquoi une demande est financée ou non, et ce qui le changerait")
    added.add_argument("numero", metavar="NUMERO[/LIGNE]", help="la demande")
    _simulation_options(added)
    added = verb(
        "robustesse", verbs_robustness.robustesse, "dit ce que d'autres poids changeraient, sur de nombreux tirages"
    )
    _simulation_options(added)
    added.add_argument("--tirages", type=int, default=10_000, metavar="N", help="nombre de tirages (10000)")
    added.add_argument(
        "--ecart", default="0.5", metavar="PART", help="chaque poids varie d'autant, en plus ou en moins (0.5)"
    )
    added.add_argument("--graine", type=int, default=1, metavar="N", help="la même donne les mêmes tirages (1)")
    added = verb("parametre", verbs_whatif.parametre, "essaie d'autres règles, ou celles d'un autre programme")
    _allocation_options(added)
    _change_options(added)
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
    _operation_option(added)

    added = verb("comparer", verbs_scenarios.comparer, "compare de deux à quatre scénarios")
    added.add_argument("noms", nargs="+", metavar="NOM", help="le premier sert de référence")

    added = verb("exporter", verbs_arbitration.exporter, "écrit la liste de sélection")
    _simulation_options(added)
    added.add_argument("--scenario", metavar="NOM", help="un scénario enregistré (sinon les options ci-dessus)")
    added.add_argument("--format", choices=sorted(WRITERS), help="sinon celui du nom du fichier")
    added.add_argument("--decisions", action="store_true", help="ce qui est proposé, décidé et notifié")
    added.add_argument("--sortie", metavar="FICHIER", required=True, help="le fichier à écrire")

    added = verb("adopter", verbs_decisions.adopter, "fait d'un scénario des propositions de décision")
    added.add_argument("--scenario", metavar="NOM", required=True, help="un scénario enregistré")
    added.add_argument("--accepter", action="store_true", help="garde ce qui est déjà décidé, remplace le reste")
    _operation_option(added)

    added = verb("decider", verbs_decisions.decider, "décide d'une demande, ou confirme toutes les propositions")
    added.add_argument("demande", nargs="?", metavar="NUMERO[/LIGNE]", help="la demande")
    added.add_argument("--tous", action="store_true", help="confirme toutes les propositions")
    added.add_argument("--statut", choices=verbs_decisions.STATUTS, help="ce qui est décidé ; propose : revient dessus")
    added.add_argument("--montant", metavar="E", help="accordé, en euros (sinon celui de la proposition)")
    added.add_argument("--deroger-au-plafond", action="store_true", help="au-dessus de l'aide maximale")
    added.add_argument("--motif", metavar="TEXTE", help="la raison, gardée au journal")
    added.add_argument("--comite", metavar="AAAA-MM-JJ", help="jour du comité (sinon aujourd'hui)")
    _operation_option(added)

    added = verb("notifier", verbs_decisions.notifier, "note que des décisions sont notifiées")
    added.add_argument("demande", nargs="*", metavar="NUMERO[/LIGNE]", help="les demandes")
    added.add_argument("--tous", action="store_true", help="toutes les décisions qui peuvent l'être")
    added.add_argument("--le", metavar="AAAA-MM-JJ", help="jour de la notification (sinon aujourd'hui)")
    added.add_argument("--annuler", action="store_true", help="la notification n'a pas eu lieu")
    added.add_argument("--motif", metavar="TEXTE", help="la raison, avec --annuler")
    _operation_option(added)

    for name, function, sentence in (
        ("verrouiller", verbs_decisions.verrouiller, "verrouille la sélection : plus rien n'y change"),
        ("deverrouiller", verbs_decisions.deverrouiller, "déverrouille la sélection"),
    ):
        added = verb(name, function, sentence)
        added.add_argument("--motif", metavar="TEXTE", required=True, help="la raison, gardée au journal")
        _operation_option(added)

    verb("decisions", verbs_decisions.decisions, "les décisions et ce qui reste de l'enveloppe")

    tracking_options.add(verb)
    due_options.add(verb)

    added = verb(
        "reaffecter", verbs_reallocation.reaffecter, "répartit ce qui est revenu entre les demandes en attente"
    )
    _ranking_options(added)
    _strategy_options(added)
    # None: the strategy of the scenario adopted.
    added.set_defaults(strategie=None)
    added.add_argument("--date", metavar="AAAA-MM-JJ", help="ce qui est revenu à ce jour (sinon aujourd'hui)")
    added.add_argument("--surprogrammation", metavar="TAUX", help="1.04 : compter sur le retour de 4 %% de l'enveloppe")
    added.add_argument("--enregistrer", metavar="NOM", help="garde la réaffectation sous ce nom")
    added.add_argument("--remplacer", action="store_true", help="remplace le scénario de ce nom")
    added.add_argument("--scenario", metavar="NOM", help="une réaffectation enregistrée (sinon les options ci-dessus)")
    added.add_argument("--adopter", action="store_true", help="en fait des propositions de décision")
    added.add_argument("--rendre", metavar="MOTIF", help="rend d'abord ce qui a été réaffecté et n'est pas accordé")
    _operation_option(added)

    added = verb("consommation", verbs_consumption.consommation, "qui consomme, qui est en retard, ce qui reviendra")
    added.add_argument("--date", metavar="AAAA-MM-JJ", help="passé ou à venir (sinon aujourd'hui)")

    added = verb("bilan", verbs_impact.bilan, "ce que l'appel a donné : sommes, indicateurs, avant et après")
    added.add_argument("--date", metavar="AAAA-MM-JJ", help="passé ou à venir (sinon aujourd'hui)")
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
    _operation_option(added)

    added = verb("journal", verbs_base.journal, "qui a fait quoi, et quand", programme=False)
    added.add_argument("--programme", metavar="ID", help="d'un programme seulement")
    added.add_argument("--numero", metavar="NUMERO", help="d'un dossier seulement")
    added.add_argument("--limite", type=int, default=1000, metavar="N", help="nombre de lignes (1000)")

    added = verb("sauvegarder", verbs_base.sauvegarder, "copie la base et vérifie la copie", programme=False)
    added.add_argument("--sortie", metavar="FICHIER", required=True, help="la copie à écrire")

    added = verb("restaurer", verbs_base.restaurer, "remet une sauvegarde en place", programme=False)
    added.add_argument("fichier", metavar="FICHIER", help="la sauvegarde")
    return top


def _operation_option(added: FrenchParser) -> None:
    # A script that does not know whether it was heard calls again with the same id: it is done once.
    added.add_argument("--operation", metavar="ID", help="identifie l'écriture : deux fois le même, écrit une fois")


def _ranking_options(added: FrenchParser) -> None:
    added.add_argument("--poids", action="append", default=[], metavar="CRITERE=2", help="change un poids")


def _change_options(added: FrenchParser) -> None:
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


def _simulation_options(added: FrenchParser) -> None:
    _ranking_options(added)
    added.add_argument("--parametre", action="append", default=[], metavar="NOM=VALEUR", help="change un paramètre")
    _allocation_options(added)


def _allocation_options(added: FrenchParser) -> None:
    added.add_argument("--enveloppe", metavar="E", help="en euros (sinon celle du programme)")
    added.add_argument("--reserve", metavar="E", default="0", help="mise de côté, en euros")
    added.add_argument("--unite", choices=["dossier", "action"], default="dossier", help="dossier ou action")
    _strategy_options(added)


def _strategy_options(added: FrenchParser) -> None:
    added.add_argument("--strategie", metavar="S", default="classement_continu", help=", ".join(STRATEGIES))
    added.add_argument("--force", action="append", default=[], metavar="NUMERO[/LIGNE]", help="retenu d'office")
    added.add_argument("--exclure", action="append", default=[], metavar="NUMERO[/LIGNE]", help="écarté")
    added.add_argument("--inclure", action="append", default=[], metavar="VERDICT", help="a_verifier ou a_completer")
    added.add_argument("--part-utile", default="0.5", metavar="PART", help="part minimale de la dernière aide (0.5)")
    _constraint_options(added)


def _constraint_options(added: FrenchParser) -> None:
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

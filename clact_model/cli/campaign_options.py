"""The verbs of a call and of its files, and their options."""

from clact_model.cli import options, verbs_campaign, verbs_imports, verbs_references, verbs_tracking_files
from clact_model.cli.french_arguments import FrenchParser
from clact_model.cli.options import AddVerb


def add(verb: AddVerb) -> None:
    """The programmes, what goes out empty and comes in filled, imports taken back, the registers."""
    _programmes(verb)
    _imports(verb)
    _files_of_the_follow_up(verb)
    _past_imports(verb)
    _registers(verb)
    verb("lister", verbs_campaign.lister, "montre ce que la base contient")


def _programmes(verb: AddVerb) -> None:
    added = verb("programmes", verbs_campaign.programmes, "les programmes lus", base=False, programme=False)
    added.add_argument("--verifier", metavar="FICHIER.toml", help="vérifie ce fichier de programme, sans rien écrire")

    added = verb("modele", verbs_campaign.modele, "écrit le classeur vide d'un programme", base=False)
    added.add_argument("--sortie", metavar="FICHIER.xlsx", required=True, help="le classeur à écrire")
    added.add_argument("--a-plat", action="store_true", help="une seule feuille, une ligne par action")


def _imports(verb: AddVerb) -> None:
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
    _correspondence(added)
    added.add_argument(
        "--recu-le", metavar="AAAA-MM-JJ", help="d'un état récapitulatif : le jour de sa réception (sinon aujourd'hui)"
    )
    added.add_argument(
        "--annoter", metavar="DOSSIER", help="y écrit une copie des fichiers, les cellules en cause annotées"
    )
    options.operation(added)


def _correspondence(added: FrenchParser) -> None:
    added.add_argument(
        "--correspondance", metavar="NOM", help="lit les colonnes comme cette correspondance enregistrée"
    )


def _files_of_the_follow_up(verb: AddVerb) -> None:
    added = verb("etat", verbs_tracking_files.etat, "écrit l'état récapitulatif à remplir, d'un dossier ou de tous")
    added.add_argument(
        "numero", nargs="?", metavar="NUMERO", help="le dossier (sinon tous ceux qui ont une subvention)"
    )
    added.add_argument(
        "--sortie", metavar="FICHIER", required=True, help="un .xlsx, un .zip pour tous, ou un dossier qui existe"
    )

    added = verb("rapprocher", verbs_tracking_files.rapprocher, "rapproche une extraction de paiements des subventions")
    added.add_argument("fichier", metavar="FICHIER", help="csv, xlsx ou ods : référence, montant, date, bénéficiaire…")
    added.add_argument(
        "--accepter",
        action="store_true",
        help="inscrit les paiements sûrs, laisse les autres, et confirme ce qui est demandé du fichier",
    )
    _correspondence(added)
    added.add_argument(
        "--confirmer",
        action="append",
        default=[],
        metavar="LIGNE=NUMERO",
        help="inscrit le paiement de cette ligne (FEUILLE!LIGNE s'il le faut) sur ce dossier (NUMERO/supplement pour le supplément)",
    )
    options.operation(added)


def _past_imports(verb: AddVerb) -> None:
    verb("historique", verbs_imports.historique, "les imports écrits, le dernier en tête")

    added = verb(
        "annuler", verbs_imports.annuler, "annule un import : remet ce qu'il a remplacé, retire ce qu'il a créé"
    )
    added.add_argument("importation", nargs="?", metavar="IMPORT", help="son identifiant (sinon le dernier import)")
    added.add_argument("--simulation", action="store_true", help="dit ce qui se passerait, n'écrit rien")
    options.operation(added)


def _registers(verb: AddVerb) -> None:
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
    options.operation(added)

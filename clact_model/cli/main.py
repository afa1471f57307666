"""Reads the arguments, calls the verb, prints its one answer, gives the exit status."""

import argparse
import sys
from collections.abc import Iterable, Sequence

from clact_model.cli import (
    arbitration_options,
    base_options,
    campaign_options,
    decision_options,
    due_options,
    instruction_options,
    outcome_options,
    tracking_options,
)
from clact_model.cli.french_arguments import FrenchParser
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

    for options in (
        campaign_options,
        instruction_options,
        arbitration_options,
        decision_options,
        tracking_options,
        due_options,
        outcome_options,
        base_options,
    ):
        options.add(verb)
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

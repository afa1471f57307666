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

"""Options that verbs of every subject take, and how a subject adds its verbs."""

from typing import Protocol

from clact_model.cli.french_arguments import FrenchParser


class AddVerb(Protocol):
    """What the parser gives to add a verb with: it answers ``--json``, opens ``--base`` and names its ``--programme``."""

    def __call__(
        self, name: str, function: object, sentence: str, base: bool = True, programme: bool = True
    ) -> FrenchParser: ...


def operation(added: FrenchParser) -> None:
    """A script that does not know whether it was heard calls again with the same id: it is done once."""
    added.add_argument("--operation", metavar="ID", help="identifie l'écriture : deux fois le même, écrit une fois")


def day(added: FrenchParser) -> None:
    """The day as of which the verb answers."""
    added.add_argument("--date", metavar="AAAA-MM-JJ", help="passé ou à venir (sinon aujourd'hui)")

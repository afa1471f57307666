"""argparse, whose own words are English, speaking French."""

import argparse
import re
from collections.abc import Mapping
from typing import Any, NoReturn

_ERRORS: Mapping[str, str] = {
    r"the following arguments are required: (.*)": r"il manque : \1",
    r"unrecognized arguments: (.*)": r"option ou argument inconnu : \1",
    r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)": r"\1 : \2 n'existe pas (au choix : \3)",
    r"argument (.*?): expected one argument": r"\1 : il manque une valeur",
    r"argument (.*?): expected at least one argument": r"\1 : il manque une valeur",
    r"argument (.*?): not allowed with argument (.*)": r"\1 ne va pas avec \2",
    r"argument (.*?): invalid .*? value: (.*)": r"\1 : \2 n'est pas une valeur permise",
    r"argument (.*?): (.*)": r"\1 : \2",
    r"ambiguous option: (.*?) could match (.*)": r"\1 est ambigu : \2",
}
_HELP: Mapping[str, str] = {
    "usage: ": "usage : ",
    "positional arguments:": "arguments :",
    "options:": "options :",
    "show this help message and exit": "montre cette aide",
}


class FrenchParser(argparse.ArgumentParser):
    """A parser whose help and errors are French; an error ends with status 2."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "add_help": False, "allow_abbrev": False})
        self.add_argument("-h", "--help", "--aide", action="help", help="montre cette aide")

    def error(self, message: str) -> NoReturn:
        for pattern, french in _ERRORS.items():
            if re.fullmatch(pattern, message, re.DOTALL):
                message = re.sub(pattern, french, message, flags=re.DOTALL)
                break
        self.exit(2, f"Erreur : {message}. Voir « {self.prog} --help ».\n")

    def format_help(self) -> str:
        text = super().format_help()
        for english, french in _HELP.items():
            text = text.replace(english, french)
        return text

    def print_usage(self, file: object = None) -> None:
        """The help says it all."""

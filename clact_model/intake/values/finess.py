"""FINESS numbers: nine characters, given by the State to each health establishment.

The key, its last digit, is Luhn over the nine digits, with A counted as 1 and B as 2 in Corsica. No official text
says so (measured on real numbers): a wrong key is said, never refused.
"""

import re

from stdnum.fr import siret

from clact_model.intake.values import luhn
from clact_model.intake.values.identifier import digits_of
from clact_model.intake.values.outcome import Read, RefusalError, quoted
from clact_model.reading import Cell

_SHAPE = re.compile(r"(?:[0-9]{2}|2[AB])[0-9]{7}")
_CORSICA = str.maketrans("AB", "12")


def parse(cell: Cell) -> Read[str]:
    """Nine characters, letters in capitals; a lost leading zero is restored and said.

    Raises RefusalError for another length, other letters, scientific notation.
    """
    written = digits_of(cell, "FINESS").upper()
    if len(written) == 8 and written.isascii() and written.isdigit():
        number = "0" + written
        doubt = "" if has_key(number) else " (sa clé ne correspond pas : vérifiez-le)"
        return Read(number, f"Le zéro perdu en tête du N° FINESS est rétabli : {number}{doubt}.")
    if not _SHAPE.fullmatch(written):
        if siret.is_valid(written):
            raise RefusalError(
                f"{quoted(cell)} est un N° SIRET, pas un N° FINESS : écrivez-le dans la colonne du SIRET."
            )
        raise RefusalError(
            f"{quoted(cell)} n'est pas un N° FINESS : il compte 9 caractères, par exemple 590000014 ou 2A0000014."
        )
    if has_key(written):
        return Read(written)
    # Corsica: the reading of the letters rests on a handful of numbers, too few to worry a person.
    doubt = f"La clé du N° FINESS {written} ne correspond pas : vérifiez le numéro."
    return Read(written, doubt, "avertissement" if written.isdigit() else "information")


def has_key(number: str) -> bool:
    """True when the last digit is the key of the others."""
    return luhn.holds(number.translate(_CORSICA))

"""SIRET numbers: fourteen digits, given by INSEE to each establishment (SIREN and NIC, Luhn; La Poste apart)."""

from stdnum.fr import siret

from clact_model.intake.values import luhn
from clact_model.intake.values.identifier import digits_of
from clact_model.intake.values.outcome import Read, RefusalError, quoted
from clact_model.reading import Cell

_LA_POSTE = "356000000"
"""Its numbers have a key of their own."""


def parse(cell: Cell) -> Read[str]:
    """Fourteen digits; a lost leading zero is restored and said; a wrong key is said.

    Raises RefusalError for another length, letters, scientific notation. A text of thirteen digits lacks any one of them:
    its zero is restored when the key then holds; a number cell loses zeros at its head and nothing else.
    """
    written = digits_of(cell, "SIRET")
    if len(written) == 13 and written.isascii() and written.isdigit():
        number, has_key = "0" + written, _has_key("0" + written)
        if has_key or not isinstance(cell, str):
            doubt = "" if has_key else " (sa clé ne correspond pas : vérifiez-le)"
            return Read(number, f"Le zéro perdu en tête du N° SIRET est rétabli : {number}{doubt}.")
    if len(written) != 14 or not (written.isascii() and written.isdigit()):
        raise RefusalError(
            f"{quoted(cell)} n'est pas un N° SIRET : il compte 14 chiffres, saisis dans une cellule au format Texte."
        )
    if not _has_key(written):
        return Read(written, f"La clé du N° SIRET {written} ne correspond pas : vérifiez le numéro.")
    return Read(written)


def _has_key(number: str) -> bool:
    if number.startswith(_LA_POSTE):
        return bool(siret.is_valid(number))
    return luhn.holds(number) and luhn.holds(number[:9])

"""SIRET numbers: fourteen digits, given by INSEE to each establishment (SIREN and NIC, Luhn; La Poste apart)."""

from stdnum.fr import siret

from clact_model.intake.values.identifier import digits_of
from clact_model.intake.values.outcome import Cell, Read, RefusalError, quoted


def parse(cell: Cell) -> Read[str]:
    """Fourteen digits; a lost leading zero is restored and said when the key then holds; a wrong key is said.

    Raises RefusalError for another length, letters, scientific notation.
    """
    written = digits_of(cell, "SIRET")
    if len(written) == 13 and written.isascii() and written.isdigit() and siret.is_valid("0" + written):
        return Read("0" + written, f"Le zéro perdu en tête du N° SIRET est rétabli : 0{written}.")
    if len(written) != 14 or not (written.isascii() and written.isdigit()):
        raise RefusalError(
            f"{quoted(cell)} n'est pas un N° SIRET : il compte 14 chiffres, saisis dans une cellule au format Texte."
        )
    if not siret.is_valid(written):
        return Read(written, f"La clé du N° SIRET {written} ne correspond pas : vérifiez le numéro.")
    return Read(written)

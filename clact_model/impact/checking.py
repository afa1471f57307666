"""What an indicator or a yearly measure may say, whether it comes from a screen, a command or a workbook."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from clact_model import formats
from clact_model.errors import UsageError
from clact_model.impact.kept import MOIS, Indicator, Yearly
from clact_model.wording import one_line

LONGEST_NAME, LONGEST_UNIT = 200, 40
FIRST_YEAR, LAST_YEAR = 1990, 2100
LARGEST = Decimal(10) ** 12


class ImpactRefusedError(UsageError):
    """What was entered cannot be kept: nothing was written."""


def of_indicator(one: Indicator, known: Collection[str], today: date) -> list[str]:
    """Why an indicator cannot be kept, one French sentence each; none when it can."""
    return [
        sentence
        for sentence in (
            _dossier(one.numero, known),
            _name(one),
            _year("L'année de référence", one.annee_reference),
            *(_day(one, mois, today) for mois in MOIS),
        )
        if sentence
    ]


def doubts(one: Indicator) -> list[str]:
    """What is kept, and said: French sentences."""
    start, target = one.valeur_reference, one.cible
    if start is not None and target is not None and one.sens is not None:
        away = target < start if one.sens == "hausse" else target > start
        if away:
            return [
                f"« {one.nom} » doit être en {one.sens}, et la cible ({formats.number(target)}) s'éloigne de la valeur de "
                f"référence ({formats.number(start)}) : vérifiez le sens ou la cible."
            ]
    if one.cible is not None and one.way is None:
        return [f"« {one.nom} » : sans sens d'amélioration, rien ne dira si la cible est atteinte."]
    return []


def of_yearly(one: Yearly, known: Collection[str], today: date) -> list[str]:
    """Why a yearly measure cannot be kept, one French sentence each; none when it can."""
    found = [_dossier(one.numero, known), _year("L'année", one.annee)]
    if one.annee > today.year:
        found.append(f"L'année {one.annee} n'est pas finie : elle ne peut pas être mesurée.")
    return [sentence for sentence in found if sentence]


def require(sentences: Collection[str]) -> None:
    """Raise ImpactRefusedError with these sentences; nothing when there is none."""
    if sentences:
        raise ImpactRefusedError(" ".join(sentences))


def _dossier(numero: str, known: Collection[str]) -> str | None:
    return None if numero in known else f"Le dossier « {numero} » n'est pas dans ce programme : vérifiez son numéro."


def _name(one: Indicator) -> str | None:
    if one_line(one.nom, LONGEST_NAME) != one.nom:
        return f"Donnez à l'indicateur un nom de 1 à {LONGEST_NAME} caractères, sur une ligne."
    if one.unite is not None and one_line(one.unite, LONGEST_UNIT) != one.unite:
        return f"L'unité de « {one.nom} » tient en {LONGEST_UNIT} caractères, sur une ligne."
    return None


def _year(what: str, year: int | None) -> str | None:
    if year is None or FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return f"{what} est entre {FIRST_YEAR} et {LAST_YEAR} : « {year} » n'en est pas une."


def _day(one: Indicator, mois: int, today: date) -> str | None:
    value, day = (one.valeur_12, one.mesure_12) if mois == 12 else (one.valeur_24, one.mesure_24)
    if day is not None and value is None:
        return f"« {one.nom} » : la mesure à {mois} mois a une date ({formats.day(day)}) et pas de valeur."
    if day is not None and day > today:
        return f"« {one.nom} » : la mesure à {mois} mois est du {formats.day(day)}, après le jour jugé."
    return None

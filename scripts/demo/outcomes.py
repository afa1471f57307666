"""What the grants changed, invented: indicators promised and measured, and accidents, absence and turnover year by year."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from scripts.demo.stories import Row

MEASURED = ("grand_est_2023", "grand_est_2024", "guadeloupe_2023")
"""The calls old enough for something to have been measured."""
_BETTER_HIGHER = (
    "Part ",
    "Satisfaction",
    "Participation",
    "participants",
    "présents",
    "maintenus",
    "bien-être",
    "Climat",
    "traité",
)
_SCALES: Sequence[tuple[str, str, tuple[int, int]]] = (
    ("Taux", "%", (6, 22)),
    ("Part", "%", (20, 60)),
    ("Satisfaction", "/ 10", (4, 7)),
    ("Score", "/ 10", (4, 7)),
    ("Climat", "/ 10", (4, 7)),
    ("Jours", "jours", (60, 400)),
    ("Délai", "jours", (15, 90)),
    ("Recours", "heures", (200, 2400)),
)


def indicators(
    signed: Mapping[str, str], started: Mapping[str, date], year: int, until: date, rng: Random
) -> list[Row]:
    """One row an indicator that a convention states; measured at 12 and 24 months where these have come, but for some."""
    return [
        _indicator(numero, nom, year, started.get(numero), until, rng)
        for numero, text in sorted(signed.items())
        for nom in [name.strip() for name in text.split(" ; ") if name.strip() not in ("", "aucun")][:2]
    ]


def _indicator(numero: str, nom: str, year: int, start: date | None, until: date, rng: Random) -> Row:
    _, unit, (low, high) = next((scale for scale in _SCALES if nom.startswith(scale[0])), ("", "nombre", (8, 60)))
    higher = any(word in nom for word in _BETTER_HIGHER)
    reference = Decimal(rng.randint(low * 10, high * 10)) / 10
    wanted = 1 + rng.uniform(0.08, 0.25) * (1 if higher else -1)
    row: Row = {
        "numero": numero,
        "nom": nom,
        "unite": unit,
        "annee_reference": year - 1,
        "valeur_reference": reference,
        "cible": _times(reference, wanted),
        "sens": "hausse" if higher else "baisse",
    }
    for months, share in ((12, 0.6), (24, 1.05)):
        day = start and start + timedelta(days=round(30.44 * months) + rng.randint(0, 45))
        # One in six is late.
        if day and day <= until and rng.random() < 0.83:
            row[f"valeur_{months}"] = _times(reference, 1 + (wanted - 1) * share * rng.uniform(-0.3, 1.7))
            row[f"mesure_{months}"] = day
    return row


def _times(value: Decimal, factor: float) -> Decimal:
    return (value * Decimal(str(round(factor, 4)))).quantize(Decimal("0.1"), ROUND_HALF_UP)


def yearly(
    applicants: Iterable[tuple[Any, ...]], funded: Collection[str], year: int, until: date, rng: Random
) -> list[Row]:
    """The year after the call's, of most applicants: a little better where money went, with much noise."""
    rows = []
    for numero, staff, absence, turnover, accidents in applicants:
        if year + 1 >= until.year or rng.random() > (0.85 if numero in funded else 0.6):
            continue
        shift = -0.04 if numero in funded else 0.0
        rows.append(
            {
                "numero": numero,
                "annee": year + 1,
                "effectif_total": staff and max(5, round(staff * rng.uniform(0.96, 1.04))),
                "taux_absenteisme": _rate(absence, shift, rng),
                "taux_turnover": _rate(turnover, shift, rng),
                "nb_at_mp": accidents and max(0, round(accidents * (1 + shift + rng.uniform(-0.2, 0.2)))),
            }
        )
    return rows


def _rate(before: Decimal | None, shift: float, rng: Random) -> Decimal | None:
    if before is None:
        return None
    return (before * Decimal(str(round(1 + shift + rng.uniform(-0.15, 0.15), 4)))).quantize(Decimal("0.001"))

"""Identifiers with valid keys, in ranges that were never attributed.

FINESS: the département's prefix, then 99…  or, overseas, 970N 9…; key by Luhn, A counted as 1 and B as 2 in Corsica.
SIRET: a SIREN that starts with 000, which INSEE does not give.
"""


def luhn_key(digits: str) -> str:
    """The digit that makes ``digits`` followed by it satisfy Luhn."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def finess(departement: str, number: int) -> str:
    """Nine characters. ``number`` tells apart the establishments of one département, 0 to 999."""
    # Saint-Barthélemy and Saint-Martin are numbered with Guadeloupe.
    overseas = {"977": "971", "978": "971"}.get(departement, departement)
    body = f"{overseas[:2]}0{overseas[2]}9{number:03d}" if len(overseas) == 3 else f"{departement}99{number:04d}"
    return body + luhn_key(body.replace("A", "1").replace("B", "2"))


def siret(number: int) -> str:
    """Fourteen digits. ``number`` tells apart the legal entities, 0 to 99999."""
    body = f"000{number:05d}"
    siren = body + luhn_key(body)
    return siren + "0001" + luhn_key(siren + "0001")

"""The follow-up as JSON: amounts as strings with two decimals, days as ISO, unknown as null."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from clact_model.cli.as_json import Object, money
from clact_model.ledger import Balance, Movement
from clact_model.tracking import Instalment
from clact_model.tracking.situation import Situation, total


def followed(day: date, some: Sequence[Situation], *, detailed: bool = False) -> Object:
    """The sums as of a day, and each account. ``detailed``: with its lines."""
    return {
        "date": day.isoformat(),
        **balance(total(some)),
        "dossiers": [account(one, detailed=detailed) for one in some],
    }


def balance(found: Balance) -> Object:
    """Every part of a balance, in EUR."""
    return {field.name: money(getattr(found, field.name)) for field in fields(Balance)}


def account(one: Situation, *, detailed: bool) -> Object:
    """One account: the grant of a dossier, or its supplement."""
    signed = one.convention
    lines = {"mouvements": [movement(m) for m in one.mouvements]} if detailed else {}
    return {
        "numero": one.numero,
        "poste": one.poste,
        "notifie_le": _day(one.notifie_le),
        "convention": None
        if signed is None
        else {
            "reference": signed.reference,
            "signee_le": _day(signed.signe_le),
            "forme": signed.forme,
            "montant": money(signed.montant),
        },
        **balance(one.balance),
        "a_verser_maintenant": money(one.payable),
        "clos": one.closed,
        "tranches": [_tranche(instalment) for instalment in one.tranches],
        **lines,
    }


def movement(line: Movement) -> Object:
    """One line of the ledger, as it was written."""
    return {
        "mouvement": line.id,
        "nature": line.nature,
        "jour": _day(line.jour),
        "montant": money(line.montant),
        "ligne": line.ligne,
        "tranche": line.tranche,
        "echeance": _day(line.echeance),
        "reference": line.reference,
        "sur": line.sur,
        "contrepasse": line.contrepasse,
        "motif": line.motif,
        "auteur": line.auteur,
        "quand": line.quand.isoformat(),
    }


def _tranche(one: Instalment) -> Object:
    return {
        "tranche": one.tranche,
        "libelle": one.libelle,
        "ligne": one.ligne,
        "condition": one.condition,
        "annee": one.annee,
        "montant": money(one.montant),
        "paye": money(one.paye),
        "echeance": _day(one.echeance),
        "echeances_anciennes": [_day(day) for day in one.avant],
        "payable": money(one.payable),
        "attend": one.attend,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

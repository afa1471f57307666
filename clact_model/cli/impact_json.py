"""The outcome of a call, its indicators and what is given again, as JSON."""

from collections.abc import Sequence
from decimal import Decimal

from clact_model.cli.as_json import Object, anomaly, money, score
from clact_model.cli.tracking_json import balance
from clact_model.impact import Assessment, Compared, Comparison, Due, Followed, Group, Reading, Sums, Year
from clact_model.ledger import Balance
from clact_model.reallocation import Money, Risk


def assessment(
    found: Assessment, followed: Sequence[Followed], compared: Compared | None, region: Sequence[Year]
) -> Object:
    """The sums of a call and of its groups, its indicators, the funded beside the others, the calls of the region."""
    return {
        "date": found.jour.isoformat(),
        **_sums(found.total),
        "groupes": {
            champ: [{"groupe": name, **_sums(sums)} for name, sums in groups.items()]
            for champ, groups in found.groups.items()
        },
        "indicateurs": indicators(followed),
        "impact": None if compared is None else _compared(compared),
        "region": [year(one) for one in region],
    }


def indicators(found: Sequence[Followed]) -> Object:
    """How many were promised, measured, late, and each of them."""
    return {
        "promis": len(found),
        "mesures_12": sum(one.indicator.valeur_12 is not None for one in found),
        "mesures_24": sum(one.indicator.valeur_24 is not None for one in found),
        "en_retard": sum(one.late for one in found),
        "lignes": [_indicator(one) for one in found],
    }


def year(found: Year) -> Object:
    """One call of an establishment, or of a region. Amounts of the ledger null while nothing was notified."""
    known = balance(found.balance) if found.balance else dict.fromkeys(balance(Balance()))
    return {
        "programme": found.programme,
        "annee": found.annee,
        "dossiers": list(found.numeros),
        "demande": money(found.demande),
        **known,
    }


def available(found: Money) -> Object:
    """What there is to give again, part by part, in EUR."""
    return {
        "date": found.jour.isoformat(),
        "libere": money(found.libere),
        "recupere": money(found.recupere),
        "deja_reaffecte": money(found.reaffecte),
        "deja_surprogramme": money(found.surprogramme),
        "reste_enveloppe": money(found.reste),
        "surprogrammation": score(found.surprogrammation),
        "surprogramme": money(found.over),
        "total": money(found.total),
    }


def risk(found: Risk) -> Object:
    """What is uncovered and how likely it will be covered."""
    return {
        "decouvert": money(found.decouvert),
        "probabilite_couverture": score(found.probabilite),
        "cas": found.cas,
        "revient_median": money(found.median),
        "avertissements": found.warnings,
    }


def reading(found: Reading) -> Object:
    """What a workbook of outcomes did, or would do."""
    return {
        "resultat": found.resultat,
        "fichier": found.fichier,
        "nouveaux": found.nouveaux,
        "modifies": found.modifies,
        "inchanges": found.inchanges,
        "rejetes": found.rejetes,
        "anomalies": [anomaly(one) for one in found.anomalies],
    }


def _sums(found: Sums) -> Object:
    return {
        "dossiers": found.dossiers,
        "dossiers_aides": found.accordes,
        "demande": money(found.demande),
        **balance(found.balance),
    }


def _indicator(found: Followed) -> Object:
    one = found.indicator
    return {
        "numero": one.numero,
        "indicateur": one.nom,
        "unite": one.unite,
        "annee_reference": one.annee_reference,
        "valeur_reference": score(one.valeur_reference),
        "cible": score(one.cible),
        "sens": one.way,
        "mesures": [_due(due, one.measured(due.mois)) for due in found.dues],
        "atteint": one.reached,
        "avancement": score(one.progress),
    }


def _due(due: Due, value: Decimal | None) -> Object:
    return {
        "mois": due.mois,
        "echeance": due.echeance.isoformat() if due.echeance else None,
        "valeur": score(value),
        "etat": due.state,
    }


def _compared(found: Compared) -> Object:
    return {
        "avant": found.avant,
        "apres": found.apres,
        "graine": found.graine,
        "mesures": [_comparison(one) for one in found.comparisons],
    }


def _comparison(found: Comparison) -> Object:
    return {
        "mesure": found.mesure.code,
        "finances": _group(found.finances),
        "autres": _group(found.autres),
        "ecart": score(found.ecart),
        "intervalle": None if found.bas is None else [score(found.bas), score(found.haut)],
        "avertissements": found.warnings,
    }


def _group(found: Group) -> Object:
    return {
        "n": found.connus,
        "inconnus": found.inconnus,
        "avant": score(found.avant),
        "apres": score(found.apres),
        "changement": score(found.changement),
    }

"""What the base holds as JSON: amounts as strings with two decimals, shares and scores with four, unknown as null."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from clact_model.eligibility import Answer, JudgedAction, JudgedDossier, Override
from clact_model.fields import Field, Table
from clact_model.intake import Anomaly, Report, Undoing
from clact_model.overview import Import
from clact_model.programme import Programme
from clact_model.scoring import Ranked
from clact_model.statements import Accepted, Reversal, Statement
from clact_model.store import Change, Entry

Object = dict[str, Any]


def text(document: object) -> str:
    """The one document that goes to standard output."""
    return json.dumps(document, ensure_ascii=False, indent=1)


def money(amount: Decimal | None) -> str | None:
    """``"20000.00"``."""
    return None if amount is None else f"{amount:.2f}"


def score(value: Decimal | None) -> str | None:
    """``"62.5000"``: scores and shares."""
    return None if value is None else f"{value:.4f}"


def stored(programme: Programme, table: Table, row: Mapping[str, Any]) -> Object:
    """One dossier or line as it is stored: every field by its ``champ``."""
    return {field.champ: _value(field, row[field.champ]) for field in programme.dictionary.of(table)}


def _value(field: Field, value: Any) -> Any:
    if value is None:
        return None
    if field.type == "liste":
        return [part for part in str(value).split("; ") if part]
    if field.type == "pourcentage":
        return score(value)
    if isinstance(value, Decimal):
        return money(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def dossier(programme: Programme, row: Mapping[str, Any]) -> Object:
    """One dossier with its lines."""
    lines = [{"ligne": line["ligne"], **stored(programme, "action", line)} for line in row["actions"]]
    return {**stored(programme, "dossier", row), "actions": lines}


def judged(found: JudgedDossier) -> Object:
    """One dossier as judged."""
    document: Object = {"numero": found.numero, "verdict": found.verdict}
    if found.jusqu_au is not None:
        document["jusqu_au"] = found.jusqu_au.isoformat()
    document |= {
        "sans_action_eligible": found.sans_action_eligible,
        "regles": [answer(a) for a in found.answers],
        "actions": [judged_action(a) for a in found.actions],
    }
    return document | _override(found.override)


def judged_action(found: JudgedAction) -> Object:
    """One line as judged."""
    return {
        "ligne": found.ligne,
        "rang": found.rang,
        "verdict": found.verdict,
        "assiette": money(found.assiette),
        "aide_maximale": money(found.aide_maximale),
        "prioritaire": found.prioritaire,
        "regles": [answer(a) for a in found.answers],
    } | _override(found.override)


def answer(given: Answer) -> Object:
    """One rule's answer."""
    document: Object = {
        "id": given.rule.id,
        "resultat": given.resultat,
        "effet": given.effet,
        "message": given.message,
    }
    if given.effet == "a_completer":
        document["jusqu_au"] = given.jusqu_au.isoformat() if given.jusqu_au else None
    return document


def _override(override: Override | None) -> Object:
    if override is None:
        return {}
    return {
        "derogation": {
            "verdict_calcule": override.verdict_calcule,
            "motif": override.motif,
            "auteur": override.auteur,
            "date": override.quand.isoformat(),
            "a_confirmer": override.a_confirmer,
        }
    }


def anomaly(found: Anomaly) -> Object:
    """What is to be said of a cell, a row or a file: its place, its value, how grave it is."""
    return {
        "fichier": found.fichier,
        "feuille": found.feuille,
        "ligne": found.ligne,
        "colonne": found.colonne,
        "valeur": found.valeur,
        "gravite": found.gravite,
        "message": found.message,
    }


def report(found: Report) -> Object:
    """What an import did, or would do."""
    return {
        "resultat": found.resultat,
        "source": found.source,
        "nouveaux": found.nouveaux,
        "modifies": found.modifies,
        "inchanges": found.inchanges,
        "disparus": found.disparus,
        "rejetes": found.rejetes,
        "anomalies": [anomaly(one) for one in found.anomalies],
        "changements": [change(c) for c in found.changes],
        "ecarts_gardes": [change(c) for c in found.kept_changes],
    } | ({"depenses": [expense(one) for one in found.accepted]} if isinstance(found, Statement) else {})


def expense(found: Accepted) -> Object:
    """One expense of a statement, and what it is to the ledger."""
    said = found.expense
    return {
        "numero": said.numero,
        "reference": said.reference,
        "date_facture": said.date_facture and said.date_facture.isoformat(),
        "montant_facture": money(said.montant_facture),
        "montant_impute": money(said.montant_impute),
        "montant_admis": money(said.montant_admis),
        "montant_rejete": money(said.montant_rejete),
        "montant_verse": money(said.montant_verse),
        "tranche": said.tranche,
        "ligne": said.ligne,
        "etat": found.etat,
    }


def imported(found: Import) -> Object:
    """One import that was written."""
    undone = found.annulee_quand and {"quand": found.annulee_quand.isoformat(), "auteur": found.annulee_par}
    return {
        "id": found.id,
        "quand": found.quand.isoformat(),
        "auteur": found.auteur,
        "fichiers": [
            {"nom": name, "sha256": sha256} for name, sha256 in zip(found.fichiers, found.empreintes, strict=True)
        ],
        "source": found.source,
        "resultat": found.resultat,
        "nouveaux": found.nouveaux,
        "modifies": found.modifies,
        "inchanges": found.inchanges,
        "disparus": found.disparus,
        "rejetes": found.rejetes,
        "anomalies": found.anomalies,
        "annulee": undone,
    }


def undoing(found: Undoing) -> Object:
    """What undoing an import did, or would do."""
    return {
        "import": found.importation,
        "quand": found.quand.isoformat(),
        "fichiers": list(found.fichiers),
        "retires": list(found.removed),
        "retablis": list(found.restored),
        "changements": [change(c) for c in found.changes],
        "remarques": list(found.notices),
    } | ({"contrepassees": len(found.reversed)} if isinstance(found, Reversal) else {})


def change(found: Change) -> Object:
    """One field, before and after."""
    return {
        "numero": found.numero,
        "ligne": found.ligne,
        "champ": found.champ,
        "avant": found.avant,
        "apres": found.apres,
    }


def ranked(found: Ranked) -> Object:
    """One dossier in its place."""
    missing = {name: score(given.possible) for name, given in found.contributions.items() if given.missing}
    return {
        "numero": found.numero,
        "position": found.position,
        "score": score(found.score),
        "prioritaire": found.prioritaire,
        "verdict": found.verdict,
        "agents": found.agents,
        "contributions": {name: score(given.points) for name, given in found.contributions.items()},
        "donnees_manquantes": missing,
    }


def entry(line: Entry) -> Object:
    """One line of the journal."""
    return {
        "operation": line.operation,
        "quand": line.quand.isoformat(),
        "auteur": line.auteur,
        "nature": line.nature,
        "programme": line.programme,
        "numero": line.numero,
        "ligne": line.ligne,
        "champ": line.champ,
        "avant": line.avant,
        "apres": line.apres,
        "detail": line.detail,
    }

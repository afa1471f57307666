"""Scenarios, their comparison and their equity as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from clact_model.cli.as_json import Object, money, score
from clact_model.comparison import CHAMPS, Comparison, Count, Figures, Row, Waterfall, by_group, figures, waterfall
from clact_model.equity import Group
from clact_model.rerun import Rerun
from clact_model.scenario import Listed, Note


def listed(found: Listed) -> Object:
    """One scenario as the list shows it."""
    lock = found.verrou
    return {
        "nom": found.nom,
        "strategie": found.settings.strategie,
        "unite": found.settings.unite,
        "enveloppe": money(found.settings.enveloppe),
        "reserve": money(found.settings.reserve),
        "accorde": money(found.accorde),
        "reste": money(found.reste),
        "score_total": score(found.score_total),
        "agents": found.agents,
        "dossiers_finances": found.dossiers_finances,
        "auteur": found.auteur,
        "quand": found.quand.isoformat(),
        "aujourdhui": found.aujourdhui.isoformat(),
        "version_donnees": found.basis.version_donnees,
        "version_programme": found.basis.version_programme,
        "graine": found.basis.graine,
        "notes": found.notes,
        "verrou": lock and {"auteur": lock.auteur, "quand": lock.quand.isoformat(), "motif": lock.motif},
    }


def whole(found: Listed, notes: Sequence[Note], groups: Mapping[str, Sequence[Group]]) -> Object:
    """One scenario with its notes, its settings and its equity."""
    return listed(found) | {
        "reglages": found.settings.to_json(),
        "poids": {name: str(weight) for name, weight in found.basis.poids.items()},
        "parametres": dict(found.basis.parametres),
        "notes": [{"texte": n.texte, "auteur": n.auteur, "quand": n.quand.isoformat()} for n in notes],
        "equite": {champ: {group.code: _group(group) for group in own} for champ, own in groups.items()},
    }


def compared(found: Comparison) -> Object:
    """The answer of ``comparer``: amounts in the order of the scenarios, the first as the reference."""
    first, *others = found.sides
    return {
        "unite": found.unite,
        "identiques": found.same,
        "scenarios": [_figures(figures(side)) for side in found.sides],
        **_moves(found),
        "deplaces": [_row(row) for row in found.deplaces],
        "cascades": [_waterfall(waterfall(first, other)) for other in others],
        "par": {
            champ: {code: [money(part) for part in parts] for code, parts in by_group(found.sides, champ).items()}
            for champ in CHAMPS
        },
    }


def again(found: Rerun) -> Object:
    """The answer of ``scenarios NOM --rejouer``: the scenario, then one thing more as it is today at each step."""
    differing = found.comparison
    return {
        "nom": found.saved.nom,
        "aujourdhui": found.today.isoformat(),
        "identiques": differing.same if differing else None,
        "accorde": money(found.saved.result.granted),
        "etapes": [
            {
                "cause": step.cause,
                "accorde": money(step.side.result.granted) if step.side else None,
                "refus": step.refus,
            }
            for step in found.steps
        ],
        **(_moves(differing) if differing else {}),
        "operations": list(found.operations),
        "differences_programme": [asdict(difference) for difference in found.differences],
    }


def _moves(found: Comparison) -> Object:
    return {
        "entrants": [_row(row) for row in found.entrants],
        "sortants": [_row(row) for row in found.sortants],
        "changes": [_row(row) for row in found.changes],
    }


def _row(row: Row) -> Object:
    numero, ligne = row.key
    return {
        "numero": numero,
        "ligne": ligne,
        "etablissement": row.etablissement,
        "montants": [money(granted) for granted in row.granted],
        "positions": list(row.positions),
        "statuts": [cell and cell.statut for cell in row.cells],
    }


def _figures(found: Figures) -> Object:
    return {
        "nom": found.nom,
        "strategie": found.strategie,
        "unite": found.unite,
        "enveloppe": money(found.enveloppe),
        "reserve": money(found.reserve),
        "accorde": money(found.accorde),
        "reste": money(found.reste),
        "score_total": score(found.score_total),
        "agents": found.agents,
        "agents_inconnus": found.agents_inconnus,
        "cout_par_agent": money(found.cout_par_agent),
        "dossiers_finances": found.dossiers_finances,
        "etablissements": found.etablissements,
        "etablissements_inconnus": found.etablissements_inconnus,
        "primo": _count(found.primo),
        "deja": _count(found.deja),
        "anterieur_inconnu": _count(found.anterieur_inconnu),
    }


def _count(found: Count) -> Object:
    return {"dossiers": found.dossiers, "accorde": money(found.accorde)}


def _waterfall(found: Waterfall) -> Object:
    parts = {name: getattr(found, name) for name in ("entrants", "sortants", "hausses", "baisses")}
    return {
        "de": found.de,
        "vers": found.vers,
        "depart": money(found.depart),
        **{name: {"montant": money(part.montant), "demandes": part.demandes} for name, part in parts.items()},
        "arrivee": money(found.arrivee),
    }


def _group(group: Group) -> Object:
    return {
        "dossiers": group.dossiers,
        "recevables": group.recevables,
        "finances": group.finances,
        "accorde": money(group.accorde),
        "part_accorde": score(group.part_accorde),
        "effectif": group.staff.effectif if group.staff.connus else None,
        "effectif_inconnu": group.staff.inconnus,
        "part_effectif": score(group.part_effectif),
        "part_effectif_recevable": score(group.part_effectif_recevable),
        "par_agent": money(group.par_agent),
        "agents": group.agents,
        "agents_inconnus": group.agents_inconnus,
        "par_agent_concerne": money(group.par_agent_concerne),
    }

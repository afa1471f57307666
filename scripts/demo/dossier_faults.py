"""What goes wrong with a dossier, and which dossiers it can happen to."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from scripts.demo import actions, dossiers, identifiers
from scripts.demo.calls import Call
from scripts.demo.dossiers import Row


def late(call: Call, rng: Random, dossier: Row) -> None:
    day = call.limite + timedelta(days=rng.randint(1, 6))
    dossier["date_depot"] = datetime.combine(day, time(rng.randint(8, 19), rng.randint(0, 59), rng.randint(0, 59)))


def past_midnight(call: Call, rng: Random, dossier: Row) -> None:
    dossier["date_depot"] = datetime.combine(call.limite + timedelta(days=1), time(0, rng.randint(1, 9), 12))


def outside(call: Call, rng: Random, dossier: Row) -> None:
    dossier["departement"] = call.faux_departement
    dossier["ght"] = None
    if dossier["finess"]:
        dossier["finess"] = identifiers.finess(call.faux_departement, rng.randint(900, 999))


def opinion_pending(call: Call, rng: Random, dossier: Row) -> None:
    dossier |= {"avis_instances": "en_attente", "date_instances": call.limite + timedelta(days=rng.randint(4, 45))}


def negotiated_and_pending(call: Call, rng: Random, dossier: Row) -> None:
    opinion_pending(call, rng, dossier)
    dossier["contrat"] = "negocie"


def old_duerp(call: Call, rng: Random, dossier: Row) -> None:
    dossier["date_duerp"] = call.duerp_depuis - timedelta(days=rng.randint(15, 700))


def old_duerp_with_letter(call: Call, rng: Random, dossier: Row) -> None:
    old_duerp(call, rng, dossier)
    dossier["duerp"] = "lettre_engagement"


def lines_up_to(count: int, ranked: bool = True) -> Callable[[Call, Random, Row], None]:
    def grow(call: Call, rng: Random, dossier: Row) -> None:
        themes = actions.THEMES[call.programme]
        chosen = {row["intitule"] for row in dossier["actions"]}
        for rank in range(len(dossier["actions"]) + 1, count + 1):
            added = dossiers.line(call, rng, dossier, rank, themes, chosen)
            if not dossier["partenaires"]:
                added["mutualisee"] = False
            dossier["actions"].append(added)
        if not ranked:
            dossier["actions"][-1]["rang"] = None

    return grow


def on_one_line(**cells: Any) -> Callable[[Call, Random, Row], None]:
    def change(call: Call, rng: Random, dossier: Row) -> None:
        rng.choice(dossier["actions"]).update(cells)

    return change


def same_ranks(call: Call, rng: Random, dossier: Row) -> None:
    dossier["actions"][-1]["rang"] = dossier["actions"][0]["rang"]


def mutualised_alone(call: Call, rng: Random, dossier: Row) -> None:
    dossier["partenaires"] = None
    dossier["actions"][0]["mutualisee"] = True


def mutualised_unknown(call: Call, rng: Random, dossier: Row) -> None:
    dossier["partenaires"] = None
    for row in dossier["actions"]:
        row["mutualisee"] = None


def several(**cells: Any) -> Callable[[Call, Random, Row], None]:
    def change(call: Call, rng: Random, dossier: Row) -> None:
        dossier.update({"plusieurs_etablissements": True, "avis_cse_etablissements": True} | cells)
        for row in dossier["actions"]:
            row["structures_concernees"] = f"{dossier['raison_sociale']} ; site annexe"
            row["agents_concernes"] = row["agents_concernes"] or 12

    return change


def structures_unnamed(call: Call, rng: Random, dossier: Row) -> None:
    several()(call, rng, dossier)
    dossier["actions"][0]["structures_concernees"] = None


def several_unknown(call: Call, rng: Random, dossier: Row) -> None:
    dossier["plusieurs_etablissements"] = None
    dossier["actions"][0]["structures_concernees"] = None


def staff_uncounted(call: Call, rng: Random, dossier: Row) -> None:
    several()(call, rng, dossier)
    dossier["actions"][0]["agents_concernes"] = None


def undone(**cells: Any) -> Callable[[Call, Random, Row], None]:
    """An earlier contract, two years past and not carried out."""

    def change(call: Call, rng: Random, dossier: Row) -> None:
        dossier |= {
            "clact_anterieur": "non_realise",
            "clact_anterieur_respecte": True,
            "clact_anterieur_explique": True,
            "clact_anterieur_justifie": True,
            "evaluation_anterieure": True,
        } | cells

    return change


def undone_and_renewed(renewed: bool | None) -> Callable[[Call, Random, Row], None]:
    def change(call: Call, rng: Random, dossier: Row) -> None:
        undone()(call, rng, dossier)
        dossier["actions"][0]["reconduite"] = renewed

    return change


def earlier(**cells: Any) -> Callable[[Call, Random, Row], None]:
    """An earlier contract carried out, but for the cells given."""
    return undone(**({"clact_anterieur": "acheve", "clact_anterieur_explique": None} | cells))


def bank_and_quotes_missing(call: Call, rng: Random, dossier: Row) -> None:
    dossier["rib"] = False
    on_one_line(devis=False)(call, rng, dossier)


def many(dossier: Row) -> bool:
    return len(dossier["actions"]) >= 2


def alone(dossier: Row) -> bool:
    return not dossier["plusieurs_etablissements"]


def is_association(dossier: Row) -> bool:
    return bool(dossier["association"])


def joined(dossier: Row) -> bool:
    return bool(dossier["duerp"] == "joint")

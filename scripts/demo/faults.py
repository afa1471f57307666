"""Things go wrong on purpose, by the plan of each call. One dossier bears at most one planned fault."""

from random import Random

from scripts.demo.calls import Call
from scripts.demo.dossiers import Row
from scripts.demo.plans import DOSSIER_PLANS, LINE_PLANS, Change


def strike(call: Call, filed: list[Row], rng: Random) -> None:
    """Apply the plan of one call. Raises ValueError when a fault finds nowhere to strike."""
    free = list(filed)
    rng.shuffle(free)
    _duplicates(free, rng, by="finess")
    _duplicates(free, rng, by="siret")
    for fault in DOSSIER_PLANS[call.programme]:
        for _ in range(fault.count):
            dossier = next((d for d in free if fault.where(d)), None)
            if dossier is None:
                raise ValueError(f"{call.programme} : aucun dossier libre pour {fault.change}")
            free.remove(dossier)
            _apply(fault.change, call, rng, dossier)
    lines = [(dossier, row) for dossier in free for row in dossier["actions"]]
    rng.shuffle(lines)
    for line_fault in LINE_PLANS[call.programme]:
        for _ in range(line_fault.count):
            pair = next((p for p in lines if line_fault.where(*p)), None)
            if pair is None:
                raise ValueError(f"{call.programme} : aucune ligne libre pour {line_fault.change}")
            lines.remove(pair)
            _apply(line_fault.change, call, rng, pair[1])


def _apply(change: Change, call: Call, rng: Random, row: Row) -> None:
    if callable(change):
        change(call, rng, row)
    else:
        row.update(change)


IDENTITY = (
    "raison_sociale", "departement", "secteur", "statut", "association", "ght", "effectif_total", "etp_medical", "etp_non_medical",
    "lits", "places", "taux_absenteisme", "taux_turnover", "nb_at_mp", "masse_salariale", "courriel_contact", "statuts",
    "bilan_comptable", "bilan_certifie", "subventions_publiques", "concordance_pmp",
)  # fmt: skip


def _duplicates(free: list[Row], rng: Random, by: str) -> None:
    """Two dossiers of one establishment, recognised by its FINESS or by its SIRET alone."""
    first = next(d for d in free if d["finess"] and d["siret"] and not d["plusieurs_etablissements"])
    second = next(
        d for d in free if d is not first and d["secteur"] == first["secteur"] and not d["plusieurs_etablissements"]
    )
    for champ in IDENTITY:
        second[champ] = first.get(champ)
    second["finess"] = first["finess"] if by == "finess" else None
    second["siret"] = first["siret"] if by == "siret" else None
    for row in second["actions"]:
        row["structures_concernees"] = first["raison_sociale"]
        if row["agents_concernes"] is not None:
            row["agents_concernes"] = min(row["agents_concernes"], first["effectif_total"])
    free.remove(first)
    free.remove(second)

"""A dossier as a careful establishment files it: complete, coherent, in time. Faults come afterwards."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import exp, log
from random import Random
from typing import Any, NamedTuple, TypeVar

from scripts.demo import actions, identifiers
from scripts.demo.calls import Call
from scripts.demo.names import Namer, ght

LOCAL = (
    "tms",
    "rps",
    "violence_soignants",
    "cooperations",
    "organisations_innovantes",
    "formation_sensibilisation",
    "accompagnement_equipes",
)

Choice = TypeVar("Choice")

Row = dict[str, Any]
"""Cells by ``champ``; a dossier also holds its lines under ``actions``."""


class Kind(NamedTuple):
    """A kind of establishment. ``weight``: how often; ``beds``: per agent; ``medical``: share of posts, 0..1."""

    label: str
    secteur: str
    statut: str
    association: bool
    weight: int
    agents: tuple[int, int]
    beds: float
    medical: float


KINDS = (
    Kind("CH fictif", "sanitaire", "public", False, 34, (400, 2500), 0.30, 0.10),
    Kind("Hôpital de proximité fictif", "sanitaire", "public", False, 16, (120, 420), 0.50, 0.05),
    Kind("EPSM fictif", "sanitaire", "public", False, 8, (500, 1600), 0.28, 0.07),
    Kind("Polyclinique fictive", "sanitaire", "prive_lucratif", False, 13, (160, 520), 0.35, 0.04),
    Kind("Clinique fictive", "sanitaire", "prive_lucratif", False, 11, (80, 260), 0.40, 0.04),
    Kind("Centre fictif de réadaptation", "sanitaire", "prive_non_lucratif", True, 13, (110, 380), 0.42, 0.05),
    Kind("HAD fictive", "sanitaire", "prive_non_lucratif", True, 5, (45, 140), 0.0, 0.05),
    Kind("EHPAD fictif", "medico_social", "public", False, 30, (60, 120), 0.95, 0.01),
    Kind("EHPAD fictif", "medico_social", "prive_non_lucratif", True, 24, (60, 120), 0.98, 0.01),
    Kind("EHPAD fictif", "medico_social", "prive_lucratif", False, 12, (60, 105), 1.05, 0.01),
    Kind("MAS fictive", "medico_social", "prive_non_lucratif", True, 8, (65, 130), 0.55, 0.02),
    Kind("IME fictif", "medico_social", "prive_non_lucratif", True, 9, (40, 110), 0.0, 0.01),
    Kind("FAM fictif", "medico_social", "prive_non_lucratif", True, 7, (45, 95), 0.60, 0.01),
    Kind("ESAT fictif", "medico_social", "prive_non_lucratif", True, 5, (25, 70), 0.0, 0.0),
    Kind("SSIAD fictif", "medico_social", "prive_non_lucratif", True, 5, (18, 60), 0.0, 0.0),
)
SERVICES = {
    "sanitaire": (
        "médecine polyvalente", "urgences", "chirurgie", "maternité", "psychiatrie", "gériatrie", "bloc opératoire", "réadaptation", "services de nuit", "blanchisserie et restauration"
    ),
    "medico_social": ("unité protégée", "équipes de nuit", "hébergement", "accueil de jour", "équipes éducatives", "hôtellerie", "soins"),
}  # fmt: skip


def pick(rng: Random, weights: Mapping[Choice, int]) -> Choice:
    """One of the keys, as often as its weight says."""
    return rng.choices(list(weights), list(weights.values()))[0]


def dossiers(call: Call, rng: Random) -> list[Row]:
    """Every dossier of one call, without fault and not numbered yet."""
    namer = Namer(call.programme, rng)
    sectors = ["sanitaire"] * call.sanitaire + ["medico_social"] * call.medico_social
    rng.shuffle(sectors)
    filed = [
        application(call, rng, establishment(call, rng, namer, index, sector)) for index, sector in enumerate(sectors)
    ]
    for dossier in filed[:2]:
        dossier["date_depot"] = _last_minute(call, rng)
    name_partners(filed, rng)
    return filed


def number(call: Call, filed: list[Row], rng: Random) -> None:
    """Sort by time of deposit and number in that order."""
    noon = datetime.combine(call.limite, datetime.min.time()).replace(hour=12)
    filed.sort(key=lambda dossier: dossier["date_depot"] or noon)
    following = call.first_numero
    for dossier in filed:
        dossier["numero"] = call.numero.format(following)
        # Démarches simplifiées numbers every call of France in one series.
        following += rng.randint(3, 900) if call.numero == "{}" else 1


def establishment(call: Call, rng: Random, namer: Namer, index: int, secteur: str) -> Row:
    """Who applies: name, identifiers, size, staff."""
    kinds = [kind for kind in KINDS if kind.secteur == secteur]
    kind = rng.choices(kinds, [k.weight for k in kinds])[0]
    # Homes bear a name of their own, hospitals that of their town.
    name, commune = namer.name(kind.label, with_house=secteur == "medico_social")
    departement = pick(rng, call.departements)
    # Most establishments are small: the logarithm of the size is what is uniform.
    staff = round(exp(rng.uniform(log(kind.agents[0]), log(kind.agents[1]))))
    posts = Decimal(staff) * Decimal(rng.randint(84, 92)) / 100
    etp_medical = (posts * Decimal(str(kind.medical))).quantize(Decimal("0.1"), ROUND_HALF_UP)
    etp_other = (posts - etp_medical).quantize(Decimal("0.1"), ROUND_HALF_UP)
    payroll = etp_medical * 96_000 + etp_other * rng.randint(41_000, 47_000)
    public_hospital = kind.statut == "public" and secteur == "sanitaire"
    identified = pick(rng, {"both": 84, "finess": 10, "siret": 6})
    return {
        "etat": call.etat,
        "raison_sociale": name,
        "finess": identifiers.finess(departement, index) if identified != "siret" else None,
        "siret": identifiers.siret(call.limite.year % 100 * 1000 + index) if identified != "finess" else None,
        "departement": departement,
        "secteur": secteur,
        "statut": kind.statut,
        "association": kind.association,
        "ght": ght(departement) if public_hospital else None,
        "partenaires": None,
        "effectif_total": staff,
        "etp_medical": etp_medical,
        "etp_non_medical": etp_other,
        "lits": round(staff * kind.beds * rng.uniform(0.9, 1.1)) if kind.beds else None,
        "places": rng.choice([10, 12, 15, 20, 25, 30]) if not kind.beds or rng.random() < 0.5 else None,
        "taux_absenteisme": Decimal(round(rng.triangular(60, 140, 92))) / 1000,
        "taux_turnover": Decimal(round(rng.triangular(40, 240, 110))) / 1000 if rng.random() < 0.94 else None,
        "nb_at_mp": max(1, round(staff * rng.uniform(0.03, 0.09))) if rng.random() < 0.95 else None,
        "masse_salariale": (payroll / 1000).quantize(Decimal(1), ROUND_HALF_UP) * 1000,
        "courriel_contact": f"direction@{_ascii(commune)}.example",
    }


def _ascii(text: str) -> str:
    plain = str.maketrans("éèêëàâîïôûùç ", "eeeeaaiiouuc-")
    return text.lower().translate(plain).replace("'", "-") + "-fictif"


def application(call: Call, rng: Random, applicant: Row) -> Row:
    """What an establishment files: one dossier with its lines."""
    dossier = dict(applicant)
    deposit = _deposit(call, rng)
    hospital = dossier["ght"] is not None
    dossier |= {
        "date_depot": deposit,
        "diagnostic": True,
        "contrat": "signe",
        "avis_instances": "defavorable" if rng.random() < 0.03 and call.programme == "grand_est_2024" else "favorable",
        "date_instances": deposit.date() - timedelta(days=rng.randint(3, 45)),
        "plusieurs_etablissements": False,
        "avis_cse_etablissements": None,
        "duerp": "joint",
        "date_duerp": call.duerp_depuis
        + timedelta(days=rng.randint(10, max(20, (call.ouverture - call.duerp_depuis).days))),
        "plan_prevention": True,
        "rib": True,
        "fiche_financement": True,
        "courrier_signe": True,
        "formulaire_candidature": True,
        "formulaire_excel": True,
        "budget_global": True,
        "statuts": True if dossier["association"] else None,
        "bilan_comptable": True if dossier["association"] else None,
        "dialogue_social": Decimal(rng.choice(["2", "2.5", "3", "3", "3.5", "4", "4", "4.5", "5"]))
        if rng.random() < 0.93
        else None,
        "coherence": Decimal(rng.choice(["1.5", "2.5", "3", "3.5", "3.5", "4", "4.5", "5"]))
        if rng.random() < 0.93
        else None,
        "concordance_pmp": rng.random() < 0.8 if hospital else None,
    }
    if dossier["association"]:
        dossier["subventions_publiques"] = Decimal(rng.randint(4, 60) * 5000)
        dossier["bilan_certifie"] = dossier["subventions_publiques"] > 153_000 or rng.random() < 0.5
    if rng.random() < 0.09 and (hospital or dossier["association"]):
        dossier["plusieurs_etablissements"] = True
        dossier["avis_cse_etablissements"] = True
    if call.programme != "grand_est_2024" and rng.random() < 0.25:
        dossier["contrat"] = "negocie"
    _history(call, rng, dossier)
    count = pick(rng, call.lignes)
    themes = actions.THEMES[call.programme]
    chosen: set[str] = set()
    dossier["actions"] = [line(call, rng, dossier, rank, themes, chosen) for rank in range(1, count + 1)]
    return dossier


def _history(call: Call, rng: Random, dossier: Row) -> None:
    """Earlier contracts: where there were some, they went well."""
    weights = {"aucun": 46, "acheve": 36, "en_cours": 18}
    if call.programme == "hauts_de_france_2022":
        weights = {"aucun": 52, "acheve": 48}
    dossier["clact_anterieur"] = pick(rng, weights)
    if dossier["clact_anterieur"] != "aucun":
        for champ in ("clact_anterieur_respecte", "clact_anterieur_justifie", "evaluation_anterieure"):
            dossier[champ] = True
        if call.programme == "hauts_de_france_2022" and rng.random() < 0.35:
            dossier["duerp"], dossier["date_duerp"] = "deja_transmis", None


def _last_minute(call: Call, rng: Random) -> datetime:
    return datetime.combine(call.limite, time(23, 59, rng.randint(2, 58)))


def _deposit(call: Call, rng: Random) -> datetime:
    """Half of the dossiers come in the last week, a tenth on the last day, a few at 23 h 59."""
    span = (call.limite - call.ouverture).days
    late = pick(rng, {"calm": 48, "week": 40, "last": 10, "midnight": 2})
    if late == "midnight":
        return _last_minute(call, rng)
    day = {"calm": rng.randint(5, span - 8), "week": span - rng.randint(1, 6), "last": span}[late]
    when = call.ouverture + timedelta(days=day)
    if late != "last" and when.weekday() > 4:
        when -= timedelta(days=2)
    minutes = round(rng.triangular(7 * 60 + 40, (23 if late == "last" else 20) * 60, 16 * 60 + 30))
    return datetime.combine(when, datetime.min.time()) + timedelta(minutes=minutes, seconds=rng.randint(0, 59))


def line(call: Call, rng: Random, dossier: Row, rank: int, themes: tuple[actions.Theme, ...], chosen: set[str]) -> Row:
    """One action; ``chosen`` holds the titles that the dossier already has."""
    theme = rng.choices(themes, [t.weight for t in themes])[0]
    models = [m for m in theme.models if m.intitule not in chosen] or list(theme.models)
    model = rng.choice(models)
    chosen.add(model.intitule)
    staff = dossier["effectif_total"]
    begin, end = _dates(call, rng)
    partners = (
        rng.random() < (0.24 if dossier["ght"] or dossier["association"] else 0.08)
        or model.famille == "equipe_mutualisee"
    )
    row: Row = {
        "rang": rank,
        "axe": theme.axe,
        "thematique": theme.code,
        "intitule": model.intitule + _place(rng, model, dossier["secteur"]),
        "description": model.description,
        "nature": model.nature,
        "deja_financee": "non",
        "remboursable_opco": False,
        "prise_en_charge_carsat": False,
        "organisee_avec_opco": model.nature == "formation" and rng.random() < 0.2,
        "fonds_propres": True,
        "depense_courante": False,
        "obligation_legale": False,
        "lien_activite": True,
        "cree_emploi": False,
        "outil_grh": False,
        "materiel_motorise": model.motorise,
        "projet_motive": True if model.motorise else None,
        "reconduite": dossier["clact_anterieur"] == "acheve" and rng.random() < 0.1,
        "plan_action": model.nature == "equipement" or rng.random() < 0.6,
        "plan_egalite": True if theme.code == "egalite" else None,
        "devis": True,
        "indicateurs": _indicators(rng, model.famille),
        "agents_concernes": min(staff, max(4, round(staff * rng.choice([0.1, 0.15, 0.25, 0.4, 0.6, 1.0])))),
        "structures_concernees": dossier["raison_sociale"]
        + (" ; site annexe" if dossier["plusieurs_etablissements"] else ""),
        "date_debut": begin,
        "date_fin": end,
        "mutualisee": partners,
        "innovante": rng.random() < 0.25,
        "orientation_prioritaire": rng.random() < 0.45,
        "niveau_prevention": pick(rng, {"primaire": 5, "secondaire": 4, "tertiaire": 1}),
        "metiers_en_tension": rng.random() < 0.5,
        "demarche_qvt": model.famille in ("transformation_qvct", "sens_teletravail", "cooperations", "equilibre_vie")
        or rng.random() < 0.25,
        "sens_du_travail": model.famille == "sens_teletravail" and "télé" not in model.intitule.lower(),
        "teletravail": "télétravail" in model.intitule.lower() or "à distance" in model.intitule,
        "etape_qvct": rng.choice(["conception", "diagnostic", "experimentation", "perennisation"])
        if rng.random() < 0.4
        else None,
    }
    for champ in ("innovante", "orientation_prioritaire", "niveau_prevention"):
        if rng.random() < 0.025:
            row[champ] = None
    if not dossier["plusieurs_etablissements"] and rng.random() < 0.03:
        row["agents_concernes"] = None
    price(call, rng, row, _cost(call, rng, model, staff))
    return row


def _place(rng: Random, model: actions.Model, secteur: str) -> str:
    """Where the action takes place, when it is the affair of one department and the title does not say so."""
    if model.famille not in LOCAL or any(
        word in model.intitule for word in ("nuit", "équipes", "urgences", "service", "logistique")
    ):
        return ""
    return f" – {rng.choice(SERVICES[secteur])}" if rng.random() < 0.6 else ""


def _indicators(rng: Random, famille: str) -> str:
    known = actions.INDICATORS.get(famille, actions.OTHER_INDICATORS)
    return " ; ".join(dict.fromkeys([rng.choice(known), *rng.sample(actions.OTHER_INDICATORS, rng.randint(0, 1))]))


def _dates(call: Call, rng: Random) -> tuple[date, date]:
    first, last = call.debuts
    begin = first + timedelta(days=rng.randint(0, (last - first).days))
    if rng.random() < 0.7:
        begin = max(first, begin.replace(day=1))
    months = begin.month - 1 + rng.choice(call.durees_mois)
    # The eve of the anniversary, so that twelve months are twelve months.
    end = date(begin.year + months // 12, months % 12 + 1, min(begin.day, 28)) - timedelta(days=1)
    return begin, min(end, call.fin)


def _cost(call: Call, rng: Random, model: actions.Model, staff: int) -> Decimal:
    """Log-normal between the model's bounds, larger in a larger house, rounded as a person or a quote does."""
    middle = (log(model.cout_min) + log(model.cout_max)) / 2
    cost = exp(rng.gauss(middle, (log(model.cout_max) - log(model.cout_min)) / 3.5)) * (staff / 150) ** 0.28
    amount = Decimal(cost) * call.echelle
    if amount < call.cout_plancher:
        amount = Decimal(call.cout_plancher * rng.choice([1, 1, rng.uniform(1, 1.6)]))
    step = pick(rng, {"1000": 25, "500": 20, "100": 25, "10": 10, "1": 8, "0.01": 12})
    return (amount / Decimal(step)).quantize(Decimal(1), ROUND_HALF_UP) * Decimal(step)


def price(call: Call, rng: Random, row: Row, cost: Decimal) -> None:
    """The money of a line: what is asked, what the establishment brings, so that they add up to the cost."""
    rate = Decimal(pick(rng, call.taux))
    base = cost
    row["dont_remunerations"] = Decimal(0)
    if row["nature"] == "formation":
        teaching = Decimal(rng.choice(["1", "1", "0.9", "0.8"]))
        row["dont_pedagogique"] = base = (cost * teaching).quantize(Decimal("0.01"), ROUND_HALF_UP)
    elif (
        row["nature"] == "accompagnement"
        and call.programme in ("grand_est_2024", "normandie_2025")
        and rng.random() < 0.08
    ):
        row["dont_remunerations"] = (cost * Decimal("0.2")).quantize(Decimal(1), ROUND_HALF_UP)
        base = cost - row["dont_remunerations"]
    asked = base * rate
    asked = asked.quantize(Decimal(1) if rng.random() < 0.8 else Decimal("0.01"), ROUND_HALF_UP)
    others = Decimal(0)
    if call.programme != "normandie_2025" and rng.random() < 0.05:
        others = (cost * Decimal("0.1")).quantize(Decimal(1), ROUND_HALF_UP)
    row |= {
        "cout_total": cost,
        "cout_hors_taxes": (cost / Decimal("1.2")).quantize(Decimal("0.01"), ROUND_HALF_UP),
        "montant_demande": asked,
        "taux_demande": (asked / cost).quantize(Decimal("0.0001"), ROUND_HALF_UP),
        "autres_aides_publiques": others,
        "apport_etablissement": cost - asked - others,
        "lettre_cofinanceur": True if cost > 150_000 or others else None,
    }


def name_partners(filed: list[Row], rng: Random) -> None:
    """A mutualised action has partners: other establishments of the same département."""
    for dossier in filed:
        if any(row["mutualisee"] for row in dossier["actions"]):
            near = [d for d in filed if d["departement"] == dossier["departement"] and d is not dossier] or filed
            chosen = rng.sample(near, min(len(near), rng.randint(1, 4)))
            dossier["partenaires"] = " ; ".join(
                d["finess"] if d["finess"] and rng.random() < 0.3 else d["raison_sociale"] for d in chosen
            )

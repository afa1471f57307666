"""The call of the year before, all of its dossiers funded: the scale that the guide of 2024 gives, and many of its establishments."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from scripts.demo import dossiers
from scripts.demo.calls import CALLS
from scripts.demo.dossiers import Row
from scripts.demo.names import Namer

PROGRAMME = "grand_est_2023"
DELEGATED = Decimal(4_100_000)
"""EUR: « 4.1 M€ ont été délégués », says the guide of 2024."""
_NEXT = next(call for call in CALLS if call.programme == "grand_est_2024")
CALL = replace(
    _NEXT,
    first_numero=12_480_117,
    etat="accepte",
    ouverture=date(2023, 3, 6),
    limite=date(2023, 5, 12),
    duerp_depuis=date(2022, 5, 12),
    debuts=(date(2023, 10, 16), date(2024, 9, 30)),
    fin=date(2025, 12, 31),
    taux={"0.40": 3, "0.45": 1, "0.50": 8},
    lignes={1: 72, 2: 28},
)
"""Named as the next call: it draws from the same catalogue of actions."""
_OF_THE_ESTABLISHMENT = (
    "raison_sociale", "finess", "siret", "departement", "secteur", "statut", "association", "ght", "effectif_total",
    "etp_medical", "etp_non_medical", "lits", "places", "masse_salariale", "courriel_contact",
)  # fmt: skip


def make(following: Sequence[Row], rng: Random) -> list[Row]:
    """The dossiers of the year before ``following``, numbered; what they ask for adds up to DELEGATED."""
    known = _with_an_earlier_contract(following)
    new = {"sanitaire": CALL.sanitaire, "medico_social": CALL.medico_social}
    for dossier in known:
        new[dossier["secteur"]] -= 1
    namer = Namer(CALL.programme, rng, {dossier["raison_sociale"] for dossier in following})
    applicants = [_a_year_before(dossier, rng) for dossier in known]
    # Numbers of FINESS and SIRET that the next call does not give.
    for index, sector in enumerate(sector for sector, count in new.items() for _ in range(count)):
        applicants.append(dossiers.establishment(CALL, rng, namer, 400 + index, sector))
    filed = [dossiers.application(CALL, rng, applicant) for applicant in applicants]
    dossiers.name_partners(filed, rng)
    for dossier in filed:
        dossier["avis_instances"] = "favorable"
    _scale(filed)
    dossiers.number(CALL, filed, rng)
    return filed


def _with_an_earlier_contract(following: Sequence[Row]) -> list[Row]:
    """Those that say so, each establishment once."""
    found: dict[str, Row] = {}
    for dossier in following:
        if dossier.get("clact_anterieur") not in (None, "aucun") and dossier["departement"] in CALL.departements:
            found.setdefault(dossier["finess"] or dossier["siret"], dossier)
    sirets: set[str] = set()
    return [d for d in found.values() if not d["siret"] or not (d["siret"] in sirets or sirets.add(d["siret"]))]


def _a_year_before(dossier: Row, rng: Random) -> Row:
    """The same establishment, with the figures of its year: what it reports a year later is what became of them."""
    before = {champ: dossier.get(champ) for champ in _OF_THE_ESTABLISHMENT}
    accidents, absence, turnover = (dossier.get(c) for c in ("nb_at_mp", "taux_absenteisme", "taux_turnover"))
    return before | {
        "etat": CALL.etat,
        "partenaires": None,
        "nb_at_mp": accidents and max(1, round(accidents * rng.uniform(0.9, 1.35))),
        "taux_absenteisme": absence and absence + Decimal(rng.randint(-6, 14)) / 1000,
        "taux_turnover": turnover and max(Decimal("0.010"), turnover + Decimal(rng.randint(-15, 25)) / 1000),
    }


def _scale(filed: Sequence[Row]) -> None:
    """Bring the money to its scale: whole euros asked, at the rate of each line, that add up exactly."""
    lines = [row for dossier in filed for row in dossier["actions"]]
    factor = DELEGATED / sum(row["montant_demande"] for row in lines)
    for row in lines:
        cost = (row["cout_total"] * factor / 10).quantize(Decimal(1), ROUND_HALF_UP) * 10
        _price(row, cost, (cost * min(row["taux_demande"], Decimal("0.5"))).quantize(Decimal(1), ROUND_HALF_UP))
    largest = max(lines, key=lambda row: row["montant_demande"])
    missing = DELEGATED - sum(row["montant_demande"] for row in lines)
    _price(largest, largest["cout_total"] + 2 * missing, largest["montant_demande"] + missing)


def _price(row: Row, cost: Decimal, asked: Decimal) -> None:
    row |= {
        "cout_total": cost,
        "cout_hors_taxes": (cost / Decimal("1.2")).quantize(Decimal("0.01"), ROUND_HALF_UP),
        "montant_demande": asked,
        "taux_demande": (asked / cost).quantize(Decimal("0.0001"), ROUND_HALF_UP),
        "dont_remunerations": Decimal(0),
        "autres_aides_publiques": Decimal(0),
        "apport_etablissement": cost - asked,
        "lettre_cofinanceur": True if cost > 150_000 else None,
    }
    if row["nature"] == "formation":
        row["dont_pedagogique"] = cost

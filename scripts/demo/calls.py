"""What the generator must know of each call: its territory, its calendar, how much is asked."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Call:
    """Settings of one call. Shares are 0..1."""

    programme: str
    numero: str
    """Pattern of a dossier's number."""
    first_numero: int
    etat: str
    departements: dict[str, int]
    """Département → how often."""
    sanitaire: int
    medico_social: int
    ouverture: date
    limite: date
    duerp_depuis: date
    """A document older than this is no longer up to date."""
    debuts: tuple[date, date]
    fin: date
    durees_mois: tuple[int, ...]
    taux: dict[str, int]
    """Rate asked → how often."""
    lignes: dict[int, int]
    """Number of lines of a dossier → how often."""
    echelle: Decimal
    """Multiplies every cost: brings the total asked to its scale."""
    cout_plancher: int = 0
    faux_departement: str = ""
    """Where an applicant from outside the region comes from."""


CALLS = (
    Call(
        programme="grand_est_2024",
        numero="{}",
        first_numero=17_204_611,
        etat="en_instruction",
        departements={"08": 5, "10": 6, "51": 11, "52": 4, "54": 15, "55": 4, "57": 20, "67": 21, "68": 15, "88": 9},
        sanitaire=129,
        medico_social=201,
        ouverture=date(2024, 3, 4),
        limite=date(2024, 5, 10),
        duerp_depuis=date(2023, 5, 10),
        debuts=(date(2024, 10, 14), date(2025, 9, 30)),
        fin=date(2026, 12, 31),
        durees_mois=(6, 9, 12, 12, 12, 18, 18),
        taux={"0.30": 1, "0.35": 1, "0.40": 4, "0.45": 2, "0.50": 20, "0.55": 1, "0.60": 2},
        lignes={1: 30, 2: 34, 3: 22, 4: 9, 5: 5},
        echelle=Decimal("2.00"),
        faux_departement="70",
    ),
    Call(
        programme="normandie_2025",
        numero="NOR25-{:04d}",
        first_numero=101,
        etat="depose",
        departements={"14": 9, "27": 6, "50": 6, "61": 4, "76": 13},
        sanitaire=96,
        medico_social=0,
        ouverture=date(2025, 2, 3),
        limite=date(2025, 4, 30),
        duerp_depuis=date(2024, 4, 30),
        debuts=(date(2025, 2, 1), date(2026, 1, 1)),
        fin=date(2026, 12, 31),
        durees_mois=(12, 12, 24),
        taux={"0.30": 1, "0.40": 4, "0.45": 1, "0.50": 16, "0.60": 2},
        lignes={1: 40, 2: 38, 3: 22},
        echelle=Decimal("1.30"),
        faux_departement="28",
    ),
    Call(
        programme="guadeloupe_2023",
        numero="GUA-2023-{:03d}",
        first_numero=1,
        etat="depose",
        departements={"971": 24, "977": 2, "978": 4},
        sanitaire=84,
        medico_social=0,
        ouverture=date(2023, 9, 18),
        limite=date(2023, 11, 6),
        duerp_depuis=date(2021, 1, 1),
        debuts=(date(2024, 2, 1), date(2024, 12, 31)),
        fin=date(2026, 3, 31),
        durees_mois=(9, 12, 12, 18),
        taux={"0.30": 3, "0.35": 2, "0.40": 18, "0.45": 1, "0.50": 2},
        lignes={1: 50, 2: 50},
        echelle=Decimal("2.20"),
        cout_plancher=25_000,
        faux_departement="972",
    ),
    Call(
        programme="hauts_de_france_2022",
        numero="HDF-2022-{:03d}",
        first_numero=1,
        etat="depose",
        departements={"02": 6, "59": 20, "60": 8, "62": 14, "80": 7},
        sanitaire=104,
        medico_social=0,
        ouverture=date(2022, 4, 4),
        limite=date(2022, 5, 31),
        duerp_depuis=date(2021, 5, 31),
        debuts=(date(2022, 9, 1), date(2023, 6, 30)),
        fin=date(2025, 6, 30),
        durees_mois=(6, 9, 12, 12, 18, 22),
        taux={"0.30": 1, "0.40": 4, "0.50": 18, "0.60": 2},
        lignes={1: 36, 2: 36, 3: 20, 4: 8},
        echelle=Decimal("1.90"),
        faux_departement="77",
    ),
)

"""Names of establishments that cannot exist: invented communes, and the word « fictif » in each name."""

from collections.abc import Iterable
from random import Random

COMMUNES = {
    "grand_est_2024": [
        "Brumeheim",
        "Valclairain",
        "Fontombreuse",
        "Argelmont",
        "Rosenwalden",
        "Noirvaux",
        "Clairmesange",
        "Ostelheim",
        "Varangemont",
        "Aubelune",
        "Grisécourt",
        "Mirlingen",
        "Tournesange",
        "Hautebrumal",
        "Sarrebrune",
        "Vieilsonge",
        "Dormécourt",
        "Lunevaux",
        "Blanchécor",
        "Wintzelbourg",
        "Épinelange",
        "Courtebruine",
    ],
    "normandie_2025": [
        "Brumeville",
        "Hauquetor",
        "Crèvebise",
        "Saint-Aubélien",
        "Noirbec",
        "Falambert",
        "Grisemare",
        "Bretteclair",
        "Lunemesnil",
        "Varencourt",
        "Aubefleur",
        "Querquebrune",
        "Ventemare",
        "Clairbosc",
        "Pommeraie-le-Vent",
        "Houlebec-Songe",
    ],
    "guadeloupe_2023": [
        "Anse-Brumaire",
        "Morne-Lunaire",
        "Pointe-Songe",
        "Grand-Colibrune",
        "Trois-Alizés",
        "Petite-Mangleraie",
        "Rivière-Azurine",
        "Vieux-Madras",
        "Cap-Flamboyance",
        "Baie-Corossole",
        "Sainte-Ylang",
        "Fond-Cannelier",
    ],
    "hauts_de_france_2022": [
        "Brumeghem",
        "Clairincourt",
        "Noyembise",
        "Hazelinghem",
        "Lunevillers",
        "Grisecambre",
        "Vermeloy",
        "Ostrebise",
        "Fauquembrune",
        "Aubencourt-le-Vent",
        "Saint-Wallerain",
        "Dormicourt",
        "Ravelinghem",
        "Bruayelle",
        "Blanquebise",
    ],
}
ENDINGS = {
    "grand_est_2024": [
        "",
        "-sur-Mirette",
        "-lès-Forges-Bleues",
        "-aux-Grues",
        "-la-Rousserole",
        "-en-Songe",
        "-sur-Aubelle",
    ],
    "normandie_2025": ["", "-sur-Bruine", "-le-Pommier-Bleu", "-en-Songe", "-sur-Ambrelle", "-la-Falaisette"],
    "guadeloupe_2023": ["", " Nord", " les Hauts", " Bord de Mer", " Bellevue", " Sud"],
    "hauts_de_france_2022": ["", "-sur-Lysette", "-les-Briques", "-en-Songe", "-le-Beffroi-Gris", "-sur-Escarelle"],
}
HOUSES = [
    *(f"Les {noun} {adjective}" for noun in ("Tilleuls", "Genêts", "Hêtres", "Cygnes", "Coteaux", "Bleuets", "Érables")
      for adjective in ("bleus", "argentés", "d'Ambrelle", "du Levant rose", "du Grand Songe")),
    *(f"Les {noun} {adjective}" for noun in ("Mésanges", "Glycines", "Fontaines", "Bruyères", "Jonquilles", "Aubépines")
      for adjective in ("bleues", "argentées", "d'Ambrelle", "du Levant rose", "du Grand Songe")),
    *(f"{noun} {adjective}" for noun in ("Résidence", "Maison", "Villa") for adjective in ("Brumaline", "Aubelune", "Clairsonge", "Vermeille")),
]  # fmt: skip
HOUSES_OVERSEAS = [
    f"{noun} {adjective}"
    for noun in ("Les Balisiers", "Les Colibris", "Les Alizés", "Les Flamboyants")
    for adjective in ("bleus", "argentés", "d'Azurine", "du Vieux Songe")
]
GHT = {
    "08": "Ambrelle-Ardoise", "10": "Aubelle et Mirette", "51": "Craie et Brumes", "52": "Haute-Aubelle", "54": "Lorraine d'Argelmont",
    "55": "Vallées de Clairain", "57": "Sarrebrune", "67": "Plaine de Rosenwald", "68": "Haut-Ostel", "88": "Monts de Fontombre",
    "14": "Bocage d'Ambrelle", "27": "Deux Bruines", "50": "Presqu'île de Songe", "61": "Perche-Lunaire", "76": "Estuaire de Grisemare",
    "971": "Îles d'Azurine", "977": "Îles d'Azurine", "978": "Îles d'Azurine",
    "02": "Thiérache-Songe", "59": "Flandre de Lysette", "60": "Vermeloy-Forêt", "62": "Côte de Bise", "80": "Baie de Grisecambre",
}  # fmt: skip


def ght(departement: str) -> str:
    """The invented hospital group of a département."""
    return f"GHT fictif {GHT[departement]}"


class Namer:
    """Gives each establishment of one call its commune and its name, never the same name twice, nor one of ``taken``."""

    def __init__(self, programme: str, rng: Random, taken: Iterable[str] = ()) -> None:
        self._rng = rng
        self._communes = [stem + ending for ending in ENDINGS[programme] for stem in COMMUNES[programme]]
        self._houses = HOUSES_OVERSEAS if programme == "guadeloupe_2023" else HOUSES
        self._given: set[str] = set(taken)

    def name(self, label: str, with_house: bool) -> tuple[str, str]:
        """(name, commune); ``label`` holds the word « fictif » in its right gender."""
        while True:
            commune = self._rng.choice(self._communes)
            name = f"{label} {self._rng.choice(self._houses)}, {commune}" if with_house else f"{label} {_of(commune)}"
            if name not in self._given:
                self._given.add(name)
                return name, commune


def _of(commune: str) -> str:
    return f"d'{commune}" if commune[0] in "AÉEIOUHY" and not commune.startswith("Ha") else f"de {commune}"

"""The follow-up of each call, told by a plan of its own."""

from collections.abc import Callable, Mapping, Sequence
from random import Random

from scripts.demo.followups import (
    grand_est_2023,
    grand_est_2024,
    guadeloupe_2023,
    hauts_de_france_2022,
    normandie_2025,
)
from scripts.demo.stories import Row, Tale

TELLERS: Mapping[str, Callable[[list[Tale], Random], None]] = {
    "grand_est_2023": grand_est_2023.tell,
    "grand_est_2024": grand_est_2024.tell,
    "guadeloupe_2023": guadeloupe_2023.tell,
    "hauts_de_france_2022": hauts_de_france_2022.tell,
    "normandie_2025": normandie_2025.tell,
}


def tell(programme: str, tales: Sequence[Tale], rng: Random) -> list[Row]:
    """Every act of a call, in the order of the days."""
    TELLERS[programme](list(tales), rng)
    rows = [row for tale in tales for row in tale.rows]
    return sorted(rows, key=lambda row: (row["jour"], row["numero"]))

"""So many grants with each story, the others ordinary."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import count
from random import Random

from scripts.demo.stories import Tale

Story = Callable[[Tale], None]
Plan = Sequence[tuple[int, Story]]
NEXT_NOTIFICATION = "Notification CLACT 2024 du 09/10/2024"
FIR_2025 = "Notification FIR 2025 du 15/12/2025"


def by_plan(tales: Sequence[Tale], rng: Random, plan: Plan, ordinary: Story) -> None:
    free = [tale for tale in tales if tale.poste == "aide"]
    rng.shuffle(free)
    # The largest grants go the ordinary way: one of them would weigh more than all the others of its story.
    large = 3 * sum(tale.granted for tale in free) / len(free)
    free.sort(key=lambda tale: tale.granted > large)
    stories = [story for times, story in plan for _ in range(times)]
    if len(stories) > len(free):
        raise ValueError(f"{len(stories)} récits pour {len(free)} subventions")
    for tale, story in zip(free, [*stories, *[ordinary] * (len(free) - len(stories))], strict=True):
        story(tale)


def signer(prefix: str, first: date, within: int) -> Callable[[Tale], None]:
    """Conventions numbered in one series; one in three is an amendment to the CPOM."""
    numbers = count(1)

    def sign(tale: Tale) -> None:
        forme = "avenant_cpom" if tale.rng.random() < 0.35 else "convention"
        tale.sign(first, within, f"{prefix}-{next(numbers):03d}", forme)

    return sign

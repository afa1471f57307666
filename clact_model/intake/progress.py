"""How far a long import is: told to whoever shows it."""

from collections.abc import Callable

Progress = Callable[[str, float], None]
"""Called with the step under way, in French, and the share done, 0..1."""


def silent(step: str, share: float) -> None:
    """Nobody listens."""

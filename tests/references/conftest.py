"""A base of its own for each test, and a real programme."""

from tests.intake.conftest import base, programme  # noqa: F401

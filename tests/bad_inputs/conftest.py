"""The base and the programme of the tests of intake."""

from tests.intake.conftest import base, programme

__all__ = ["base", "programme"]

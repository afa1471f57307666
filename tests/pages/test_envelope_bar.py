"""The bar of the envelope says its parts in words, and refuses parts that do not add up."""

from decimal import Decimal

import pytest

from pages.components import envelope_bar


def test_parts_that_do_not_add_up_are_refused():
    with pytest.raises(ValueError, match="non 100"):
        envelope_bar.show({"Accordé": Decimal(60), "Reste": Decimal(30)}, Decimal(100))


def test_each_part_has_its_own_look():
    assert len(set(envelope_bar.LOOKS.values())) == len(envelope_bar.LOOKS)

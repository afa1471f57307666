"""Settings that cannot be followed are refused in French; the others come back from a file as they were."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clact_model.allocation import Settings, SettingsError
from tests.allocation.builders import codes, euros

keys = st.frozensets(st.tuples(st.text(min_size=1, max_size=5), st.none() | st.integers(1, 9)), max_size=3)


@given(euros(1000), codes, keys, keys, st.integers(1, 100))
def test_settings_kept_and_read_again_are_the_same(enveloppe, strategie, forced_in, forced_out, part):
    settings = Settings(
        enveloppe,
        reserve=enveloppe / 2 if enveloppe == round(enveloppe, 1) else Decimal(0),
        strategie=strategie,
        unite="action",
        forced_in=forced_in - forced_out,
        forced_out=forced_out,
        inclure=frozenset({"a_verifier"}),
        part_utile=Decimal(part) / 100,
    )
    assert Settings.from_json(json.loads(json.dumps(settings.to_json()))) == settings


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"enveloppe": Decimal(-1)}, "L'enveloppe est un montant positif"),
        ({"enveloppe": Decimal("0.001")}, "en euros et centimes"),
        ({"enveloppe": Decimal("NaN")}, "L'enveloppe est un montant"),
        ({"enveloppe": Decimal(10) ** 12}, "L'enveloppe est un montant"),
        ({"reserve": Decimal(-1)}, "La réserve est un montant positif"),
        ({"reserve": Decimal(101)}, r"La réserve \(101,00\s€\) dépasse l'enveloppe \(100,00\s€\)"),
        (
            {"strategie": "hasard"},
            "« hasard » n'existe pas ; au choix : classement, classement_continu, dernier_reduit",
        ),
        ({"unite": "porteur"}, "« porteur » n'existe pas ; au choix : action, dossier"),
        ({"inclure": frozenset({"sursis"})}, "« sursis » n'existe pas ; au choix : a_completer, a_verifier"),
        ({"part_utile": Decimal(50)}, "entre 0 et 1"),
        ({"part_utile": Decimal(0)}, "zéro exclu"),
        ({"forced_in": frozenset({("A", None)}), "forced_out": frozenset({("A", None)})}, "À la fois .* : A"),
        ({"forced_in": frozenset({("A", 2)})}, "Par dossier, une ligne seule .*A/2"),
    ],
)
def test_settings_that_cannot_be_followed_are_refused_in_french(wrong: dict[str, Any], words: str):
    with pytest.raises(SettingsError, match=words):
        Settings(**{"enveloppe": Decimal(100)} | wrong)


@pytest.mark.parametrize("kept", [{}, {"enveloppe": "douze"}, {"enveloppe": None}])
def test_settings_that_were_kept_badly_are_refused_in_french(kept):
    with pytest.raises(SettingsError, match="ne sont plus lisibles"):
        Settings.from_json(kept)

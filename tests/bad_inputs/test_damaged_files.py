"""Real files damaged at random: always one of the five outcomes, in French, and the next file is read as if nothing were."""

import re
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings

from clact_model import intake
from clact_model.programme import Programme
from clact_model.store import Base
from tests.bad_inputs.mutations import damaged
from tests.intake.builders import everything, flat_xlsx, upload

OUTCOMES = set(get_args(intake.Resultat))
FOREIGN = re.compile(
    r"\b(?:error|invalid|unexpected|failed|traceback|exception|not a|cannot|missing|the)\b", re.IGNORECASE
)
"""Words of the libraries, that no French sentence holds."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return Base(tmp_path_factory.mktemp("abimes") / "base.duckdb")


# Each example starts a process of its own, as each file does. Always the same ones: what fails here fails everywhere.
@settings(
    max_examples=120,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(file=damaged())
def test_a_damaged_file_ends_in_one_of_the_outcomes(
    shared: Base, programme: Programme, file: tuple[str, bytes]
) -> None:
    name, content = file
    before = everything(shared)
    report = intake.preview(shared, programme, [upload(content, name)])
    assert report.resultat in OUTCOMES
    for anomaly in report.anomalies:
        sentence = re.sub(r"« .*? »", "", anomaly.message, flags=re.DOTALL)
        assert not FOREIGN.search(sentence), anomaly.message
        assert anomaly.message.rstrip().endswith((".", "?", ")")), anomaly.message
    if report.resultat == "fichier_rejete":
        assert report.candidature is None
        assert any(anomaly.gravite == "erreur" for anomaly in report.anomalies)
    assert everything(shared) == before


def test_after_all_of_them_a_sound_file_is_read(shared: Base, programme: Programme) -> None:
    report = intake.preview(shared, programme, [upload(flat_xlsx())])
    assert (report.resultat, report.nouveaux) == ("accepte", 5)
    shared.close()

"""Dossiers archived on the platform or closed without a decision are kept, shown, and not judged."""

from datetime import date
from pathlib import Path

import pytest

from clact_model import dossiers, eligibility
from clact_model.programme import load_one
from clact_model.store import Base
from tests import facts

PROGRAMME = load_one("hauts_de_france_2022")


@pytest.mark.parametrize("aside", [{"archive": "oui"}, {"etat": "sans_suite"}])
def test_a_dossier_set_aside_is_kept_and_shown_and_not_judged(tmp_path: Path, aside: dict[str, str]) -> None:
    base = Base(tmp_path / "base.duckdb")
    lines = [{"montant_demande": "100.00", "cout_total": "200.00"}]
    facts.put(base, PROGRAMME, {"numero": "A1", "finess": "590000014", "etat": "depose", "archive": "non"}, lines)
    facts.put(base, PROGRAMME, {"numero": "A2", "finess": "620000018", **aside}, lines)
    facts.put(base, PROGRAMME, {"numero": "A3", "finess": "800000014"}, lines)
    cursor = base.cursor()
    judgement = eligibility.judge(cursor, PROGRAMME, date(2022, 6, 1))
    assert [one.numero for one in eligibility.judged(judgement)] == ["A1", "A3"]
    assert cursor.execute("SELECT DISTINCT numero FROM jugement_action ORDER BY 1").fetchall() == [("A1",), ("A3",)]
    assert [one.numero for one in dossiers.set_aside(cursor, PROGRAMME)] == ["A2"]
    assert dossiers.numbers(cursor, PROGRAMME) == ["A1", "A2", "A3"]
    base.close()

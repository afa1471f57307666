"""The second envelope of a call that has one: seen where it is shared out, decided and exported."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from clact_model import allocation, decision, intake, paths, simulation
from clact_model.allocation import Settings, Supplement
from clact_model.decision import Adopted
from clact_model.documents.decisions import facts
from clact_model.programme import load_one
from clact_model.store import Base
from tests.pages.walk import Open, open_page, sane  # noqa: F401

CALL = load_one("hauts_de_france_2022")
DAY = date(2022, 7, 5)


def test_a_supplement_is_seen_on_the_selection_in_its_lists_and_in_its_export(
    tmp_path: Path,
    open_page: Open,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    base = Base(tmp_path / "essai.duckdb")
    file = intake.UploadedFile.from_path(paths.DEMO_FOLDER / f"{CALL.id}.xlsx")
    intake.write(base, CALL, intake.preview(base, CALL, [file]))
    ready = simulation.prepare(base.cursor(), CALL, DAY)
    result = allocation.run(
        ready.lines, Settings(Decimal(1_150_000), supplement=Supplement(Decimal(60_000), Decimal(3_000)))
    )
    decision.adopt(base, CALL, DAY, Adopted(result, ready.basis, None))
    held = decision.held(base.cursor(), CALL)
    assert held is not None and held.supplement > 0
    found = decision.lists(base.cursor(), CALL, held)
    assert sum(row.supplement for row in found.retenus.rows) == held.supplement
    assert "Supplément (€)" in [column.libelle for column in found.columns]
    assert ("Suppléments, pris sur la seconde enveloppe (€)", held.supplement) in facts(held)
    base.close()
    app = open_page(base.path, "arbitrage/selection.py")
    monkeypatch.setenv("CLACT_AUJOURDHUI", DAY.isoformat())
    app.session_state["programme"] = CALL.id
    app.run()
    sane(app)
    shown = {metric.label: "".join(metric.value.split()) for metric in app.metric}
    assert shown["Seconde enveloppe (€)"] == "60000,00€"
    assert app.dataframe[0].value["supplement"].sum() == held.supplement

"""What must hold of the whole chain, whatever the dossiers: from a workbook to the grants."""

import random
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from clact_model import allocation, demo, intake, paths, simulation
from clact_model.allocation import Line, Result, Settings
from clact_model.eligibility import judge, judged
from clact_model.programme import load_one
from clact_model.store import Base
from tests.cli.command import in_a_process

PROGRAMME = load_one("normandie_2025")
WORKBOOK = paths.DEMO_FOLDER / "normandie_2025.xlsx"
DAY = demo.judged_day(PROGRAMME.id)
assert DAY is not None


def bring(path: Path, base: Base) -> Base:
    report = intake.preview(base, PROGRAMME, [intake.UploadedFile.from_path(path)])
    assert intake.write(base, PROGRAMME, report).nouveaux == 96
    return base


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return bring(WORKBOOK, Base(tmp_path_factory.mktemp("demo") / "demo.duckdb"))


def simulate(base: Base, envelope: str, unite: Any = "dossier", strategie: str = "classement_continu") -> Result:
    return allocation.run(prepared(base, unite), Settings(Decimal(envelope), unite=unite, strategie=strategie))


@cache
def prepared(base: Base, unite: Any) -> Sequence[Line]:
    """The lines of a base that no test changes: judged and ranked once."""
    assert DAY is not None
    return simulation.prepare(base.cursor(), PROGRAMME, DAY, unite).lines


def grants(result: Result) -> dict[Any, Any]:
    return {o.line.key: (o.line.position, o.line.score, o.statut, o.granted) for o in result.lines}


def shuffled(path: Path, target: Path) -> Path:
    """The same workbook, dossiers in another order; the lines of a dossier keep theirs, which is their own order."""
    draw = random.Random(7)
    workbook = openpyxl.load_workbook(path)
    for sheet in workbook.worksheets:
        head, *rows = list(sheet.iter_rows(values_only=True))
        blocks: dict[Any, list[Any]] = defaultdict(list)
        for row in rows:
            blocks[row[0]].append(row)
        order = draw.sample(sorted(blocks), len(blocks))
        sheet.delete_rows(2, sheet.max_row)
        for numero in order:
            for row in blocks[numero]:
                sheet.append(row)
        assert [cell.value for cell in sheet[1]] == list(head)
    workbook.save(target)
    return target


def test_rows_in_another_order_change_no_rank_and_no_grant(base: Base, tmp_path: Path) -> None:
    other = bring(shuffled(WORKBOOK, tmp_path / "autre.xlsx"), Base(tmp_path / "autre.duckdb"))
    for unite in ("dossier", "action"):
        assert grants(simulate(other, "700000", unite)) == grants(simulate(base, "700000", unite))


@pytest.mark.parametrize("strategie", allocation.STRATEGIES)
@pytest.mark.parametrize("unite", ["dossier", "action"])
def test_grants_stay_within_the_envelope_and_within_what_is_asked(base: Base, strategie: str, unite: str) -> None:
    before = Decimal(0)
    for envelope in ("0", "10000", "250000.01", "700000", "5000000"):
        result = simulate(base, envelope, unite, strategie)
        assert result.granted <= Decimal(envelope)
        assert result.granted + result.left == Decimal(envelope)
        assert result.granted >= before
        before = result.granted
        for outcome in result.lines:
            assert 0 <= outcome.granted <= (outcome.line.ceiling or 0) <= outcome.line.requested


def test_what_is_not_admitted_receives_nothing(base: Base) -> None:
    assert DAY is not None
    verdicts = {d.numero: d.verdict for d in judged(judge(base.cursor(), PROGRAMME, DAY))}
    for outcome in simulate(base, "5000000").lines:
        if verdicts[outcome.line.numero] != "recevable":
            assert outcome.granted == 0


def test_the_aid_is_never_above_the_rate_the_assiette_or_the_request(base: Base) -> None:
    assert DAY is not None
    cursor = base.cursor()
    judge(cursor, PROGRAMME, DAY)
    rows = cursor.execute("SELECT assiette, aide_maximale, montant_demande FROM jugement_action").fetchall()
    assert len(rows) > 150
    for assiette, aid, requested in rows:
        if aid is not None:
            assert 0 <= aid <= requested
            assert aid * 2 <= assiette


def test_a_simulation_writes_nothing(base: Base) -> None:
    assert DAY is not None
    before = base.writes()
    lines = simulation.prepare(base.cursor(), PROGRAMME, DAY).lines
    allocation.run(lines, Settings(Decimal(700_000)))
    assert base.writes() == before


@pytest.mark.parametrize("zone", ["UTC", "America/Cayenne", "Pacific/Noumea"])
def test_the_result_depends_neither_on_the_zone_nor_on_the_language_of_the_server(zone: str, tmp_path: Path) -> None:
    """The workbook comes in and is judged under another clock and another language: the same document comes out."""
    assert DAY is not None
    variables = {"TZ": zone, "LC_ALL": "C", "CLACT_AUJOURDHUI": DAY.isoformat()}
    on = ("--base", str(tmp_path / "zone.duckdb"), "--programme", PROGRAMME.id)
    imported, listed, judged_there = in_a_process(
        paths.ROOT, variables, ("importer", *on, str(WORKBOOK)), ("lister", *on), ("instruire", *on)
    )
    assert imported["nouveaux"] == 96
    assert (listed, judged_there) == REFERENCE.setdefault("first", (listed, judged_there))


REFERENCE: dict[str, Any] = {}
"""What the first zone gave."""

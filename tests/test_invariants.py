"""What must hold of the whole chain, whatever the dossiers: from a workbook to the grants."""

import json
import os
import random
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from clact_model import allocation, demo, intake, paths, simulation
from clact_model.allocation import Result, Settings
from clact_model.eligibility import judge, judged
from clact_model.programme import load_one
from clact_model.store import Base

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
    assert DAY is not None
    prepared = simulation.prepare(base.cursor(), PROGRAMME, DAY, unite)
    return allocation.run(prepared.lines, Settings(Decimal(envelope), unite=unite, strategie=strategie))


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
    version = base.version()
    simulate(base, "700000")
    assert base.version() == version


@pytest.mark.parametrize("zone", ["UTC", "America/Cayenne", "Pacific/Noumea"])
def test_the_result_depends_neither_on_the_zone_nor_on_the_language_of_the_server(zone: str, tmp_path: Path) -> None:
    """The workbook comes in and is judged under another clock and another language: the same document comes out."""
    assert DAY is not None
    environment = {k: v for k, v in os.environ.items() if not k.startswith("CLACT_")}
    environment |= {"TZ": zone, "LC_ALL": "C", "CLACT_AUJOURDHUI": DAY.isoformat()}
    options = ["--base", str(tmp_path / "zone.duckdb"), "--programme", PROGRAMME.id, "--json"]

    def run(verb: str, *arguments: str) -> str:
        command = [sys.executable, "-X", "utf8", "-m", "clact_model", verb, *options, *arguments]
        done = subprocess.run(command, cwd=paths.ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("importer", str(WORKBOOK))
    document = json.loads(run("lister"))
    assert document == json.loads(REFERENCE.setdefault("lister", json.dumps(document)))
    assert run("instruire") == REFERENCE.setdefault("instruire", run("instruire"))


REFERENCE: dict[str, str] = {}
"""What the first zone gave."""

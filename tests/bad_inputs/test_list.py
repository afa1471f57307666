"""Every file of the list of bad inputs, made and taken in by the ordinary import."""

import csv
from datetime import date
from pathlib import Path

import pytest

from clact_model import intake, statements
from clact_model.programme import Programme
from clact_model.store import Base
from tests.bad_inputs import archives, cells, consumption, sheets, texts
from tests.bad_inputs.checks import CHECKS, Taken
from tests.bad_inputs.making import MAKERS
from tests.intake.builders import held, upload

LINES = {
    line["file"]: line
    for line in csv.DictReader((Path(__file__).parent / "bad_inputs.csv").read_text(encoding="utf-8").splitlines())
}
FOLLOW_UP = {name for name in LINES if name.startswith("f2")}
"""Files of consumption: the dossiers that they name are those of the reference."""
RECEIVED = date(2026, 9, 1)

OUTCOMES = {
    "ACCEPT": "accepte",
    "ACCEPT_WARN": "accepte_avec_avertissement",
    "ASK": "question",
    "REJECT_ROWS": "lignes_rejetees",
    "REJECT_FILE": "fichier_rejete",
}
RATHER_ACCEPTED = {"a06_xlsx_renomme.csv"}
"""The list leaves the choice: the content is a workbook, whatever the name."""

NAMES = {
    "a17_traversee.xlsx": "../../../etc/x.xlsx",
    "a19_nom_formule.xlsx": "=1+1.xlsx",
    "a21_nom_nul.xlsx": "a21\x00\nERREUR faux.xlsx",
}
AFTER_THE_REFERENCE = {"f05_reimport_identique.xlsx", "f07_reimport_ampute.xlsx"}
MADE_BY = (archives, cells, consumption, sheets, texts)


def test_every_line_of_the_list_has_its_maker() -> None:
    assert set(LINES) == set(MAKERS)


@pytest.mark.parametrize("name", sorted(set(LINES) - FOLLOW_UP))
def test_a_file_of_the_list_gives_its_outcome(
    name: str, base: Base, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    line, content = LINES[name], MAKERS[name]()
    if name in AFTER_THE_REFERENCE:
        _import(base, programme, MAKERS["z00_reference.xlsx"](), "z00_reference.xlsx")
    report = _import(base, programme, content, NAMES.get(name, name))
    taken = Taken(base, programme, report, content, monkeypatch)

    expected = "ACCEPT" if name in RATHER_ACCEPTED else line["expected"]
    assert report.resultat == OUTCOMES[expected], taken.said
    assert _stored(base, name) == _expected_rows(line, expected), taken.said
    if name not in RATHER_ACCEPTED and line["must_contain"]:
        assert any(word.casefold() in taken.said.casefold() for word in line["must_contain"].split("|")), taken.said
    if any(line[part] for part in ("sheet", "row", "column")):
        assert any(_is_there(anomaly, line) for anomaly in report.anomalies), report.anomalies
    CHECKS.get(name, lambda taken: None)(taken)


@pytest.mark.parametrize("name", sorted(FOLLOW_UP))
def test_a_file_of_consumption_gives_its_outcome(name: str, base: Base, programme: Programme) -> None:
    line = LINES[name]
    _import(base, programme, MAKERS["z00_reference.xlsx"](), "z00_reference.xlsx")
    content = MAKERS[name]()
    report = _take(base, programme, content, name)
    said = "\n".join(anomaly.message for anomaly in report.anomalies)
    assert (report.resultat, report.source) == (OUTCOMES[line["expected"]], "État récapitulatif (consommation)")
    assert (report.nouveaux, report.rejetes) == (int(line["rows_ok"]), int(line["rows_in"]) - _rows_kept(line))
    assert any(word.casefold() in said.casefold() for word in line["must_contain"].split("|"))
    assert any(_is_there(anomaly, line) for anomaly in report.anomalies)
    assert _presented(base) == int(line["rows_ok"])
    again = _take(base, programme, content, name)
    assert (again.nouveaux, _presented(base)) == (0, int(line["rows_ok"]))
    assert "déjà importé" in "".join(anomaly.message for anomaly in again.anomalies)


def _rows_kept(line: dict[str, str]) -> int:
    """Rows that are not refused: a double is counted once, and refused by nobody."""
    return int(line["rows_ok"]) if line["expected"] == "REJECT_ROWS" else int(line["rows_in"])


def _take(base: Base, programme: Programme, content: bytes, name: str) -> intake.Report:
    files = [upload(content, name)]
    return statements.write(base, programme, statements.preview(base, programme, files, RECEIVED))


def _presented(base: Base) -> int:
    (count,) = base.cursor().execute("SELECT count(*) FROM mouvement WHERE nature = 'depense'").fetchone() or (0,)
    return int(count)


def _import(base: Base, programme: Programme, content: bytes, name: str) -> intake.Report:
    return intake.write(base, programme, intake.preview(base, programme, [upload(content, name)]))


def _stored(base: Base, name: str) -> int:
    return len(held(base, "numero"))


def _expected_rows(line: dict[str, str], expected: str) -> int:
    if line["file"] == "f07_reimport_ampute.xlsx":
        return 5  # Nothing is written, nothing of the reference is lost.
    if expected in ("REJECT_FILE", "ASK"):
        return 0
    return int(line["rows_ok"] or 5)


def _is_there(anomaly: intake.Anomaly, line: dict[str, str]) -> bool:
    said = (anomaly.feuille or "", str(anomaly.ligne or ""), anomaly.colonne or "")
    return all(
        not wanted or wanted == found
        for wanted, found in zip((line["sheet"], line["row"], line["column"]), said, strict=True)
    )

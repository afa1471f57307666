"""A dossier already decided is never changed by an import, nor by taking one back: the difference is shown and asked about."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clact_model import allocation, intake, scenario
from clact_model.allocation import Line, Settings
from clact_model.programme import Programme
from clact_model.scenario import Basis
from clact_model.store import Base
from tests import imports
from tests.decision.builders import put_decision
from tests.imports import IMPORT, Import, Sent, files, take_in
from tests.intake.builders import everything
from tests.intake.test_undoing import DAY, whole

BEFORE = {"D1": Sent("CH A", "Oui", "a@exemple.fr", (1000, 500)), "D2": Sent("CH B", "Oui", None, (800,))}
AFTER = {"D1": Sent("CH B", "Oui", "b@exemple.fr", (2000,)), "D2": Sent("CH B", "Non", None, (800,)), "D3": Sent()}


def questions(report: intake.Report) -> list[str]:
    return [anomaly.message for anomaly in report.anomalies if anomaly.gravite == "question"]


def stored(base: Base, numero: str) -> list[object]:
    """Every row of one dossier, which import wrote it included."""
    cursor = base.cursor()
    return [
        row
        for table in ("dossier", "action", "contact")
        for row in cursor.execute(f"SELECT * FROM {table} WHERE numero = ? ORDER BY ALL", [numero]).fetchall()
    ]


@pytest.fixture
def decided(base: Base, programme: Programme) -> Base:
    """Two dossiers, the first retained."""
    take_in(base, programme, files(BEFORE))
    put_decision(base, programme, "D1")
    return base


def test_the_difference_is_asked_about_and_named_field_by_field(decided: Base, programme: Programme) -> None:
    report = intake.preview(decided, programme, files(AFTER), partial=True)
    assert report.resultat == "question"
    assert (report.nouveaux, report.modifies, report.inchanges) == (1, 1, 1)
    assert {change.numero for change in report.changes} == {"D2"}
    (question,) = questions(report)
    assert question.startswith("Le dossier D1 est déjà décidé, et ce fichier en dit autre chose.")
    kept = {(c.ligne, c.champ, c.avant, c.apres) for c in report.kept_changes if c.numero == "D1"}
    assert (None, "raison_sociale", "CH A", "CH B") in kept
    assert (1, "montant_demande", "1\u202f000,00\u00a0€", "2\u202f000,00\u00a0€") in kept
    (warning,) = [a for a in report.anomalies if a.numero == "D1" and a.gravite == "avertissement"]
    assert "Raison sociale : CH A → CH B" in warning.message
    assert "exemple.fr" not in warning.message


def test_nothing_is_written_until_the_question_is_answered(decided: Base, programme: Programme) -> None:
    before = everything(decided)
    report = intake.preview(decided, programme, files(AFTER), partial=True)
    assert intake.write(decided, programme, report).resultat == "question"
    assert everything(decided) == before


def test_accepting_keeps_the_decided_dossier_and_takes_the_rest(decided: Base, programme: Programme) -> None:
    before = stored(decided, "D1")
    take_in(decided, programme, files(AFTER))
    assert stored(decided, "D1") == before
    rib = dict(decided.cursor().execute("SELECT numero, rib FROM dossier").fetchall())
    assert rib == {"D1": True, "D2": False, "D3": True}
    kept = decided.cursor().execute("SELECT gravite, message FROM anomalie WHERE numero = 'D1'").fetchall()
    assert [gravite for gravite, _ in kept] == ["avertissement"]
    assert decided.faults() == []


@pytest.mark.parametrize("statut", ["retenu", "liste_attente", "refuse", "notifie"])
def test_every_decision_protects_the_dossier_that_it_is_on_a_line_of(
    base: Base, programme: Programme, statut: str
) -> None:
    take_in(base, programme, files(BEFORE))
    put_decision(base, programme, "D1", statut, ligne=2)
    before = stored(base, "D1")
    take_in(base, programme, files(AFTER))
    assert stored(base, "D1") == before


def test_a_mere_proposal_protects_nothing(base: Base, programme: Programme) -> None:
    take_in(base, programme, files(BEFORE))
    put_decision(base, programme, "D1", "propose")
    report = intake.preview(base, programme, files(AFTER), partial=True)
    assert (report.resultat, report.kept_changes) == ("accepte", ())


def test_the_same_file_again_asks_nothing(decided: Base, programme: Programme) -> None:
    report = intake.preview(decided, programme, files(BEFORE), partial=True)
    assert report.kept_changes == ()
    assert not questions(report)


def test_a_decision_taken_after_the_preview_is_asked_about(base: Base, programme: Programme) -> None:
    take_in(base, programme, files(BEFORE))
    report = intake.preview(base, programme, files(AFTER), partial=True)
    put_decision(base, programme, "D1")
    before = everything(base)
    written = intake.write(base, programme, report)
    assert written.resultat == "question"
    assert "Le dossier D1 est déjà décidé" in " ".join(questions(written))
    assert everything(base) == before


@settings(max_examples=4, deadline=None)
@given(first=IMPORT, others=st.lists(IMPORT, min_size=1, max_size=2), numero=st.sampled_from(["D1", "D2"]))
def test_no_sequence_of_imports_changes_a_decided_dossier(
    programme: Programme, tmp_path_factory: pytest.TempPathFactory, first: Import, others: list[Import], numero: str
) -> None:
    base = Base(tmp_path_factory.mktemp("suite") / "base.duckdb")
    sent, which = first
    take_in(base, programme, files({numero: Sent(), **sent}, **which))
    put_decision(base, programme, numero)
    before = stored(base, numero)
    for sent, which in others:
        take_in(base, programme, files(sent, **which))
    assert stored(base, numero) == before
    assert base.faults() == []
    base.close()


def test_an_import_is_not_undone_under_a_decided_dossier(base: Base, programme: Programme) -> None:
    created = take_in(base, programme, files(BEFORE))
    put_decision(base, programme, "D1")
    before = whole(base)
    with pytest.raises(intake.UndoRefusedError, match="Une décision du comité porte sur le dossier D1"):
        intake.undo(base, programme, created)
    assert whole(base) == before


def test_an_import_that_changed_a_dossier_decided_since_is_not_undone(base: Base, programme: Programme) -> None:
    take_in(base, programme, files(BEFORE))
    changed = take_in(base, programme, files(AFTER))
    put_decision(base, programme, "D2")
    with pytest.raises(intake.UndoRefusedError, match=r"dossier D2.*retirerait ou changerait"):
        intake.undo(base, programme, changed)


def test_an_import_that_kept_a_decided_dossier_can_be_undone(decided: Base, programme: Programme) -> None:
    before = stored(decided, "D1")
    second = take_in(decided, programme, files(AFTER))
    found = intake.undo(decided, programme, second)
    assert (found.removed, found.restored) == (("D3",), ("D2",))
    assert stored(decided, "D1") == before


def test_undoing_says_which_scenarios_and_proposals_name_what_goes(base: Base, programme: Programme) -> None:
    created = take_in(base, programme, imports.files({"D1": Sent()}))
    line = Line("D1", None, 1, Decimal(50), Decimal(1000), Decimal(1000))
    result = allocation.run([line], Settings(Decimal(5000)))
    scenario.save(base, programme, "Juin", result, Basis(DAY, "1", base.version()))
    put_decision(base, programme, "D1", "propose")
    found = intake.preview_undo(base.cursor(), programme, created)
    assert [sentence.split(" : ")[0] for sentence in found.notices] == [
        "Le scénario « Juin » nomme le dossier D1 et garde ses chiffres",
        "La sélection propose quelque chose pour le dossier D1",
    ]
    assert intake.undo(base, programme, created).notices == found.notices

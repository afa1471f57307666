"""Statements written to the ledger: once, whole, and taken back by other lines."""

from datetime import date
from decimal import Decimal

import pytest

from clact_model import ledger, statements, tracking
from clact_model.intake import UndoRefusedError
from clact_model.store import Base
from clact_model.tracking import Admit
from tests.intake.builders import messages
from tests.statements.builders import (
    GRANTED,
    IMPORTED,
    RECEIVED,
    last_import,
    lines,
    places,
    previewed,
    programme,
    row,
    statement,
    taken,
)


def balance(base: Base, numero: str = GRANTED) -> ledger.Balance:
    return ledger.balances(base.cursor(), programme().id, date(2099, 1, 1))[numero, "aide"]


def test_each_expense_is_a_line_with_its_answer(base: Base) -> None:
    report = taken(
        base,
        statement(
            row(
                montant=1000, admis=900, verse=800, tranche=1, action=1, objet="Lève-personnes", impute=950, motif="TVA"
            ),
            row(facture="F-2", montant=500),
            row(facture="F-3", montant=300, admis=0, motif="Hors convention"),
        ),
        received=date(2026, 8, 31),
    )
    assert (report.nouveaux, report.rejetes) == (3, 0)
    written = [m for m in lines(base, GRANTED) if m.nature in ("depense", "admission", "rejet")]
    assert [(m.nature, m.montant, m.reference, m.motif) for m in written] == [
        ("depense", Decimal("950.00"), "F-1", None),
        ("admission", Decimal("900.00"), "F-1", None),
        ("rejet", Decimal("50.00"), "F-1", "TVA"),
        ("depense", Decimal("500.00"), "F-2", None),
        ("depense", Decimal("300.00"), "F-3", None),
        ("rejet", Decimal("300.00"), "F-3", "Hors convention"),
    ]
    first = written[0]
    assert (first.jour, first.tranche, first.ligne) == (date(2026, 8, 31), 1, 1)
    assert first.details == {
        "date_facture": "2026-05-04",
        "montant_facture": "1000.00",
        "montant_verse_declare": "800.00",
        "objet": "Lève-personnes",
        "fichier": "etat.xlsx",
    }
    assert [m.sur for m in written[1:3]] == [first.id, first.id]
    found = balance(base)
    assert (found.presente, found.admis, found.rejete, found.paye) == (1750, 900, 350, 0)


def test_a_preview_writes_nothing(base: Base) -> None:
    before = base.writes()
    previewed(base, statement(row()))
    assert (base.writes(), len(lines(base, GRANTED))) == (before, 5)


def test_the_same_file_twice_is_one_import(base: Base) -> None:
    file = statement(row(admis=900), row(facture="F-2"))
    taken(base, file)
    held = lines(base)
    again = taken(base, file)
    assert (again.resultat, again.nouveaux, again.modifies, again.inchanges) == ("accepte_avec_avertissement", 0, 0, 2)
    assert "déjà importé" in messages(again)
    assert places(again, "avertissement")[1:] == [("Consommation", 2, "C"), ("Consommation", 3, "C")]
    assert lines(base) == held


def test_the_same_write_twice_writes_once(base: Base) -> None:
    report = previewed(base, statement(row()))
    for _ in range(2):
        written = statements.write(base, programme(), report, operation="op-1")
    assert (written.nouveaux, balance(base).presente) == (1, 1000)


def test_an_invoice_known_with_other_values_is_refused(base: Base) -> None:
    taken(base, statement(row(montant=1000)))
    report = taken(base, statement(row(montant=1200), name="deux.xlsx"))
    assert (report.resultat, places(report, "erreur")) == ("lignes_rejetees", [("Consommation", 2, "C")])
    assert "contre-passez d'abord la dépense" in messages(report)
    assert balance(base).presente == 1000


def test_what_is_admitted_later_completes_the_expense(base: Base) -> None:
    taken(base, statement(row(), row(facture="F-2")))
    report = taken(base, statement(row(admis=700, motif="Devis"), name="deux.xlsx"))
    assert (report.nouveaux, report.modifies) == (0, 1)
    assert (balance(base).presente, balance(base).admis, balance(base).rejete) == (2000, 700, 300)
    other = taken(base, statement(row(admis=800), name="trois.xlsx"))
    assert (other.resultat, places(other, "erreur")) == ("lignes_rejetees", [("Consommation", 2, "F")])


def test_a_credit_note_lowers_the_sums(base: Base) -> None:
    taken(base, statement(row(facture="A-1", montant=-400, admis=-400), row(montant=1000, admis=1000)))
    assert (balance(base).presente, balance(base).admis) == (600, 600)


def test_what_no_grant_pays_is_kept(base: Base) -> None:
    taken(base, statement(row(IMPORTED)))
    assert balance(base, IMPORTED).presente == 1000


def test_a_preview_that_the_base_has_outrun_asks_again(base: Base) -> None:
    shown = previewed(base, statement(row()))
    taken(base, statement(row(), name="avant.xlsx"))
    report = statements.write(base, programme(), shown)
    assert (report.resultat, report.nouveaux, report.inchanges) == ("question", 0, 1)
    assert balance(base).presente == 1000


def test_an_import_is_undone_by_lines_that_reverse_its_own(base: Base) -> None:
    held, total = lines(base), base.cursor().execute("SELECT count(*) FROM mouvement").fetchone()
    file = statement(row(admis=900, motif="TVA"), row(facture="F-2"))
    taken(base, file)
    shown = statements.preview_undo(base.cursor(), programme(), last_import(base))
    done = statements.undo(base, programme(), last_import(base), operation="annulation")
    assert done == shown
    assert done.notices == ("4 lignes du registre contre-passées.",)
    assert lines(base) == held
    assert base.cursor().execute("SELECT count(*) FROM mouvement").fetchone() == (total[0] + 8,)
    assert base.faults() == []
    again = taken(base, file)
    assert (again.nouveaux, "déjà importé" in messages(again)) == (2, False)


def test_an_import_on_which_something_stands_is_not_undone(base: Base) -> None:
    taken(base, statement(row()))
    expense = next(m for m in lines(base, GRANTED) if m.nature == "depense")
    tracking.record(base, programme(), RECEIVED, [Admit(GRANTED, expense.id, RECEIVED)])
    with pytest.raises(UndoRefusedError, match="répond à une dépense de cet import"):
        statements.undo(base, programme(), last_import(base))
    assert balance(base).admis == 1000


def test_dossiers_with_lines_in_the_ledger_are_not_taken_out(base: Base) -> None:
    with pytest.raises(UndoRefusedError, match="Une ligne du registre du suivi"):
        statements.undo(base, programme(), last_import(base))

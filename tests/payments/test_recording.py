"""An extract read, confirmed and written: once, and taken back."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from clact_model import ledger, paths, payments, statements
from clact_model.ledger import LedgerRefusedError
from clact_model.payments import Choice, Extract
from clact_model.reading.uploads import UploadedFile
from clact_model.store import Base
from tests.intake import builders
from tests.statements.builders import GRANTED, RECEIVED, UNSIGNED, followed, last_import, lines, programme

HEADERS = ("Référence", "Montant", "Date de paiement", "Bénéficiaire", "SIRET", "Libellé")
FIRST, SECOND = "2000,00", "1500,00"


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    opened = followed(tmp_path)
    yield opened
    opened.close()


def extract(*rows: list[Any], headers: tuple[str, ...] = HEADERS, name: str = "chorus.csv") -> UploadedFile:
    return UploadedFile(name, builders.csv_text([headers, *rows]).encode())


def paid(
    reference: str = "DP-1", montant: str = FIRST, jour: str = "02/05/2026", libelle: str = "CONV-2026-17"
) -> list[Any]:
    return [reference, montant, jour, "Établissement 1", builders.SIRETS[0], libelle]


def seen(base: Base, file: UploadedFile) -> Extract:
    return payments.preview(base, programme(), [file], RECEIVED)


def balance(base: Base) -> ledger.Balance:
    return ledger.balances(base.cursor(), programme().id, RECEIVED)[GRANTED, "aide"]


def test_nothing_is_written_before_a_person_confirms(base: Base) -> None:
    before = base.writes()
    found = seen(base, extract(paid(), paid("DP-2", "12,00", libelle="divers")))
    assert [one.statut for one in found.proposals] == ["sur", "a_confirmer"]
    report = payments.record(base, programme(), found, {}, RECEIVED)
    assert (report.resultat, base.writes()) == ("question", before)


def test_what_is_confirmed_is_a_payment_of_its_tranche(base: Base) -> None:
    found = seen(base, extract(paid(), paid("DP-2", SECOND, "01/08/2026")))
    choices = {place: Choice.of(one.best) for place, one in enumerate(found.proposals) if one.best}
    report = payments.record(base, programme(), found, choices, RECEIVED)
    assert (report.resultat, report.nouveaux) == ("accepte", 2)
    written = [m for m in lines(base, GRANTED) if m.nature == "versement"]
    assert [(m.montant, m.jour, m.tranche, m.reference, m.motif) for m in written] == [
        (Decimal("2000.00"), date(2026, 5, 2), 1, "DP-1", "Constaté dans chorus.csv, ligne 2"),
        (Decimal("1500.00"), date(2026, 8, 1), 2, "DP-2", "Constaté dans chorus.csv, ligne 3"),
    ]


def test_the_same_extract_twice_writes_nothing_new(base: Base) -> None:
    file = extract(paid())
    found = seen(base, file)
    for _ in range(2):
        payments.record(base, programme(), found, found.sure, RECEIVED, operation="op-1")
    again = seen(base, file)
    assert [one.statut for one in again.proposals] == ["deja_inscrit"]
    assert "déjà importé" in again.anomalies[0].message
    assert payments.record(base, programme(), again, again.sure, RECEIVED).resultat == "accepte_avec_avertissement"
    assert balance(base).paye == 2000
    with pytest.raises(LedgerRefusedError, match="est déjà inscrit"):
        payments.record(base, programme(), found, found.sure, RECEIVED)


def test_a_person_may_choose_another_grant_and_the_ledger_has_the_last_word(base: Base) -> None:
    found = seen(base, extract(paid()))
    with pytest.raises(LedgerRefusedError, match="aucune convention signée"):
        payments.record(base, programme(), found, {0: Choice(UNSIGNED)}, RECEIVED)
    assert balance(base).paye == 0


def test_an_import_of_payments_is_undone_by_reversals(base: Base) -> None:
    found = seen(base, extract(paid()))
    payments.record(base, programme(), found, found.sure, RECEIVED)
    done = statements.undo(base, programme(), last_import(base))
    assert (done.notices, balance(base).paye) == (("1 ligne du registre contre-passée.",), 0)
    assert [one.statut for one in seen(base, extract(paid())).proposals] == ["sur"]


@pytest.mark.parametrize(
    ("row", "colonne", "said"),
    [
        (paid(montant="-10,00"), "Montant", "n'est pas un versement"),
        (paid(montant="0"), "Montant", "n'est pas un versement"),
        (paid(montant="12.500"), "Montant", "se lit de deux façons"),
        (paid(jour="02/09/2026"), "Date de paiement", "pas encore passé"),
        (paid(jour="31/02/2026"), "Date de paiement", "date impossible"),
        (paid(reference=""), "Référence", "obligatoire"),
    ],
)
def test_a_row_that_is_no_payment_is_refused_at_its_cell(base: Base, row: list[Any], colonne: str, said: str) -> None:
    found = seen(base, extract(row, paid("DP-2")))
    (refused,) = [anomaly for anomaly in found.anomalies if anomaly.gravite == "erreur"]
    assert (refused.ligne, refused.colonne) == (2, colonne)
    assert said in refused.message
    assert (found.refused, len(found.proposals)) == (1, 1)
    assert payments.record(base, programme(), found, found.sure, RECEIVED).resultat == "lignes_rejetees"


def test_a_row_given_twice_counts_once_and_a_total_is_passed_over(base: Base) -> None:
    found = seen(base, extract(paid(), paid(), ["Total", "4000,00", "", "", "", ""]))
    assert len(found.proposals) == 1
    assert [(a.gravite, a.ligne) for a in found.anomalies] == [("information", 4), ("avertissement", 3)]


@pytest.mark.parametrize("name", ["normandie_2025.xlsx", "x.csv"])
def test_dossiers_given_for_payments_are_sent_to_the_import_in_one_sentence(base: Base, name: str) -> None:
    content = (
        "Numéro du dossier;Raison sociale\nDP-1;Clinique du Lac\n".encode()
        if name == "x.csv"
        else (paths.ROOT / "data" / "demo" / name).read_bytes()
    )
    found = seen(base, UploadedFile(name, content))
    (refused,) = found.anomalies
    assert "par la page Importer, ou par le verbe « importer »" in refused.message
    assert not found.proposals


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"", b"un;deux\n1;2\n", "Référence;Mémo\nDP-1;x\n".encode()])
def test_what_is_no_extract_is_refused_in_one_sentence(base: Base, content: bytes) -> None:
    found = seen(base, UploadedFile("x.csv", content))
    report = payments.record(base, programme(), found, {}, RECEIVED)
    assert (report.resultat in ("fichier_rejete", "lignes_rejetees"), found.proposals) == (True, ())
    assert found.anomalies[0].message.endswith(".")


def test_the_import_of_dossiers_says_where_an_extract_goes(base: Base) -> None:
    report = statements.preview(base, programme(), [extract(paid())], RECEIVED)
    assert report.resultat == "fichier_rejete"
    assert "onglet « Import des versements »" in report.anomalies[0].message


@pytest.mark.parametrize("reference", ["DP-1", "AN-1"])
def test_a_payment_that_the_extract_takes_back_is_never_sure(base: Base, reference: str) -> None:
    found = seen(base, extract(paid(), paid(reference, f"-{FIRST}", "04/05/2026")))
    (proposal,) = found.proposals
    assert (proposal.statut, found.sure, found.refused) == ("a_confirmer", {}, 1)
    assert proposal.raison.endswith("la ligne 3 semble l'annuler.")


def test_a_payment_taken_back_in_part_by_another_number_stays_sure(base: Base) -> None:
    found = seen(base, extract(paid(), paid("AN-1", "-12,00", "04/05/2026")))
    assert [one.statut for one in found.proposals] == ["sur"]


def test_a_reference_that_excel_shortened_is_refused(base: Base) -> None:
    found = seen(base, extract(paid("1,00123E+12")))
    assert (found.proposals, found.refused) == ((), 1)
    assert "des chiffres sont perdus" in found.anomalies[0].message


def test_a_payment_in_two_extracts_is_one_wherever_it_stands(base: Base) -> None:
    """Those of January, then those from January to March: the first row of both is the same payment."""
    january, march = extract(paid(), name="janvier.csv"), extract(paid(), paid("DP-2", SECOND), name="mars.csv")
    found = payments.preview(base, programme(), [january, march], RECEIVED)
    assert [one.payment.reference for one in found.proposals] == ["DP-1", "DP-2"]
    assert "déjà à la ligne 2 de janvier.csv" in found.anomalies[0].message


def test_one_payment_told_in_other_words_is_never_sure_twice(base: Base) -> None:
    bare = extract(["DP-1", FIRST, "02/05/2026", "CONV-2026-17"], headers=(*HEADERS[:3], "Libellé"), name="b.csv")
    found = payments.preview(base, programme(), [extract(paid()), bare], RECEIVED)
    assert [one.statut for one in found.proposals] == ["sur", "a_confirmer"]
    assert "mêmes référence, montant et jour que la ligne 2 de chorus.csv" in found.proposals[1].raison


def by_month() -> UploadedFile:
    sheets = {"Mai": [HEADERS, paid()], "Août": [HEADERS, paid("DP-2", SECOND, "03/08/2026")]}
    return UploadedFile("chorus.xlsx", builders.xlsx(sheets))


def test_every_sheet_of_payments_is_read_and_each_row_says_its_own(base: Base) -> None:
    found = seen(base, by_month())
    assert [one.payment.place for one in found.proposals] == [
        "ligne 2 de la feuille « Mai »",
        "ligne 2 de la feuille « Août »",
    ]
    payments.record(base, programme(), found, found.sure, RECEIVED)
    assert {line.motif for line in lines(base, GRANTED) if line.nature == "versement"} == {
        "Constaté dans chorus.xlsx, ligne 2 de la feuille « Mai »",
        "Constaté dans chorus.xlsx, ligne 2 de la feuille « Août »",
    }


@pytest.mark.parametrize(("montant", "jour"), [("1500,00", "02/05/2026"), (SECOND, "03/08/2026")])
def test_a_reference_that_the_ledger_has_with_other_values_is_said_and_never_sure(
    base: Base, montant: str, jour: str
) -> None:
    found = seen(base, extract(paid()))
    payments.record(base, programme(), found, found.sure, RECEIVED)
    (again,) = seen(base, extract(paid("dp‑1", montant, jour))).proposals
    assert again.statut == "a_confirmer"
    assert "est déjà inscrite, pour 2" in again.raison


def test_the_number_of_a_convention_as_reference_of_all_its_payments_is_no_doubt(base: Base) -> None:
    found = seen(base, extract(paid("CONV-2026-17")))
    payments.record(base, programme(), found, found.sure, RECEIVED)
    (second,) = seen(base, extract(paid("CONV-2026-17", SECOND, "03/08/2026"))).proposals
    assert second.statut == "sur"


def test_a_question_on_the_file_that_nobody_answered_writes_nothing(base: Base) -> None:
    thousands = (HEADERS[0], "Montant (k€)", *HEADERS[2:])
    found = seen(base, extract(paid(montant="2,00"), headers=thousands))
    before = base.writes()
    assert payments.record(base, programme(), found, found.sure, RECEIVED).resultat == "question"
    assert base.writes() == before
    payments.record(base, programme(), found, found.sure, RECEIVED, accept=True)
    assert balance(base).paye == 2000


def test_what_is_no_extract_says_so_and_nothing_of_each_of_its_columns(base: Base) -> None:
    found = seen(base, extract(["a", "b", "c", "d"], headers=("Un", "Deux", "Trois", "Quatre")))
    (said,) = found.anomalies
    assert "indiquez dans la correspondance" in said.message

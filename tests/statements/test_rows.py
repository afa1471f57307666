"""What is said of each row of a statement, with its place and its remedy."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clact_model import statements
from clact_model.intake import Correspondence, UploadedFile
from clact_model.intake.rows import TOTAL_SKIPPED
from clact_model.statements.known import accounts
from clact_model.store import Base
from tests.intake import builders
from tests.intake.builders import messages
from tests.statements.builders import (
    GRANTED,
    HEADERS,
    IMPORTED,
    RECEIVED,
    UNSIGNED,
    Row,
    as_csv,
    places,
    previewed,
    programme,
    row,
    statement,
)
from tests.tracking.followed import followed as of_call

REFUSED: list[tuple[list[Row], tuple[int, str], str]] = [
    ([row("2026-9999")], (2, "A"), "2026-9999 est inconnu"),
    ([row(None)], (2, "A"), "obligatoire"),
    ([row(facture=None)], (2, "C"), "obligatoire"),
    ([row(jour=None)], (2, "D"), "obligatoire"),
    ([row(montant=None)], (2, "E"), "obligatoire"),
    ([row(montant="voir devis")], (2, "E"), "n'est pas un montant"),
    ([row(montant="12.500")], (2, "E"), "se lit de deux façons"),
    ([row(montant=0)], (2, "E"), "n'est pas une dépense"),
    ([row(admis="oui")], (2, "F"), "n'est pas un montant"),
    ([row(jour="31/02/2026")], (2, "D"), "date impossible"),
    ([row(jour="hier")], (2, "D"), "n'est pas une date lisible"),
    ([row(tranche="solde")], (2, "B"), "n'est pas un numéro de tranche"),
    ([row(tranche=9)], (2, "B"), "La tranche 9 est inconnue : le dossier 2026-0001 a 3 tranches (1, 2, 3)"),
    ([row(action=7)], (2, "H"), "L'action 7 est inconnue : le dossier 2026-0001 a 1 action (1)"),
    ([row(admis=1200)], (2, "F"), "Le montant admis (1 200,00 €) dépasse le montant facturé (1 000,00 €)"),
    ([row(impute=600, admis=700)], (2, "F"), "dépasse le montant imputé à l'aide (600,00 €)"),
    ([row(impute=1100)], (2, "J"), "Le montant imputé à l'aide (1 100,00 €) dépasse"),
    ([row(admis=900, verse=950)], (2, "G"), "Le montant versé (950,00 €) dépasse le montant admis (900,00 €)"),
    ([row(verse=1001)], (2, "G"), "dépasse le montant facturé"),
    ([row(admis=-5)], (2, "F"), "n'est pas compris entre 0 et"),
    ([row(motif="Hors convention")], (2, "K"), "écrivez ce qui est admis"),
    ([row(), row(facture="A-1", montant=-400, admis=100)], (3, "F"), "n'est pas compris entre 0 et"),
    ([row(), row(facture="A-1", montant=-1500)], (3, "E"), "sous 0"),
    ([row(), row(montant=2000)], (3, "C"), "d'autres valeurs (« Montant facturé », « Montant imputé à l'aide »)"),
    ([row(admis=1000), row(facture="A-1", montant=-400)], (3, "F"), "« Montant admis » est négatif aussi"),
]
WARNED: list[tuple[list[Row], tuple[int, str], str]] = [
    ([row(jour=date(2026, 3, 31))], (2, "D"), "du 31/03/2026, avant la notification du 01/04/2026"),
    ([row(jour=date(2026, 9, 2))], (2, "D"), "du 02/09/2026, après la réception de l'état (01/09/2026)"),
    ([row(montant=3000), row(facture="F-2", montant=2500)], (3, "E"), "5 500,00 € sont présentés pour 5 000,00 €"),
    ([row(), row(facture="A-1", montant=-400)], (3, "E"), "c'est un avoir"),
    ([row(), row()], (3, "C"), "Doublon : la facture F-1 du dossier 2026-0001 est déjà à la ligne 2"),
    ([row(), row(facture=" f-1 ")], (3, "C"), "Doublon"),
    ([row(), row(facture="F\u20111")], (3, "C"), "Doublon"),
    ([row(IMPORTED)], (2, "A"), "Rien n'est encore accordé au dossier 2026-0003"),
    ([row(UNSIGNED, tranche=4)], (2, "A"), "Le dossier 2026-0002 n'a pas encore de convention"),
    ([row(verse=800)], (2, "G"), "déclare 800,00 € versés, le registre en compte 0,00 €"),
    ([row(impute=900)], (2, "J"), "pour 500,00 € au taux accordé (50 % de la facture)"),
]


@pytest.mark.parametrize(("rows", "place", "said"), REFUSED, ids=lambda value: value if isinstance(value, str) else "")
def test_a_row_that_cannot_be_is_refused_at_its_cell(
    untouched: Base, rows: list[Row], place: tuple[int, str], said: str
) -> None:
    report = previewed(untouched, statement(*rows))
    assert report.resultat == "lignes_rejetees"
    assert places(report, "erreur") == [("Consommation", *place)]
    assert said in plain(messages(report))
    assert (report.nouveaux, report.rejetes) == (len(rows) - 1, 1)


@pytest.mark.parametrize(("rows", "place", "said"), WARNED, ids=lambda value: value if isinstance(value, str) else "")
def test_what_a_person_must_look_at_is_said_and_goes_in(
    untouched: Base, rows: list[Row], place: tuple[int, str], said: str
) -> None:
    report = previewed(untouched, statement(*rows))
    assert report.resultat == "accepte_avec_avertissement"
    warned = [a for a in report.anomalies if a.gravite == "avertissement" and said in plain(a.message)]
    assert [(a.ligne, a.colonne) for a in warned] == [place]
    assert report.rejetes == 0


def test_the_rate_that_an_invoice_is_held_against_is_that_of_its_action(tmp_path: Path) -> None:
    one = of_call(tmp_path, "normandie_2025", {1: "2000.00", 2: "1000.00"}, "2025-06-30", actions=2)
    (known,) = accounts(one.base.cursor(), one.programme.id, [one.numero]).values()
    cost = known.couts[1]
    assert cost and known.couts[2] == cost
    assert (known.rate(1), known.rate(2)) == (2000 / cost, 1000 / cost)
    assert known.rate(None) == known.taux == 3000 / (2 * cost)
    one.base.close()


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


def test_an_expense_that_nothing_is_to_be_said_of_is_accepted(untouched: Base) -> None:
    report = previewed(untouched, statement(row(tranche="T2", action=1, impute=500)))
    assert (report.resultat, report.nouveaux, report.anomalies) == ("accepte", 1, ())


def test_one_invoice_may_be_shared_between_actions(untouched: Base) -> None:
    report = previewed(untouched, statement(row(impute=300, action=1), row(impute=300)))
    assert report.rejetes == 1, "a row without an action speaks of the whole invoice"
    shared = previewed(untouched, statement(row("2026-0001", action=1, impute=300)))
    assert shared.resultat == "accepte"


@pytest.mark.parametrize("missing", ["N° facture", "Montant facturé", "Date de facture", "N° dossier"])
def test_a_required_column_that_is_absent_is_asked_for(untouched: Base, missing: str) -> None:
    headers = [*builders.columns(HEADS, **{name: name for name in HEADS if name != missing})]
    report = previewed(untouched, statement(row(), headers=[h or "Mémo" for h in headers]))
    assert report.resultat == "question"
    assert f"« {missing} » est absente" in messages(report)
    assert report.nouveaux == 0


HEADS = ("N° dossier", "Tranche", "N° facture", "Date de facture", "Montant facturé", "Montant admis", "Montant versé")


def test_titles_are_known_by_synonyms_in_any_order_and_under_a_heading(untouched: Base) -> None:
    cells: list[list[Any]] = [
        ["État récapitulatif 2026"],
        [],
        ["Montant de la facture", "Dossier", "Facture n°", "Date facture", "Dépense admise"],
        [1000, GRANTED, "F-1", "4 mai 2026", "900,00 €"],
        [None, "Total", None, None, 900],
    ]
    content = builders.xlsx({"Feuil1": cells})
    report = previewed(untouched, builders.upload(content, "mon fichier.xlsx"))
    (accepted,) = report.accepted
    assert (accepted.expense.montant_admis, accepted.expense.date_facture) == (900, date(2026, 5, 4))
    assert [a.message for a in report.anomalies if a.ligne == 5] == [TOTAL_SKIPPED]


@pytest.mark.parametrize("made", [builders.ods, builders.xlsx])
def test_a_statement_comes_as_xlsx_or_ods(untouched: Base, made: Any) -> None:
    content = made({"Consommation": [HEADS, row()[:7]]})
    assert previewed(untouched, builders.upload(content, "etat")).nouveaux == 1


def test_a_statement_comes_as_csv(untouched: Base) -> None:
    (accepted,) = previewed(untouched, as_csv(row(montant=1000.5))).accepted
    assert f"{accepted.expense.montant_facture}" == "1000.50"


def test_expenses_and_applications_are_not_given_together(untouched: Base) -> None:
    from clact_model import statements
    from tests.statements.builders import RECEIVED, programme

    files = [statement(row()), builders.upload(builders.flat_xlsx())]
    report = statements.preview(untouched, programme(), files, RECEIVED)
    assert (report.resultat, report.nouveaux) == ("fichier_rejete", 0)
    assert "importez d'abord les candidatures" in messages(report)


def test_an_invoice_that_comes_twice_is_told_with_the_file_or_the_sheet_of_the_first(untouched: Base) -> None:
    other = statement(row(montant=1100), name="second.xlsx")
    assert "déjà à la ligne 2 de etat.xlsx, avec d'autres valeurs" in messages(
        previewed(untouched, statement(row()), other)
    )
    sheets = {"Consommation": [HEADERS, row()], "Suite": [HEADERS, row()]}
    twice = UploadedFile("etat.xlsx", builders.xlsx(sheets))
    assert "déjà à la ligne 2 de la feuille « Consommation », elle est comptée" in messages(previewed(untouched, twice))


def test_a_statement_of_unknown_titles_is_read_once_a_person_says_what_they_are(untouched: Base) -> None:
    said = {"chez qui": "numero", "piece": "numero_facture", "le": "date_facture", "combien": "montant_facture"}
    titles = ["Chez qui", "Pièce", "Le", "Combien"]
    file = UploadedFile("etat.xlsx", builders.xlsx({"Feuil1": [titles, [GRANTED, "F-1", date(2026, 5, 4), 1000]]}))
    taken_for = {file.sha256: "consommation"}
    asked = statements.preview(untouched, programme(), [file], RECEIVED, kinds=taken_for)
    assert (asked.resultat, asked.recognition and len(asked.recognition.sheets)) == ("question", 1)
    mapping = Correspondence()
    for title, champ in said.items():
        mapping = mapping.with_column("depense", title, (champ,))
    read = statements.preview(untouched, programme(), [file], RECEIVED, kinds=taken_for, correspondence=mapping)
    assert (read.nouveaux, read.rejetes) == (1, 0)

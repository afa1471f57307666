"""Forms: who else pays, and one establishment is one dossier."""

from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from clact_model.programme import Programme
from clact_model.store import Base
from tests.intake.builders import errors, messages, upload
from tests.intake.forms import PLAIN, WITH_FORMULAS, answer, changed, form, plan, taken


@pytest.mark.parametrize(
    ("written", "aid"),
    [
        ("1 500 € (CNRACL)", "1500"),
        ("CARSAT : 2 000 €", "2000"),
        ("1 500 € (CNRACL) ; 500 € (ANFH)", "1500"),
        ("800 € (Mutuelle)", "0"),
        ("Aucun", "0"),
        (1500, None),
        ("1 500 € (Truc)", None),
        ("demande en cours", None),
    ],
)
def test_other_funders_are_public_aid_only_when_they_are_public(
    written: Any, aid: str | None, base: Base, programme: Programme
) -> None:
    def funded(book: openpyxl.Workbook) -> None:
        plan(book)["G6"] = written

    report, found = taken(base, programme, upload(changed(PLAIN, funded)))
    assert found["590001079"]["actions"][0]["autres_aides_publiques"] == (None if aid is None else Decimal(aid))
    told = {a.place for a in report.anomalies if a.valeur and a.valeur == str(written)}
    assert aid in ("0", "1500", "2000") or told == {"Feuille « 2 - Plan de financement », ligne 6, colonne G"}


def test_without_a_finess_the_siret_is_the_number(base: Base, programme: Programme) -> None:
    def without(book: openpyxl.Workbook) -> None:
        answer(book, "N° FINESS géographique", "en cours")

    report, found = taken(base, programme, upload(changed(PLAIN, without)))
    assert list(found) == ["26743915600014"]
    assert "le sien est « 26743915600014 », d'après « N° SIRET »" in messages(report)


def test_a_form_that_nothing_identifies_is_refused_alone(base: Base, programme: Programme) -> None:
    def nameless(book: openpyxl.Workbook) -> None:
        for label in ("N° FINESS géographique", "N° FINESS juridique", "N° SIRET"):
            answer(book, label, "?")

    files = [upload(changed(PLAIN, nameless), "anonyme.xlsx"), form(WITH_FORMULAS)]
    report, found = taken(base, programme, *files)
    assert (report.nouveaux, report.rejetes, list(found)) == (1, 1, ["020001004"])
    (error,) = errors(report)
    assert (error.fichier, error.feuille) == ("anonyme.xlsx", "1 - Identification")
    assert "ni FINESS ni SIRET lisible" in error.message


def corrected(book: openpyxl.Workbook) -> None:
    plan(book)["E6"] = 26_000


def test_two_forms_of_one_establishment_that_differ_are_asked_about_and_never_merged(
    base: Base, programme: Programme
) -> None:
    files = [form(PLAIN), upload(changed(PLAIN, corrected), "corrigé.xlsx"), form(WITH_FORMULAS)]
    report, found = taken(base, programme, *files)
    assert (report.resultat, found) == ("question", {})
    assert "ne disent pas la même chose" in messages(report)
    report, found = taken(base, programme, *files, accept=True)
    assert (report.nouveaux, report.rejetes, list(found)) == (1, 1, ["020001004"])


def test_two_files_that_say_the_same_are_counted_once(base: Base, programme: Programme) -> None:
    report, found = taken(base, programme, form(PLAIN), upload(changed(PLAIN, lambda _: None), "copie.xlsx"))
    assert (report.nouveaux, report.rejetes, len(found["590001079"]["actions"])) == (1, 0, 4)
    assert "« copie.xlsx » dit la même chose que ce formulaire" in messages(report)


def test_a_form_never_replaces_another_one_of_the_base_unasked(base: Base, programme: Programme) -> None:
    _, before = taken(base, programme, form(PLAIN))
    second = upload(changed(PLAIN, corrected))
    report, found = taken(base, programme, second)
    assert (report.resultat, report.modifies, found) == ("question", 1, before)
    assert [(c.champ, c.ligne) for c in report.changes] == [("cout_total", 1)]
    report, found = taken(base, programme, second, accept=True)
    assert found["590001079"]["actions"][0]["cout_total"] == Decimal(26_000)


def test_another_dossier_of_the_same_establishment_is_asked_about(base: Base, programme: Programme) -> None:
    taken(base, programme, form(PLAIN))

    def without_finess(book: openpyxl.Workbook) -> None:
        answer(book, "N° FINESS géographique", "en cours")

    report, _ = taken(base, programme, upload(changed(PLAIN, without_finess)))
    assert report.resultat == "question"
    assert "Le dossier 590001079 est du même établissement que ce formulaire" in messages(report)

"""FINESS, SIRET, département, number of a dossier: what one cell is read as, and what is refused rather than guessed."""

from datetime import date

import pytest

from clact_model.intake.values import (
    Cell,
    departement,
    dossier_number,
    finess,
    siret,
)
from tests.intake.cells import refused


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("590000014", "590000014"),
        (590000014.0, "590000014"),
        ("59 000 001 4", "590000014"),
        ("59\u00a0000\u202f0014", "590000014"),
        ("'590000014", "590000014"),
        ("590000014.0", "590000014"),
        ("FINESS : 590000014", "590000014"),
        ("N° FINESS EJ 590000014", "590000014"),
        ("2A0000014", "2A0000014"),
        ("2b0000012", "2B0000012"),
    ],
)
def test_writings_of_a_finess_number(written: Cell, number: str) -> None:
    assert finess.parse(written) == (number, None, "avertissement")


def test_a_finess_that_lost_its_zero_gets_it_back_and_this_is_said() -> None:
    number, notice, _ = finess.parse(10000024)
    assert number == "010000024"
    assert notice
    assert "zéro" in notice
    assert "010000024" in notice


def test_a_wrong_finess_key_is_said_and_never_refused() -> None:
    number, notice, gravite = finess.parse("590000015")
    assert number == "590000015"
    assert notice
    assert gravite == "avertissement"


@pytest.mark.parametrize("written", ["5900000", "5900000140", "590000014000", "5,90000014E+08", "2C0000014", True, 5.5])
def test_what_has_not_the_shape_of_a_finess_is_refused(written: Cell) -> None:
    assert "FINESS" in refused(finess.parse, written)


def test_a_siret_is_read_as_typed_as_a_number_and_without_its_first_zero() -> None:
    assert siret.parse("265 906 719 00017") == ("26590671900017", None, "avertissement")
    assert siret.parse(26590671900017.0).value == "26590671900017"
    assert siret.parse("35600000009075").notice is None, "La Poste has its own key"
    assert siret.parse("26590671900018").notice
    value, notice, _ = siret.parse("5500895700015")
    assert value == "05500895700015"
    assert "zéro" in str(notice)


@pytest.mark.parametrize("written", ["2,60100E+13", "2659067190001", "2659067190001X", "", "265906719000170"])
def test_a_siret_with_lost_digits_is_refused(written: str) -> None:
    assert "SIRET" in refused(siret.parse, written)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (1, "01"),
        ("01", "01"),
        ("2a", "2A"),
        ("971", "971"),
        ("Corse-du-Sud", "2A"),
        ("côtes d’armor", "22"),
        ("02 – Aisne", "02"),
        ("59 - Nord", "59"),
        ("69 ", "69"),
        ("Réunion", "974"),
    ],
)
def test_a_departement_by_its_code_or_its_name(written: Cell, found: str) -> None:
    assert departement.parse(written).value == found


@pytest.mark.parametrize("written", ["20", 99, "Paname", "02 – Nord", "00", True])
def test_what_is_no_departement_is_refused(written: Cell) -> None:
    assert "département" in refused(departement.parse, written)


def test_there_are_one_hundred_and_four_departements() -> None:
    assert len(departement.names()) == 104


def test_one_dossier_number_has_one_writing() -> None:
    assert {dossier_number.parse(w).value for w in ("2026-0002", " 2026-0002", "2026–0002\u00a0")} == {"2026-0002"}
    assert dossier_number.parse(20260002.0).value == "20260002"
    assert refused(dossier_number.parse, 2026.5)
    assert refused(dossier_number.parse, date(2026, 2, 1))


def test_a_number_cell_of_thirteen_digits_has_lost_its_zero_and_a_text_lacks_any_digit() -> None:
    value, notice, _ = siret.parse(5650021800014)
    assert value == "05650021800014" and "zéro" in str(notice) and "clé" in str(notice)
    assert refused(siret.parse, "5650021800014")

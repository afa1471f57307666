"""What the list says of some files beyond their outcome."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from clact_model import intake
from clact_model.programme import Programme
from clact_model.store import Base
from tests.bad_inputs import cells, texts
from tests.intake.builders import held, messages, upload


@dataclass(frozen=True)
class Taken:
    """One file of the list after its import."""

    base: Base
    programme: Programme
    report: intake.Report
    content: bytes
    monkeypatch: pytest.MonkeyPatch

    @property
    def said(self) -> str:
        return "\n".join([self.report.resultat, messages(self.report), *(a.place for a in self.report.anomalies)])

    def held(self, champ: str, table: str = "dossier") -> list[Any]:
        return [row[0] for row in held(self.base, champ, table)]

    def cents(self) -> list[int]:
        return [int(amount * 100) for amount in self.held("montant_demande", "action")]


CHECKS: dict[str, Callable[[Taken], None]] = {}


def checks(*names: str) -> Callable[[Callable[[Taken], None]], Callable[[Taken], None]]:
    def register(check: Callable[[Taken], None]) -> Callable[[Taken], None]:
        CHECKS.update(dict.fromkeys(names, check))
        return check

    return register


REFERENCE_CENTS = [500000, 500050, 500100, 500150, 500200]


@checks(
    "z00_reference.xlsx", "z02_reference.ods", "a06_xlsx_renomme.csv", "b10_dimension_geante.xlsx", "b16_100k_noms.xlsx"
)
def the_reference_is_stored_whole(taken: Taken) -> None:
    assert taken.held("numero") == [f"2026-000{number}" for number in range(1, 6)]
    assert taken.cents() == REFERENCE_CENTS
    assert taken.held("siret")[0] == "26590671900017"


@checks("a17_traversee.xlsx")
def its_name_is_shown_without_the_path(taken: Taken) -> None:
    assert taken.report.fichiers[0].nom == "x.xlsx"


@checks("a21_nom_nul.xlsx")
def its_name_is_one_line(taken: Taken) -> None:
    assert "\n" not in taken.report.fichiers[0].nom
    operations = taken.base.cursor().execute("SELECT * FROM journal").fetchall()
    assert not any("\n" in str(value) or "\x00" in str(value) for row in operations for value in row)


@checks("b06_xxe_fichier.xlsx")
def the_local_file_is_never_read(taken: Taken) -> None:
    assert os.uname().nodename not in taken.said


@checks("c02_feuille_tres_masquee.xlsx", "c20_1000_lignes_fantomes.xlsx", "c12_lignes_vides.xlsx")
def only_the_five_amounts_are_stored(taken: Taken) -> None:
    assert taken.cents() == REFERENCE_CENTS
    assert len(taken.report.anomalies) <= 1


@checks("c08_colonnes_en_trop.xlsx")
def each_column_left_out_is_named(taken: Taken) -> None:
    assert all(name in taken.said for name in ("Mémo", "Couleur", "Suivi par"))


@checks("d04_finess_zero_perdu.xlsx")
def the_zero_is_back(taken: Taken) -> None:
    assert taken.held("finess")[0] == "010000024"


@checks("d06_finess_corse.xlsx")
def letters_are_capitals(taken: Taken) -> None:
    assert taken.held("finess") == ["2A0000014", "2B0000013"]


@checks("d08_finess_espaces.xlsx")
def blanks_are_gone(taken: Taken) -> None:
    assert taken.held("finess") == ["590000014", "620000018", "800000010", "020000014"]


@checks("d12_siret_nombre.xlsx")
def siret_are_fourteen_characters(taken: Taken) -> None:
    assert taken.held("siret") == ["26590671900017", "05650021800013"]


@checks("d14_montants_francais.csv")
def amounts_are_read_to_the_cent(taken: Taken) -> None:
    assert taken.cents() == list(cells.AMOUNTS.values())


@checks("d16_montants_refuses.csv")
def each_row_has_its_message(taken: Taken) -> None:
    errors = {anomaly.ligne: anomaly for anomaly in taken.report.anomalies if anomaly.gravite == "erreur"}
    assert sorted(errors) == list(range(2, 17))
    assert all(cells.NO_AMOUNTS[line - 2] in errors[line].message for line in errors if line)


@checks("d20_flottants.xlsx")
def floats_are_rounded_half_up(taken: Taken) -> None:
    assert taken.cents() == [30, 123457, 268, 800000]


@checks("d24_dates_texte.csv")
def dates_are_day_first(taken: Taken) -> None:
    assert _days(taken) == [date(2026, 4, 3)] * 9


@checks("d28_date_en_nombre.xlsx")
def serial_numbers_are_days(taken: Taken) -> None:
    assert _days(taken) == [date(2026, 3, 3), date(2026, 3, 4)]


@checks("d30_fuseau.xlsx")
def moments_do_not_depend_on_the_server(taken: Taken) -> None:
    paris, expected = ZoneInfo("Europe/Paris"), _moments(taken)
    assert [moment.astimezone(paris).strftime("%d/%m %H:%M") for moment in expected[:2]] == [
        "31/03 23:30",
        "01/04 00:30",
    ]
    for zone in ("UTC", "America/Cayenne", "Pacific/Noumea"):
        taken.monkeypatch.setenv("TZ", zone)
        time.tzset()
        again = intake.preview(taken.base, taken.programme, [upload(taken.content)])
        assert (again.inchanges, again.modifies) == (3, 0), zone
    taken.monkeypatch.undo()
    time.tzset()


@checks("d32_departements.xlsx")
def departements_are_codes(taken: Taken) -> None:
    assert taken.held("departement") == ["01", "01", "2A", "971", "2A", "69"]


@checks("d36_unicode.xlsx")
def texts_come_back_unchanged(taken: Taken) -> None:
    # U+FFFE is no character: no document may hold it.
    assert taken.held("description", "action") == [text.replace("\ufffe", "") for text in cells.UNICODE]


@checks("d38_injection_formule.csv")
def texts_are_kept_as_texts(taken: Taken) -> None:
    stored = taken.held("description", "action")
    assert "-5 places" in stored and "=1+1" in stored
    assert taken.cents() == [500000 + 50 * (number % 5) for number in range(17)]


@checks("d40_injection_markdown.csv")
def markdown_is_kept_as_written(taken: Taken) -> None:
    assert taken.held("description", "action") == list(cells.MARKDOWN)


@checks("d42_entete_sql.xlsx")
def the_tables_are_there(taken: Taken) -> None:
    assert len(taken.held("numero")) == 5
    assert "DROP TABLE" in taken.said


@checks("d44_types_inattendus.xlsx")
def a_whole_number_is_its_digits(taken: Taken) -> None:
    assert taken.held("numero") == ["2026-0004", "2026-0005", "20260002"]


@checks("e01_cp1252.csv", "e03_utf16.csv")
def characters_are_kept(taken: Taken) -> None:
    assert taken.held("raison_sociale")[0] == texts.SPECIAL


@checks("e05_double_utf8.csv")
def accents_are_repaired(taken: Taken) -> None:
    assert taken.held("raison_sociale")[0] == "Établissement 1"


@checks("e07_virgule.csv", "e09_cr_seul.csv")
def amounts_are_those_of_the_reference(taken: Taken) -> None:
    assert taken.cents() == REFERENCE_CENTS


@checks("e11_saut_dans_cellule.csv")
def breaks_are_kept(taken: Taken) -> None:
    assert taken.held("description", "action")[0] == "ligne 1\nligne 2 ; suite\nfin"


@checks("e13_guillemet_milieu.csv")
def the_quote_is_kept(taken: Taken) -> None:
    assert '5" tube' in taken.held("description", "action")[0]


@checks("f01_doublon_identique.xlsx", "f05_reimport_identique.xlsx")
def nothing_counts_twice(taken: Taken) -> None:
    assert taken.cents() == REFERENCE_CENTS
    assert taken.report.modifies == 0


def _moments(taken: Taken) -> list[datetime]:
    return taken.held("date_depot")


def _days(taken: Taken) -> list[date]:
    return [moment.astimezone(ZoneInfo("Europe/Paris")).date() for moment in _moments(taken)]

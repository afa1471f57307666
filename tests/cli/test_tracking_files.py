"""etat, importer and rapprocher: the files of the follow-up from the command line."""

import shutil
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.cli.command import Command
from tests.intake.builders import SIRETS, xlsx
from tests.statements.builders import GRANTED, followed, row, statement

CALL = ("--programme", "guadeloupe_2023")


@pytest.fixture
def granted(clact: Command, tmp_path: Path) -> Command:
    base = followed(tmp_path)
    base.close()
    shutil.move(base.path, clact.base)
    return clact.on("2026-09-01")


def test_a_statement_goes_out_comes_back_and_is_undone(granted: Command, tmp_path: Path) -> None:
    written = granted("etat", GRANTED, *CALL, "--sortie", tmp_path / "etat.xlsx")
    assert (written.status, written.document["dossiers"]) == (0, [GRANTED])
    book = openpyxl.load_workbook(tmp_path / "etat.xlsx")
    for column, value in enumerate(row(admis=900, impute=950), start=1):
        book["Consommation"].cell(2, column, value)
    book.save(tmp_path / "rempli.xlsx")
    shown = granted("importer", tmp_path / "rempli.xlsx", *CALL, "--simulation").document
    done = granted("importer", tmp_path / "rempli.xlsx", *CALL, "--recu-le", "2026-08-31", "--operation", "op-1")
    assert (done.status, done.document["source"]) == (0, "État récapitulatif (consommation)")
    assert {name: done.document[name] for name in ("nouveaux", "modifies", "inchanges", "disparus", "rejetes")} == {
        "nouveaux": 1,
        "modifies": 0,
        "inchanges": 0,
        "disparus": 0,
        "rejetes": 0,
    }
    assert shown["depenses"] == done.document["depenses"]
    assert done.document["depenses"] == [
        {
            "numero": GRANTED,
            "reference": "F-1",
            "date_facture": "2026-05-04",
            "montant_facture": "1000.00",
            "montant_impute": "950.00",
            "montant_admis": "900.00",
            "montant_rejete": None,
            "montant_verse": None,
            "tranche": None,
            "ligne": None,
            "etat": "nouvelle",
        }
    ]
    followed_up = granted("suivre", GRANTED, *CALL).document
    assert (followed_up["presente"], followed_up["admis"], followed_up["paye"]) == ("950.00", "900.00", "0.00")
    assert granted("suivre", GRANTED, *CALL, "--date", "2026-08-30").document["presente"] == "0.00"
    undone = granted("annuler", *CALL)
    assert (undone.status, undone.document["contrepassees"], undone.document["retires"]) == (0, 2, [])
    assert granted("suivre", GRANTED, *CALL).document["presente"] == "0.00"


def test_all_the_statements_go_into_an_archive_or_a_folder(granted: Command, tmp_path: Path) -> None:
    assert granted("etat", *CALL, "--sortie", tmp_path / "etats.zip").status == 0
    assert len(zipfile.ZipFile(tmp_path / "etats.zip").namelist()) == 2
    folder = tmp_path / "etats"
    folder.mkdir()
    written = granted("etat", *CALL, "--sortie", folder)
    assert sorted(path.name for path in folder.iterdir()) == ["etat_2026-0001.xlsx", "etat_2026-0002.xlsx"]
    assert len(written.document["fichiers"]) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("etat", "2026-9999", *CALL, "--sortie", "x.xlsx"), "n'est pas dans la base"),
        (("etat", *CALL, "--sortie", "x.xlsx"), "donnez un nom en .zip"),
        (("importer", "x.xlsx", *CALL, "--recu-le", "2026-09-02"), "n'est pas encore passé"),
        (("importer", "x.xlsx", *CALL, "--recu-le", "hier"), "AAAA-MM-JJ"),
    ],
)
def test_what_cannot_be_is_said(granted: Command, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "x.xlsx").write_bytes(statement(row()).content)
    given = [str(tmp_path / "x.xlsx") if one == "x.xlsx" and arguments[0] == "importer" else one for one in arguments]
    answer = granted(*given)
    assert (answer.status, answer.document) == (2, None)
    assert said in answer.errors


def test_payments_are_asked_about_then_written(granted: Command, tmp_path: Path) -> None:
    file = tmp_path / "chorus.csv"
    file.write_text(
        "Référence;Montant;Date de paiement;SIRET;Libellé\n"
        f"DP-1;2000,00;02/05/2026;{SIRETS[0]};CONV-2026-17\n"
        f"DP-2;1500,00;03/08/2026;{SIRETS[0]};subvention\n",
        encoding="utf-8",
    )
    asked = granted("rapprocher", file, *CALL)
    assert (asked.status, asked.document["resultat"], asked.document["nouveaux"]) == (4, "question", 0)
    first, second = asked.document["propositions"]
    assert (first["statut"], first["montant"], first["candidats"][0]["confiance"]) == ("sur", "2000.00", "1.0000")
    assert (second["statut"], second["candidats"][0]["numero"], second["inscrit"]) == ("a_confirmer", GRANTED, None)
    written = granted("rapprocher", file, *CALL, "--accepter")
    assert (written.status, written.document["resultat"]) == (0, "accepte_avec_avertissement")
    assert granted("suivre", GRANTED, *CALL).document["paye"] == "2000.00"
    done = granted("rapprocher", file, *CALL, "--confirmer", f"3={GRANTED}")
    assert (done.status, done.document["nouveaux"], done.document["inchanges"]) == (0, 1, 1)
    assert granted("suivre", GRANTED, *CALL).document["paye"] == "3500.00"
    again = granted("rapprocher", file, *CALL, "--accepter")
    assert (again.status, again.document["nouveaux"], again.document["inchanges"]) == (0, 0, 2)
    wrong = granted("rapprocher", file, *CALL, "--confirmer", "9=2026-0001")
    assert (wrong.status, "aucun paiement à rattacher" in wrong.errors) == (2, True)


def test_a_row_that_two_sheets_have_is_named_with_its_sheet(granted: Command, tmp_path: Path) -> None:
    head = ["Référence", "Montant", "Date de paiement", "SIRET", "Libellé"]
    rows = {
        "Mai": ["DP-1", 2000, date(2026, 5, 2), SIRETS[0], "CONV-2026-17"],
        "Août": ["DP-2", 1500, date(2026, 8, 3), SIRETS[0], "x"],
    }
    file = tmp_path / "chorus.xlsx"
    file.write_bytes(xlsx({name: [head, one] for name, one in rows.items()}))
    wrong = granted("rapprocher", file, *CALL, "--confirmer", f"2={GRANTED}")
    assert (wrong.status, "Mai!2, Août!2" in wrong.errors) == (2, True)
    done = granted("rapprocher", file, *CALL, "--confirmer", f"Mai!2={GRANTED}")
    assert [one["inscrit"] is not None for one in done.document["propositions"]] == [True, False]
    assert granted("suivre", GRANTED, *CALL).document["paye"] == "2000.00"


def test_what_is_asked_of_an_extract_is_confirmed_by_accepting(granted: Command, tmp_path: Path) -> None:
    file = tmp_path / "chorus.csv"
    file.write_text("Référence;Montant (k€);Date;Libellé\nDP-1;2;02/05/2026;CONV-2026-17\n", encoding="utf-8")
    asked = granted("rapprocher", file, *CALL, "--confirmer", f"2={GRANTED}")
    assert (asked.status, "Ajoutez --accepter" in asked.errors) == (2, True)
    assert granted("suivre", GRANTED, *CALL).document["paye"] == "0.00"
    assert granted("rapprocher", file, *CALL, "--accepter").status == 0
    assert granted("suivre", GRANTED, *CALL).document["paye"] == "2000.00"

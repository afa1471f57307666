"""--annoter: copies of the faulty files, under names of ours, never over what is there."""

from pathlib import Path

import openpyxl

from tests.cli.command import Command
from tests.intake import builders

HDF = ("--programme", "hauts_de_france_2022")


def test_a_faulty_file_is_copied_with_its_cells_marked_and_never_over_another(clact: Command, tmp_path: Path) -> None:
    given, folder = tmp_path / "Été 2026.xlsx", tmp_path / "annotés"
    given.write_bytes(builders.flat_xlsx(builders.with_cell(3, "Montant demandé", "voir devis")))
    missing = clact("importer", given, *HDF, "--simulation", "--annoter", folder)
    assert (missing.status, missing.document) == (2, None)
    folder.mkdir()
    for _ in range(2):
        answer = clact("importer", given, *HDF, "--simulation", "--annoter", folder)
        assert answer.status == 1
        assert "numero" not in answer.document["anomalies"][0]
        assert "Fichier annoté : " in answer.errors
    assert sorted(path.name for path in folder.iterdir()) == ["Ete_2026_annote.xlsx", "Ete_2026_annote_2.xlsx"]
    book = openpyxl.load_workbook(folder / "Ete_2026_annote.xlsx")
    assert "voir devis" in book["Dossiers"]["K3"].comment.text

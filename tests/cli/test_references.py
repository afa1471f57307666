"""The verb ``reference``: registers loaded, a call checked, then completed."""

from pathlib import Path

from tests.cli.command import Command

FIXTURES = Path(__file__).parents[1] / "fixtures"
OLD = FIXTURES / "etalab-cs1100502-stock-20260512-0339.csv"
NEW = FIXTURES / "finess-structures-journalier-20260911.json.gz"
EXPORT = FIXTURES / "dossiers_clact-2026-hauts-de-france_2026-03-12_09-41.excel-fr.csv"
CALL = ("--programme", "hauts_de_france_2022")


def test_files_are_loaded_the_oldest_first_and_listed(clact: Command) -> None:
    answer = clact("reference", NEW, OLD)
    assert answer.status == 0
    assert [(one["nature"], one["extrait_le"], one["resultat"]) for one in answer.document["fichiers"]] == [
        ("finess_etalab", "2026-05-12", "charge"),
        ("finess_ans", "2026-09-11", "charge"),
    ]
    held = clact("reference").document
    assert (held["etablissements"], held["en_ght"], len(held["fichiers"])) == (54, 20, 2)


def test_an_older_extraction_is_a_question(clact: Command) -> None:
    clact("reference", NEW)
    assert clact("reference", OLD).status == 4
    assert clact("reference", OLD, "--accepter").document["fichiers"][0]["resultat"] == "charge"


def test_a_call_is_checked_then_completed(clact: Command) -> None:
    clact("importer", EXPORT, *CALL, "--accepter")
    clact("reference", NEW)
    found = clact("reference", "--verifier", *CALL).document
    assert {one["genre"] for one in found["differences"]} >= {"cle", "entite", "ferme"}
    lost = {"numero": "24100004", "champ": "siret", "valeur": "26417776700011", "certitude": "finess", "decide": False}
    assert lost in found["completions"]
    assert clact("reference", "--completer", *CALL).document["completions"] == found["completions"]
    one = next(d for d in clact("lister", *CALL).document["dossiers"] if d["numero"] == "24100004")
    assert one["siret"] == "26417776700011"
    assert {line["nature"] for line in clact("journal", *CALL).document["journal"]} == {"importer", "completer"}


def test_a_file_that_is_no_register_is_named(clact: Command, tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    answer = clact("reference", path)
    assert (answer.status, answer.document) == (1, None)
    assert "« notes.csv »" in answer.errors


def test_a_check_without_a_call_is_wrong_usage(clact: Command) -> None:
    clact("reference", NEW)
    assert clact("reference", "--verifier").status == 2
    assert clact("reference", *CALL).status == 2
    assert clact("reference", "--verifier", "--completer", *CALL).status == 2

"""The verbs: their JSON, their exit status, one document on standard output, French errors on the other."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from clact_model.cli.main import main, parser
from clact_model.programme import load_one
from tests import workbooks
from tests.cli.command import Command, imported

ROOT = Path(__file__).parent.parent.parent
GE = ("--programme", "grand_est_2024")
CASES = json.loads((ROOT / "tests" / "cases" / "grand_est_2024.json").read_text(encoding="utf-8"))
DOSSIER: dict[str, Any] = CASES[0]["dossier"]
LINE: dict[str, Any] = CASES[0]["actions"][0]
FINESS = ("510000029", "510000037", "510000045", "510000052")


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four dossiers that ask for 10 000 to 40 000 €, the fourth without its RIB."""
    dossiers = []
    for i, finess in enumerate(FINESS, start=1):
        dossier = {**DOSSIER, "numero": f"D{i}", "finess": finess, "rib": "non" if i == 4 else "oui"}
        line = {**LINE, "cout_total": 20000 * i, "montant_demande": 10000 * i, "agents_concernes": 50 * i}
        dossiers.append((dossier, [line]))
    return workbooks.fill(load_one("grand_est_2024"), tmp_path_factory.mktemp("envoi") / "candidatures.xlsx", dossiers)


@pytest.fixture
def workbook(sent: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copy(sent, tmp_path))


@pytest.fixture(scope="module")
def taken_in(sent: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return imported(tmp_path_factory.mktemp("verbes"), GE[1], sent)


@pytest.fixture
def filled(clact: Command, taken_in: Path) -> Command:
    return clact.beginning_with(taken_in).on("2024-06-15")


def test_the_programmes_are_listed(clact: Command) -> None:
    found = clact("programmes").document
    assert {"id": "grand_est_2024", "titre": "CLACT Grand Est 2024", "enveloppe": "4000000.00"} in found
    assert next(p for p in found if p["id"] == "normandie_2025")["enveloppe"] is None


def test_the_empty_workbook_comes_back_as_nothing_new(clact: Command, tmp_path: Path) -> None:
    assert clact("modele", *GE, "--sortie", tmp_path / "m.xlsx").status == 0
    answer = clact("importer", tmp_path / "m.xlsx", *GE)
    assert (answer.document["nouveaux"], answer.document["rejetes"]) == (0, 0)
    notices = [anomaly["message"] for anomaly in answer.document["anomalies"]]
    assert any("exemple" in notice for notice in notices)
    assert any("Aucun dossier" in notice for notice in notices)


@pytest.mark.parametrize(
    ("verb", "arguments"),
    [
        ("lister", GE),
        ("instruire", GE),
        ("classer", GE),
        ("simuler", GE),
        ("exporter", (*GE, "--sortie", "x.xlsx")),
        ("journal", ()),
        ("deroger", ("D1", *GE, "--verdict", "recevable", "--motif", "x")),
        ("noter", ("D1", *GE, "dialogue_social=4")),
        ("sauvegarder", ("--sortie", "x.duckdb")),
    ],
)
def test_a_mistyped_base_is_wrong_usage_and_is_not_made(clact: Command, verb: str, arguments: tuple[str, ...]) -> None:
    answer = clact(verb, *arguments)
    assert answer.status == 2
    assert f"La base « {clact.base} » n'existe pas" in answer.errors
    assert list(clact.base.parent.iterdir()) == []


def test_an_import_and_a_restoration_say_that_they_make_a_base(clact: Command, workbook: Path, tmp_path: Path) -> None:
    said = f"Nouvelle base : {clact.base}\n"
    assert clact("importer", workbook, *GE).errors == said
    assert clact("importer", workbook, *GE).errors == ""
    clact("sauvegarder", "--sortie", tmp_path / "copie.duckdb")
    clact.base.unlink()
    assert clact("restaurer", tmp_path / "copie.duckdb").errors == said
    assert len(clact("lister", *GE).document["dossiers"]) == 4


def test_a_script_that_calls_again_with_the_same_operation_writes_once(filled: Command, workbook: Path) -> None:
    override = ("deroger", "D4", *GE, "--verdict", "recevable", "--motif", "RIB reçu", "--operation", "nuit-1")
    lifting = ("deroger", "D4", *GE, "--lever", "--operation", "nuit-2")
    keeping = ("simuler", *GE, "--enregistrer", "Mars", "--operation", "nuit-3")
    importing = ("importer", workbook, *GE, "--operation", "nuit-4")
    for arguments in (override, lifting, keeping, importing):
        first = filled(*arguments)
        before = filled("journal").document
        again = filled(*arguments)
        assert (first.status, again.status) == (0, 0), again.errors
        assert filled("journal").document == before


def test_a_repaired_base_is_said_on_standard_error_and_in_the_journal(filled: Command) -> None:
    filled.base.write_bytes(b"\0" * 50_000)
    answer = filled("lister", *GE)
    assert len(answer.document["dossiers"]) == 4
    assert answer.errors.startswith(f"Attention : La base « {filled.base.name} » ne s'ouvrait plus.")
    assert filled("journal", "--limite", 1).document["journal"][0]["nature"] == "reparer"


def test_a_simulated_import_writes_nothing(clact: Command, workbook: Path) -> None:
    assert clact("importer", workbook, *GE, "--simulation").document["nouveaux"] == 4
    assert clact("lister", *GE).document == {"dossiers": []}


def test_importing_twice_is_importing_once(filled: Command, workbook: Path) -> None:
    before = filled("lister", *GE).document
    again = filled("importer", workbook, *GE)
    assert (again.document["nouveaux"], again.document["modifies"], again.document["inchanges"]) == (0, 0, 4)
    assert filled("lister", *GE).document == before


def test_a_bad_row_is_refused_with_its_place_and_the_good_ones_are_in(clact: Command, workbook: Path) -> None:
    opened = openpyxl.load_workbook(workbook)
    sheet = opened["Actions"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Montant demandé à l'ARS")
    row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == "D2")
    sheet.cell(row, column).value = "voir devis"
    opened.save(workbook)

    answer = clact("importer", workbook, *GE)

    assert answer.status == 1
    assert answer.document["resultat"] == "lignes_rejetees"
    assert answer.document["nouveaux"] == 3
    (anomaly,) = [a for a in answer.document["anomalies"] if a["valeur"] == "voir devis"]
    assert (anomaly["feuille"], anomaly["ligne"], anomaly["gravite"]) == ("Actions", row, "erreur")


def test_a_file_that_lacks_dossiers_asks_before_it_goes_on(filled: Command, workbook: Path) -> None:
    opened = openpyxl.load_workbook(workbook)
    for name in ("Dossiers", "Actions"):
        sheet = opened[name]
        sheet.delete_rows(next(r for r in range(2, sheet.max_row + 1) if sheet.cell(r, 1).value == "D1"))
    opened.save(workbook)
    asked = filled("importer", workbook, *GE)
    assert (asked.status, asked.document["resultat"], asked.document["disparus"]) == (4, "question", 1)
    assert filled("importer", workbook, *GE, "--accepter").status == 0
    assert len(filled("lister", *GE).document["dossiers"]) == 4


def test_a_file_that_is_no_workbook_is_refused(clact: Command, tmp_path: Path) -> None:
    (tmp_path / "lettre.xlsx").write_text("Madame, Monsieur,", encoding="utf-8")
    answer = clact("importer", tmp_path / "lettre.xlsx", *GE)
    assert (answer.status, answer.document["resultat"]) == (1, "fichier_rejete")


def test_an_override_is_shown_with_what_it_replaced(filled: Command) -> None:
    filled("deroger", "D4", *GE, "--verdict", "recevable", "--motif", "RIB reçu")
    dossier = filled("instruire", *GE).document["dossiers"][3]
    assert dossier["verdict"] == "recevable"
    assert dossier["derogation"]["verdict_calcule"] == "irrecevable"
    assert dossier["derogation"]["motif"] == "RIB reçu"
    assert filled("deroger", "D4", *GE, "--lever").document["verdict"] == "irrecevable"


def test_a_piece_to_come_carries_its_last_day(clact: Command, tmp_path: Path) -> None:
    dossier = {**DOSSIER, "avis_instances": "en_attente", "date_instances": "2024-05-28"}
    path = workbooks.fill(load_one("grand_est_2024"), tmp_path / "c.xlsx", [(dossier, [LINE])])
    clact.on("2024-06-15")("importer", path, *GE)
    (found,) = clact("instruire", *GE).document["dossiers"]
    assert (found["verdict"], found["jusqu_au"]) == ("a_completer", "2024-10-08")
    assert found["regles"][0]["jusqu_au"] == "2024-10-08"
    (late,) = clact.on("2024-10-09")("instruire", *GE).document["dossiers"]
    assert late["verdict"] == "a_verifier"


def test_dossiers_are_ranked_with_scores_of_four_decimals(filled: Command) -> None:
    found = filled("classer", *GE, "--poids", "agents=4", "--poids", "orientation=0").document["dossiers"]
    assert [dossier["numero"] for dossier in found] == ["D3", "D2", "D1"]
    assert re.fullmatch(r"\d+\.\d{4}", found[0]["score"])
    assert sum(float(points) for points in found[0]["contributions"].values()) == pytest.approx(
        float(found[0]["score"])
    )


def test_a_simulation_adds_up_and_writes_nothing(filled: Command) -> None:
    journal = filled("journal").document
    found = filled("simuler", *GE, "--enveloppe", "35000", "--reserve", "4000").document
    assert (found["enveloppe"], found["reserve"], found["accorde"], found["reste"]) == (
        "35000.00",
        "4000.00",
        "30000.00",
        "1000.00",
    )
    assert [(line["numero"], line["statut"]) for line in found["lignes"]] == [
        ("D3", "finance"),
        ("D2", "liste_attente"),
        ("D1", "liste_attente"),
        ("D4", "refuse"),
    ]
    assert all(line["raison"] for line in found["lignes"])
    assert filled("journal").document == journal


@pytest.mark.parametrize(
    ("strategie", "granted"),
    [("classement", "0.00"), ("classement_continu", "20000.00"), ("dernier_reduit", "29000.00")],
)
def test_each_strategy_is_reached_by_its_name(filled: Command, strategie: str, granted: str) -> None:
    found = filled("simuler", *GE, "--enveloppe", "29000", "--strategie", strategie).document
    assert (found["strategie"], found["accorde"]) == (strategie, granted)


def test_lines_are_forced_in_and_out_by_action(filled: Command) -> None:
    options = ("--unite", "action", "--enveloppe", "30000", "--force", "D1/1", "--exclure", "D3")
    lines = {line["numero"]: line for line in filled("simuler", *GE, *options).document["lignes"]}
    assert (lines["D1"]["statut"], lines["D1"]["rang"], lines["D1"]["ligne"]) == ("finance", 1, 1)
    assert lines["D3"]["statut"] == "refuse"
    assert "écartée" in lines["D3"]["raison"]


def test_a_parameter_changed_changes_the_aid_and_nothing_else(filled: Command) -> None:
    found = filled("simuler", *GE, "--parametre", "taux=0.25").document
    assert found["accorde"] == "30000.00"
    assert filled("simuler", *GE).document["accorde"] == "60000.00"


def test_no_envelope_anywhere_is_wrong_usage(filled: Command) -> None:
    answer = filled("simuler", "--programme", "normandie_2025")
    assert answer.status == 2
    assert "--enveloppe" in answer.errors
    assert answer.document is None


def test_a_bare_list_needs_neither_base_nor_programme(clact: Command, tmp_path: Path) -> None:
    (tmp_path / "projets.csv").write_text("id,cout,score\na,60,10\nb,50,8\nc,40,1\n", encoding="utf-8")
    found = clact("simuler", "--liste", tmp_path / "projets.csv", "--enveloppe", "100").document
    assert [(line["numero"], line["statut"]) for line in found["lignes"]] == [
        ("a", "finance"),
        ("b", "liste_attente"),
        ("c", "finance"),
    ]
    assert not clact.base.exists()


def test_a_saved_scenario_is_exported_as_it_was(filled: Command, tmp_path: Path) -> None:
    filled("simuler", *GE, "--enveloppe", "35000", "--enregistrer", "Mars")
    filled("deroger", "D3", *GE, "--verdict", "irrecevable", "--motif", "retrait")
    answer = filled("exporter", *GE, "--scenario", "Mars", "--sortie", tmp_path / "liste.xlsx")
    assert answer.document["accorde"] == "30000.00"
    sheets = openpyxl.load_workbook(tmp_path / "liste.xlsx").sheetnames
    assert sheets == ["Sélection", "Liste d'attente", "Non retenus", "Contexte"]


def test_a_backup_comes_back(filled: Command, tmp_path: Path) -> None:
    assert filled("sauvegarder", "--sortie", tmp_path / "copie.duckdb").status == 0
    filled("deroger", "D1", *GE, "--verdict", "sursis", "--motif", "x")
    assert filled("restaurer", tmp_path / "copie.duckdb").status == 0
    assert filled("instruire", *GE).document["dossiers"][0]["verdict"] == "recevable"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("inconnu",),
        ("lister",),
        ("lister", "--programme", "nulle_part"),
        ("classer", *GE, "--poids", "agents"),
        ("simuler", *GE, "--strategie", "tirage"),
        ("simuler", *GE, "--enveloppe", "beaucoup"),
        ("simuler", *GE, "--parametre", "taux=50"),
        ("exporter", *GE, "--sortie", "x.pdf", "--format", "pdf"),
        ("exporter", *GE, "--sortie", "x.pdf"),
        ("exporter", *GE, "--sortie", "x.csv", "--format", "xlsx"),
        ("exporter", *GE, "--sortie", "x.csv", "--scenario", "Mars", "--enveloppe", "5"),
        ("exporter", *GE, "--sortie", "x.csv", "--scenario", ""),
        ("modele", *GE, "--sortie", "/nulle/part/m.xlsx"),
        ("simuler", *GE, "--enregistrer", ""),
        ("simuler", *GE, "--part-utile", "NaN"),
        ("simuler", *GE, "--parametre", "taux=NaN"),
        ("simuler", *GE, "--parametre", "actions_maximum=-4"),
        ("classer", *GE, "--poids", "agents=Infinity"),
        ("journal", "--limite", "0"),
        ("journal", "--programme", "nulle_part"),
        ("deroger", "D1", *GE, "--verdict", "recevable"),
        ("noter", "D1", *GE, "dialogue_social"),
    ],
)
def test_wrong_usage_is_said_in_french_with_status_2(filled: Command, arguments: tuple[str, ...]) -> None:
    answer = filled(*arguments) if arguments else filled("")
    assert answer.status == 2
    assert answer.document is None
    assert answer.errors.startswith("Erreur : ")
    assert not re.search(r"\b(required|invalid|unrecognized|expected|argument [A-Z])\b", answer.errors)


def test_a_day_that_is_no_day_is_refused(filled: Command) -> None:
    assert "AAAA-MM-JJ" in filled.on("15/06/2024")("instruire", *GE).errors


def test_the_readme_shows_every_verb() -> None:
    verbs = next(action.choices for action in parser()._actions if action.dest == "nom_du_verbe")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert verbs is not None
    assert [verb for verb in verbs if f"`{verb}" not in readme] == []


def test_the_help_of_a_verb_writes_a_share_with_one_sign(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["simuler", "--help"])
    shown = capsys.readouterr().out
    assert "MONTANT|PART%" in shown
    assert "%%" not in shown

"""A bare list of projects, with neither base nor programme."""

from decimal import Decimal
from pathlib import Path

import pytest

from clact_model.allocation import Settings, run
from clact_model.allocation.from_list import ListError, read


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "projets.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_projects_are_ranked_by_score_then_by_id(tmp_path):
    lines = read(written(tmp_path, "id,cout,score\nC,10,5\nB,20.50,5\nA,30,7\n"))
    assert [(line.numero, line.position, line.ceiling) for line in lines] == [
        ("A", 1, Decimal(30)),
        ("B", 2, Decimal("20.50")),
        ("C", 3, Decimal(10)),
    ]


def test_a_bare_list_is_allocated(tmp_path):
    result = run(read(written(tmp_path, "id,cout,score\nA,60,3\nB,50,2\nC,30,1\n")), Settings(Decimal(100)))
    assert [outcome.statut for outcome in result.lines] == ["finance", "liste_attente", "finance"]
    assert (result.granted, result.score_total) == (90, 4)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_french_spreadsheet_s_csv_is_read(tmp_path, encoding):
    (line,) = read(written(tmp_path, "Score;Id;Cout\r\n12,5;Été;1 234,50\r\n\r\n", encoding))
    assert (line.numero, line.requested, line.score) == ("Été", Decimal("1234.50"), Decimal("12.5"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "est vide"),
        ("id,cout\nA,1\n", "ligne 1 : il manque la colonne score"),
        ("projet,cout\nA,1\n", "ligne 1 : il manque les colonnes id, score"),
        ("id,cout,score,Score\nA,1,2,3\n", "ligne 1 : la colonne score est écrite deux fois"),
        ("id,cout,score\nA,1,1000000000\n", "ligne 2, colonne « score » : « 1000000000 » dépasse"),
        ("id,cout,score\nA,voir devis,1\n", "ligne 2, colonne « cout » : « voir devis » n'est pas un nombre"),
        ("id,cout,score\nA,1,1\nB,2,\n", "ligne 3, colonne « score » : «  » n'est pas un nombre"),
        ("id,cout,score\nA,-1,1\n", "ligne 2, colonne « cout » : « -1 » n'est pas un montant positif"),
        ("id,cout,score\nA,1.001,1\n", "n'est pas un montant positif en euros et centimes"),
        ("id,cout,score\nA,NaN,1\n", "« NaN » n'est pas un nombre"),
        ("id,cout,score\nA,1e3,1\n", "« 1e3 » n'est pas un nombre"),
        ("id,cout,score\n,1,1\n", "ligne 2 : la colonne « id » est vide"),
        ("id,cout,score\nA,1,1\nA,2,2\n", "ligne 3 : « A » est déjà à la ligne 2"),
        ("id,cout,score\nA\n", "ligne 2, colonne « cout »"),
        ('id,cout,score\n"A"B,1,1\n', "ligne 2 : guillemets"),
    ],
)
def test_a_faulty_list_is_refused_with_its_line(tmp_path, text, words):
    with pytest.raises(ListError, match=words):
        read(written(tmp_path, text))


def test_a_list_that_is_not_there_is_refused_in_french(tmp_path):
    with pytest.raises(ListError, match=r"« absent\.csv » ne peut pas être lu"):
        read(tmp_path / "absent.csv")

"""A register is known by what it contains, read within limits, and refused in one French sentence."""

import gzip
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from clact_model import references
from clact_model.reading import FileRefusedError
from clact_model.references import Extract, ReferenceFile, files
from tests.references import builders

FIXTURES = Path(__file__).parents[1] / "fixtures"
EXPECTED = json.loads((FIXTURES / "expected.json").read_text(encoding="utf-8"))["etablissements"]
OLD = "etalab-cs1100502-stock-20260512-0339.csv"
LATIN = "etalab-cs1100507-stock-20260512-0339.latin1.csv"
NEW = "finess-structures-journalier-20260911.json.gz"


def fixture(name: str) -> Extract:
    return references.read(ReferenceFile.from_path(FIXTURES / name))


def one(extract: Extract) -> dict[str, object]:
    (row,) = extract.etablissements.to_pylist()
    return dict(row)


@pytest.mark.parametrize(
    ("name", "nature", "day"),
    [
        (OLD, "finess_etalab", date(2026, 5, 12)),
        (LATIN, "finess_etalab", date(2026, 5, 12)),
        (NEW, "finess_ans", date(2026, 9, 11)),
    ],
)
def test_every_form_of_the_register_gives_the_same_establishments(name: str, nature: str, day: date) -> None:
    extract = fixture(name)
    assert (extract.nature, extract.extrait_le) == (nature, day)
    found = {row["finess"]: row for row in extract.etablissements.to_pylist()}
    assert found.keys() == {known["finess_et"] for known in EXPECTED}
    for known in EXPECTED:
        row = found[known["finess_et"]]
        # The new register lacks the SIRET of some sites.
        assert row["siret"] == known["siret"] or (nature == "finess_ans" and row["siret"] is None)
        assert (row["finess_juridique"], row["departement"], row["raison_sociale"]) == (
            known["finess_ej"],
            known["dep"],
            known["nom"],
        )


def test_the_new_register_gives_the_groups_and_what_is_closed() -> None:
    extract = fixture(NEW)
    groups = {row["finess"]: row["ght"] for row in extract.entites.to_pylist()}
    for known in EXPECTED:
        assert groups[known["finess_ej"]] == (None if known["ght"] == "Hors GHT" else known["ght"])
    assert [row["finess"] for row in extract.etablissements.to_pylist() if not row["ouvert"]] == ["620002964"]


def test_a_closing_date_closes_and_the_address_is_that_of_the_site() -> None:
    row = one(builders.new_register(builders.entity(builders.site(ferme_le="2025-12-31", commune="97105"))))
    assert (row["ouvert"], row["ferme_le"], row["departement"]) == (False, date(2025, 12, 31), "971")
    assert row["raison_sociale"] == "CH DE LILLE"


@pytest.mark.parametrize(
    ("departement", "place", "code"),
    [
        ("9A", "97110 POINTE A PITRE", "971"),
        ("9A", "97150 ST MARTIN", "978"),
        ("9A", "97133 ST BARTHELEMY", "977"),
        ("9F", "97600 MAMOUDZOU", "976"),
        ("9D", "97400 ST DENIS", "974"),
        ("2A", "20000 AJACCIO", "2A"),
        ("9J", "98600 UVEA", None),
    ],
)
def test_overseas_codes_of_the_old_register_become_ours(departement: str, place: str, code: str | None) -> None:
    row = one(builders.read("e.csv", builders.etalab(builders.etalab_line(departement=departement, place=place))))
    assert row["departement"] == code


@pytest.mark.parametrize(
    ("form", "espic", "statut"),
    [("13", "0", "public"), ("60", "6", "prive_non_lucratif"), ("95", "0", "prive_lucratif"), ("89", "0", None)],
)
def test_the_legal_form_settles_the_statute_or_nothing_does(form: str, espic: str, statut: str | None) -> None:
    site = builders.site()
    site["informationsGeneralesEGE"]["espic"] = [espic]
    assert one(builders.new_register(builders.entity(site, statut=form)))["statut"] == statut


def test_a_category_that_is_not_settled_leaves_the_sector_unknown() -> None:
    sectors = [
        one(builders.new_register(builders.entity(builders.site(categorie=category))))["secteur"]
        for category in ("355", "500", "177", "247")
    ]
    assert sectors == ["sanitaire", "medico_social", "social", None]


def test_lines_of_two_encodings_in_one_file_are_both_read() -> None:
    accents = [builders.etalab_line(finess=f, nom="HÔPITAL DE FÉCAMP") for f in (builders.SITE, builders.OTHER)]
    content = b"\n".join([b"finess;etalab;111;2026-05-12", accents[0].encode(), accents[1].encode("cp1252")])
    extract = references.read(builders.file("mixte.csv", content))
    assert {row["raison_sociale"] for row in extract.etablissements.to_pylist()} == {"HÔPITAL DE FÉCAMP"}


def test_a_line_that_cannot_be_read_is_left_out_and_said() -> None:
    content = builders.etalab(builders.etalab_line(), "structureet;59;trop court", builders.etalab_line())
    extract = builders.read("e.csv", content)
    assert extract.etablissements.num_rows == 1
    assert "ligne 3" in extract.notices[0] and "1 établissement en double" in extract.notices[1]


def test_the_list_of_the_groups_is_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Liste des GHT au 31 octobre"])
    book.active.append(["REGION", "DENOMINATION GHT", "CODE GHT", "FINESS", "CATEGORIE", "DENOMINATION ETABLISSEMENT"])
    book.active.append(["R", "Lille Métropole", "R-01", int(builders.ENTITY), "C.H.R.", "CHU DE LILLE"])
    book.active.append(["R", "Aisne Nord", "R-02", 20000063, "C.H.", "CH DE LAON"])
    path = tmp_path / "dgos_ght_liste_2017_10_31.xlsx"
    book.save(path)
    extract = references.read(ReferenceFile.from_path(path))
    assert (extract.nature, extract.extrait_le) == ("ght", date(2017, 10, 31))
    assert [(row["finess"], row["ght"]) for row in extract.entites.to_pylist()] == [
        (builders.ENTITY, "Lille Métropole"),
        ("020000063", "Aisne Nord"),
    ]


def test_a_light_list_gives_the_columns_that_it_has() -> None:
    content = (
        "N° FINESS;SIRET;Secteur;GHT\n590000014;26590671900017;Sanitaire;Lille\npas un numéro;;;\n590000022;x;?;\n"
    )
    extract = builders.read("region.csv", content)
    assert extract.nature == "finess_leger"
    assert set(extract.etablissements.column_names) == {"finess", "siret", "secteur"}
    assert extract.etablissements.to_pylist()[0] == {
        "finess": "590000014",
        "siret": "26590671900017",
        "secteur": "sanitaire",
    }
    assert extract.entites.to_pylist() == [{"finess": "590000014", "ght": "Lille"}]
    assert any("« N° SIRET » ne se lit pas" in notice for notice in extract.notices)


def _refusal(name: str, content: bytes | str) -> str:
    with pytest.raises(FileRefusedError) as caught:
        builders.read(name, content)
    return str(caught.value)


def test_an_archive_cut_short_is_refused() -> None:
    content = (FIXTURES / NEW).read_bytes()
    assert "incomplète ou abîmée" in _refusal("coupe.json.gz", content[: len(content) // 2])


def test_json_cut_short_is_refused() -> None:
    content = gzip.decompress((FIXTURES / NEW).read_bytes())
    assert "incomplet ou abîmé" in _refusal("coupe.json", content[: len(content) // 2])


@pytest.mark.parametrize("content", [{"etablissements": []}, {"pmej_autre": [1]}])
def test_json_of_something_else_is_refused(content: object) -> None:
    assert "n'est pas le flux « finess-structures »" in _refusal("autre.json", json.dumps(content))


@pytest.mark.parametrize("content", ['{"pmej": [1, null, {"ege": 3}]}', '{"pmej": {}}', '{"pmej": []}'])
def test_json_of_the_right_name_and_another_shape_is_refused(content: str) -> None:
    assert "ne contient aucun établissement" in _refusal("vide.json", content)


def test_an_archive_that_unpacks_without_end_is_stopped() -> None:
    bomb = gzip.compress(b'{"pmej": [' + b" " * 60_000_000)
    assert len(bomb) < 100_000
    assert "beaucoup plus qu'un référentiel" in _refusal("bombe.json.gz", bomb)


def test_json_nested_without_end_is_stopped() -> None:
    assert "imbriqué sans fin" in _refusal("profond.json", b'{"pmej":[' + b'{"a":' * 200_000)


def test_one_endless_record_is_stopped() -> None:
    assert "enregistrement" in _refusal("long.json", b'{"pmej":["' + b"a" * (files.PIECE_BYTES + 10) + b'"]}')


@pytest.mark.parametrize(
    "content",
    ["une seule colonne\nsans titre connu\n", "FINESS\n590000014\n", "a;b\n1;2\n", "PK\x03\x04faux"],
)
def test_a_table_that_is_no_register_is_refused(content: str) -> None:
    said = _refusal("liste.csv", content)
    assert said.endswith(".") and ("référentiel reconnu" in said or "classeur" in said)


def test_accents_encoded_twice_are_refused() -> None:
    twice = builders.etalab(builders.etalab_line(nom="HÃ´pital de FÃ©camp"))
    assert "encodés deux fois" in _refusal("double.csv", twice)


def test_the_list_of_legal_entities_is_named() -> None:
    assert "cs1100501" in _refusal("ej.csv", "finess;etalab;112;2026-05-12\nstructureej;590780193;CHU\n")


def test_an_empty_file_is_refused() -> None:
    assert "vide" in _refusal("vide.csv", "")

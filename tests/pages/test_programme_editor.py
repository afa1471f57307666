"""Next year's programme is prepared on the screen: copied, edited, refused with its line, mended, saved, and at work."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from clact_model import paths
from clact_model.programme import load
from pages.components.text import plain
from tests.pages.walk import Open, filled, open_page, programme, sane, words, written  # noqa: F401

PAGE = "campagne/regles.py"
PART = "Modifier ou dupliquer"
RULE = "norm-budget"


@pytest.fixture
def own_programmes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The programmes of the project in a folder of the test: saving one must not touch the project's."""
    for name, folder in (("PROGRAMMES", paths.PROGRAMMES), ("SOURCES", paths.SOURCES)):
        monkeypatch.setattr(paths, name, Path(shutil.copytree(folder, tmp_path / folder.name)))
    return tmp_path


def press(test: AppTest, key: str) -> AppTest:
    button = next(one for one in test.button if one.key == key)
    assert not button.disabled, f"{key} cannot be pressed"
    button.click().run()
    sane(test)
    return test


def can_save(test: AppTest) -> bool:
    return not next(one for one in test.button if one.key == "brouillon_enregistrer").disabled


def write(test: AppTest, before: str, after: str) -> None:
    (area,) = test.text_area
    assert before in area.value
    area.set_value(area.value.replace(before, after, 1)).run()
    sane(test)


def listed(test: AppTest) -> list[str]:
    return list(test.sidebar.selectbox[0].options)


def test_a_programme_is_copied_edited_refused_mended_saved_and_judges(
    open_page: Open,  # noqa: F811
    written: Path,  # noqa: F811
    own_programmes: Path,
) -> None:
    test = open_page(written, PAGE, partie=PART)
    year = programme().file.annee
    new_title = programme().titre.replace(str(year), str(year + 1))
    copied = next(one for one in test.button if "Dupliquer" in one.label)
    copied.click().run()
    sane(test)
    assert f'titre = "{new_title}"' in test.text_area[0].value
    assert programme().file.calendrier[0].debut.isoformat() in test.text_area[0].value
    assert not can_save(test)

    write(test, "valeur = 0.50", "valeur = 50")
    press(test, "brouillon_verifier")
    said = words(test)
    assert "1 faute à corriger" in said
    assert "0\\.50 pour 50" in said
    line = next(
        n for n, t in enumerate(test.text_area[0].value.split("\n"), start=1) if t.startswith("[parametres.taux]")
    )
    assert f"Ligne {line}" in said
    assert not can_save(test)

    write(test, "valeur = 50", "valeur = 0.60")
    press(test, "brouillon_verifier")
    assert "Le texte est bon" in words(test)
    changes = next(table.value for table in test.dataframe if "apres" in table.value.columns)
    assert ("50\u202f%", "60\u202f%") in set(zip(changes["avant"], changes["apres"], strict=True))
    assert can_save(test)
    write(test, "valeur = 0.60", "valeur = 0.70")
    assert not can_save(test), "what is written is no longer what was verified"
    write(test, "valeur = 0.70", "valeur = 0.60")
    press(test, "brouillon_enregistrer")

    assert plain(new_title) in words(test)
    assert new_title in listed(test)
    assert test.sidebar.selectbox[0].value == f"normandie_{year + 1}"
    saved = load(own_programmes / "programmes" / f"normandie_{year + 1}.toml", own_programmes / "sources")
    assert saved.file.parametres["taux"].valeur == Decimal("0.60")
    test.switch_page("pages/campagne/tableau_de_bord.py").run()
    sane(test)
    assert "Aucun dossier n'est encore importé" in words(test)


def test_a_changed_rule_tells_whose_verdict_turns_before_anything_is_saved(
    open_page: Open,  # noqa: F811
    written: Path,  # noqa: F811
    own_programmes: Path,
) -> None:
    test = press(open_page(written, PAGE, partie=PART), "brouillon_ouvrir")
    write(test, 'version = "1"', 'version = "2"')
    write(test, "valeur = 2025-04-30", "valeur = 2025-03-31")
    press(test, "brouillon_verifier")
    turned = next(table.value for table in test.dataframe if "numero" in table.value.columns)
    assert len(turned) > 0
    assert set(turned["apres"]) == {"Irrecevable"}
    assert f"{len(turned)} dossiers changent de verdict" in words(test).replace("\\", "")
    assert load(own_programmes / "programmes" / "normandie_2025.toml").file.version == "1"

    press(test, "brouillon_enregistrer")
    assert "version 2" in words(test)
    assert len(list((own_programmes / "programmes" / "anciennes").iterdir())) == 1


def test_a_file_changed_by_another_hand_is_not_replaced(
    open_page: Open,  # noqa: F811
    filled: Path,  # noqa: F811
    own_programmes: Path,
) -> None:
    test = press(open_page(filled, PAGE, partie=PART), "brouillon_ouvrir")
    write(test, 'version = "1"', 'version = "2"')
    press(test, "brouillon_verifier")
    path = own_programmes / "programmes" / "normandie_2025.toml"
    path.write_text(path.read_text(encoding="utf-8") + "# autre\n", encoding="utf-8")
    press(test, "brouillon_enregistrer")
    assert "modifié depuis que vous l" in words(test)
    assert 'version = "2"' in test.text_area[0].value, "the draft is not lost"


def test_a_draft_survives_a_walk_to_another_page_and_is_given_up_on_demand(
    open_page: Open,  # noqa: F811
    filled: Path,  # noqa: F811
    own_programmes: Path,
) -> None:
    test = press(open_page(filled, PAGE, partie=PART), "brouillon_ouvrir")
    write(test, 'version = "1"', 'version = "ma suite"')
    test.switch_page("pages/campagne/tableau_de_bord.py").run()
    test.switch_page(f"pages/{PAGE}")
    test.query_params["partie"] = PART
    test.run()
    assert 'version = "ma suite"' in test.text_area[0].value
    press(test, "brouillon_abandonner")
    assert not test.text_area


def test_the_quotes_that_the_new_text_lacks_are_shown_and_the_draft_comes_to_cite_it(
    open_page: Open,  # noqa: F811
    written: Path,  # noqa: F811
    own_programmes: Path,
) -> None:
    test = press(open_page(written, PAGE, partie=PART), "brouillon_ouvrir")
    source = programme().file.source[0].fichier
    text = (paths.SOURCES / source).read_text(encoding="utf-8")
    changed = text.replace("30 avril 2025", "30 avril 2026")
    test.file_uploader[0].upload("neuf.txt", changed.encode(), "text/plain").run()
    sane(test)
    missing = next(table.value for table in test.dataframe if "texte" in table.value.columns)
    assert all("30 avril 2025" in quote for quote in missing["texte"])
    assert len(missing) > 0
    press(test, "texte_garder")
    assert 'fichier = "normandie_2025_cahier_des_charges.txt"' in test.text_area[0].value
    assert (own_programmes / "sources" / "normandie_2025_cahier_des_charges.txt").read_text(encoding="utf-8") == changed

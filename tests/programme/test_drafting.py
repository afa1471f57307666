"""Next year's programme from last year's: copied, mended where it is faulty, saved beside the one that it replaces."""

import re
import shutil
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from clact_model import overview
from clact_model.programme import (
    DraftError,
    NotSavedError,
    Programme,
    ProgrammeError,
    check_text,
    cited_from,
    differences,
    duplicate,
    keep_text,
    load,
    load_all,
    missing_quotes,
    next_identifier,
    next_title,
    save,
    shifted,
    to_review,
)
from clact_model.store import Base, entries
from tests.facts import put
from tests.programme.test_bad_files import CYCLE, WRONG

MINIMAL = Path(__file__).parent / "minimal"
GOOD = "petit_equipement_2026"
SHIPPED = list(load_all().programmes.values())
each_programme = pytest.mark.parametrize("programme", SHIPPED, ids=lambda p: p.id)


@dataclass
class Region:
    """A folder with one programme and its text, and a base."""

    folder: Path
    base: Base

    @property
    def programme(self) -> Programme:
        return load(self.folder / f"{GOOD}.toml", self.folder)

    def save(self, text: str, identifier: str = GOOD, opened: str | None = None) -> Programme:
        return save(self.base, text, identifier, opened, self.folder, self.folder)


@pytest.fixture
def region(tmp_path: Path) -> Region:
    for name in (f"{GOOD}.toml", f"{GOOD}.txt"):
        shutil.copy(MINIMAL / name, tmp_path / name)
    return Region(tmp_path, Base(tmp_path / "base.duckdb"))


def second(programme: Programme) -> str:
    """A good text to put in the programme's place: its next version, with a higher rate."""
    return programme.text.replace('version = "1"', 'version = "2"').replace("valeur = 0.80", "valeur = 0.90")


@each_programme
def test_a_copy_keeps_every_line_but_its_name_its_year_and_its_version(programme: Programme) -> None:
    copy = duplicate(programme, next_identifier(programme), next_title(programme), programme.file.annee + 1)
    before, after = programme.text.split("\n"), copy.split("\n")
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert {line.split(" = ")[0] for line in changed} <= {"id", "titre", "annee", "version"}
    checked = check_text(copy, next_identifier(programme))
    assert checked.programme is not None, checked.faults
    assert (checked.programme.file.annee, checked.programme.file.version) == (programme.file.annee + 1, "1")
    assert str(programme.file.annee + 1) in checked.programme.titre


@each_programme
def test_dates_move_only_when_asked_and_every_one_of_them(programme: Programme) -> None:
    def dates(text: str) -> list[str]:
        return re.findall(r"= (\d{4}-\d\d-\d\d)", text)

    copy = duplicate(programme, "copie", "Copie", 2030)
    assert dates(copy) == dates(programme.text)
    for old, new in zip(dates(programme.text), dates(shifted(copy, 1)), strict=True):
        assert new[:4] == str(int(old[:4]) + 1)
        assert new[5:] == old[5:] or (old[5:], new[5:]) == ("02-29", "02-28")
    assert shifted(copy, 0) == copy


@each_programme
def test_every_date_of_last_year_is_to_be_looked_at(programme: Programme) -> None:
    lines = programme.text.split("\n")
    listed = to_review(programme.text, programme.file.annee)
    assert all(lines[one.line - 1].strip() == one.text for one in listed)
    assert {step.debut.isoformat() for step in programme.file.calendrier} <= set(
        re.findall(r"\d{4}-\d\d-\d\d", "\n".join(one.text for one in listed))
    )


@pytest.mark.parametrize("name", ["../../etc/passwd", "Été", "a b", "", "x" * 61, "a.toml", "\u0661\u0662\u0663"])
def test_a_copy_is_never_named_by_a_path(name: str, region: Region) -> None:
    with pytest.raises(DraftError):
        duplicate(region.programme, name, "Titre", 2027)
    with pytest.raises((NotSavedError, ProgrammeError)):
        region.save(region.programme.text, name)
    with pytest.raises(DraftError):
        keep_text(region.base, name, "Texte", b"texte", region.folder)
    assert sorted(path.name for path in region.folder.glob("*.t*")) == [f"{GOOD}.toml", f"{GOOD}.txt"]


@pytest.mark.parametrize(
    "what", [what for what in WRONG if what not in ("commentaire", "identifiant étranger", "règle en double")]
)
def test_a_fault_is_named_with_its_line(what: str, region: Region) -> None:
    before, after, *_ = WRONG[what]
    text = region.programme.text.replace(before, after, 1)
    checked = check_text(text, GOOD, sources=region.folder)
    assert checked.programme is None
    here = region.programme.text[: region.programme.text.index(before)].count("\n") + 1
    lines = [fault.line for fault in checked.faults if fault.line is not None]
    # The line that was spoilt, or where its part begins.
    assert any(here - 16 <= line <= here + after.count("\n") + before.count("\n") for line in lines), checked.faults


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("colonne inconnue", 'condition = "cout <= $cout_maximum"'),
        ("clé inconnue", 'libele = "x"'),
        ("TOML mal formé", "annee = "),
        ("département inconnu", 'departements = ["31", "340"]'),
    ],
)
def test_the_line_is_that_of_the_fault_itself(what: str, said: str, region: Region) -> None:
    text = region.programme.text.replace(WRONG[what][0], WRONG[what][1], 1)
    (fault, *_) = check_text(text, GOOD, sources=region.folder).faults
    assert fault.line is not None
    assert text.split("\n")[fault.line - 1].strip() == said.strip()


def test_of_two_rules_of_one_name_the_second_is_pointed_at(region: Region) -> None:
    text = region.programme.text.replace(*WRONG["règle en double"][:2], 1)
    (fault, *_) = check_text(text, GOOD, sources=region.folder).faults
    titles = [number for number, line in enumerate(text.split("\n"), start=1) if line == "[[regle]]"]
    assert fault.line == titles[2]


def test_a_toml_fault_is_said_in_french(region: Region) -> None:
    (fault,) = check_text(region.programme.text + '\nx = "abc', GOOD).faults
    assert "guillemet n'est pas refermé" in fault.what
    assert fault.line == region.programme.text.count("\n") + 2


def test_a_circle_of_calculations_has_its_line(region: Region) -> None:
    faults = check_text(region.programme.text + CYCLE, GOOD, sources=region.folder).faults
    assert all(fault.line is not None and fault.line > region.programme.text.count("\n") for fault in faults)


def test_a_changed_text_must_change_its_version(region: Region) -> None:
    text = region.programme.text.replace("valeur = 0.80", "valeur = 0.90")
    (fault,) = check_text(text, GOOD, region.programme, region.folder).faults
    assert "augmentez-la" in fault.what
    assert fault.line is not None
    assert text.split("\n")[fault.line - 1] == 'version = "1"'
    with pytest.raises(ProgrammeError, match="augmentez-la"):
        region.save(text, opened=region.programme.fingerprint)


def test_what_changes_is_said_part_by_part(region: Region) -> None:
    old = region.programme
    text = second(old).replace('id = "pe-photo"', 'id = "pe-image"').replace('regles = ["pe-photo"]', "regles = []")
    new = check_text(text, GOOD, old, region.folder).programme
    assert new is not None
    found = {(d.nature, d.partie, d.cle): (d.avant, d.apres) for d in differences(old, new)}
    assert found[("changement", "paramètre « taux »", "valeur")] == ("80\u202f%", "90\u202f%")
    assert ("ajout", "règle « pe-image »", None) in found
    assert ("retrait", "règle « pe-photo »", None) in found
    assert found[("changement", "programme", "version")] == ("1", "2")
    assert differences(old, old) == []


def test_a_saved_text_replaces_the_former_which_is_kept_and_the_journal_tells(region: Region) -> None:
    old = region.programme
    region.save(second(old), opened=old.fingerprint)
    assert region.programme.file.version == "2"
    assert [path.read_text() for path in (region.folder / "anciennes").iterdir()] == [old.text]
    assert list(load_all(region.folder, region.folder).programmes) == [GOOD]
    journal = [line for line in entries(region.base.cursor(), GOOD) if line.nature == "enregistrer_programme"]
    told = {line.champ: (line.avant, line.apres) for line in journal if line.champ}
    assert told["paramètre « taux », valeur"] == ("80\u202f%", "90\u202f%")
    (whole,) = [line.detail for line in journal if line.champ is None]
    assert whole is not None
    assert old.version in whole
    assert region.programme.version in whole


def test_a_faulty_text_leaves_the_file_and_the_journal_as_they_were(region: Region) -> None:
    old = region.programme
    with pytest.raises(ProgrammeError, match="cout"):
        region.save(second(old).replace("cout_total <=", "cout <="), opened=old.fingerprint)
    assert region.programme.text == old.text
    assert entries(region.base.cursor(), GOOD) == []
    assert not (region.folder / "anciennes").exists()
    assert not list(region.folder.glob(".*"))


def test_a_text_that_cannot_be_kept_is_not_replaced(region: Region) -> None:
    old = region.programme
    (region.folder / "anciennes").write_text("un fichier à la place du dossier", encoding="utf-8")
    with pytest.raises(NotSavedError, match="ne peut pas être écrit"):
        region.save(second(old), opened=old.fingerprint)
    assert region.programme.text == old.text
    assert entries(region.base.cursor(), GOOD) == []


def test_a_file_changed_since_it_was_opened_is_not_replaced(region: Region) -> None:
    opened = region.programme
    path = region.folder / f"{GOOD}.toml"
    path.write_text(opened.text + "\n# une autre main\n", encoding="utf-8")
    with pytest.raises(NotSavedError, match="modifié depuis"):
        region.save(second(opened), opened=opened.fingerprint)
    assert "une autre main" in path.read_text(encoding="utf-8")


def test_a_copy_never_takes_the_place_of_a_programme(region: Region) -> None:
    with pytest.raises(NotSavedError, match="existe déjà"):
        region.save(second(region.programme))


def test_a_copy_is_saved_and_listed(region: Region) -> None:
    text = duplicate(region.programme, "petit_equipement_2027", "Petit équipement 2027", 2027)
    region.save(text, "petit_equipement_2027")
    assert list(load_all(region.folder, region.folder).programmes) == [GOOD, "petit_equipement_2027"]


def test_the_same_operation_twice_saves_once(region: Region) -> None:
    old = region.programme
    for _ in range(2):
        save(region.base, second(old), GOOD, old.fingerprint, region.folder, region.folder, operation="une seule")
    assert len(list((region.folder / "anciennes").iterdir())) == 1


def test_the_dossiers_whose_verdict_turns_are_named(region: Region) -> None:
    old = region.programme
    for number, departement in (("PE-1", "31"), ("PE-2", "34")):
        put(
            region.base, old, {"numero": number, "finess": "310000015", "departement": departement}, [{"cout_total": 1}]
        )
    text = old.text.replace('version = "1"', 'version = "2"')
    rule = '\n[[regle]]\nid = "pe-lieu"\nniveau = "dossier"\nlibelle = "Lieu"\ncondition = "territoire_admis"\n'
    quote = next(line for line in text.split("\n") if line.startswith("citation"))
    new = check_text(
        text.replace('["31", "34"]', '["31"]') + rule + f'sinon = "irrecevable"\nmessage = "Hors."\n{quote}\n',
        GOOD,
        old,
        region.folder,
    ).programme
    assert new is not None
    (one,) = overview.turned(region.base.cursor(), old, new, date(2026, 6, 1))
    assert (one.numero, one.apres) == ("PE-2", "irrecevable")
    assert one.avant != "irrecevable"


def test_a_text_of_the_call_is_kept_under_a_name_of_ours(region: Region) -> None:
    name = keep_text(region.base, GOOD, "Cahier des charges 2027 / ../x", "Été".encode(), region.folder)
    assert name == f"{GOOD}_cahier_des_charges_2027_x.txt"
    assert (region.folder / name).read_text(encoding="utf-8") == "Été"
    assert keep_text(region.base, GOOD, "Cahier des charges 2027 / ../x", "Été".encode(), region.folder) == name
    with pytest.raises(DraftError, match="Un autre texte"):
        keep_text(region.base, GOOD, "Cahier des charges 2027 / ../x", b"autre", region.folder)
    assert [line.nature for line in entries(region.base.cursor(), GOOD)] == ["deposer_texte"]


@pytest.mark.parametrize("content", [b"", b" \n", b"\xe9t\xe9", b"PK\x03\x04\x00", b"a" * (2 * 1024 * 1024 + 1)])
def test_what_is_no_text_is_not_kept(content: bytes, region: Region) -> None:
    with pytest.raises(DraftError):
        keep_text(region.base, GOOD, "Texte", content, region.folder)
    assert entries(region.base.cursor(), GOOD) == []


def test_the_quotes_that_a_new_text_does_not_hold_are_named(region: Region) -> None:
    text = (region.folder / f"{GOOD}.txt").read_text(encoding="utf-8")
    file = region.programme.file
    assert missing_quotes(file, text) == []
    (missing, *others) = missing_quotes(file, text.replace("accompagne chaque achat", "n'accompagne rien"))
    assert (missing.place, others) == ("règle « pe-photo »", [])


def test_a_draft_can_rest_on_another_text(region: Region) -> None:
    name = keep_text(region.base, GOOD, "Texte 2027", (region.folder / f"{GOOD}.txt").read_bytes(), region.folder)
    text = cited_from(region.programme.text, f"{GOOD}.txt", name)
    checked = check_text(text.replace('version = "1"', 'version = "2"'), GOOD, region.programme, region.folder)
    assert checked.programme is not None, checked.faults
    assert {quote["fichier"] for quote in tomllib.loads(text)["source"]} == {name}

"""Remarks: signed, dated, never changed; corrected by a new one, withdrawn with a trace."""

import pytest

from clact_model.errors import UsageError
from clact_model.instruction import remarks
from clact_model.instruction.remarks import Remark
from clact_model.store import Base, entries
from tests.pages.walk import programme

PROGRAMME = programme()


def _found(base: Base) -> list[Remark]:
    return remarks.of_dossier(base.cursor(), PROGRAMME, "1")


def test_the_newest_comes_first_with_who_wrote_it(base: Base) -> None:
    remarks.write(base, PROGRAMME, "1", "Appel avec la DRH")
    remarks.write(base, PROGRAMME, "1", "  Devis reçu  ")
    assert [(one.texte, one.auteur, one.holds) for one in _found(base)] == [
        ("Devis reçu", "Camille Essai", True),
        ("Appel avec la DRH", "Camille Essai", True),
    ]
    assert remarks.of_dossier(base.cursor(), PROGRAMME, "2") == []


def test_a_correction_is_a_new_remark_and_the_old_one_is_kept(base: Base) -> None:
    remarks.write(base, PROGRAMME, "1", "Deux services")
    remarks.correct(base, PROGRAMME, _found(base)[0].id, "Trois services")
    new, old = _found(base)
    assert (new.texte, new.corrige, new.holds) == ("Trois services", old.id, True)
    assert (old.texte, old.corrigee, old.holds) == ("Deux services", True, False)


def test_what_is_withdrawn_stays_in_the_journal(base: Base) -> None:
    remarks.write(base, PROGRAMME, "1", "À ne pas garder")
    remarks.withdraw(base, PROGRAMME, _found(base)[0].id)
    (gone,) = _found(base)
    assert (gone.holds, gone.retiree_par) == (False, "Camille Essai")
    change = next(entry for entry in entries(base.cursor(), numero="1") if entry.champ == "remarque")
    assert (change.nature, change.avant, change.apres) == ("retirer_remarque", "À ne pas garder", None)


def test_a_withdrawn_correction_gives_its_place_back(base: Base) -> None:
    remarks.write(base, PROGRAMME, "1", "Deux services")
    remarks.correct(base, PROGRAMME, _found(base)[0].id, "Trois services")
    remarks.withdraw(base, PROGRAMME, _found(base)[0].id)
    assert [one.texte for one in _found(base) if one.holds] == ["Deux services"]


def test_a_remark_that_no_longer_holds_is_neither_corrected_nor_withdrawn_again(base: Base) -> None:
    remarks.write(base, PROGRAMME, "1", "Deux services")
    identifier = _found(base)[0].id
    remarks.withdraw(base, PROGRAMME, identifier)
    with pytest.raises(UsageError, match="déjà été corrigée ou retirée"):
        remarks.correct(base, PROGRAMME, identifier, "Trois services")
    with pytest.raises(UsageError, match="déjà été corrigée ou retirée"):
        remarks.withdraw(base, PROGRAMME, identifier)


def test_a_second_press_writes_nothing(base: Base) -> None:
    for _ in range(2):
        remarks.write(base, PROGRAMME, "1", "Une fois", operation="clic")
    for _ in range(2):
        remarks.correct(base, PROGRAMME, "clic", "Corrigée une fois", operation="clic 2")
    assert [one.texte for one in _found(base)] == ["Corrigée une fois", "Une fois"]


@pytest.mark.parametrize(("numero", "texte", "words"), [("1", "  ", "vide"), ("9", "x", "pas dans la base")])
def test_an_empty_remark_and_an_unknown_dossier_are_refused(base: Base, numero: str, texte: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        remarks.write(base, PROGRAMME, numero, texte)
    assert _found(base) == []


def test_no_verdict_is_computed_again_for_a_remark(base: Base) -> None:
    before = base.version(), base.writes()
    remarks.write(base, PROGRAMME, "1", "Appel")
    assert (base.version(), base.writes()) == (before[0], before[1] + 1)

"""The earlier contract of an establishment, read in the ledger and confirmed by a person, then judged by the next call."""

from pathlib import Path

import pytest

from clact_model import eligibility, tracking
from clact_model.errors import UsageError
from clact_model.intake import completed
from clact_model.programme import load_all
from clact_model.store import entries
from clact_model.tracking.confirming import Proposed, confirm, proposed
from clact_model.tracking.earlier import Earlier, earlier
from clact_model.tracking.unconfirming import confirmed, take_back
from tests import facts
from tests.decision.builders import put_decision
from tests.tracking.owing import Owing, d, owing

CALLS = load_all().programmes
BEFORE, NEXT = CALLS["hauts_de_france_2022"], CALLS["normandie_2025"]
SIRET = "26010004500012"


def contract(folder: Path, spent: str | None = None, notified: str = "2022-07-18") -> Owing:
    """A contract of 10 000 EUR in an earlier call, so much of it spent within its two years."""
    dossier = owing(folder, BEFORE.id, notified, actions=[("2022-10-01", "2023-09-30")], siret=SIRET, finess=None)
    dossier.sign("2022-09-05")
    if spent:
        dossier.spend("2023-10-15", spent)
    return dossier


def apply(dossier: Owing, **told: str) -> str:
    """The same establishment asks again in the next call, and tells this of its past."""
    case = {"numero": "7", "siret": SIRET, "date_depot": "2025-04-01T10:00", "raison_sociale": "CH", **told}
    return facts.put(dossier.base, NEXT, case, [{"intitule": "Lève-personne"}])


def found(dossier: Owing, day: str = "2025-05-15", numero: str = "7") -> Earlier | None:
    return earlier(dossier.base.cursor(), NEXT, numero, d(day), CALLS)


def test_what_is_consumed_to_the_cent_is_carried_out_and_justified(tmp_path: Path) -> None:
    dossier = contract(tmp_path, "10000.00")
    apply(dossier)
    past = found(dossier)
    assert past is not None
    assert (past.etat, past.justifie, past.respecte) == ("acheve", True, True)
    assert "10\u202f000,00\u00a0€ accordés le 18 juillet 2022" in past.contracts[0].raisons[0]


@pytest.mark.parametrize(("day", "state"), [("2024-07-18", "en_cours"), ("2024-07-19", "non_realise")])
def test_two_years_after_the_agreement_what_is_left_was_not_carried_out(day: str, state: str, tmp_path: Path) -> None:
    dossier = contract(tmp_path, "9999.99")
    facts.put(dossier.base, NEXT, {"numero": "7", "siret": SIRET, "date_depot": "2024-07-01T10:00"}, [])
    past = found(dossier, day)
    assert past is not None
    assert past.etat == state
    assert past.justifie is (None if state == "en_cours" else False)
    assert "0,01" in past.contracts[0].raisons[1]


def test_a_carry_over_keeps_a_contract_under_way(tmp_path: Path) -> None:
    dossier = contract(tmp_path, "4000.00")
    dossier.do("2024-06-01", tracking.CarryOver(dossier.numero, d("2024-06-01"), d("2025-06-30"), "travaux"))
    apply(dossier)
    past = found(dossier)
    assert past is not None
    assert past.etat == "en_cours"
    assert "le report court jusqu'au 30 juin 2025" in past.contracts[0].raisons[1]


def test_a_contract_cancelled_whole_was_not_carried_out(tmp_path: Path) -> None:
    dossier = contract(tmp_path)
    dossier.do("2023-01-10", tracking.Cancel(dossier.numero, d("2023-01-10"), "abandon"))
    apply(dossier)
    past = found(dossier)
    assert past is not None
    assert (past.etat, past.justifie, past.respecte) == ("non_realise", False, False)


def test_a_report_that_never_came_breaks_the_convention_and_says_which(tmp_path: Path) -> None:
    dossier = owing(tmp_path, "guadeloupe_2023", "2024-01-31", actions=[("2024-03-01", "2025-12-31")], siret=SIRET)
    dossier.sign("2024-02-12")
    apply(dossier)
    past = found(dossier, "2025-05-15")
    assert past is not None
    assert (past.etat, past.respecte) == ("en_cours", False)
    assert any("Bilan annuel" in reason and "30 mars 2025" in reason for reason in past.contracts[0].raisons)


def test_what_was_granted_after_the_deposit_or_to_another_is_no_earlier_contract(tmp_path: Path) -> None:
    dossier = contract(tmp_path, notified="2022-07-18")
    facts.put(dossier.base, NEXT, {"numero": "8", "siret": SIRET, "date_depot": "2022-07-18T10:00"}, [])
    facts.put(dossier.base, NEXT, {"numero": "9", "siret": "26670001800015", "date_depot": "2025-04-01T10:00"}, [])
    assert found(dossier, numero="8") is None
    assert found(dossier, numero="9") is None


def test_of_several_contracts_the_least_advanced_counts(tmp_path: Path) -> None:
    dossier = contract(tmp_path, "10000.00")
    owing(tmp_path, "guadeloupe_2023", "2024-01-31", base=dossier.base, siret=SIRET, numero="55")
    apply(dossier)
    past = found(dossier)
    assert past is not None
    assert {one.etat for one in past.contracts} == {"acheve", "en_cours"}
    assert (past.etat, past.justifie) == ("en_cours", None)


def test_the_ledger_is_read_as_of_the_day(tmp_path: Path) -> None:
    dossier = contract(tmp_path, "10000.00")
    facts.put(dossier.base, NEXT, {"numero": "7", "siret": SIRET, "date_depot": "2023-01-10T10:00"}, [])
    before, after = found(dossier, "2023-10-14"), found(dossier, "2023-10-15")
    assert before is not None and after is not None
    assert (before.etat, after.etat) == ("en_cours", "acheve")


def test_a_person_confirms_what_the_ledger_says_and_the_rules_read_it(tmp_path: Path) -> None:
    dossier = contract(tmp_path, "9000.00")
    numero = apply(dossier, clact_anterieur="aucun")
    past = found(dossier)
    assert past is not None
    changes = proposed(dossier.base.cursor(), NEXT, numero, past)
    assert changes == [
        Proposed("clact_anterieur", "aucun", "non_realise"),
        Proposed("clact_anterieur_respecte", None, False),
        Proposed("clact_anterieur_justifie", None, False),
    ]
    assert _sursis(dossier, numero) is None

    def write(operation: str) -> list[Proposed]:
        return confirm(dossier.base, NEXT, numero, d("2025-05-15"), CALLS, changes, operation=operation)

    assert write("op-1") == changes
    assert _sursis(dossier, numero) is False
    assert proposed(dossier.base.cursor(), NEXT, numero, past) == []
    assert write("op-1") == [] and write("op-2") == []
    told = [
        (entry.champ, entry.avant, entry.apres)
        for entry in entries(dossier.base.cursor(), programme=NEXT.id)
        if entry.operation == "op-1" and entry.champ
    ]
    assert ("clact_anterieur", "Aucun", "Non réalisé") in told and len(told) == 3
    assert dossier.base.faults() == []


def test_only_what_is_picked_is_written(tmp_path: Path) -> None:
    dossier = contract(tmp_path, "9000.00")
    numero = apply(dossier)
    one = Proposed("clact_anterieur", None, "non_realise")
    stale = Proposed("clact_anterieur_respecte", None, True)
    assert confirm(dossier.base, NEXT, numero, d("2025-05-15"), CALLS, [one, stale]) == [one]


def test_what_was_confirmed_goes_before_an_empty_cell_of_a_later_file(tmp_path: Path) -> None:
    dossier = contract(tmp_path, "10000.00")
    numero = apply(dossier)
    past = found(dossier)
    assert past is not None
    confirm(dossier.base, NEXT, numero, d("2025-05-15"), CALLS, proposed(dossier.base.cursor(), NEXT, numero, past))
    with dossier.base.write("essai", NEXT.id) as writing:
        writing.cursor.execute(
            "UPDATE dossier SET clact_anterieur = NULL, clact_anterieur_justifie = NULL WHERE numero = '7'"
        )
        completed.fill(writing.cursor, NEXT.id, "dossier", "t.programme = 'normandie_2025'")
    row = (
        dossier.base.cursor()
        .execute("SELECT clact_anterieur, clact_anterieur_justifie FROM dossier WHERE numero = '7'")
        .fetchone()
    )
    assert row == ("acheve", True)


def confirmed_dossier(folder: Path) -> Owing:
    """Dossier 7 said « aucun », and a person confirmed what the ledger says."""
    dossier = contract(folder, "9000.00")
    numero = apply(dossier, clact_anterieur="aucun")
    past = found(dossier)
    assert past is not None
    changes = proposed(dossier.base.cursor(), NEXT, numero, past)
    assert len(confirm(dossier.base, NEXT, numero, d("2025-05-15"), CALLS, changes)) == 3
    return dossier


def test_what_was_confirmed_is_taken_back_to_what_the_dossier_said(tmp_path: Path) -> None:
    dossier = confirmed_dossier(tmp_path)
    assert _sursis(dossier, "7") is False
    back = take_back(dossier.base, NEXT, "7", operation="op-1")
    assert [(one.champ, one.avant) for one in back] == [
        ("clact_anterieur", "aucun"),
        ("clact_anterieur_respecte", None),
        ("clact_anterieur_justifie", None),
    ]
    assert _said(dossier) == ("aucun", None, None)
    assert _sursis(dossier, "7") is None
    assert take_back(dossier.base, NEXT, "7", operation="op-1") == [] == confirmed(dossier.base.cursor(), NEXT, "7")
    told = [(one.champ, one.avant, one.apres) for one in entries(dossier.base.cursor(), programme=NEXT.id)]
    assert ("clact_anterieur", "Non réalisé", "Aucun") in told
    assert dossier.base.faults() == []


def test_what_a_file_has_said_since_is_not_taken_back(tmp_path: Path) -> None:
    dossier = confirmed_dossier(tmp_path)
    with dossier.base.write("essai", NEXT.id) as writing:
        writing.cursor.execute("UPDATE dossier SET clact_anterieur = 'en_cours' WHERE numero = '7'")
    assert [one.champ for one in take_back(dossier.base, NEXT, "7")] == [
        "clact_anterieur_respecte",
        "clact_anterieur_justifie",
    ]
    assert _said(dossier) == ("en_cours", None, None)


def test_a_decided_dossier_is_neither_confirmed_nor_taken_back(tmp_path: Path) -> None:
    dossier = confirmed_dossier(tmp_path)
    before = _said(dossier)
    put_decision(dossier.base, NEXT, "7")
    with pytest.raises(UsageError, match="déjà décidé"):
        take_back(dossier.base, NEXT, "7")
    wanted = Proposed("clact_anterieur", "aucun", "non_realise")
    with dossier.base.write("essai", NEXT.id) as writing:
        writing.cursor.execute("UPDATE dossier SET clact_anterieur = 'aucun' WHERE numero = '7'")
    assert confirm(dossier.base, NEXT, "7", d("2025-05-15"), CALLS, [wanted]) == []
    assert _said(dossier) == ("aucun", *before[1:])


def _said(dossier: Owing) -> tuple[object, ...]:
    row = dossier.base.cursor().execute(f"SELECT {', '.join(completed.EARLIER)} FROM dossier WHERE numero = '7'")
    return row.fetchone() or ()


def _sursis(dossier: Owing, numero: str) -> bool | None:
    """What the next call's rule about the earlier contract answers; None when it says nothing against the dossier."""
    judgement = eligibility.judge(dossier.base.cursor(), NEXT, d("2025-05-15"))
    (judged,) = eligibility.judged(judgement, [numero])
    answers = {answer.rule.id: answer.resultat for answer in judged.answers}
    return {"oui": True, "non": False}.get(answers.get("no-clact-anterieur", ""))

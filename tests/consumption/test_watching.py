"""Who is late, at risk, over or done, by how much; what is to be asked back after the deadline, and its letter."""

from decimal import Decimal
from pathlib import Path

from clact_model import consumption, tracking
from clact_model.consumption import Consumption, Watched
from clact_model.documents.addressees import Addressee
from clact_model.documents.letter_of_recovery import recovery_letters
from pages.components.follow_up import consumption_acts
from tests.tracking.owing import Owing, d, owing

CALL = "grand_est_2024"


def read(one: Owing, day: str) -> Consumption:
    return consumption.read(one.base.cursor(), one.programme, d(day), {one.programme.id: one.programme})


def watched(one: Owing, day: str) -> Watched:
    (found,) = read(one, day).watched
    return found


def paid(folder: Path) -> Owing:
    """10 000 € granted, signed and paid, started in time."""
    one = owing(folder, CALL, "2024-10-09")
    one.sign("2024-11-01")
    one.do("2024-11-20", tracking.Pay(one.numero, Decimal(10_000), d("2024-11-20"), "P-1"))
    one.do("2025-01-10", tracking.Start(one.numero, d("2025-01-10")))
    return one


def rejected(one: Owing, day: str, amount: str) -> None:
    one.do(day, tracking.Present(one.numero, Decimal(amount), d(day), f"R-{amount}"))
    (expense,) = one.base.cursor().execute("SELECT max(id) FROM mouvement WHERE nature = 'depense'").fetchone() or (0,)
    one.do(day, tracking.Reject(one.numero, expense, d(day), motif="Hors de l'action"))


def test_what_was_rejected_waits_for_nobody_once_all_is_recovered(tmp_path: Path) -> None:
    one = paid(tmp_path)
    rejected(one, "2025-02-01", "400")
    one.do("2027-01-05", tracking.Claim(one.numero, d("2027-01-05"), "Sous-consommation"))
    assert "non_conforme" in [r.signal for r in watched(one, "2027-01-05").raisons]
    one.do("2027-02-01", tracking.Recover(one.numero, d("2027-02-01"), "compensation", "Notification 2027"))
    closed = watched(one, "2027-02-01")
    assert closed.signal == "clos"
    assert not consumption_acts.offered_acts(one.programme, closed)


def test_an_action_not_started_within_the_year_is_late_by_its_days(tmp_path: Path) -> None:
    one = owing(tmp_path, CALL, "2024-10-09")
    one.sign("2024-11-01")
    assert watched(one, "2025-10-09").signal == "en_cours"
    late = watched(one, "2025-10-19")
    assert (late.signal, late.jours) == ("en_retard", 10)


def test_more_presented_than_granted_is_over_by_the_difference(tmp_path: Path) -> None:
    one = paid(tmp_path)
    one.do("2025-02-01", tracking.Present(one.numero, Decimal("10500.25"), d("2025-02-01"), "F1"))
    over = watched(one, "2025-02-02")
    assert (over.signal, over.euros) == ("depassement", Decimal("500.25"))


def test_what_is_rejected_is_told_and_does_not_count_as_over(tmp_path: Path) -> None:
    one = paid(tmp_path)
    rejected(one, "2025-02-01", "10500.25")
    assert [(r.signal, r.euros) for r in watched(one, "2025-02-02").raisons] == [("non_conforme", Decimal("10500.25"))]


def test_without_a_forecast_the_own_pace_warns_from_halfway(tmp_path: Path) -> None:
    one = paid(tmp_path)
    one.spend("2025-03-01", "1000.00")
    assert watched(one, "2025-11-01").signal == "en_cours"
    risky = watched(one, "2026-03-01")
    assert risky.prevision is None
    assert risky.signal == "a_risque"
    assert "trop peu de cas" in risky.raisons[0].phrase


def test_all_consumed_is_closed(tmp_path: Path) -> None:
    one = paid(tmp_path)
    one.spend("2025-03-01", "10000.00")
    assert watched(one, "2026-03-01").signal == "clos"


def test_nothing_is_proposed_on_the_last_day_and_all_that_is_left_on_the_next(tmp_path: Path) -> None:
    one = paid(tmp_path)
    one.spend("2025-03-01", "6000.00")
    rejected(one, "2025-04-01", "1500.00")
    last, after = (read(one, day) for day in ("2026-12-31", "2027-01-01"))
    assert consumption.proposals(one.programme, last.watched, last.jour) == []
    (proposal,) = consumption.proposals(one.programme, after.watched, after.jour)
    assert (proposal.reclamer, proposal.dont_rejete, proposal.liberer) == (4_000, 1_500, 0)
    assert "récupération des crédits" in proposal.citation[0].texte


def test_what_was_never_paid_is_freed_and_not_asked_back(tmp_path: Path) -> None:
    one = owing(tmp_path, CALL, "2024-10-09")
    one.sign("2024-11-01")
    one.do("2024-11-20", tracking.Pay(one.numero, Decimal(7_000), d("2024-11-20"), "P-1"))
    one.spend("2025-03-01", "6000.00")
    found = read(one, "2027-01-01")
    (proposal,) = consumption.proposals(one.programme, found.watched, found.jour)
    assert (proposal.reclamer, proposal.liberer) == (1_000, 3_000)
    one.do("2027-01-01", *proposal.acts(found.jour, proposal.motif))
    again = read(one, "2027-01-02")
    assert consumption.proposals(one.programme, again.watched, again.jour) == []
    assert (again.total.a_recuperer, again.total.libere, again.total.reste) == (1_000, 3_000, 0)


def test_a_carry_over_moves_the_deadline_and_keeps_the_old_one(tmp_path: Path) -> None:
    one = paid(tmp_path)
    one.do("2026-12-01", tracking.CarryOver(one.numero, d("2026-12-01"), d("2027-06-30"), "Travaux retardés"))
    moved = watched(one, "2027-01-01")
    assert (moved.echeance, moved.avant) == (d("2027-06-30"), (d("2026-12-31"),))
    assert consumption.proposals(one.programme, [moved], d("2027-01-01")) == []


def test_the_letter_says_how_much_why_and_on_what_words(tmp_path: Path) -> None:
    one = paid(tmp_path)
    rejected(one, "2025-04-01", "1500.00")
    one.do("2027-01-05", tracking.Claim(one.numero, d("2027-01-05"), "Sous-consommation"))
    situations = [found.situation for found in read(one, "2027-01-06").watched]
    (letter,) = recovery_letters(one.programme, situations, {one.numero: Addressee("CH d'Essai", "a@exemple.fr")})
    told = " ".join(letter.texte.split())
    for words in ("10 000,00 €", "Sous-consommation", "prochaine notification", "Hors de l'action", "CH d'Essai"):
        assert words in told, words
    assert "a@exemple.fr" not in told


def test_a_call_that_is_no_longer_entered_says_nothing_of_later_paces(tmp_path: Path) -> None:
    """Nothing moved after its last line because nothing was written: not a case of money that is not consumed."""
    one = paid(tmp_path)
    other = None
    for number in range(12):
        other = owing(tmp_path, "guadeloupe_2023", "2024-01-15", numero=f"G{number}", base=one.base)
        other.sign("2024-02-01")
    assert other is not None
    known = {call.programme.id: call.programme for call in (one, other)}
    found = consumption.read(one.base.cursor(), one.programme, d("2026-09-01"), known)
    assert found.outlook is None
    assert len(found.without_forecast) == 1


def test_an_earlier_year_whose_file_is_missing_is_named_with_what_to_do(tmp_path: Path) -> None:
    """A base copied without the files of its calls holds a ledger that nobody can read the deadlines of."""
    one = paid(tmp_path)
    other = owing(tmp_path, "guadeloupe_2023", "2024-01-15", numero="G1", base=one.base)
    found = read(one, "2026-09-01")
    assert (found.outlook, found.unread) == (None, ["guadeloupe_2023"])
    assert "guadeloupe_2023, dont le fichier n'est pas dans data/programmes/" in found.unread_words
    known = {call.programme.id: call.programme for call in (one, other)}
    assert not consumption.read(one.base.cursor(), one.programme, d("2026-09-01"), known).unread_words

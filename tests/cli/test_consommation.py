"""consommation --json: every key that other programs read, and sums that are those of suivre."""

from decimal import Decimal

import pytest

from tests.cli.command import Answer, Command
from tests.cli.test_tracking import told  # noqa: F401
from tests.cli.test_verbs import GE

DAY = "2027-01-15"
MEASURES = {"accorde", "paye", "presente", "admis", "consomme"}


@pytest.fixture
def spent(told: Command) -> Command:  # noqa: F811
    """D3 is signed and paid, an invoice admitted, one rejected in part; D1 is only notified. The deadline is gone."""
    told.on("2025-03-10")
    for verb in (
        ("conventionner", "D3", "--reference", "2024-003"),
        ("verser", "D3", "30000", "--reference", "DV-1"),
        ("justifier", "D3", "--facture", "F-1", "--montant", "12000.50"),
        ("justifier", "D3", "--facture", "F-2", "--montant", "900"),
        ("admettre", "D3", "MOUVEMENT", "F-1"),
        ("rejeter", "D3", "MOUVEMENT", "F-2", "--montant", "400", "--motif", "Hors du projet"),
        ("reporter", "D1", "--au", "2027-06-30", "--motif", "Travaux"),
    ):
        assert told(*_with_line(told, verb), *GE).status == 0, verb
    return told.on(DAY)


def _with_line(clact: Command, verb: tuple[str, ...]) -> list[str]:
    """The number of the line of an invoice in the place of its name."""
    if "MOUVEMENT" not in verb:
        return list(verb)
    lines = clact("suivre", verb[1], *GE).document["dossiers"][0]["mouvements"]
    number = next(line["mouvement"] for line in lines if line["reference"] == verb[3])
    return [*verb[:2], str(number), *verb[4:]]


def sums(some: list[dict[str, str]], measure: str) -> Decimal:
    return sum((Decimal(one[measure]) for one in some), Decimal(0))


def document(answer: Answer) -> dict:
    assert answer.status == 0, answer.errors
    return answer.document


def test_every_key_is_there_and_the_sums_are_those_of_the_ledger(spent: Command) -> None:
    found, ledger = document(spent("consommation", *GE)), document(spent("suivre", *GE))
    assert set(found) == {
        "date",
        "courbe",
        "repartition",
        "prevision",
        "sans_prevision",
        "appels_sans_fichier",
        "reviendra",
        "dossiers",
        "a_confirmer",
    }
    assert found["date"] == DAY
    last = found["courbe"][-1]
    assert set(last) == {"date", *MEASURES}
    assert set(found["repartition"]) == {"axe", "secteur", "statut", "departement"}
    for measure in MEASURES:
        assert last[measure] == ledger[measure], measure
        for champ, groups in found["repartition"].items():
            assert sums(list(groups.values()), measure) == Decimal(ledger[measure]), (champ, measure)
    for measure in ("accorde", "consomme", "reste"):
        assert sums(found["dossiers"], measure) == Decimal(ledger[measure]), measure
    # Nothing else was ever followed: no forecast is made up.
    assert (found["prevision"], found["reviendra"], found["sans_prevision"]) == (None, [], 2)


def test_a_dossier_says_why_it_is_pointed_at_and_what_its_deadline_was(spent: Command) -> None:
    d1, d3 = sorted(document(spent("consommation", *GE))["dossiers"], key=lambda one: one["numero"])
    assert set(d3) == {
        "numero",
        "poste",
        "alerte",
        "raisons",
        "echeance",
        "echeances_reportees",
        "accorde",
        "consomme",
        "reste",
        "prevision",
    }
    assert (d3["poste"], d3["accorde"], d3["consomme"], d3["reste"]) == ("aide", "30000.00", "12000.50", "17999.50")
    assert (d3["echeance"], d3["echeances_reportees"]) == ("2026-12-31", [])
    assert {"alerte", "message", "montant", "jours"} == set(d3["raisons"][0])
    rejected = next(reason for reason in d3["raisons"] if reason["alerte"] == "non_conforme")
    assert (rejected["montant"], rejected["jours"]) == ("400.00", None)
    assert (d1["echeance"], d1["echeances_reportees"]) == ("2027-06-30", ["2026-12-31"])


def test_what_is_to_be_confirmed_is_what_the_ledger_leaves(spent: Command) -> None:
    (proposal,) = document(spent("consommation", *GE))["a_confirmer"]
    motif = proposal.pop("motif")
    assert proposal == {
        "numero": "D3",
        "poste": "aide",
        "echeance": "2026-12-31",
        "a_recuperer": "17999.50",
        "dont_non_conforme": "400.00",
        "a_liberer": "0.00",
        "sans_reponse": "500.00",
    }
    assert "échéance du 31/12/2026 passée" in motif


def test_a_day_before_anything_is_notified_has_nothing_to_add_up(spent: Command) -> None:
    found = document(spent("consommation", *GE, "--date", "2024-10-08"))
    assert (found["courbe"], found["dossiers"], found["a_confirmer"]) == ([], [], [])

"""Which grant a payment belongs to, and how sure that is: each evidence by itself and together."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from clact_model.ledger import Entry, Movement
from clact_model.payments import Payable, Payment, Proposal, match

SIGNED = date(2026, 4, 15)
SIRET = "26590671900017"


def account(
    numero: str = "2026-0001",
    convention: str | None = "CONV-2026-17",
    name: str = "Centre hospitalier de Pointe",
    siret: str | None = SIRET,
    tranches: tuple[int, ...] = (400, 300, 300),
    paid: tuple[tuple[str, int, date], ...] = (),
    **rest: Any,
) -> Payable:
    """Granted, signed, in tranches that may be paid, of which some are."""
    entries = [Entry(numero=numero, nature="octroi", jour=date(2026, 4, 1), montant=Decimal(sum(tranches)))]
    if convention:
        total = Decimal(sum(tranches))
        entries.append(Entry(numero=numero, nature="convention", jour=SIGNED, montant=total, reference=convention))
        entries += [
            Entry(
                numero=numero,
                nature="tranche",
                jour=SIGNED,
                montant=Decimal(amount),
                tranche=number,
                echeance=date(2025 + number, 12, 31),
                details={"libelle": f"Tranche {number}", "condition": "signature"},
            )
            for number, amount in enumerate(tranches, start=1)
        ]
    entries += [
        Entry(numero=numero, nature="versement", jour=day, montant=Decimal(amount), tranche=number, reference=reference)
        for number, (reference, amount, day) in enumerate(paid, start=1)
    ]
    movements = [_written(entry, place) for place, entry in enumerate(entries, start=1)]
    return replace(Payable(numero, "aide", name, siret, movements), **rest)


def _written(entry: Entry, place: int) -> Movement:
    said = {name: getattr(entry, name) for name in Entry.__dataclass_fields__}
    return Movement(**said, id=place, operation="", auteur="", quand=datetime.now(UTC))


def payment(montant: str = "400.00", **said: Any) -> Payment:
    return Payment(
        2, "chorus.csv", said.pop("reference", "DP-1"), Decimal(montant), said.pop("jour", date(2026, 5, 1)), **said
    )


OTHER = account("2026-0002", "CONV-2026-18", "EHPAD des Lilas", "35600000000048", (500,))

BY_EVIDENCE: list[tuple[str, Payment, str, str, str, int | None]] = [
    ("number and amount", payment(libelle="Subvention CONV-2026-17"), "sur", "1.0000", "2026-0001", 1),
    ("dossier in the reference", payment(reference="CLACT 2026/0001"), "sur", "1.0000", "2026-0001", 1),
    ("its own column", payment(convention="conv 2026 17"), "sur", "1.0000", "2026-0001", 1),
    ("number and all that is due", payment("1000.00", numero="2026-0001"), "sur", "0.9000", "2026-0001", None),
    ("SIRET and amount", payment(siret=SIRET), "a_confirmer", "0.7500", "2026-0001", 1),
    ("same SIREN", payment(siret="26590671900025"), "a_confirmer", "0.5500", "2026-0001", 1),
    ("name and amount", payment(beneficiaire="CENTRE HOSPITALIER DE POINTE"), "a_confirmer", "0.6500", "2026-0001", 1),
    ("number, another amount", payment("123.45", numero="2026-0001"), "a_confirmer", "0.6500", "2026-0001", None),
    (
        "number, SIRET of another",
        payment(numero="2026-0001", siret=OTHER.siret),
        "a_confirmer",
        "0.7000",
        "2026-0001",
        1,
    ),
    ("nothing", payment(libelle="Fournitures de bureau"), "sans_candidat", "", "", None),
    ("a number within another", payment(libelle="F 12026-00011"), "sans_candidat", "", "", None),
]


@pytest.mark.parametrize(
    ("what", "given", "statut", "confiance", "numero", "tranche"), BY_EVIDENCE, ids=lambda v: str(v)[:30]
)
def test_each_evidence_counts(
    what: str, given: Payment, statut: str, confiance: str, numero: str, tranche: int | None
) -> None:
    (found,) = match([given], [account(), OTHER])
    assert found.statut == statut, (what, found)
    if found.best:
        assert (str(found.best.confiance), found.best.numero, found.best.tranche) == (confiance, numero, tranche)
        assert found.best.raisons
    assert found.raison.endswith(".")


@pytest.mark.parametrize(
    ("given", "payable", "said"),
    [
        (payment(numero="2026-0001", jour=date(2026, 4, 14)), account(), "aucune convention signée au 14/04/2026"),
        (payment(numero="2026-0001"), account(convention=None), "aucune convention signée"),
        (payment("1000.01", numero="2026-0001"), account(), "il ne reste que"),
    ],
)
def test_what_the_ledger_would_refuse_is_never_sure(given: Payment, payable: Payable, said: str) -> None:
    (found,) = match([given], [payable])
    assert found.statut == "a_confirmer"
    assert found.best is not None and said in (found.best.empechement or "")


def test_a_payment_that_is_in_the_ledger_is_nothing_new() -> None:
    paid = account(paid=(("DP-1", 400, date(2026, 5, 1)),))
    assert [one.statut for one in match([payment(), payment(reference="DP-2")], [paid])] == [
        "deja_inscrit",
        "sans_candidat",
    ]


def test_equal_tranches_are_paid_one_after_the_other() -> None:
    paid = account(paid=(("DP-0", 400, date(2026, 4, 20)),))
    rows = [payment("300.00", reference=f"DP-{n}", numero="2026-0001", jour=date(2026, 6, 4 - n)) for n in (1, 2, 3)]
    third, second, first = match(rows, [paid])
    assert [(one.statut, one.best and one.best.tranche) for one in (first, second)] == [("sur", 2), ("sur", 3)]
    assert third.statut == "a_confirmer" and third.best and "il ne reste que" in str(third.best.empechement)


def test_two_grants_that_fit_alike_are_asked_about() -> None:
    twin = account("2026-0009", "CONV-2026-19")
    (found,) = match([payment(siret=SIRET)], [account(), twin])
    assert [candidate.numero for candidate in found.candidats] == ["2026-0001", "2026-0009"]
    assert (found.statut, "convient autant" in found.raison) == ("a_confirmer", True)
    (named,) = match([payment(siret=SIRET, numero="2026-0009")], [account(), twin])
    assert (named.statut, named.best and named.best.numero) == ("sur", "2026-0009")


def test_a_tranche_that_still_waits_leaves_a_doubt() -> None:
    waiting = account(tranches=(400,))
    tranche = waiting.movements[2]
    waits = replace(tranche, details={"libelle": "Solde", "condition": "bilan", "annee": 2026})
    waiting = replace(waiting, movements=[*waiting.movements[:2], waits])
    (found,) = match([payment(numero="2026-0001")], [waiting])
    assert found.statut == "a_confirmer"
    assert found.best and any("attend encore le bilan de 2026" in reason for reason in found.best.raisons)


def test_one_payment_of_all_that_is_due_that_day_is_sure_although_a_later_year_waits() -> None:
    """Two actions of 2026 paid at once, the third tranche being that of 2027."""
    known = account(tranches=(400, 350, 300))
    *first, last = known.movements
    later = replace(last, details={"libelle": "Réalisation de 2027", "condition": "annee", "annee": 2027})
    waiting = replace(known, movements=[*first, later])
    (found,) = match([payment("750.00", numero="2026-0001")], [waiting])
    assert (found.statut, found.best and found.best.tranche) == ("sur", None)
    assert "montant de tout ce qui peut être versé ce jour-là" in found.raison
    (part,) = match([payment("100.00", numero="2026-0001")], [waiting])
    assert part.statut == "a_confirmer" and "attend encore" not in part.raison
    (more,) = match([payment("751.00", numero="2026-0001")], [waiting])
    assert more.statut == "a_confirmer" and "attend encore l'année 2027" in more.raison


def test_proposals_come_in_the_order_of_the_file() -> None:
    rows = [payment(reference=f"DP-{n}", jour=date(2026, 6, 10 - n)) for n in range(5)]
    found: list[Proposal] = match(rows, [account(), OTHER])
    assert [one.payment.reference for one in found] == [f"DP-{n}" for n in range(5)]

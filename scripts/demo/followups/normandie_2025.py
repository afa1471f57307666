"""Normandie 2025: by year of realisation."""

from datetime import date
from random import Random

from scripts.demo.followups.plan import Plan, Story, by_plan, signer
from scripts.demo.stories import PACES, Tale


def tell(tales: list[Tale], rng: Random) -> None:
    sign = signer("NOR-2025", date(2025, 7, 7), 70)

    def ordinary(tale: Tale) -> None:
        sign(tale)
        assert tale.signed
        begin = tale.start(tale.day(tale.signed, 5, 40))
        _pay_year(tale, 2025, date(2025, 11, 24))
        tale.spend(1, begin, tale.day(date(2026, 4, 1), 0, 200), tale.rng.choice(list(PACES)), 3, 6)

    def second_paid(tale: Tale) -> None:
        ordinary(tale)
        _pay_year(tale, 2026, date(2026, 2, 2))

    def unpaid(tale: Tale) -> None:
        sign(tale)

    def to_sign(tale: Tale) -> None:
        """Nothing yet."""

    def cancelled(recovery: str | None) -> Story:
        def story(tale: Tale) -> None:
            sign(tale)
            _pay_year(tale, 2025, date(2025, 11, 24))
            if number := tale.present(date(2025, 12, 1), tale.part(0.1)):
                tale.admit(number, date(2025, 12, 15), tale.part(0.1))
            tale.cancel(
                date(2025, 12, 22),
                "Action annulée : remboursement intégral",
                recovery,
                "Titre de recettes 2026-03",
                tale.lignes[0],
            )

        return story

    def carried_over(tale: Tale) -> None:
        ordinary(tale)
        tale.add(
            "reporter", date(2026, 1, 26), echeance=date(2027, 3, 31), motif="Formateur indisponible : session reportée"
        )

    def _pay_year(tale: Tale, year: int, around: date) -> None:
        assert tale.signed
        jour = tale.day(around, 0, 10)
        for tranche in tale.tranches(tale.signed):
            if tranche.annee == year:
                tale.pay(tranche, jour)

    # What is paid back in full was paid: an action that begins the first year.
    begun = [
        tale
        for tale in tales
        if any(t.ligne == tale.lignes[0] and t.annee == 2025 for t in tale.tranches(date(2025, 7, 7)))
    ]
    ended = rng.sample(begun, 3)
    by_plan(ended, rng, [(2, cancelled("reversement")), (1, cancelled(None))], ordinary)
    plan: Plan = [(8, second_paid), (5, unpaid), (4, to_sign), (2, carried_over)]
    by_plan([tale for tale in tales if tale not in ended], rng, plan, ordinary)

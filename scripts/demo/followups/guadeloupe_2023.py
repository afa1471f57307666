"""Guadeloupe 2023: at its second tranche."""

from datetime import date
from random import Random

from scripts.demo.followups.plan import Plan, by_plan, signer
from scripts.demo.stories import PACES, Tale


def tell(tales: list[Tale], rng: Random) -> None:
    sign = signer("GUA-CONV-2024", date(2024, 2, 1), 27)
    end = date(2026, 2, 27)

    def first(tale: Tale) -> date:
        sign(tale)
        assert tale.signed
        jour = tale.day(tale.signed, 8, 30)
        tale.pay(tale.tranches(tale.signed)[0], jour)
        return jour

    def going(tale: Tale, share: float = 1) -> None:
        begin = tale.start(tale.day(first(tale), 10, 120))
        tale.spend(share, begin, end, tale.rng.choice(list(PACES)), 4, 6)

    def second_paid(tale: Tale) -> None:
        going(tale)
        received = tale.day(date(2025, 3, 3), 0, 25)
        tale.report(2024, received)
        assert tale.signed
        tale.pay(tale.tranches(tale.signed)[1], tale.day(received, 14, 40))

    def second_due(tale: Tale) -> None:
        going(tale)
        tale.report(2024, tale.day(date(2025, 3, 17), 0, 12))

    def reported_late(tale: Tale) -> None:
        going(tale)
        tale.report(2024, tale.day(date(2025, 4, 14), 0, 20))

    def not_reported(tale: Tale) -> None:
        going(tale, 0.5)

    def not_started(tale: Tale) -> None:
        first(tale)

    def carried_over(tale: Tale) -> None:
        going(tale, 0.4)
        tale.report(2024, date(2025, 3, 28))
        tale.add(
            "reporter", date(2025, 5, 5), echeance=date(2026, 9, 30), motif="Cyclone : locaux indisponibles quatre mois"
        )

    def cancelled(tale: Tale) -> None:
        first(tale)
        tale.cancel(
            date(2024, 11, 18), "Projet annulé : fermeture du service", "reversement", "Titre de recettes 971-2024-06"
        )

    def to_sign(tale: Tale) -> None:
        """Nothing yet."""

    def rejected(tale: Tale) -> None:
        second_due(tale)
        tale.reject(date(2024, 12, 9))

    plan: Plan = [(5, second_due), (3, reported_late), (3, not_reported), (2, not_started), (1, carried_over), (1, cancelled), (1, to_sign), (1, rejected)]  # fmt: skip
    by_plan(tales, rng, plan, second_paid)

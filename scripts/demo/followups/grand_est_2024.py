"""Grand Est 2024: under way."""

from datetime import date, timedelta
from random import Random

from scripts.demo.followups.plan import FIR_2025, Plan, Story, by_plan, signer
from scripts.demo.stories import PACES, Tale


def tell(tales: list[Tale], rng: Random) -> None:
    sign = signer("GE-2024", date(2024, 10, 14), 75)
    sign_late = signer("GE-2024-B", date(2025, 12, 15), 45)
    end = date(2026, 11, 30)

    def paid(tale: Tale) -> date:
        sign(tale)
        return tale.pay_at_once()

    def ordinary(tale: Tale) -> None:
        begin = tale.start(tale.day(paid(tale), 10, 160))
        pace, share = tale.rng.choice(list(PACES)), tale.rng.choice([1, 1, 1, 0.9])
        tale.spend(share, begin, tale.day(date(2026, 3, 1), 0, 240), pace, 4, 7)
        if tale.rng.random() < 0.8:
            tale.report(2024, tale.day(date(2025, 2, 17), 0, 39))
        for chance, act in ((0.08, tale.reject), (0.05, tale.credit_note), (0.04, tale.twice)):
            if tale.rng.random() < chance:
                act(tale.day(date(2025, 11, 3), 0, 40))
        if share < 1:
            tale.half_reject(tale.day(date(2025, 10, 6), 0, 30), tale.part(0.1))

    def finished(tale: Tale) -> None:
        begin = tale.start(tale.day(paid(tale), 10, 60))
        tale.spend(1, begin, tale.day(date(2025, 7, 1), 0, 140), "régulier")
        tale.report(2024, tale.day(date(2025, 2, 17), 0, 39))
        tale.report(None, tale.day(date(2026, 1, 7), 0, 30))

    def to_sign(tale: Tale) -> None:
        """Nothing yet: the convention waits."""

    def unpaid(tale: Tale) -> None:
        sign_late(tale)

    def not_started(tale: Tale) -> None:
        paid(tale)

    def late(tale: Tale) -> None:
        begin = tale.start(tale.day(paid(tale), 150, 280))
        tale.spend(0.9, begin, end, "tardif", 5, 6)

    def over(tale: Tale) -> None:
        begin = tale.start(tale.day(paid(tale), 10, 40))
        tale.spend(1, begin, date(2025, 9, 15), "vif")
        if number := tale.present(date(2025, 11, 12), tale.part(0.25)):
            tale.admit(number, date(2025, 12, 8), tale.part(0.25))

    def pending(tale: Tale) -> None:
        begin = tale.start(tale.day(paid(tale), 10, 90))
        tale.spend(0.5, begin, date(2025, 10, 1), "régulier")
        for back in (21, 9):
            tale.present(tale.until - timedelta(days=back), tale.part(0.12))

    def carried_over(tale: Tale) -> None:
        begin = tale.start(tale.day(paid(tale), 100, 200))
        tale.spend(0.4, begin, date(2025, 12, 10), "tardif")
        tale.add(
            "reporter",
            date(2026, 1, 22),
            echeance=date(2027, 6, 30),
            motif="Travaux de l'établissement décalés d'un semestre",
        )

    def rejected(tale: Tale) -> None:
        begin = tale.start(tale.day(paid(tale), 10, 60))
        tale.spend(0.6, begin, date(2025, 12, 1), "régulier")
        tale.reject(date(2025, 6, 16))
        tale.half_reject(date(2025, 9, 22), tale.part(0.15))

    def doubled(tale: Tale) -> None:
        begin = tale.start(tale.day(paid(tale), 10, 60))
        tale.spend(0.6, begin, date(2025, 10, 1), "régulier")
        tale.twice(date(2025, 11, 24))
        tale.credit_note(date(2025, 12, 4))

    def cancelled(recovery: str | None) -> Story:
        def story(tale: Tale) -> None:
            begin = tale.start(tale.day(paid(tale), 10, 60))
            tale.spend(0.2, begin, date(2025, 5, 30), "vif", 1, 2)
            tale.cancel(
                date(2025, 9, 15),
                "Action annulée : le porteur du projet a quitté l'établissement",
                recovery,
                "Titre de recettes 2025-31",
            )

        return story

    def one_cancelled(tale: Tale) -> None:
        paid(tale)
        tale.cancel(
            date(2025, 6, 16),
            "Action abandonnée : devis caduc",
            "reversement",
            "Titre de recettes 2025-18",
            tale.lignes[-1],
        )

    def under(recovery: str | None) -> Story:
        def story(tale: Tale) -> None:
            begin = tale.start(tale.day(paid(tale), 10, 60))
            tale.spend(0.7, begin, date(2025, 8, 30), "vif")
            tale.report(None, date(2025, 10, 6))
            tale.under_consumed(date(2025, 10, 20), recovery, FIR_2025, (56, 56))

        return story

    def given_up(tale: Tale) -> None:
        tale.add("liberer", date(2025, 3, 10), motif="L'établissement renonce : cofinancement perdu")

    plan: Plan = [
        (7, to_sign), (5, unpaid), (9, not_started), (14, late), (4, over), (8, pending), (6, carried_over), (6, rejected),
        (4, doubled), (2, cancelled(None)), (3, cancelled("reversement")), (4, under("compensation")), (2, under(None)),
        (4, given_up), (18, finished),
    ]  # fmt: skip
    several = next(tale for tale in tales if len(tale.lignes) > 2)
    one_cancelled(several)
    by_plan([tale for tale in tales if tale is not several], rng, plan, ordinary)

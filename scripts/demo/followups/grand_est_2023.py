"""Grand Est 2023: what became of the year before."""

from datetime import date
from random import Random

from scripts.demo.followups.plan import FIR_2025, NEXT_NOTIFICATION, by_plan, signer
from scripts.demo.stories import PACES, Tale


def tell(tales: list[Tale], rng: Random) -> None:
    sign = signer("GE-2023", date(2023, 10, 16), 45)

    def paid(tale: Tale) -> date:
        sign(tale)
        return tale.pay_at_once()

    def done(tale: Tale) -> None:
        begin = tale.start(tale.day(paid(tale), 5, 30))
        tale.spend(1, begin, tale.day(date(2024, 3, 20), 0, 60), tale.rng.choice(list(PACES)))
        tale.report(None, date(2024, 6, 5))

    def nearly_done(tale: Tale) -> None:
        begin = tale.start(tale.day(paid(tale), 5, 30))
        tale.spend(tale.rng.choice([0.72, 0.8, 0.86, 0.93]), begin, date(2024, 3, 25), "vif")
        tale.report(None, date(2024, 5, 13))
        tale.under_consumed(date(2024, 6, 3), "compensation", NEXT_NOTIFICATION, (128, 128))

    def running(tale: Tale) -> None:
        begin = tale.start(tale.day(paid(tale), 20, 150))
        tale.spend(1, begin, tale.day(date(2025, 8, 1), 0, 120), tale.rng.choice(list(PACES)), 3, 6)
        tale.report(None, tale.day(date(2026, 1, 12), 0, 30))
        if tale.rng.random() < 0.1:
            tale.reject(tale.day(date(2024, 11, 4), 0, 200))

    def partly(tale: Tale) -> None:
        begin = tale.start(tale.day(paid(tale), 20, 200))
        tale.spend(tale.rng.choice([0.35, 0.5, 0.62, 0.78]), begin, date(2025, 10, 15), tale.rng.choice(list(PACES)))
        tale.report(None, date(2026, 1, 8))
        tale.under_consumed(
            date(2026, 1, 20), tale.rng.choice([None, "reversement"]), "Titre de recettes 2026-07", (10, 20)
        )

    def partly_in_time(tale: Tale) -> None:
        begin = tale.start(tale.day(paid(tale), 20, 120))
        tale.spend(tale.rng.choice([0.4, 0.6, 0.7]), begin, date(2025, 5, 30), "régulier")
        tale.report(None, date(2025, 7, 4))
        tale.under_consumed(date(2025, 9, 8), "compensation", FIR_2025, (98, 98))

    def carried_over(tale: Tale) -> None:
        begin = tale.start(tale.day(paid(tale), 60, 220))
        tale.spend(0.55, begin, date(2025, 10, 20), "tardif")
        tale.add("reporter", date(2025, 11, 18), echeance=date(2026, 6, 30), motif="Retard de livraison du fournisseur")

    def cancelled(tale: Tale) -> None:
        paid(tale)
        mode = tale.rng.choice(["reversement", "compensation"])
        reference = "Titre de recettes 2024-11" if mode == "reversement" else NEXT_NOTIFICATION
        tale.add("annuler_action", date(2024, 4, 15), motif="Projet abandonné après un changement de direction")
        tale.add(
            "recouvrer",
            date(2024, 6, 10) if mode == "reversement" else date(2024, 10, 9),
            mode=mode,
            reference=reference,
        )

    def given_up(tale: Tale) -> None:
        tale.add("liberer", date(2024, 2, 12), motif="L'établissement renonce à la subvention avant la convention")

    states: dict[str, list[Tale]] = {}
    for tale in tales:
        states.setdefault(tale.said, []).append(tale)
    by_plan(states.get("acheve", []), rng, [(14, nearly_done), (6, running)], done)
    by_plan(states.get("en_cours", []), rng, [(6, partly), (8, carried_over), (6, partly_in_time)], running)
    by_plan(states.get("non_realise", []), rng, [(3, given_up)], cancelled)
    others = [
        (12, nearly_done),
        (14, partly),
        (10, partly_in_time),
        (9, carried_over),
        (5, cancelled),
        (4, given_up),
        (32, running),
    ]
    by_plan(states.get("", []), rng, others, done)

"""Hauts-de-France 2022: on proof, before and after 10 November."""

from datetime import date
from random import Random

from scripts.demo.followups.plan import Plan, by_plan, signer
from scripts.demo.stories import Tale


def tell(tales: list[Tale], rng: Random) -> None:
    sign = signer("HDF-2022-C", date(2022, 8, 29), 30)

    def proven(tale: Tale, first: date, last: date, share: float) -> None:
        tale.spend(share, first, last, "régulier", 1, 3)

    def pay(tale: Tale, jour: date) -> None:
        due = min(tale.admitted, tale.granted)
        if due > 0:
            tale.add("verser", jour, montant=due, reference=f"DP-{tale.rng.randint(1_000_000, 9_999_999)}")

    def in_time(tale: Tale) -> None:
        _begin(tale)
        proven(tale, date(2022, 10, 3), date(2022, 10, 24), tale.rng.choice([1, 1, 0.8]))
        pay(tale, date(2022, 12, 12))
        tale.report(None, date(2023, 1, 30))

    def too_late(tale: Tale) -> None:
        _begin(tale)
        proven(tale, date(2022, 11, 14), date(2022, 12, 20), 1)
        if tale.rng.random() < 0.5:
            pay(tale, date(2023, 2, 20))

    def both(tale: Tale) -> None:
        _begin(tale)
        proven(tale, date(2022, 10, 3), date(2022, 10, 24), 0.5)
        pay(tale, date(2022, 12, 12))
        proven(tale, date(2022, 11, 21), date(2023, 2, 6), 0.4)

    def waiting(tale: Tale) -> None:
        _begin(tale)

    def rejected(tale: Tale) -> None:
        in_time(tale)
        tale.reject(date(2022, 11, 28))

    def cancelled(tale: Tale) -> None:
        sign(tale)
        tale.add("annuler_action", date(2023, 1, 16), motif="Action annulée avant toute dépense")

    def to_sign(tale: Tale) -> None:
        """Nothing yet."""

    def _begin(tale: Tale) -> None:
        sign(tale)
        assert tale.signed
        tale.start(tale.day(tale.signed, 2, 12))

    plan: Plan = [(8, too_late), (6, both), (7, waiting), (3, rejected), (2, cancelled), (3, to_sign)]
    by_plan(tales, rng, plan, in_time)
    signed = {tale.numero: tale for tale in tales if tale.poste == "aide"}
    for tale in tales:
        aide = signed[tale.numero]
        if tale.poste == "supplement" and aide.admitted and tale.rng.random() < 0.7:
            proven(tale, date(2022, 10, 3), date(2022, 10, 24), 1)
            pay(tale, date(2022, 12, 12))

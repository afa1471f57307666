"""What becomes of a grant, invented: each story is the acts of one account, from its convention to the day it is told on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from clact_model.tracking import Tranche

Row = dict[str, Any]
"""Cells of one act, by the columns of the file."""
Pace = Callable[[float], float]
PACES: Mapping[str, Pace] = {"vif": lambda u: u**0.5, "régulier": lambda u: u, "tardif": lambda u: u**2.2}
"""Share of the time gone, 0..1 → share of the money spent."""
CENT = Decimal("0.01")
OBJECTS = ("Matériel livré", "Formation, première session", "Prestation d'accompagnement", "Équipement posé", "Solde")
REJECTED = (
    "Facture antérieure à la notification",
    "Dépense hors du périmètre de la convention",
    "Salaires : hors assiette",
    "Facture au nom d'un autre établissement",
    "Pièce illisible, redemandée sans réponse",
)


@dataclass
class Tale:
    """One account being told. Amounts in EUR."""

    rng: Random
    numero: str
    granted: Decimal
    notified: date
    until: date
    """Nothing is told after that day."""
    lignes: Sequence[int]
    tranches: Callable[[date], Sequence[Tranche]]
    """Day of the signature → the tranches that the call's text gives."""
    indicateurs: str = ""
    said: str = ""
    """What its establishment says of this contract when it applies again."""
    poste: str = "aide"
    signed: date | None = None
    rows: list[Row] = field(default_factory=list)
    invoices: int = 0
    admitted: Decimal = Decimal(0)

    def add(self, acte: str, jour: date, **cells: Any) -> bool:
        """Tell an act, if its day has come."""
        if jour > self.until:
            return False
        self.rows.append({"acte": acte, "numero": self.numero, "poste": self.poste, "jour": jour, **cells})
        return True

    def day(self, after: date, least: int, most: int) -> date:
        """A working day some days later."""
        found = after + timedelta(days=self.rng.randint(least, most))
        return found + timedelta(days=(7 - found.weekday()) % 7) if found.weekday() > 4 else found

    def part(self, share: float | Decimal) -> Decimal:
        return (self.granted * Decimal(str(share))).quantize(CENT, ROUND_HALF_UP)

    def sign(self, first: date, within: int, reference: str, forme: str) -> None:
        self.signed = self.day(first, 0, within)
        self.add("conventionner", self.signed, reference=reference, forme=forme, indicateurs=self.indicateurs)

    def pay(self, tranche: Tranche, jour: date) -> bool:
        return self.add(
            "verser", jour, montant=tranche.montant, tranche=tranche.tranche, reference=f"DP-{self.rng.randint(1_000_000, 9_999_999)}"
        )  # fmt: skip

    def pay_at_once(self) -> date:
        """The whole, some weeks after the signature."""
        assert self.signed
        jour = self.day(self.signed, 8, 35)
        for tranche in self.tranches(self.signed):
            self.pay(tranche, jour)
        return jour

    def start(self, jour: date) -> date:
        self.add("demarrer", jour)
        return jour

    def present(self, jour: date, amount: Decimal, *, reference: str = "", objet: str = "") -> str | None:
        """One invoice; its number, None when its day has not come."""
        self.invoices += 1
        number = reference or f"F{jour:%y}-{self.rng.randint(100, 999)}{self.invoices:02d}"
        cells = {
            "montant": amount,
            "reference": number,
            "ligne": self.rng.choice(self.lignes) if self.lignes else None,
            "objet": objet or self.rng.choice(OBJECTS),
            "date_facture": jour - timedelta(days=self.rng.randint(3, 20)),
            "montant_facture": (amount * 2).quantize(CENT),
        }
        return number if self.add("justifier", jour, **cells) else None

    def admit(self, number: str, jour: date, amount: Decimal, whole: bool = True) -> None:
        if self.add("admettre", jour, reference=number, montant=None if whole else amount):
            self.admitted += amount

    def spend(self, share: float, begin: date, end: date, pace: str, least: int = 2, most: int = 5) -> None:
        """Invoices up to a share of the grant, presented along the pace and admitted some weeks later."""
        count = self.rng.randint(least, most)
        moments = [*sorted(self.rng.uniform(0.08, 0.97) for _ in range(count - 1)), 1.0]
        told, target = Decimal(0), self.part(share)
        for moment in moments:
            jour = begin + timedelta(days=round((end - begin).days * moment))
            amount = (target * Decimal(str(round(PACES[pace](moment), 4)))).quantize(CENT, ROUND_HALF_UP) - told
            if amount <= 0:
                continue
            told += amount
            if number := self.present(jour, amount):
                self.admit(number, self.day(jour, 9, 40), amount)

    def reject(self, jour: date) -> None:
        amount = self.part(self.rng.uniform(0.03, 0.12))
        if number := self.present(jour, amount):
            self.add("rejeter", self.day(jour, 9, 30), reference=number, motif=self.rng.choice(REJECTED))

    def half_reject(self, jour: date, amount: Decimal) -> None:
        """An invoice admitted in part."""
        kept = (amount * Decimal("0.6")).quantize(CENT)
        if number := self.present(jour, amount):
            answered = self.day(jour, 9, 30)
            self.admit(number, answered, kept, whole=False)
            self.add("rejeter", answered, reference=number, motif="Part qui relève de la maintenance courante")

    def credit_note(self, jour: date) -> None:
        """Goods sent back after they were admitted."""
        back = -min(self.part(0.05), self.admitted)
        if back and (number := self.present(jour, back, reference=f"AV{jour:%y}-{self.invoices:02d}", objet="Avoir du fournisseur")):  # fmt: skip
            self.admit(number, jour, back)

    def twice(self, jour: date) -> None:
        """An invoice sent a second time: seen, and rejected."""
        first = next((row for row in self.rows if row["acte"] == "justifier"), None)
        if first is None or first["jour"] >= jour:
            return
        number = f"{first['reference']} (second envoi)"
        if self.present(jour, first["montant"], reference=number, objet=first["objet"]):
            said = f"Facture en double : {first['reference']} est déjà présentée le {first['jour']:%d/%m/%Y}"
            self.add("rejeter", self.day(jour, 5, 20), reference=number, motif=said)

    def report(self, annee: int | None, jour: date) -> None:
        self.add("recevoir_bilan", jour, reference="final" if annee is None else str(annee))

    def under_consumed(
        self, jour: date, recovery: str | None, reference: str = "", later: tuple[int, int] = (30, 120)
    ) -> None:
        """Paid and not consumed: claimed, then come back by ``recovery``, or not yet."""
        if self.add("reclamer", jour, motif="Crédits non consommés constatés au bilan final") and recovery:
            self.add("recouvrer", self.day(jour, *later), mode=recovery, reference=reference)

    def cancel(
        self, jour: date, motif: str, recovery: str | None, reference: str = "", ligne: int | None = None
    ) -> None:
        """Given up after it was paid."""
        if self.add("annuler_action", jour, motif=motif, ligne=ligne) and recovery:
            self.add("recouvrer", self.day(jour, 20, 45), mode=recovery, reference=reference)

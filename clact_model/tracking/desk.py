"""What an act of the follow-up works with: the book under the lock, the programme, the day, and the dossiers' actions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

import duckdb

from clact_model import decision, eligibility, ledger
from clact_model.allocation.money import amount, cents, split
from clact_model.ledger import ZERO, Book, LedgerRefusedError, Movement, Nature, Poste
from clact_model.programme import Programme
from clact_model.tracking.schedule import ActionShare

WITH = "avec"
"""In the details of a line: the number of the line that the same act wrote first, and without which it makes no sense."""


@dataclass(frozen=True)
class Desk:
    """One write of the follow-up."""

    programme: Programme
    today: date
    book: Book
    cursor: duckdb.DuckDBPyConnection

    def standing(self, numero: str, poste: Poste, nature: Nature | None = None) -> list[Movement]:
        """The lines of an account that nothing reverses; of one nature when given."""
        found = ledger.standing(self.book.of(numero, poste))
        return [m for m in found if nature is None or m.nature == nature]

    def require_known(self, numeros: Collection[str]) -> None:
        """Raise LedgerRefusedError for a number that is no dossier of the programme."""
        rows = self.cursor.execute(
            """SELECT numero FROM (SELECT unnest($numeros::VARCHAR[]) AS numero)
               WHERE numero NOT IN (SELECT numero FROM dossier WHERE programme = $programme) ORDER BY numero LIMIT 1""",
            {"numeros": list(numeros), "programme": self.programme.id},
        ).fetchall()
        if rows:
            raise LedgerRefusedError(
                f"Dossier {rows[0][0]} : inconnu du programme « {self.programme.id} ». Vérifiez le numéro."
            )

    def require_actions(self, named: Collection[tuple[str, int]]) -> None:
        """Raise LedgerRefusedError for a line that its dossier does not have."""
        numeros, lignes = [numero for numero, _ in named], [ligne for _, ligne in named]
        rows = self.cursor.execute(
            """SELECT n.numero, n.ligne, (SELECT string_agg(a.ligne::VARCHAR, ', ' ORDER BY a.ligne) FROM action a
                                          WHERE a.programme = $programme AND a.numero = n.numero)
               FROM (SELECT unnest($numeros::VARCHAR[]) AS numero, unnest($lignes::INTEGER[]) AS ligne) n
               WHERE NOT EXISTS (SELECT 1 FROM action a
                                 WHERE a.programme = $programme AND a.numero = n.numero AND a.ligne = n.ligne) LIMIT 1""",
            {"numeros": numeros, "lignes": lignes, "programme": self.programme.id},
        ).fetchall()
        for numero, ligne, known in rows:
            raise LedgerRefusedError(
                f"Dossier {numero} : la ligne {ligne} n'existe pas (lignes connues : {known or 'aucune'})."
            )

    def bearer(self, convention: str) -> str | None:
        """The dossier whose standing convention bears that number, in the whole programme; None when there is none."""
        for movement in self.book.added:
            if movement.nature == "convention" and movement.reference == convention and movement.contrepasse is None:
                return movement.numero
        return self._conventions.get(convention)

    @cached_property
    def _conventions(self) -> Mapping[str, str]:
        """Number of each standing convention → its dossier: read once, whatever is signed."""
        rows = self.cursor.execute(
            """SELECT DISTINCT reference, numero FROM mouvement m
               WHERE programme = ? AND nature = 'convention' AND contrepasse IS NULL AND reference IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM mouvement c WHERE c.contrepasse = m.id)""",
            [self.programme.id],
        ).fetchall()
        return dict(rows)

    def shares(self, numero: str, granted: Mapping[int | None, Decimal]) -> Sequence[ActionShare]:
        """A grant by action, with the actions' days. ``granted``: line → EUR, under None what was granted to the dossier.

        What was granted to a dossier as a whole goes to its actions in proportion to their aide maximale, to the cent;
        it stays one share when none is known.
        """
        known = {share.ligne: share for share in self._actions.get(numero, ())}
        shares = [
            replace(known.get(ligne, ActionShare(ligne, ZERO)), montant=montant)
            for ligne, montant in granted.items()
            if ligne is not None
        ]
        whole = granted.get(None)
        if whole is None:
            return shares
        weights = [cents(share.montant) for share in known.values()]
        if not any(weights):
            return [*shares, ActionShare(None, whole)]
        parts = split(cents(whole), weights)
        return shares + [
            replace(share, montant=amount(part)) for share, part in zip(known.values(), parts, strict=True) if part
        ]

    @cached_property
    def _actions(self) -> Mapping[str, Sequence[ActionShare]]:
        """Dossier → its eligible actions, with their aide maximale and days."""
        held = decision.held(self.cursor, self.programme)
        parameters = held.committee.basis.parameters(self.programme) if held else None
        eligibility.judge(self.cursor, self.programme, self.today, parameters)
        rows = self.cursor.execute(
            """SELECT j.numero, j.ligne, coalesce(j.aide_maximale, 0)::DECIMAL(14, 2), a.date_debut, a.date_fin
               FROM jugement_action j
               JOIN action a ON a.programme = ? AND a.numero = j.numero AND a.ligne = j.ligne
               WHERE j.verdict <> 'ineligible' ORDER BY j.numero, j.ligne""",
            [self.programme.id],
        ).fetchall()
        found: dict[str, list[ActionShare]] = {}
        for numero, ligne, ceiling, first, last in rows:
            found.setdefault(numero, []).append(ActionShare(ligne, ceiling, first, last))
        return found

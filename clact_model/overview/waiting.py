"""What waits for a person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from clact_model.overview.summaries import Summary, asked
from clact_model.programme.call import LineWord


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a person: in words, and which dossiers it holds of."""

    code: str
    libelle: str
    sens: str
    holds: Callable[[Summary], bool] = field(repr=False)
    last_day: Callable[[Summary], date | None] = field(repr=False, default=lambda row: None)
    """The day by which what is awaited of a dossier is to come, where there is one."""

    def label(self, word: LineWord) -> str:
        """The label, with the programme's own word for a line."""
        return self.libelle.format(un=word.un, aucun=word.aucun)


WAITING: tuple[Waiting, ...] = (
    Waiting(
        "piece_en_retard",
        "Dossiers dont une pièce demandée est en retard",
        "L'échéance donnée à l'établissement est passée : relancez-le, reportez l'échéance ou marquez la pièce reçue.",
        lambda row: row.pieces_en_retard > 0,
        last_day=lambda row: row.echeance,
    ),
    Waiting(
        "a_verifier",
        "Dossiers à vérifier",
        "Une information manque ou le texte demande qu'une personne regarde : levez le doute, ou dérogez avec un motif.",
        lambda row: row.verdict == "a_verifier",
    ),
    Waiting(
        "a_completer",
        "Dossiers à compléter",
        "L'établissement peut encore transmettre ce qui manque, jusqu'à la date indiquée.",
        lambda row: row.verdict == "a_completer",
        last_day=lambda row: row.jusqu_au,
    ),
    Waiting(
        "piece_attendue",
        "Dossiers dont une pièce demandée est attendue",
        "Une pièce a été demandée à l'établissement et n'est pas encore reçue, à temps ou non.",
        lambda row: row.pieces_attendues > 0,
        last_day=lambda row: row.echeance,
    ),
    Waiting(
        "derogation_a_confirmer",
        "Dérogations à confirmer",
        "Un import a changé une donnée que lit la règle écartée : confirmez ou levez la dérogation.",
        lambda row: row.a_confirmer,
    ),
    Waiting(
        "ligne_a_verifier",
        "Recevables, {un} à vérifier",
        "Le dossier est recevable, l'éligibilité d'une partie de ce qu'il demande est en doute.",
        lambda row: row.verdict == "recevable" and row.actions_a_verifier > 0,
    ),
    Waiting(
        "sans_demande_eligible",
        "Dossiers où {aucun} n'est éligible",
        "Le dossier n'est pas irrecevable, et pourtant rien de ce qu'il demande ne peut être financé en l'état.",
        lambda row: row.verdict != "irrecevable" and row.sans_action_eligible,
    ),
    Waiting(
        "a_noter",
        "Dossiers à noter",
        "Un critère de l'appel attend la note de l'instructeur : sans elle, il compte pour 0.",
        lambda row: row.a_noter,
    ),
    Waiting(
        "sursis",
        "Dossiers en sursis",
        "L'agence peut surseoir à la candidature : la décision reste à prendre.",
        lambda row: row.verdict == "sursis",
    ),
)
"""Most pressing first."""


@dataclass(frozen=True, slots=True)
class Task:
    """What waits for a person, counted. ``jusqu_au``: the nearest last day."""

    code: str
    libelle: str
    sens: str
    dossiers: int
    demande: Decimal
    jusqu_au: date | None


def tasks(rows: Sequence[Summary], word: LineWord) -> list[Task]:
    """What waits for someone, most pressing first; what waits for nobody is left out."""
    found = []
    for waiting in WAITING:
        held = [row for row in rows if waiting.holds(row)]
        if held:
            days = [day for row in held if (day := waiting.last_day(row)) is not None]
            found.append(
                Task(waiting.code, waiting.label(word), waiting.sens, len(held), asked(held), min(days, default=None))
            )
    return found

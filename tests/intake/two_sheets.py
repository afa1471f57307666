"""The two sheets of our workbook, and the same in one."""

from typing import Any

DOSSIERS = ("Numéro de dossier", "Raison sociale", "N° FINESS", "Date de dépôt", "Courriel du contact", "RIB")


ACTIONS = ("Numéro de dossier", "Rang de priorité", "Intitulé de l'action", "Coût total", "Montant demandé à l'ARS")


def two_sheets(
    dossiers: list[list[Any]] | None = None, actions: list[list[Any]] | None = None
) -> dict[str, list[list[Any]]]:
    return {
        "Dossiers": [
            list(DOSSIERS),
            *(
                dossiers
                or [
                    ["A1", "CH A", "590000014", "12/03/2026 09:41", "a@exemple.fr", "Oui"],
                    ["A2", "CH B", "620000018", "2026-03-13T23:59-04:00", None, "Non"],
                ]
            ),
        ],
        "Actions": [
            list(ACTIONS),
            *(
                actions
                or [
                    ["A1", 1, "Rails", 1000, 400.5],
                    ["A2", 1, "Formation", 2000, 800],
                    ["A1", 2, "Étude", 300, 100],
                ]
            ),
        ],
    }


def flat(sheets: dict[str, list[list[Any]]]) -> list[list[Any]]:
    """The same content, one row per line."""
    (head, *dossiers), (lines_head, *actions) = sheets["Dossiers"], sheets["Actions"]
    by_number = {row[0]: row for row in dossiers}
    return [head + lines_head[1:], *([*by_number[row[0]], *row[1:]] for row in actions)]

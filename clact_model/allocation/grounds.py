"""The rules behind what waits or is refused, in sentences that a letter can hold."""

from collections.abc import Iterable

from clact_model import formats
from clact_model.allocation.lines import Key
from clact_model.eligibility import Answer, JudgedAction, JudgedDossier, Override, joined


def details(judged: Iterable[JudgedDossier], line_word: str) -> dict[Key, str]:
    """Dossiers and their lines → the messages of the rules that decided their verdict; nothing for what is admitted.

    ``line_word``: what the call calls a line, action or projet.
    """
    found: dict[Key, str] = {}
    for dossier in judged:
        of_dossier = _of_dossier(dossier)
        of_lines = {action.ligne: _of_action(action) for action in dossier.actions}
        found[dossier.numero, None] = of_dossier or (
            _numbered(of_lines, line_word) if dossier.sans_action_eligible else ""
        )
        for ligne, text in of_lines.items():
            found[dossier.numero, ligne] = (
                of_dossier if dossier.verdict == "irrecevable" else f"{of_dossier} {text}".strip()
            )
    return found


def _of_dossier(dossier: JudgedDossier) -> str:
    if dossier.verdict == "recevable":
        return ""
    text = _decisive(dossier.verdict, dossier.answers, dossier.override)
    return f"{text} À produire au plus tard le {formats.day(dossier.jusqu_au)}." if dossier.jusqu_au else text


def _of_action(action: JudgedAction) -> str:
    return "" if action.verdict == "eligible" else _decisive(action.verdict, action.answers, action.override)


def _decisive(verdict: str, answers: Iterable[Answer], override: Override | None) -> str:
    """The messages of the rules that gave the verdict, or the reason of the person who gave it instead."""
    if override is not None and override.verdict_calcule != verdict:
        return f"{override.motif.strip().removesuffix('.')}."
    return joined(answer for answer in answers if answer.effet == verdict)


def _numbered(lines: dict[int, str], line_word: str) -> str:
    if len(lines) == 1:
        return next(iter(lines.values()))
    return " ".join(f"{line_word.capitalize()} {ligne} : {text}" for ligne, text in sorted(lines.items()) if text)

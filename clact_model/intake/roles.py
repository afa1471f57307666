"""The files of one import → their sheets of dossiers, of actions, or of both."""

from collections.abc import Iterator, Sequence

from clact_model.fields import Dictionary, Table
from clact_model.intake import reading
from clact_model.intake.headers import Recognised, fields_named, recognise
from clact_model.intake.limits import FileRefusedError, column_letter
from clact_model.intake.report import Anomaly
from clact_model.intake.sheet import Content, Sheet
from clact_model.intake.uploads import UploadedFile
from clact_model.wording import folded

DOSSIERS, ACTIONS = "dossiers", "actions"
"""The sheets of our workbook, folded."""

FLAT: tuple[Table, ...] = ("dossier", "action")


def recognise_files(files: Sequence[UploadedFile], dictionary: Dictionary) -> tuple[list[Recognised], list[Anomaly]]:
    """Every sheet that holds data, with its columns; an ``erreur`` among the anomalies refuses the whole import."""
    contents: list[Content] = []
    anomalies: list[Anomaly] = []
    for file in _without_copies(files, anomalies):
        try:
            contents.append(reading.read(file))
        except FileRefusedError as refusal:
            anomalies.append(_refusal(file.shown_name, refusal))
    split = _is_split(contents, dictionary)
    recognised = []
    for content in contents:
        try:
            roles = _roles(content, dictionary, split, anomalies)
            recognised += [recognise(sheet, dictionary, tables) for sheet, tables in roles]
        except FileRefusedError as refusal:
            anomalies.append(_refusal(content.fichier, refusal))
    return recognised, anomalies


def _without_copies(files: Sequence[UploadedFile], anomalies: list[Anomaly]) -> list[UploadedFile]:
    once = {file.sha256: file for file in reversed(files)}
    copies = [file for file in files if once[file.sha256] is not file]
    anomalies += [
        Anomaly(f.shown_name, "avertissement", "Ce fichier est donné deux fois : il est lu une fois.") for f in copies
    ]
    return [file for file in files if once[file.sha256] is file]


def _is_split(contents: Sequence[Content], dictionary: Dictionary) -> bool:
    """True when one csv file speaks of dossiers alone and another of actions alone: the two sheets of our workbook."""
    named = [fields_named(s, dictionary) for content in contents for s in content.sheets if s.nom is None]
    return {"dossier"} in named and {"action"} in named


def _roles(
    content: Content, dictionary: Dictionary, split: bool, anomalies: list[Anomaly]
) -> Iterator[tuple[Sheet, tuple[Table, ...]]]:
    """Each sheet to read and the tables it feeds; what is said of the others is added to ``anomalies``."""
    by_name = {folded(sheet.nom or ""): sheet for sheet in content.sheets}
    chosen = [by_name[name] for name in (DOSSIERS, ACTIONS) if name in by_name] or _only_sheet(content)
    for sheet in chosen:
        anomalies += [Anomaly(sheet.fichier, "avertissement", notice) for notice in sheet.notices]
        if sheet.nom is None:
            yield sheet, _csv_role(sheet, dictionary, split)
        elif folded(sheet.nom) == ACTIONS:
            yield sheet, ("action",)
        else:
            yield sheet, (("dossier",) if ACTIONS in by_name else FLAT)
    anomalies += _not_read(content, chosen)


def _csv_role(sheet: Sheet, dictionary: Dictionary, split: bool) -> tuple[Table, ...]:
    named = fields_named(sheet, dictionary)
    return tuple(named) if split and len(named) == 1 else FLAT


def _only_sheet(content: Content) -> list[Sheet]:
    """The one sheet with cells. Raises FileRefusedError when there is none, or a choice."""
    filled = [sheet for sheet in content.sheets if sheet.rows]
    if len(filled) == 1:
        return filled
    if not filled:
        raise FileRefusedError("Le fichier ne contient aucune ligne : vérifiez l'export, puis recommencez.")
    names = ", ".join(f"« {sheet.nom} »" for sheet in filled[:5])
    raise FileRefusedError(
        f"Le classeur a plusieurs feuilles ({names}) et aucune ne s'appelle « Dossiers » : renommez celle des dossiers, "
        "et « Actions » celle des actions."
    )


def _not_read(content: Content, chosen: Sequence[Sheet]) -> Iterator[Anomaly]:
    for name in content.hidden:
        sentence = (
            f"La feuille masquée « {name} » n'est pas lue : affichez-la et renommez-la si elle contient des dossiers."
        )
        yield Anomaly(content.fichier, "avertissement", sentence, name)
    for sheet in content.sheets:
        if sheet not in chosen and sheet.rows:
            sentence = f"La feuille « {sheet.nom} » n'est pas lue : seules « Dossiers » et « Actions » le sont."
            yield Anomaly(content.fichier, "information", sentence, sheet.nom)


def _refusal(fichier: str, refusal: FileRefusedError) -> Anomaly:
    column = column_letter(refusal.column) if refusal.column else None
    return Anomaly(fichier, "erreur", str(refusal), refusal.sheet, refusal.row, column)

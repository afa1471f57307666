"""Forms that establishments fill and send: labels beside their answers, and a table of actions, somewhere in a workbook.

A form becomes one row of a sheet of dossiers, put together from its answers, and its own table of actions. It has no
number of dossier: the one that identifies its establishment serves, so that the same form is the same dossier.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from clact_model.intake.report import Anomaly
from clact_model.intake.sources import form_titles as words
from clact_model.intake.sources.form_actions import FormActions
from clact_model.intake.sources.form_answers import FormDossier, dossier_of
from clact_model.intake.sources.form_cells import Cells
from clact_model.intake.sources.form_labels import Answer, answers
from clact_model.intake.sources.form_table import ActionTable, names_dossiers, tables
from clact_model.intake.sources.kinds import Found, Kind, Reader, Totals
from clact_model.reading import Content, FileRefusedError, Sheet


def claims(content: Content) -> bool:
    """True for a table of actions whose rows name no dossier, with the labels of one establishment around it."""
    if any(names_dossiers(sheet) for sheet in content.sheets):
        return False
    found = tables(content.sheets, words.known("action"))
    labels = words.known("dossier")
    return bool(found) and any(answers(sheet, labels, _until(sheet, found)) for sheet in content.sheets)


def read(content: Content, reader: Reader) -> Found:
    """The form's dossier and its actions. Raises FileRefusedError for a file that is no form, or holds two tables."""
    table = _only_table(content, reader)
    labels = words.labels_of(reader)
    given = [answer for sheet in content.sheets for answer in answers(sheet, labels, _until(sheet, [table]))]
    if not given:
        raise FileRefusedError(
            "Le fichier n'a pas les libellés d'un formulaire (« N° FINESS », « N° SIRET », « Raison sociale »…, chacun à "
            "côté de sa réponse) : choisissez un autre type de fichier."
        )
    cells = Cells(content.fichier)
    dossier = dossier_of(given, _total(table), labels, cells)
    said = [*_not_read(content, [table.sheet, *(answer.sheet for answer in given)]), *_unknown(given, dossier)]
    if dossier.number is None:
        # It is refused: its actions would only repeat it.
        return Found((dossier.recognised,), tuple(said))
    actions = FormActions(table, dossier.number, cells)
    recognised = actions.recognised(words.actions_of(reader))
    said += [*_numbered(dossier), *actions.anomalies, *cells.said()]
    return Found(
        (dossier.recognised, recognised),
        tuple(replace(anomaly, numero=dossier.number) for anomaly in said),
        totals=Totals(dossier.recognised.sheet, dossier.recognised, dossier.total),
        made_numbers=(dossier.number,) if dossier.number_from else (),
    )


def _until(sheet: Sheet, found: Sequence[ActionTable]) -> int | None:
    """The row above which the labels of a sheet stand: that of its table, if any."""
    return next((table.header_row for table in found if table.sheet is sheet), None)


def _only_table(content: Content, reader: Reader) -> ActionTable:
    found = tables(content.sheets, words.actions_of(reader))
    if not found:
        raise FileRefusedError(
            "Le fichier n'a pas le tableau des actions d'un formulaire (« Intitulé de l'action », « Coût total », « Montant "
            "demandé »…, sans numéro de dossier) : choisissez un autre type de fichier."
        )
    if len(found) > 1:
        names = ", ".join(f"« {table.sheet.nom} »" for table in found)
        raise FileRefusedError(f"Plusieurs feuilles ont un tableau d'actions ({names}) : gardez-en une.")
    return found[0]


def _total(table: ActionTable) -> Answer | None:
    return Answer(table.sheet, table.total, table.total, known=False) if table.total else None


def _numbered(dossier: FormDossier) -> Iterator[Anomaly]:
    if not dossier.number_from:
        return
    sheet, key = dossier.recognised.sheet, dossier.recognised.key
    assert key is not None
    sentence = f"Ce formulaire n'a pas de numéro de dossier : le sien est « {dossier.number} », d'après « {dossier.number_from} »."
    yield Anomaly(sheet.fichier, "information", sentence, *sheet.where(2, key.index, ""))


def _unknown(given: Sequence[Answer], dossier: FormDossier) -> Iterator[Anomaly]:
    """One sentence for all the labels that nobody knows; those that resemble a field are asked about elsewhere."""
    asked = {title.index for title in dossier.recognised.titles if title.fields or title.how}
    left = [answer for index, answer in enumerate(given, start=1) if not answer.known and index not in asked]
    if left:
        names = ", ".join(f"« {answer.titre} »" for answer in left)
        sheet, (row, column) = left[0].sheet, left[0].label
        sentence = (
            f"Libellés qui ne sont pas lus : {names}. Indiquez leur champ dans la correspondance s'ils doivent l'être."
        )
        yield Anomaly(sheet.fichier, "information", sentence, *sheet.where(row, column, ""))


def _not_read(content: Content, chosen: Sequence[Sheet]) -> Iterator[Anomaly]:
    for sheet in dict.fromkeys(chosen):
        for notice in sheet.notices:
            yield Anomaly(content.fichier, "avertissement", notice, sheet.nom)
    left = [f"« {sheet.nom} »" for sheet in content.sheets if sheet not in chosen and sheet.rows]
    left += [f"« {name} » (masquée)" for name in content.hidden]
    if left:
        sentence = (
            f"Feuilles qui ne sont pas lues : {', '.join(left)}. Elles n'ont ni libellés ni actions du formulaire."
        )
        hidden = " Affichez les feuilles masquées si elles en contiennent." if content.hidden else ""
        yield Anomaly(content.fichier, "information", sentence + hidden)


FORM_SENT = Kind("formulaire", "Formulaire de demande de financement", claims, read, whole=False)
"""One establishment's form: it says nothing of the dossiers of others."""

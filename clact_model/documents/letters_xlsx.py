"""All the letters at once, one a row: for a mailing, or to be copied one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from xlsxwriter.workbook import Workbook

from clact_model import formats
from clact_model.documents.book import written_to
from clact_model.documents.cells import shown
from clact_model.documents.letter_of_faults import DEADLINE, Letter
from clact_model.documents.target import Target
from clact_model.programme import Programme
from clact_model.store import author


@dataclass(frozen=True, slots=True)
class Mailing:
    """What a set of letters is for: the beginning of its file's name, its title, and what a person should know of it."""

    nom: str
    titre: str
    contenu: str
    avant_envoi: str


FAULTS = Mailing(
    "textes",
    "Textes à envoyer aux établissements",
    "ce que les établissements ont à corriger dans leurs dossiers",
    f"Remplacez {DEADLINE} par la date limite, et relisez chaque texte",
)
REMINDERS = Mailing(
    "relances",
    "Relances à envoyer aux établissements",
    "ce que les établissements aidés doivent encore à l'agence, en retard ou bientôt dû",
    "Relisez chaque texte",
)
RECOVERIES = Mailing(
    "recuperations",
    "Lettres de récupération",
    "ce qui est demandé en retour aux établissements, et sur quels mots de l'appel",
    "Relisez chaque texte",
)


def letters_xlsx(
    programme: Programme, letters: Sequence[Letter], quand: datetime, target: Target, mailing: Mailing = FAULTS
) -> None:
    """Sheets « Textes » and « Contexte ». Every cell is text. ``quand``: with the programme's zone. Raises TargetError."""
    with written_to(target, mailing.titre, quand) as book:
        _letters(book, letters)
        _context(book, programme, letters, quand, mailing)


def letters_file_name(programme: Programme, quand: datetime, mailing: Mailing = FAULTS) -> str:
    """``textes_<programme>_2024-10-09.xlsx``."""
    return f"{mailing.nom}_{programme.id}_{quand.date().isoformat()}.xlsx"


def _letters(book: Workbook, letters: Sequence[Letter]) -> None:
    sheet = book.add_worksheet("Textes")
    header = book.add_format({"bold": True, "valign": "top", "bottom": 1})
    # Text even if someone edits the cell.
    text = book.add_format({"valign": "top", "text_wrap": True, "num_format": "@"})
    with_contact = any(letter.courriel for letter in letters)
    columns = {
        "Dossier": 18,
        "Établissement": 36,
        **({"Courriel": 30} if with_contact else {}),
        "Objet": 50,
        "Texte": 110,
    }
    for index, (title, width) in enumerate(columns.items()):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, title, header)
    for row, letter in enumerate(letters, start=1):
        contact = [letter.courriel] if with_contact else []
        for index, value in enumerate([letter.numero, letter.raison_sociale, *contact, letter.objet, letter.texte]):
            sheet.write_string(row, index, shown(value or ""), text)
    sheet.freeze_panes(1, 1)


def _context(
    book: Workbook, programme: Programme, letters: Sequence[Letter], quand: datetime, mailing: Mailing
) -> None:
    sheet = book.add_worksheet("Contexte")
    sheet.set_column(0, 0, 24, book.add_format({"bold": True}))
    sheet.set_column(1, 1, 80)
    facts = {
        "Programme": programme.titre,
        "Version du programme": programme.version,
        "Contenu": f"{formats.plural(len(letters), 'texte')} : {mailing.contenu}",
        "Avant d'envoyer": mailing.avant_envoi,
        "Auteur": author(),
        "Établi le": formats.moment(quand),
    }
    for row, (label, value) in enumerate(facts.items()):
        sheet.write_string(row, 0, label)
        sheet.write_string(row, 1, shown(value))

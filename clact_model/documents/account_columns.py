"""The columns that every workbook of the follow-up gives an account: whose it is, and where its money stands."""

from collections.abc import Sequence
from dataclasses import replace

from clact_model.documents.typed_sheet import SheetColumn
from clact_model.programme import Programme

WHO = (SheetColumn("numero", "Dossier", "identifiant"), SheetColumn("poste", "Poste"))
NAMED = (*WHO, SheetColumn("raison_sociale", "Établissement", width=36))
GRANTED = SheetColumn("accorde", "Accordé (€)", "euros")
PAID = SheetColumn("paye", "Versé (€)", "euros")
PROVED = (
    SheetColumn("presente", "Présenté (€)", "euros"),
    SheetColumn("admis", "Admis (€)", "euros"),
    SheetColumn("rejete", "Rejeté (€)", "euros"),
)
ENDED = (
    SheetColumn("consomme", "Consommé (€)", "euros"),
    SheetColumn("a_recuperer", "À récupérer (€)", "euros"),
    SheetColumn("recupere", "Récupéré (€)", "euros"),
    SheetColumn("libere", "Libéré (€)", "euros"),
    SheetColumn("reste", "Reste (€)", "euros"),
)
DAY = SheetColumn("echeance", "Échéance", "date")


def worded(programme: Programme, columns: Sequence[SheetColumn]) -> Sequence[SheetColumn]:
    """The columns, that of a line of the dossier under the name that the call gives it: « Action », « Projet »."""
    word = programme.line_word.capitalize()
    return [replace(one, libelle=word) if one.champ == "ligne" else one for one in columns]

"""The columns that every workbook of the follow-up gives an account: whose it is, and where its money stands."""

from clact_model.documents.typed_sheet import SheetColumn

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

"""The words of an import, by what it holds: dossiers, or the expenses of a statement."""

from collections.abc import Mapping, Sequence

from clact_model import formats
from clact_model.intake import Report
from clact_model.statements import Statement
from pages.components import links

Words = Mapping[str, tuple[str, str]]
_DOSSIERS: Words = {
    "nouveaux": ("Nouveaux", "Dossiers que la base ne contient pas encore."),
    "modifies": ("Modifiés", "Dossiers dont un champ au moins change."),
    "inchanges": ("Inchangés", "Dossiers identiques à ceux de la base."),
    "disparus": ("Absents", "Dossiers de la base qui ne sont plus dans un envoi complet."),
    "rejetes": ("Refusés", "Dossiers, ou lignes sans dossier, qui n'entrent pas."),
}
_EXPENSES: Words = {
    "nouveaux": ("Nouvelles", "Dépenses que le registre n'a pas encore."),
    "modifies": ("Complétées", "Dépenses du registre dont le fichier dit ce qui est admis ou rejeté."),
    "inchanges": ("Déjà connues", "Dépenses que le registre a déjà, telles quelles : rien n'est compté deux fois."),
    "rejetes": ("Refusées", "Lignes qui n'entrent pas : voyez pourquoi ci-dessous."),
}


def counts(report: Report) -> Words:
    """Each count of a report → its label and its definition."""
    return _EXPENSES if isinstance(report, Statement) else _DOSSIERS


def counted(report: Report) -> str:
    """How much would be written: ``12 dossiers``, ``3 dépenses``."""
    count = report.nouveaux + report.modifies
    return formats.plural(count, "dépense" if isinstance(report, Statement) else "dossier")


def next_pages(report: Report) -> Sequence[tuple[str, str, str]]:
    """Where to go once it is written: page, label, icon."""
    if isinstance(report, Statement):
        return [(links.CONSOMMATION, "Voir la consommation", ":material/trending_up:")]
    return [
        (links.DOSSIERS, "Voir les dossiers", ":material/table_rows:"),
        (links.RECEVABILITE, "Voir la recevabilité", ":material/checklist:"),
    ]

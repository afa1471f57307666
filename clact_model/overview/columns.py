"""The columns of a list of dossiers, the same on screen and in an export."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from clact_model import formats
from clact_model.overview.labels import VERDICTS, values
from clact_model.overview.summaries import Summary
from clact_model.programme import Programme

Kind = Literal["texte", "identifiant", "entier", "score", "euros", "date", "moment"]
Cell = str | int | Decimal | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its French header with its unit, what its cells are."""

    champ: str
    libelle: str
    kind: Kind
    sens: str = ""


def columns(programme: Programme) -> tuple[Column, ...]:
    """The columns, in order; labels of stored fields are the dictionary's."""

    def stored(champ: str, kind: Kind = "texte") -> Column:
        return Column(champ, programme.dictionary.get("dossier", champ).libelle, kind)

    return (
        stored("numero", "identifiant"),
        stored("raison_sociale"),
        Column("verdict", "Verdict", "texte", "Le plus fort des verdicts de ses règles, ou celui d'une dérogation."),
        Column("demande", "Montant demandé (€)", "euros", "Somme des montants connus de ses demandes."),
        Column(
            "aide_maximale", "Aide maximale (€)", "euros", "Ce que l'appel permet d'accorder, sur ce qui est éligible."
        ),
        Column("actions", programme.line_words.capitalize(), "entier", "Nombre de lignes du dossier."),
        Column("position", "Place au classement", "entier", "Aux poids du programme ; un dossier rejeté n'en a pas."),
        Column("score", "Score (sur 100)", "score", "Aux poids du programme."),
        stored("departement"),
        stored("secteur"),
        stored("statut"),
        stored("date_depot", "moment"),
        Column("jusqu_au", "À compléter jusqu'au", "date", "Dernier jour le plus proche pour ce qui manque."),
        Column("instructeur", "Instructeur", "texte", "La personne chargée du dossier."),
        Column("pieces_attendues", "Pièces attendues", "entier", "Pièces demandées qui ne sont pas encore reçues."),
        Column("echeance", "Échéance des pièces", "date", "La plus proche échéance d'une pièce demandée."),
        Column("derogation", "Dérogation", "texte", "Une personne a remplacé le verdict calculé."),
        Column("non", "Règles non satisfaites", "texte"),
        Column("inconnu", "Règles sans réponse", "texte", "Une information manque pour conclure."),
        Column("intitules", "Intitulés", "texte"),
        stored("finess", "identifiant"),
        stored("siret", "identifiant"),
    )


def table(programme: Programme, rows: Sequence[Summary]) -> list[dict[str, Cell]]:
    """Dossiers as the list shows them: codes by their French labels, unknown as None."""
    words = _Words(programme)
    return [words.cells(row) for row in rows]


class _Words:
    """The labels of a programme, looked up once for a whole list."""

    def __init__(self, programme: Programme) -> None:
        self._labels = {champ: values(programme, champ) for champ in ("secteur", "statut", "departement")}
        self._rules: Mapping[str, str] = {rule.id: rule.libelle for rule in programme.file.regle}

    def cells(self, row: Summary) -> dict[str, Cell]:
        return {
            "numero": row.numero,
            "raison_sociale": row.raison_sociale,
            "verdict": VERDICTS.get(row.verdict, row.verdict),
            "demande": row.demande,
            "aide_maximale": row.aide_maximale,
            "actions": row.actions,
            "position": row.position,
            "score": row.score,
            **{champ: self._label(champ, getattr(row, champ)) for champ in self._labels},
            "date_depot": row.date_depot,
            "jusqu_au": row.jusqu_au,
            "instructeur": row.instructeur,
            "pieces_attendues": row.pieces_attendues or None,
            "echeance": row.echeance,
            "derogation": ("à confirmer" if row.a_confirmer else formats.yes_no(True)) if row.derogation else None,
            "non": self._named(row.non),
            "inconnu": self._named(row.inconnu),
            "intitules": " ; ".join(row.intitules) or None,
            "finess": row.finess,
            "siret": row.siret,
        }

    def _label(self, champ: str, code: str | None) -> str | None:
        return None if code is None else self._labels[champ].get(code, code)

    def _named(self, rules: tuple[str, ...]) -> str | None:
        return " ; ".join(self._rules.get(rule, rule) for rule in rules) or None

"""The lists of a simulation: retained, waiting, refused, each line with its sentence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from decimal import Decimal
from functools import cached_property
from typing import Literal

import duckdb

from clact_model import fields
from clact_model.allocation import Outcome, Result, Statut, Unit
from clact_model.programme import Programme

Kind = Literal["texte", "identifiant", "entier", "score", "euros"]

STATUTS: Mapping[Statut, str] = {
    "finance": "Financé",
    "partiel": "Financé en partie",
    "liste_attente": "Liste d'attente",
    "refuse": "Non retenu",
    "en_attente_instruction": "En attente d'instruction",
}
"""Status → what a committee reads."""
PROPOSAL = "Proposition"
"""Header of the status of a simulation."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list, as a committee reads it. Amounts in EUR, labels in French, identifiers as text."""

    position: int | None
    numero: str
    ligne: int | None
    rang: int | None
    raison_sociale: str
    finess: str
    siret: str
    departement: str
    secteur: str
    statut_juridique: str
    intitule: str
    """Of the action; by dossier, those of its actions one after the other."""
    agents: int | None
    score: Decimal | None
    demande: Decimal
    aide_maximale: Decimal | None
    accorde: Decimal
    supplement: Decimal
    """From the second envelope, on top."""
    statut: str
    conditionnel: str
    """« oui » when included before the instruction was over."""
    raison: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the lists: the attribute of Row, its French header with its unit, what its cells are."""

    champ: str
    libelle: str
    kind: Kind


def _label(table: fields.Table, champ: str) -> str:
    return fields.dictionary().get(table, champ).libelle


def columns(unite: Unit, statut: str = PROPOSAL, *, supplement: bool = False) -> tuple[Column, ...]:
    """The columns of the lists, in order; by dossier, without those of a single action. ``statut``: header of that column.

    ``supplement``: with what comes from a second envelope.
    """
    of_action = (Column("ligne", "Ligne", "entier"), Column("rang", _label("action", "rang"), "entier"))
    return (
        Column("position", "Place au classement", "entier"),
        Column("numero", _label("dossier", "numero"), "identifiant"),
        *(of_action if unite == "action" else ()),
        Column("raison_sociale", _label("dossier", "raison_sociale"), "texte"),
        Column("finess", _label("dossier", "finess"), "identifiant"),
        Column("siret", _label("dossier", "siret"), "identifiant"),
        Column("departement", _label("dossier", "departement"), "identifiant"),
        Column("secteur", _label("dossier", "secteur"), "texte"),
        Column("statut_juridique", _label("dossier", "statut"), "texte"),
        Column("intitule", "Intitulé", "texte"),
        Column("agents", "Agents concernés", "entier"),
        Column("score", "Score (sur 100)", "score"),
        Column("demande", "Montant demandé (€)", "euros"),
        Column("aide_maximale", "Aide maximale (€)", "euros"),
        Column("accorde", "Montant accordé (€)", "euros"),
        *([Column("supplement", "Supplément (€)", "euros")] if supplement else ()),
        Column("statut", statut, "texte"),
        Column("conditionnel", "Sous condition", "texte"),
        Column("raison", "Raison", "texte"),
    )


@dataclass(frozen=True)
class Part:
    """One of the three lists, with its totals in EUR."""

    titre: str
    rows: Sequence[Row]

    @cached_property
    def demande(self) -> Decimal:
        return _total(row.demande for row in self.rows)

    @cached_property
    def aide_maximale(self) -> Decimal:
        """Sum of what is known."""
        return _total(row.aide_maximale for row in self.rows if row.aide_maximale is not None)

    @cached_property
    def accorde(self) -> Decimal:
        return _total(row.accorde for row in self.rows)

    @cached_property
    def dossiers(self) -> int:
        """How many dossiers are in the list, with one line or several."""
        return len({row.numero for row in self.rows})


@dataclass(frozen=True, slots=True)
class Selection:
    """A simulation as three lists."""

    unite: Unit
    retenus: Part
    attente: Part
    """The waiting list in order, then what waits for its instruction."""
    non_retenus: Part
    libelle_statut: str = PROPOSAL
    """Header of the column « statut »."""
    supplement: bool = False
    """A second envelope is shared out too."""

    @property
    def parts(self) -> tuple[Part, Part, Part]:
        return self.retenus, self.attente, self.non_retenus

    @property
    def columns(self) -> tuple[Column, ...]:
        return columns(self.unite, self.libelle_statut, supplement=self.supplement)


def lists(cursor: duckdb.DuckDBPyConnection, programme: Programme, result: Result) -> Selection:
    """The three lists of a simulation, fresh or saved, in rank order, with what the base knows of each dossier."""
    identities = _identities(cursor, programme)
    titles = _titles(cursor, programme)
    rows: dict[Statut, list[Row]] = {statut: [] for statut in STATUTS}
    for outcome in result.lines:
        line = outcome.line
        rows[outcome.statut].append(
            _row(outcome, identities.get(line.numero, UNKNOWN), titles.get((line.numero, line.ligne or 0), ""))
        )
    return Selection(
        result.settings.unite,
        retenus=Part("Sélection", _in_order([*rows["finance"], *rows["partiel"]])),
        attente=Part("Liste d'attente", [*rows["liste_attente"], *rows["en_attente_instruction"]]),
        non_retenus=Part("Non retenus", rows["refuse"]),
        supplement=result.settings.supplement is not None,
    )


@dataclass(frozen=True, slots=True)
class _Identity:
    """What a committee wants to know of who asks, in words."""

    raison_sociale: str = ""
    finess: str = ""
    siret: str = ""
    departement: str = ""
    secteur: str = ""
    statut: str = ""


UNKNOWN = _Identity()


def _identities(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> dict[str, _Identity]:
    columns = [field.name for field in dataclass_fields(_Identity)]
    labels = [_labels(programme, column) for column in columns]
    rows = cursor.execute(
        f"SELECT numero, {', '.join(columns)} FROM dossier WHERE programme = ?", [programme.id]
    ).fetchall()
    return {
        numero: _Identity(*(words.get(cell, cell or "") for words, cell in zip(labels, cells, strict=True)))
        for numero, *cells in rows
    }


def _labels(programme: Programme, champ: str) -> Mapping[str, str]:
    """Code → French label; empty for a field that is not a code."""
    return {value.code: value.libelle for value in programme.dictionary.get("dossier", champ).valeurs}


def _titles(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> dict[tuple[str, int], str]:
    """Title of each action by number and line; under line 0, those of the dossier one after the other."""
    rows = cursor.execute(
        """SELECT numero, ligne, intitule FROM action WHERE programme = $programme AND intitule IS NOT NULL
           UNION ALL
           SELECT numero, 0, string_agg(intitule, ' ; ' ORDER BY ligne) FROM action
           WHERE programme = $programme AND intitule IS NOT NULL GROUP BY numero""",
        {"programme": programme.id},
    ).fetchall()
    return {(numero, ligne): title for numero, ligne, title in rows}


def _row(outcome: Outcome, who: _Identity, title: str) -> Row:
    line = outcome.line
    return Row(
        position=line.position,
        numero=line.numero,
        ligne=line.ligne,
        rang=line.rang,
        raison_sociale=who.raison_sociale or line.etablissement,
        finess=who.finess,
        siret=who.siret,
        departement=who.departement,
        secteur=who.secteur,
        statut_juridique=who.statut,
        intitule=title,
        agents=line.agents,
        score=line.score,
        demande=line.requested,
        aide_maximale=line.ceiling,
        accorde=outcome.granted,
        supplement=outcome.supplement,
        statut=STATUTS[outcome.statut],
        conditionnel="oui" if outcome.conditional else "",
        raison=outcome.reason,
    )


def _in_order(rows: list[Row]) -> list[Row]:
    """By rank, what has no place last."""
    return sorted(rows, key=lambda row: (row.position is None, row.position or 0))


def _total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal("0.00"))

"""Scenarios put away under a name, and found again."""

import unicodedata
from typing import Any

import duckdb

from clact_model import formats
from clact_model.allocation import KeptGrant, Line, Outcome, Result, Standing
from clact_model.allocation.money import cents
from clact_model.allocation.result import check
from clact_model.errors import ClactError, UsageError
from clact_model.programme import Programme
from clact_model.scenario.kept import Basis, Scenario, from_text, to_text
from clact_model.store import Base, Writing

LONGEST_NAME = 80
STANDINGS: dict[str, Standing] = {"refuse": "refuse", "en_attente_instruction": "en_attente"}
"""Status kept → how the line stood; ``finançable`` for the others."""


class ScenarioNameError(UsageError):
    """No scenario can bear that name, or none bears it."""


class ScenarioDamagedError(ClactError):
    """The scenario no longer holds what was written."""


def save(
    base: Base,
    programme: Programme,
    nom: str,
    result: Result,
    basis: Basis,
    *,
    replace: bool = False,
    operation: str | None = None,
) -> None:
    """Keep a simulation under a name, its lines and sentences as they are.

    Raises ScenarioNameError when the name is taken (unless ``replace``) or is none. ``operation``: an id made by the
    caller; the same twice is done once.
    """
    name = clean_name(nom)
    with base.write("enregistrer_scenario", programme.id, operation) as writing:
        if writing.already_done:
            return
        known = name in names(writing.cursor, programme)
        if known and not replace:
            raise ScenarioNameError(f"Un scénario « {name} » existe déjà : choisissez un autre nom, ou remplacez-le.")
        _forget(writing.cursor, programme, name)
        _insert(writing, programme, name, result, basis)
        _insert_lines(writing.cursor, programme, name, result)
        writing.log(_sentence(name, result, known))


def names(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> list[str]:
    """The names of the programme's scenarios, the last saved first."""
    rows = cursor.execute("SELECT nom FROM scenario WHERE programme = ? ORDER BY quand DESC, nom", [programme.id])
    return [nom for (nom,) in rows.fetchall()]


def load(cursor: duckdb.DuckDBPyConnection, programme: Programme, nom: str) -> Scenario:
    """The scenario as it was saved. Raises ScenarioNameError, ScenarioDamagedError.

    The staff concerned is not kept: it is unknown in what is read back.
    """
    name = clean_name(nom)
    head = cursor.execute(
        """SELECT reglages, aujourdhui, version_programme, version_donnees, accorde, auteur, quand
           FROM scenario WHERE programme = ? AND nom = ?""",
        [programme.id, name],
    ).fetchone()
    if head is None:
        known = ", ".join(names(cursor, programme)) or "aucun"
        raise ScenarioNameError(f"Aucun scénario « {name} » pour ce programme ; enregistrés : {known}.")
    settings, basis = from_text(*head[:4])
    result = Result(settings, [_outcome(row) for row in _rows(cursor, programme, name)])
    _check_whole(name, result, head[4])
    return Scenario(name, basis, result, auteur=head[5], quand=head[6])


def clean_name(nom: str) -> str:
    """The name without stray spaces. ScenarioNameError when nothing is left, it is too long, or it cannot be shown."""
    name = unicodedata.normalize("NFC", " ".join(nom.split()))
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise ScenarioNameError(f"Donnez au scénario un nom de 1 à {LONGEST_NAME} caractères, sur une ligne.")
    return name


def _forget(cursor: duckdb.DuckDBPyConnection, programme: Programme, name: str) -> None:
    cursor.execute("DELETE FROM scenario_ligne WHERE programme = ? AND nom = ?", [programme.id, name])
    cursor.execute("DELETE FROM scenario WHERE programme = ? AND nom = ?", [programme.id, name])


def _insert(writing: Writing, programme: Programme, name: str, result: Result, basis: Basis) -> None:
    writing.cursor.execute(
        """INSERT INTO scenario (programme, nom, reglages, enveloppe, reserve, accorde, aujourdhui, version_programme,
                                 version_donnees, auteur, quand)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            programme.id,
            name,
            to_text(result.settings, basis),
            result.enveloppe,
            result.reserve,
            result.granted,
            basis.aujourdhui,
            basis.version_programme,
            basis.version_donnees,
            writing.auteur,
            writing.quand,
        ],
    )


def _insert_lines(cursor: duckdb.DuckDBPyConnection, programme: Programme, name: str, result: Result) -> None:
    """All at once through Arrow: row by row, 10,000 lines would take a minute."""
    import pyarrow as pa

    money, lines = pa.decimal128(14, 2), [outcome.line for outcome in result.lines]
    columns = {
        "ordre": pa.array(range(len(lines)), pa.int32()),
        "numero": pa.array([line.numero for line in lines], pa.string()),
        "ligne": pa.array([line.ligne for line in lines], pa.int32()),
        "rang": pa.array([line.rang for line in lines], pa.int32()),
        "position": pa.array([line.position for line in lines], pa.int32()),
        "score": pa.array([line.score for line in lines], pa.decimal128(9, 4)),
        "agents": pa.array([line.agents for line in lines], pa.int64()),
        "demande": pa.array([line.requested for line in lines], money),
        "aide_maximale": pa.array([line.ceiling for line in lines], money),
        "accorde": pa.array([outcome.granted for outcome in result.lines], money),
        "statut": pa.array([outcome.statut for outcome in result.lines], pa.string()),
        "conditionnel": pa.array([outcome.conditional for outcome in result.lines], pa.bool_()),
        "raison": pa.array([outcome.reason for outcome in result.lines], pa.string()),
    }
    cursor.register("lignes_du_scenario", pa.table(columns))
    cursor.execute(
        f"""INSERT INTO scenario_ligne (programme, nom, {", ".join(columns)})
            SELECT ?, ?, {", ".join(columns)} FROM lignes_du_scenario""",
        [programme.id, name],
    )
    cursor.unregister("lignes_du_scenario")


def _sentence(name: str, result: Result, known: bool) -> str:
    verb = "remplacé" if known else "enregistré"
    return (
        f"Scénario « {name} » {verb} : {result.settings.strategie} par {result.settings.unite}, "
        f"enveloppe {formats.euros(result.enveloppe)}, réserve {formats.euros(result.reserve)}, "
        f"accordé {formats.euros(result.granted)}"
    )


def _rows(cursor: duckdb.DuckDBPyConnection, programme: Programme, name: str) -> list[tuple[Any, ...]]:
    return cursor.execute(
        """SELECT s.numero, s.ligne, s.rang, s.position, s.score, s.agents, s.demande, s.aide_maximale, s.accorde, s.statut,
                  s.conditionnel, s.raison, coalesce(d.raison_sociale, ''),
                  d.secteur, d.statut, d.departement
           FROM scenario_ligne s
           LEFT JOIN dossier d ON d.programme = s.programme AND d.numero = s.numero
           WHERE s.programme = ? AND s.nom = ? ORDER BY s.ordre""",
        [programme.id, name],
    ).fetchall()


def _outcome(row: tuple[Any, ...]) -> Outcome:
    (
        numero,
        ligne,
        rang,
        position,
        score,
        agents,
        requested,
        ceiling,
        granted,
        statut,
        conditional,
        reason,
        name,
        *groups,
    ) = row
    line = Line(
        numero=numero,
        ligne=ligne,
        rang=rang,
        position=position,
        score=score,
        agents=agents,
        requested=requested,
        ceiling=ceiling,
        standing="conditionnel" if conditional else STANDINGS.get(statut, "finançable"),
        etablissement=name,
        groups={g: code for g, code in zip(("secteur", "statut", "departement"), groups, strict=True) if code},
    )
    return Outcome(line, KeptGrant(cents(granted), statut, reason))


def _check_whole(name: str, result: Result, granted: object) -> None:
    """What was written in one transaction still adds up."""
    try:
        check(result)
        assert result.granted == granted
    except AssertionError as error:
        raise ScenarioDamagedError(
            f"Le scénario « {name} » ne contient plus ce qui y a été écrit : restaurez la dernière sauvegarde."
        ) from error

"""Scenarios put away under a name, and found again."""

import duckdb

from clact_model import formats
from clact_model.allocation import Result
from clact_model.allocation.result import check
from clact_model.errors import ClactError, UsageError
from clact_model.programme import Programme
from clact_model.scenario import facts, guard, notes, rows, texts
from clact_model.scenario.kept import Basis, Scenario, from_text, to_text
from clact_model.store import Base, Writing
from clact_model.wording import one_line

LONGEST_NAME = 80


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
    note: str | None = None,
    operation: str | None = None,
) -> None:
    """Keep a simulation under a name, its lines and sentences as they are, with what its dossiers were.

    Raises ScenarioNameError when the name is taken (unless ``replace``) or is none, ScenarioHeldError when what is to be
    replaced may not be, UsageError for a note that is too long. ``operation``: an id made by the caller; the same twice is
    done once.
    """
    name = clean_name(nom)
    known_facts = facts.of_the_day(base.cursor(), programme, basis, result.settings.inclure)
    with base.write("enregistrer_scenario", programme.id, operation) as writing:
        if writing.already_done:
            return
        known = name in names(writing.cursor, programme)
        if known:
            if not replace:
                raise ScenarioNameError(taken(name) + ", ou remplacez-le.")
            guard.check(writing.cursor, programme, name, "remplacer")
            rows.forget(writing.cursor, programme, name, notes=False)
        _insert(writing, programme, name, result, basis)
        rows.write_lines(writing.cursor, programme, name, result)
        rows.write_facts(writing.cursor, programme, name, known_facts)
        writing.log(_sentence(name, result, known))
        if note and note.strip():
            notes.insert(writing, programme, name, notes.checked(note))


def names(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> list[str]:
    """The names of the programme's scenarios, the last saved first."""
    found = cursor.execute("SELECT nom FROM scenario WHERE programme = ? ORDER BY quand DESC, nom", [programme.id])
    return [nom for (nom,) in found.fetchall()]


def load(cursor: duckdb.DuckDBPyConnection, programme: Programme, nom: str) -> Scenario:
    """The scenario as it was saved. Raises ScenarioNameError, ScenarioDamagedError."""
    name = require(cursor, programme, nom)
    head = cursor.execute(
        """SELECT reglages, aujourdhui, version_programme, version_donnees, accorde, prouve, taux, auteur, quand,
                  empreinte_programme
           FROM scenario WHERE programme = ? AND nom = ?""",
        [programme.id, name],
    ).fetchone()
    assert head is not None
    *kept, granted, proven, rate, author, moment, fingerprint = head
    settings, basis = from_text(*kept)
    result = Result(settings, rows.read_lines(cursor, programme, name), proven, rate)
    _check_whole(name, result, granted)
    return Scenario(
        nom=name,
        basis=basis,
        result=result,
        auteur=author,
        quand=moment,
        facts=rows.read_facts(cursor, programme, name),
        verrou=guard.lock_of(cursor, programme, name),
        empreinte=fingerprint,
    )


def clean_name(nom: str) -> str:
    """The name without stray spaces. ScenarioNameError when nothing is left, it is too long, or it cannot be shown."""
    name = one_line(nom, LONGEST_NAME)
    if name is None:
        raise ScenarioNameError(f"Donnez au scénario un nom de 1 à {LONGEST_NAME} caractères, sur une ligne.")
    return name


def require(cursor: duckdb.DuckDBPyConnection, programme: Programme, nom: str) -> str:
    """The name as it is kept, of a scenario that exists. ScenarioNameError when there is none."""
    name, known = clean_name(nom), names(cursor, programme)
    if name not in known:
        listed = ", ".join(known) or "aucun"
        raise ScenarioNameError(f"Aucun scénario « {name} » pour ce programme ; enregistrés : {listed}.")
    return name


def free_name(cursor: duckdb.DuckDBPyConnection, programme: Programme, nom: str) -> str:
    """The clean name, that no scenario bears. ScenarioNameError when one does."""
    name = clean_name(nom)
    if name in names(cursor, programme):
        raise ScenarioNameError(f"{taken(name)}.")
    return name


def taken(name: str) -> str:
    """The beginning of what is said of a name that another scenario bears."""
    return f"Un scénario « {name} » existe déjà : choisissez un autre nom"


def _insert(writing: Writing, programme: Programme, name: str, result: Result, basis: Basis) -> None:
    values = {
        "programme": programme.id,
        "nom": name,
        "reglages": to_text(result.settings, basis),
        "enveloppe": result.enveloppe,
        "reserve": result.reserve,
        "accorde": result.granted,
        "prouve": result.proven,
        "taux": result.taux,
        "aujourdhui": basis.aujourdhui,
        "version_programme": basis.version_programme,
        "empreinte_programme": texts.keep(writing, programme, basis),
        "version_donnees": basis.version_donnees,
        "auteur": writing.auteur,
        "quand": writing.quand,
    }
    writing.cursor.execute(
        f"INSERT INTO scenario ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", list(values.values())
    )


def _sentence(name: str, result: Result, known: bool) -> str:
    verb = "remplacé" if known else "enregistré"
    return (
        f"Scénario « {name} » {verb} : {result.settings.strategie} par {result.settings.unite}, "
        f"enveloppe {formats.euros(result.enveloppe)}, réserve {formats.euros(result.reserve)}, "
        f"accordé {formats.euros(result.granted)}"
    )


def _check_whole(name: str, result: Result, granted: object) -> None:
    """What was written in one transaction still adds up."""
    try:
        check(result)
        assert result.granted == granted
    except AssertionError as error:
        raise ScenarioDamagedError(
            f"Le scénario « {name} » ne contient plus ce qui y a été écrit : restaurez la dernière sauvegarde."
        ) from error

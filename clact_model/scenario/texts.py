"""The text of a programme, kept once under its fingerprint: what was decided under it can be run again."""

from typing import Any

import duckdb

from clact_model.programme import Programme
from clact_model.programme.loading import read
from clact_model.scenario.kept import Basis, Scenario
from clact_model.store import Writing


def keep(writing: Writing, programme: Programme, basis: Basis) -> str | None:
    """Keep the text unless it is there; gives its fingerprint. None when the lines were judged under another text."""
    if basis.version_programme != programme.version:
        return None
    writing.cursor.execute(
        "INSERT INTO programme_texte (empreinte, programme, texte, quand) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [programme.fingerprint, programme.id, programme.text, writing.quand],
    )
    return programme.fingerprint


def of_scenario(cursor: duckdb.DuckDBPyConnection, programme: Programme, saved: Scenario) -> Programme | None:
    """The programme as it was under the scenario: today's when its text is the same, None when its text was not kept.

    Raises ProgrammeError when that text can no longer be used, because a source that it quotes has changed.
    """
    if saved.empreinte == programme.fingerprint or saved.basis.version_programme == programme.version:
        return programme
    row: tuple[Any, ...] | None = cursor.execute(
        "SELECT texte FROM programme_texte WHERE empreinte = ?", [saved.empreinte]
    ).fetchone()
    return None if row is None else read(row[0], programme.id)

"""The temporary tables of a comparison → the tables of the base, in the transaction of a :class:`Writing`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pyarrow as pa

from clact_model.fields import Dictionary, Field, Table
from clact_model.intake.comparison import Comparison
from clact_model.intake.report import Anomaly, Report
from clact_model.programme import Programme
from clact_model.store import Change, Writing
from clact_model.store.controls import Totals

TABLES = ("dossier", "action", "contact")
"""What a dossier is made of; the previous state of each is in the table of that name with ``_avant``."""


def write_dossiers(writing: Writing, programme: Programme, comparison: Comparison) -> None:
    """Replace the rows of new and modified dossiers, their lines and their contacts; the others are not touched.

    What they were is kept in ``dossier_avant``, ``action_avant`` and ``contact_avant``.
    """
    with touching(writing, [*comparison.new, *comparison.modified]):
        if comparison.modified:  # What is new replaces nothing.
            keep_previous(writing)
            _remove_replaced(writing, programme)
            _name_the_import(writing)
        _insert_lines(writing, programme)
        _insert_dossiers(writing, programme)
        _insert_contacts(writing, programme)


@contextmanager
def touching(writing: Writing, numeros: Sequence[str]) -> Iterator[None]:
    """Name the dossiers that the statements of the block are about: the relation ``touche(numero)``."""
    writing.cursor.register("touche", pa.table({"numero": pa.array(numeros, pa.string())}))
    yield
    writing.cursor.unregister("touche")


def keep_previous(writing: Writing) -> None:
    """Keep the touched dossiers as they are, whole: what this operation is about to replace."""
    for table in TABLES:
        writing.cursor.execute(
            f"""INSERT INTO {table}_avant BY NAME
                SELECT *, $operation AS remplacee_par, $quand AS remplacee_quand
                FROM {table} JOIN touche USING (numero) WHERE programme = $programme""",
            {"programme": writing.programme, "operation": writing.operation, "quand": writing.quand},
        )


def _remove_replaced(writing: Writing, programme: Programme) -> None:
    """Remove the rows that the files give anew: a file of dossiers alone leaves the lines, one of lines the dossier."""
    given = "numero IN (SELECT numero FROM touche JOIN entrant_dossier USING (numero))"
    replaced = {
        "action": "numero IN (SELECT numero FROM touche) AND numero IN (SELECT numero FROM ancienne_ligne)",
        "dossier": given,
        "contact": given if _addresses(programme.dictionary) else "false",
    }
    for table, which in replaced.items():
        writing.cursor.execute(f"DELETE FROM {table} WHERE programme = ? AND {which}", [programme.id])


def _name_the_import(writing: Writing) -> None:
    # A file of lines alone writes no row of dossier: it is named there all the same, its lines are part of the dossier.
    writing.cursor.execute(
        """UPDATE dossier SET importation = $operation
           WHERE programme = $programme AND numero IN (SELECT numero FROM touche)""",
        {"programme": writing.programme, "operation": writing.operation},
    )


def _insert_dossiers(writing: Writing, programme: Programme) -> None:
    # A dossier keeps its place; new ones come after those of earlier files.
    writing.cursor.execute(
        f"""INSERT INTO dossier BY NAME
            SELECT $programme AS programme, n.numero, $operation AS importation, {_complements(programme.dictionary, "dossier")},
                   coalesce(a.ordre, n.ordre + (SELECT coalesce(max(ordre), 0) FROM ancien_dossier)) AS ordre,
                   {_plain(programme.dictionary, "dossier")}
            FROM entrant_dossier n LEFT JOIN ancien_dossier a USING (numero) JOIN touche USING (numero)""",
        {"programme": programme.id, "operation": writing.operation},
    )


def _insert_lines(writing: Writing, programme: Programme) -> None:
    writing.cursor.execute(
        f"""INSERT INTO action BY NAME
            SELECT $programme AS programme, n.numero, n.ligne, {_complements(programme.dictionary, "action")},
                   {_plain(programme.dictionary, "action")}
            FROM entrant_action n LEFT JOIN ancien_action a USING (numero, ligne) JOIN touche USING (numero)""",
        {"programme": programme.id},
    )


def _insert_contacts(writing: Writing, programme: Programme) -> None:
    for champ in _addresses(programme.dictionary):
        writing.cursor.execute(
            f"""INSERT INTO contact BY NAME SELECT ? AS programme, numero, "{champ}"
                FROM entrant_dossier JOIN touche USING (numero) WHERE "{champ}" IS NOT NULL""",
            [programme.id],
        )


def _addresses(dictionary: Dictionary) -> list[str]:
    """The personal data, which stay in their own table."""
    return [f.champ for f in dictionary.stored("dossier") if f.type == "courriel" and not f.declared]


def _plain(dictionary: Dictionary, table: Table) -> str:
    """The columns that the table itself holds."""
    return ", ".join(f'n."{f.champ}"' for f in dictionary.stored(table) if not f.declared and f.type != "courriel")


def _complements(dictionary: Dictionary, table: Table) -> str:
    """The declared fields as JSON, every value as text; what the base holds of fields declared no longer stays."""
    declared: Sequence[Field] = [f for f in dictionary.stored(table) if f.declared]
    if not declared:
        return "a.complements"
    pairs = ", ".join(f"'{f.champ}', CAST(n.\"{f.champ}\" AS VARCHAR)" for f in declared)
    return f"json_merge_patch(coalesce(a.complements, '{{}}'), json_object({pairs})) AS complements"


def ask_to_confirm(writing: Writing, programme: Programme, changes: Sequence[Change]) -> None:
    """Mark the overrides whose rules read a field that changed: of the dossier (ligne 0), or of that very line."""
    if not changes:
        return
    columns = {
        "numero": pa.array([c.numero for c in changes], pa.string()),
        "ligne": pa.array([c.ligne for c in changes], pa.int64()),
        "champ": pa.array([c.champ for c in changes], pa.string()),
    }
    writing.cursor.register("change", pa.table(columns))
    writing.cursor.execute(
        """UPDATE derogation d SET a_confirmer = true
           WHERE d.programme = ? AND EXISTS (
               SELECT 1 FROM change c
               WHERE c.numero = d.numero AND list_contains(d.champs_lus, c.champ)
                 AND (d.ligne = 0 OR c.ligne IS NULL OR c.ligne = d.ligne))""",
        [programme.id],
    )
    writing.cursor.unregister("change")


def record(writing: Writing, programme: Programme, report: Report, totals: Totals) -> None:
    """The lines of ``importation``, ``anomalie`` and ``fichier_importe`` that say what this import was.

    ``totals``: what the programme adds up to after it.
    """
    counts = report.counts
    row = {
        "id": writing.operation,
        "programme": programme.id,
        "quand": writing.quand,
        "auteur": writing.auteur,
        "fichiers": "\n".join(file.nom for file in report.fichiers),
        "empreintes": "\n".join(file.sha256 for file in report.fichiers),
        "source": report.source,
        "extrait_le": report.extrait_le and report.extrait_le.replace(tzinfo=programme.file.zone),
        "correspondance": report.correspondance or None,
        "resultat": report.resultat,
        "nouveaux": counts.nouveaux,
        "modifies": counts.modifies,
        "inchanges": counts.inchanges,
        "disparus": counts.disparus,
        "rejetes": counts.rejetes,
        "dossiers_apres": totals.dossiers,
        "actions_apres": totals.actions,
        "montant_demande_apres": totals.montant_demande,
        "empreinte_apres": totals.empreinte,
    }
    values = ", ".join(f"${name} AS {name}" for name in row)
    writing.cursor.execute(f"INSERT INTO importation BY NAME SELECT {values}", row)
    _record_anomalies(writing, report.anomalies)
    _keep_originals(writing, report)


def _keep_originals(writing: Writing, report: Report) -> None:
    # Through Arrow: DuckDB writes a parameter out as text, which takes longer than all the rest for a file of megabytes.
    files = {
        "sha256": pa.array([file.sha256 for file in report.fichiers], pa.string()),
        "nom": pa.array([file.nom for file in report.fichiers], pa.string()),
        "contenu": pa.array([file.contenu for file in report.fichiers], pa.binary()),
    }
    writing.cursor.register("original", pa.table(files))
    writing.cursor.execute(
        "INSERT INTO fichier_importe BY NAME SELECT *, ? AS quand FROM original ON CONFLICT DO NOTHING", [writing.quand]
    )
    writing.cursor.unregister("original")


def _record_anomalies(writing: Writing, anomalies: Sequence[Anomaly]) -> None:
    if not anomalies:
        return
    columns = {
        champ: pa.array(
            [getattr(anomaly, champ) for anomaly in anomalies], pa.int64() if champ == "ligne" else pa.string()
        )
        for champ in ("fichier", "feuille", "ligne", "colonne", "valeur", "gravite", "message", "numero")
    }
    columns["ordre"] = pa.array(range(1, len(anomalies) + 1), pa.int64())
    writing.cursor.register("constat", pa.table(columns))
    writing.cursor.execute("INSERT INTO anomalie BY NAME SELECT ? AS importation, * FROM constat", [writing.operation])
    writing.cursor.unregister("constat")

"""What earlier imports tell of these files: the same one again, or one older than what the base holds."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import duckdb

from clact_model import formats
from clact_model.intake.report import Anomaly, FileSeen, Report
from clact_model.programme import Programme


def known_files(cursor: duckdb.DuckDBPyConnection, programme: Programme, files: Sequence[FileSeen]) -> list[Anomaly]:
    """One warning for each file that was imported before, byte for byte."""
    imports = cursor.execute(
        "SELECT max(quand), e FROM (SELECT quand, unnest(string_split(empreintes, chr(10))) AS e "
        "FROM importation WHERE programme = ? AND annulee_quand IS NULL) GROUP BY e",
        [programme.id],
    ).fetchall()
    zone, known = ZoneInfo(programme.fuseau), {print_: quand for quand, print_ in imports}
    return [
        Anomaly(
            file.nom,
            "avertissement",
            f"Ce fichier est déjà importé (le {formats.moment(known[file.sha256].astimezone(zone))}) : "
            "vérifiez que ce n'est pas une ancienne version.",
        )
        for file in files
        if file.sha256 in known
    ]


def older(cursor: duckdb.DuckDBPyConnection, programme: Programme, report: Report) -> list[Anomaly]:
    """A question when a newer export of the same source is in the base already: its values would go back in time."""
    if report.extrait_le is None:
        return []
    zone = ZoneInfo(programme.fuseau)
    row = cursor.execute(
        "SELECT max(extrait_le) FROM importation WHERE programme = ? AND source = ? AND annulee_quand IS NULL",
        [programme.id, report.source],
    ).fetchone()
    newest = row[0] if row else None
    if newest is None or newest <= report.extrait_le.replace(tzinfo=zone):
        return []
    return [
        Anomaly(
            report.fichiers[0].nom,
            "question",
            f"Cet export est du {formats.moment(report.extrait_le)} ; la base contient déjà celui du "
            f"{formats.moment(newest.astimezone(zone))}, plus récent. Continuer remettrait d'anciennes valeurs : vérifiez le fichier.",
        )
    ]

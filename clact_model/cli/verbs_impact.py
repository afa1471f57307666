"""bilan, indicateurs: what a call adds up to, what its dossiers promised, and what was measured."""

from argparse import Namespace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb

from clact_model import documents, formats, impact
from clact_model.cli import as_json, context, impact_json
from clact_model.documents import AssessmentSheets
from clact_model.errors import UsageError
from clact_model.impact import Compared, Comparison, Followed, Indicator, Year
from clact_model.programme import Programme
from clact_model.reading import UploadedFile
from clact_model.store import Base

REJECTED = 1
SENS = ("hausse", "baisse")


def bilan(arguments: Namespace) -> tuple[int, str]:
    """What the call adds up to on a day; ``--numero``: the years of one establishment; ``--sortie``: a workbook."""
    chosen = context.programme(arguments)
    day = context.looked_at(arguments, chosen)
    with context.opened(arguments) as base:
        cursor = base.cursor()
        if arguments.numero is not None:
            return 0, _years(arguments, cursor, chosen, day)
        found = AssessmentSheets(
            impact.assess(cursor, chosen, day),
            impact.follow(cursor, chosen, day),
            _compared(arguments, cursor, chosen),
            impact.of_region(cursor, chosen, day),
        )
    if arguments.sortie is not None:
        target = Path(arguments.sortie)
        if target.suffix.lower() != ".xlsx":
            raise UsageError(f"« {target.name} » : donnez un nom en .xlsx.")
        documents.assessment_xlsx(chosen, found, datetime.now(chosen.file.zone), target)
    if arguments.json:
        return 0, as_json.text(impact_json.assessment(found.assessment, found.followed, found.compared, found.region))
    return 0, _in_words(found)


def indicateurs(arguments: Namespace) -> tuple[int, str]:
    """The indicators of a call, or of one dossier; one entered or taken away; the workbook written, or taken back."""
    chosen = context.programme(arguments)
    with context.opened(arguments) as base:
        if arguments.importer is not None:
            return _import(arguments, base, chosen)
        if arguments.modele is not None:
            year = arguments.annee or context.today(chosen).year - 1
            target = Path(arguments.modele)
            documents.outcomes_xlsx(base.cursor(), chosen, year, datetime.now(chosen.file.zone), target)
            return 0, as_json.text({"fichier": str(target)}) if arguments.json else f"Classeur écrit : {target}"
        if arguments.nom is not None:
            _enter(arguments, base, chosen)
        found = impact.follow(base.cursor(), chosen, context.today(chosen))
    if arguments.numero is not None:
        found = [one for one in found if one.indicator.numero == arguments.numero]
    if arguments.json:
        return 0, as_json.text(impact_json.indicators(found))
    return 0, "\n".join(map(_indicator_in_words, found)) or "Aucun indicateur."


def _import(arguments: Namespace, base: Base, chosen: Programme) -> tuple[int, str]:
    today = context.today(chosen)
    found = impact.preview(base.cursor(), chosen, today, UploadedFile.from_path(Path(arguments.importer)))
    if not arguments.simulation:
        impact.record(
            base,
            chosen,
            today,
            found.indicateurs,
            found.mesures,
            source=found.fichier,
            operation=arguments.operation,
        )
    status = REJECTED if found.resultat == "lignes_rejetees" else 0
    if arguments.json:
        return status, as_json.text(impact_json.reading(found))
    said = [f"{anomaly.place or found.fichier} : {anomaly.message}" for anomaly in found.anomalies]
    return status, "\n".join([f"{impact.summary(found)}.", *said])


def _enter(arguments: Namespace, base: Base, chosen: Programme) -> None:
    if arguments.numero is None:
        raise UsageError("Donnez le NUMERO du dossier qui a promis cet indicateur.")
    if arguments.retirer is not None:
        impact.remove(base, chosen, arguments.numero, arguments.nom, arguments.retirer, arguments.operation)
        return
    impact.record(base, chosen, context.today(chosen), [_given(arguments)], operation=arguments.operation)


def _given(arguments: Namespace) -> Indicator:
    year, reference = None, None
    if arguments.reference is not None:
        written, value = context.pair(arguments.reference, "--reference 2023=9,5")
        year, reference = _whole(written, "--reference"), context.number(value, "--reference")
    measured: dict[str, Decimal | date | None] = {}
    if arguments.mesure is not None:
        months, value = context.pair(arguments.mesure, "--mesure 12=9,1")
        if months not in ("12", "24"):
            raise UsageError(f"--mesure : « {months} » n'est pas 12 ou 24 mois.")
        measured = {
            f"valeur_{months}": context.number(value, "--mesure"),
            f"mesure_{months}": None if arguments.le is None else context.day(arguments.le, "--le"),
        }
    return Indicator(
        arguments.numero,
        arguments.nom,
        arguments.unite,
        year,
        reference,
        None if arguments.cible is None else context.number(arguments.cible, "--cible"),
        arguments.sens,
        **measured,  # type: ignore[arg-type]
    )


def _compared(arguments: Namespace, cursor: duckdb.DuckDBPyConnection, chosen: Programme) -> Compared | None:
    """Between ``--avant`` (else the applications) and ``--annee`` (else the last year measured)."""
    known = impact.years(cursor, chosen)
    after = arguments.annee or (known[0] if known else None)
    return None if after is None else impact.compare(cursor, chosen, after, arguments.avant)


def _years(arguments: Namespace, cursor: duckdb.DuckDBPyConnection, chosen: Programme, day: date) -> str:
    found = impact.of_establishment(cursor, chosen, arguments.numero, day)
    if not any(one.numeros for one in found):
        raise UsageError(f"Aucun dossier « {arguments.numero} » dans ce programme : vérifiez le numéro.")
    if arguments.json:
        return as_json.text({"numero": arguments.numero, "annees": [impact_json.year(one) for one in found]})
    return "\n".join(map(_year_in_words, found))


def _year_in_words(one: Year) -> str:
    head = f"{one.programme} : demandé {formats.euros(one.demande)}"
    if one.balance is None:
        return f"{head}, rien n'est notifié"
    b = one.balance
    return (
        f"{head}, accordé {formats.euros(b.accorde)}, consommé {formats.euros(b.consomme)}, "
        f"récupéré {formats.euros(b.recupere)}"
    )


def _in_words(found: AssessmentSheets) -> str:
    total = found.assessment.total
    b, followed = total.balance, found.followed
    lines = [
        f"Au {formats.day(found.assessment.jour)} : {formats.plural(total.dossiers, 'dossier')}, "
        f"{formats.plural(total.accordes, 'aidé')}, demandé {formats.euros(total.demande)}, accordé {formats.euros(b.accorde)}, "
        f"payé {formats.euros(b.paye)}, consommé {formats.euros(b.consomme)}, à récupérer {formats.euros(b.a_recuperer)}, "
        f"récupéré {formats.euros(b.recupere)}, libéré {formats.euros(b.libere)}, reste {formats.euros(b.reste)}.",
        f"{formats.plural(len(followed), 'indicateur promis', 'indicateurs promis')}, "
        f"{formats.number(sum(one.late for one in followed))} en retard de mesure.",
    ]
    comparisons = found.compared.comparisons if found.compared else ()
    return "\n".join([*lines, *map(_comparison_in_words, comparisons)])


def _comparison_in_words(one: Comparison) -> str:
    counts = f"{formats.number(one.finances.connus)} financés, {formats.number(one.autres.connus)} non financés"
    return f"{one.mesure.libelle} : {counts}. {' '.join(one.warnings)}"


def _indicator_in_words(found: Followed) -> str:
    one = found.indicator
    measures = ", ".join(f"{due.mois} mois : {impact.STATES[due.state].lower()}" for due in found.dues)
    return f"{one.numero:16} {one.nom} : cible {formats.number(one.cible)} {one.unite or ''} ({measures})"


def _whole(text: str, option: str) -> int:
    if not text.isdecimal():
        raise UsageError(f"{option} : « {text} » n'est pas une année.")
    return int(text)

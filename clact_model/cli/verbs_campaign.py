"""programmes, modele, importer, lister: what comes in."""

from argparse import Namespace
from pathlib import Path

from clact_model import dossiers, formats, intake, statements
from clact_model.cli import annotating, as_json, context, platform_files, verbs_programme
from clact_model.errors import UsageError
from clact_model.programme import load_all

EXIT_BY_OUTCOME = {
    "accepte": 0,
    "accepte_avec_avertissement": 0,
    "lignes_rejetees": 1,
    "fichier_rejete": 1,
    "question": 4,
}


def programmes(arguments: Namespace) -> tuple[int, str]:
    """The programmes that can be used; what is wrong with the others goes to standard error."""
    if arguments.verifier:
        return verbs_programme.verifier(arguments)
    catalogue = load_all()
    arguments.complain(catalogue.faults)
    found = [
        {"id": p.id, "titre": p.titre, "enveloppe": as_json.money(p.file.enveloppe)}
        for p in catalogue.programmes.values()
    ]
    if arguments.json:
        return 0, as_json.text(found)
    return 0, "\n".join(
        f"{p.id:24} {p.titre} — enveloppe {formats.euros(p.file.enveloppe)}" for p in catalogue.programmes.values()
    )


def modele(arguments: Namespace) -> tuple[int, str]:
    """The empty workbook of a programme."""
    chosen = context.programme(arguments)
    target = Path(arguments.sortie)
    if target.suffix.lower() != ".xlsx":
        raise UsageError("Le modèle est un classeur : donnez un nom en .xlsx.")
    if not target.resolve().parent.is_dir():
        raise UsageError(f"Le dossier « {target.parent} » n'existe pas : créez-le, ou écrivez ailleurs.")
    intake.write_template(chosen, target, flat=arguments.a_plat)
    document = {"fichier": str(target), "programme": chosen.id}
    return 0, as_json.text(document) if arguments.json else f"Modèle écrit : {target}"


def importer(arguments: Namespace) -> tuple[int, str]:
    """Files into the base; ``--simulation`` only says what would happen."""
    chosen = context.programme(arguments)
    files = platform_files.given(arguments)
    folder = annotating.folder(arguments)
    with context.opened_or_new(arguments) as base:
        files = files or platform_files.read(arguments, chosen, base)
        report = statements.preview(
            base,
            chosen,
            files,
            context.received(arguments, chosen),
            partial=arguments.partiel,
            correspondence=context.correspondence(arguments, base, chosen.id),
        )
        if not arguments.simulation:
            report = statements.write(base, chosen, report, operation=arguments.operation, accept=arguments.accepter)
    if folder:
        annotating.write(folder, files, report)
    shown = as_json.text(as_json.report(report)) if arguments.json else _in_words(report)
    return EXIT_BY_OUTCOME[report.resultat], shown


def _in_words(report: intake.Report) -> str:
    counts = (
        f"{report.resultat} : {formats.plural(report.nouveaux, 'nouveau', 'nouveaux')}, "
        f"{formats.plural(report.modifies, 'modifié')}, {formats.plural(report.inchanges, 'inchangé')}, "
        f"{formats.plural(report.disparus, 'absent')}, {formats.plural(report.rejetes, 'refusé')}"
    )
    said = [
        f"{a.gravite} : {' — '.join(part for part in (a.fichier, a.place, a.message) if part)}"
        for a in report.anomalies
    ]
    changed = [f"{c.numero} {c.ligne or ''} {c.champ} : {c.avant or '—'} → {c.apres or '—'}" for c in report.changes]
    return "\n".join([counts, *said, *changed])


def lister(arguments: Namespace) -> tuple[int, str]:
    """What the base holds, field by field."""
    chosen = context.programme(arguments)
    with context.opened(arguments) as base:
        rows = dossiers.read(base.cursor(), chosen)
    if arguments.json:
        return 0, as_json.text({"dossiers": [as_json.dossier(chosen, row) for row in rows]})
    lines = [f"{r['numero']:16} {r['raison_sociale'] or '—'} ({len(r['actions'])})" for r in rows]
    return 0, "\n".join([*lines, formats.plural(len(rows), "dossier")])

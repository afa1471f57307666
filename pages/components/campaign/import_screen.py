"""The parts of the import screen: the files, the report before anything is written, the write."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

import streamlit as st

from clact_model import formats, intake, overview, reading, statements
from clact_model.intake import Anomaly, Report
from clact_model.overview import KeptAnomaly
from clact_model.programme import Programme
from clact_model.statements import Statement
from clact_model.store import Change
from pages.components import base, downloads, links, messages, metrics, tables, text, uploader
from pages.components.campaign import import_followup, import_words
from pages.components.campaign.mapping_state import Said
from pages.components.follow_up import statement_rows
from pages.components.metrics import Figure
from pages.components.tables import Column

TYPES = ["xlsx", "ods", "csv", "json"]
ANOMALIES_A_PAGE = 50
_PREVIEW, _WRITTEN, _ROUND = "import_apercu", "import_ecrit", "import_tour"


@dataclass(frozen=True)
class Preview:
    """What was read, for which files and which state of the base, and the id under which it will be written."""

    asked: tuple[object, ...]
    report: Report
    operation: str = field(default_factory=lambda: str(uuid.uuid4()))


def templates(programme: Programme) -> None:
    """The empty workbook of the programme, in its two layouts."""
    with st.expander("Pas encore de fichier ? Le classeur vide du programme", icon=":material/download:"):
        st.markdown(
            "Il contient les colonnes du programme, leur aide en commentaire, les listes de valeurs, et une ligne "
            "d'exemple que l'import ignore."
        )
        layouts = {"Deux feuilles : dossiers et demandes": False, "À plat : une ligne par demande": True}
        with st.container(horizontal=True):
            for label, flat in layouts.items():
                downloads.button(
                    label,
                    f"classeur_{programme.id}{'_a_plat' if flat else ''}.xlsx",
                    partial(intake.write_template, programme, flat=flat),
                    icon=":material/table:",
                    key=f"classeur_{flat}",
                )


def chosen_files() -> tuple[list[intake.UploadedFile], bool]:
    """The files dropped, and whether they say nothing of the other dossiers."""
    # A first file does not wait for the process that reads it.
    reading.prepare()
    uploader.in_french(
        "Choisir des fichiers", "ou déposez-les ici · 20 Mo au plus par fichier · .xlsx, .ods, .csv, .json"
    )
    dropped = st.file_uploader(
        "Fichiers à importer",
        type=TYPES,
        accept_multiple_files=True,
        key=f"fichiers_{current_round()}",
        help="Classeur Excel (.xlsx), LibreOffice (.ods), texte (.csv) ou réponse de la plateforme (.json), 20 Mo au plus chacun ; plusieurs à la fois si besoin.",
    )
    partial = st.toggle(
        "Envoi partiel : ces fichiers ne contiennent pas tous les dossiers de l'appel",
        key="import_partiel",
        help="Sinon, un dossier déjà importé qui n'y est plus vous est signalé. Rien n'est jamais effacé.",
    )
    return [intake.UploadedFile(file.name, file.getvalue()) for file in dropped or []], partial


def preview(
    programme: Programme,
    files: Sequence[intake.UploadedFile],
    partial: bool,
    said: Said,
    received: date | None = None,
) -> Preview:
    """What importing these files would do; read once, kept until the files, what is said of them or the base change.

    ``received``: the day on which the expenses of a statement are received; None: the day judged.
    """
    day = received or base.today()
    asked = (
        programme.id,
        programme.fingerprint,
        base.opened().writes(),
        partial,
        day,
        said.key,
        *(file.sha256 for file in files),
    )
    kept: Preview | None = st.session_state.get(_PREVIEW)
    if kept is not None and kept.asked == asked:
        return kept
    bar = st.progress(0.0, f"Lecture de {formats.plural(len(files), 'fichier')}…")

    def tell(step: str, share: float) -> None:
        bar.progress(share, text.plain(f"{step}…"))

    report = statements.preview(
        base.opened(),
        programme,
        files,
        day,
        partial=partial,
        correspondence=said.correspondence,
        kinds=said.kinds,
        progress=tell,
    )
    bar.empty()
    found = Preview(asked, report)
    st.session_state[_PREVIEW] = found
    st.session_state.pop(_WRITTEN, None)
    return found


def outcome(report: Report) -> None:
    """The outcome in words, and the counts."""
    sentences = {
        "accepte": (st.success, "Tout peut entrer."),
        "accepte_avec_avertissement": (st.success, "Tout peut entrer ; lisez les avertissements ci-dessous."),
        "question": (st.warning, "Une réponse est attendue avant d'écrire : lisez les questions ci-dessous."),
        "lignes_rejetees": (
            st.warning,
            "Des lignes sont refusées, le reste peut entrer : corrigez-les dans votre fichier et importez-le de nouveau, "
            "seul ce qui a changé sera repris.",
        ),
        "fichier_rejete": (st.error, "Rien de ces fichiers ne peut entrer : voyez pourquoi ci-dessous."),
    }
    box, sentence = sentences[report.resultat]
    box(f"**{sentence}** Rien n'est encore écrit.", icon=":material/fact_check:")
    _counts(report)


def _counts(report: Report) -> None:
    metrics.row(
        [
            Figure(label, formats.number(getattr(report, name)), definition)
            for name, (label, definition) in import_words.counts(report).items()
        ]
    )


def details(programme: Programme, report: Report) -> None:
    """Everything the report says, before anything is written."""
    anomalies(report.anomalies, "apercu")
    import_followup.of_preview(programme, report)
    if isinstance(report, Statement):
        statement_rows.show(report)
    if report.changes:
        st.subheader("Ce qui change", help="Champ par champ : ce que contient la base, ce qu'elle contiendrait.")
        changes(programme, report.changes, "changements")
    if report.kept_changes:
        st.subheader(
            "Ce qui est décidé et ne change pas",
            help="Dossiers déjà décidés : ce que contient la base et qui y reste, ce que dit le fichier.",
        )
        changes(programme, report.kept_changes, "ecarts_gardes")
    new = overview.incoming(base.cursor(), programme, report)
    if new:
        with st.expander(f"Nouveaux dossiers ({formats.number(len(new))})", icon=":material/add_circle:"):
            tables.show(
                [{"numero": row.numero, "raison_sociale": row.raison_sociale} for row in new],
                [Column("numero", "Dossier", pinned=True), Column("raison_sociale", "Établissement", width="large")],
                key="nouveaux",
                alt="Nouveaux dossiers",
            )
    _recognised(programme, report)


def changes(programme: Programme, found: Sequence[Change], key: str) -> None:
    """Fields, each with what the base holds and what it would hold."""
    tables.show(
        [
            {
                "numero": change.numero,
                "ligne": change.ligne,
                "champ": overview.field_label(programme.dictionary, change.champ, change.ligne),
                "avant": change.avant,
                "apres": change.apres,
            }
            for change in found
        ],
        [
            Column("numero", "Dossier", pinned=True),
            Column("ligne", "Demande n°", "entier", help="Vide pour un champ du dossier."),
            Column("champ", "Champ", width=190),
            Column("avant", "Avant", width=240),
            Column("apres", "Après", width=240),
        ],
        key=key,
        alt="Champs qui changent",
    )


def _recognised(programme: Programme, report: Report) -> None:
    with st.expander("Ce qui a été reconnu", icon=":material/visibility:"):
        st.markdown(f"Lu comme : **{text.plain(report.source)}**")
        for file in report.fichiers:
            st.markdown(f"- {text.plain(file.nom)} (empreinte {file.sha256[:8]})")
        for sheet in overview.recognised(programme, report):
            st.markdown(
                f"**{text.plain(sheet.contenu)}** : {formats.plural(sheet.lignes, 'ligne')}, "
                f"{formats.plural(len(sheet.champs), 'colonne reconnue', 'colonnes reconnues')}"
            )
            st.caption(text.plain(", ".join(sheet.champs)))


def anomalies(found: Sequence[Anomaly | KeptAnomaly], key: str) -> None:
    """What is said of the files, the most serious first, a page at a time."""
    if not found:
        return
    st.subheader(
        f"Ce qu'il faut savoir ({formats.number(len(found))})", help="Chaque remarque avec sa place et son remède."
    )
    order = list(intake.GRAVITES)
    serious = sorted(found, key=lambda anomaly: order.index(anomaly.gravite))
    pages = -(-len(serious) // ANOMALIES_A_PAGE)
    number = st.pagination(pages, key=f"anomalies_page_{key}") if pages > 1 else 1
    shown = serious[(number - 1) * ANOMALIES_A_PAGE : number * ANOMALIES_A_PAGE]
    several = len({anomaly.fichier for anomaly in found}) > 1
    # Not a grid: a remedy is read whole, on as many lines as it needs.
    st.table(
        {
            "Effet": [intake.GRAVITES[anomaly.gravite].replace(" ", "\u00a0") for anomaly in shown],
            "Où": [text.sentence(_where(anomaly, several)) for anomaly in shown],
            "Valeur lue": [text.plain(_short(anomaly.valeur)) for anomaly in shown],
            "Ce qui est dit, et le remède": [text.sentence(anomaly.message) for anomaly in shown],
        },
        hide_index=True,
        alt="Remarques sur les fichiers",
    )


def _where(anomaly: Anomaly | KeptAnomaly, several: bool) -> str:
    """Row and column first, then the sheet; the file where there are several."""
    parts = (
        f"ligne {anomaly.ligne}" if anomaly.ligne else "",
        f"colonne {anomaly.colonne}" if anomaly.colonne else "",
        f"« {anomaly.feuille} »" if anomaly.feuille else "",
        anomaly.fichier or "" if several else "",
    )
    return ", ".join(part for part in parts if part) or "fichier entier"


def _short(value: str | None) -> str | None:
    return value if value is None or len(value) <= 80 else f"{value[:79]}…"


def confirm(programme: Programme, found: Preview) -> None:
    """Answer the questions, then write once."""
    report = found.report
    if report.resultat == "fichier_rejete":
        return
    if not (report.nouveaux or report.modifies or report.kept_changes):
        stopped = report.resultat in ("question", "lignes_rejetees")
        why = "lisez ci-dessous ce qui est demandé ou refusé" if stopped else "ce qui peut entrer est déjà dans la base"
        st.info(f"Rien à écrire : {why}.", icon=":material/done_all:")
        return
    answered = questions([a for a in report.anomalies if a.gravite == "question"], found.operation)
    count = report.nouveaux + report.modifies
    label = f"Écrire dans la base ({import_words.counted(report)})" if count else "Garder la trace de cet import"
    with st.container(horizontal=True):
        pressed = st.button(label, type="primary", icon=":material/save:", disabled=not answered, key="import_ecrire")
        if st.button("Abandonner", icon=":material/close:", key="import_abandonner"):
            _forget()
            st.rerun()
    if pressed:
        _write(programme, found)


def questions(asked: Sequence[Anomaly], of: str) -> bool:
    """Ask each; True once all are answered. ``of``: what tells these files from others."""
    answered = True
    for place, anomaly in enumerate(asked):
        st.warning(
            f"{text.sentence(anomaly.place or anomaly.fichier)}\u00a0: {text.sentence(anomaly.message)}",
            icon=":material/help:",
        )
        answered &= st.checkbox("J'ai lu, continuer ainsi", key=f"reponse_{of}_{place}")
    return answered


def _write(programme: Programme, found: Preview) -> None:
    asks = found.report.resultat == "question"
    with messages.refusals():
        with st.spinner("Écriture…"):
            written = statements.write(base.opened(), programme, found.report, operation=found.operation, accept=asks)
        if written.resultat == "question":
            # The base moved in between: what it asks now is shown.
            asked = (*found.asked[:2], base.opened().writes(), *found.asked[3:])
            st.session_state[_PREVIEW] = Preview(asked, written, found.operation)
        else:
            _forget()
            st.session_state[_WRITTEN] = written
        st.rerun()


def current_round() -> int:
    """Which set of files is on the screen: another begins once they are written, or given up."""
    return int(st.session_state.get(_ROUND, 0))


def _forget() -> None:
    st.session_state.pop(_PREVIEW, None)
    st.session_state[_ROUND] = current_round() + 1


def forget_written() -> None:
    """What the last write did is no longer what the base holds."""
    st.session_state.pop(_WRITTEN, None)


def written() -> None:
    """What the last write did, and where to go from there."""
    report: Report | None = st.session_state.get(_WRITTEN)
    if report is None:
        return
    with st.container(border=True):
        st.success(f"**C'est écrit. {overview.OUTCOMES[report.resultat]}.**", icon=":material/task_alt:")
        _counts(report)
        with st.container(horizontal=True):
            for page, label, icon in import_words.next_pages(report):
                links.to(page, label, icon=icon)

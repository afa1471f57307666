"""Each column of the files beside the field it goes to: seen, corrected, kept under a name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from clact_model import fields, formats, intake, overview
from clact_model.fields import KEYS, Field, Table
from clact_model.intake import ColumnSeen, Correspondence, FileSeen, Report, SheetSeen, ValueSeen
from clact_model.intake.sources import Recognition
from clact_model.payments import Extract
from clact_model.programme import Programme
from pages.components import base, messages, tables, text
from pages.components.campaign import mapping_state
from pages.components.campaign.mapping_state import Said
from pages.components.tables import Column

HOW: Mapping[str | None, str] = {
    "libelle": "Titre du modèle",
    "synonyme": "Synonyme connu",
    "ressemblance": "Ressemblance",
    "correspondance": "Correspondance",
    None: "Non lue",
}
NOTHING_TO_READ = "Rien à lire"
UNKNOWN = "On ne sait pas"
AT_ONCE = 3
"""Files that each show what they are read as; one at a time beyond."""


def show(programme: Programme, report: Report, said: Said) -> None:
    """What each file was taken for, where each column goes, and how to correct it."""
    if report.recognition is not None:
        with _panel(report.recognition, said, asks=report.resultat == "question"):
            _kinds(report.recognition, report.fichiers, said)
            _mapping(programme, report.recognition, said)


def of_extract(programme: Programme, extract: Extract, said: Said) -> None:
    """The same of an extract of payments, which is taken for nothing else."""
    if extract.recognition is not None:
        asks = bool(extract.questions) or not extract.proposals
        with _panel(extract.recognition, said, asks=asks):
            _mapping(programme, extract.recognition, said)


def _panel(recognition: Recognition, said: Said, *, asks: bool) -> DeltaGenerator:
    """Open where the answer is in it."""
    unread = sum(_is_unread(column) for sheet in intake.sheets_seen(recognition.sheets) for column in sheet.columns)
    title = f"Correspondance des colonnes ({formats.plural(unread, 'colonne non lue', 'colonnes non lues')})"
    values = intake.values_to_settle(recognition.sheets, _current(recognition, said).values)
    waits = bool(unread) or any(value.code is None for value in values)
    # Who corrects it finds it open still when nothing is asked any more: the corrections are to be kept.
    opened = said.correspondence is not None or (asks and waits)
    return st.expander(title, icon=":material/table_convert:", expanded=opened)


def _current(recognition: Recognition, said: Said) -> Correspondence:
    return said.correspondence or recognition.correspondence


def _mapping(programme: Programme, recognition: Recognition, said: Said) -> None:
    current, sheets = _current(recognition, said), intake.sheets_seen(recognition.sheets)
    if recognition.correspondence.nom:
        st.caption(f"Correspondance appliquée : « {text.plain(recognition.correspondence.nom)} ».")
    for place, sheet in enumerate(sheets):
        _sheet(programme, sheet, place, said, current)
    _values(intake.values_to_settle(recognition.sheets, current.values), said, current)
    _missing(programme, sheets)
    _save(programme, recognition, said, current)


def _kinds(recognition: Recognition, seen: Sequence[FileSeen], said: Said) -> None:
    labels = {code: kind.label for code, kind in intake.KINDS.items()}
    taken_for = recognition.taken_for
    files = [file for file in seen if file.sha256 in taken_for]
    if len(files) > AT_ONCE:
        counted = Counter(taken_for[file.sha256].label for file in files)
        st.markdown(
            " · ".join(f"**{formats.number(count)}** × {text.plain(label)}" for label, count in counted.items())
        )
        names = {file.sha256: file.nom for file in files}
        chosen_file = st.selectbox("Fichier reconnu", list(names), format_func=names.__getitem__, key="nature_de")
        files = [file for file in files if file.sha256 == chosen_file]
    for file in files:
        taken = taken_for[file.sha256]
        chosen = st.selectbox(
            f"« {text.plain(file.nom)} » est lu comme",
            list(labels),
            index=list(labels).index(taken.code),
            format_func=labels.__getitem__,
            key=f"nature_{file.sha256[:12]}_{taken.code}",
            help="Reconnu d'après le contenu du fichier. Changez-le si ce n'est pas la bonne source.",
        )
        if chosen != taken.code:
            mapping_state.keep(replace(said, kinds={**said.kinds, file.sha256: chosen}))


def _sheet(programme: Programme, sheet: SheetSeen, place: int, said: Said, current: Correspondence) -> None:
    name = f"Feuille « {sheet.feuille} »" if sheet.feuille else f"Fichier « {sheet.fichier} »"
    st.markdown(f"**{text.plain(name)}** · titres en ligne {sheet.titres_en_ligne}")
    known = _fields(programme, sheet.tables)
    tables.show(
        [_row(column, known) for column in sheet.columns],
        [
            Column("lettre", "Colonne", width="small", pinned=True),
            Column("titre", "Titre du fichier", width="medium"),
            Column("champs", "Va dans", width="medium"),
            Column(
                "comment",
                "Reconnue par",
                help="Titre du modèle, synonyme connu, ressemblance, ou ce que vous avez indiqué.",
            ),
            Column("confiance", "Confiance", "part"),
            Column("exemples", "Exemples", width="large"),
        ],
        key=f"colonnes_{place}",
        alt=f"Colonnes de {name}",
    )
    _correction(sheet, place, known, said, current)


def _row(column: ColumnSeen, fields: Mapping[str, Field]) -> Mapping[str, object]:
    proposal = f"(peut-être « {column.suggestion.libelle} »)" if column.suggestion and not column.champs else None
    return {
        "lettre": column.lettre,
        "titre": column.titre,
        "champs": ", ".join(fields[champ].libelle for champ in column.champs if champ in fields) or proposal,
        "comment": HOW[column.how] if column.champs or _is_unread(column) else NOTHING_TO_READ,
        "confiance": column.confidence if column.champs else None,
        "exemples": " · ".join(column.exemples),
    }


def _is_unread(column: ColumnSeen) -> bool:
    """A column that nobody knows; those that the source always writes and that say nothing of a dossier are known."""
    return not column.champs and column.how is None


def _fields(programme: Programme, sheet_tables: Sequence[Table]) -> dict[str, Field]:
    dictionary = fields.follow_up() if _of_the_follow_up(sheet_tables) else programme.dictionary
    return {field.champ: field for table in sheet_tables for field in dictionary.of(table)}


def _of_the_follow_up(sheet_tables: Sequence[Table]) -> bool:
    """Columns of expenses or payments: no field of an application, and no rule reads them."""
    return bool({"depense", "versement"} & set(sheet_tables))


def _correction(sheet: SheetSeen, place: int, fields: Mapping[str, Field], said: Said, current: Correspondence) -> None:
    columns = {column.cle: column for column in sorted(sheet.columns, key=lambda column: not _is_unread(column))}
    if not columns:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        cle = st.selectbox(
            "Corriger la colonne",
            list(columns),
            format_func=lambda key: f"{columns[key].lettre} · {columns[key].titre}",
            key=f"colonne_{place}",
        )
        column = columns[cle]
        proposed = column.champs or ((column.suggestion.champ,) if column.suggestion else ())
        champs = st.multiselect(
            "Elle va dans",
            list(fields),
            default=[champ for champ in proposed if champ in fields],
            format_func=lambda champ: fields[champ].libelle,
            key=f"champs_{place}_{cle}",
            placeholder="Aucun champ : ne pas lire",
        )
        if st.button("Appliquer", key=f"appliquer_{place}", icon=":material/check:"):
            table = _table_of(sheet.tables, champs, fields)
            mapping_state.keep(mapping_state.corrected(said, current.with_column(table, cle, tuple(champs))))


def _table_of(sheet_tables: Sequence[Table], champs: Sequence[str], fields: Mapping[str, Field]) -> Table:
    """A flat sheet feeds two tables: the correction belongs to that of its field."""
    named = [fields[champ].table for champ in champs if champ not in KEYS]
    return named[0] if named else sheet_tables[0]


def _values(values: Sequence[ValueSeen], said: Said, current: Correspondence) -> None:
    if not values:
        return
    known = {f"{value.field.champ}|{value.cle}": value for value in values}
    waiting = sum(value.code is None for value in values)
    st.markdown(f"**Valeurs des listes** · {formats.plural(waiting, 'valeur non comprise', 'valeurs non comprises')}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Valeur du fichier",
            sorted(known, key=lambda key: known[key].code is not None),
            format_func=lambda key: _value_words(known[key]),
            key="valeur_fichier",
        )
        value = known[chosen]
        codes = ["", *(one.code for one in value.field.valeurs)]
        code = st.selectbox(
            f"Elle signifie, pour « {text.plain(value.field.libelle)} »",
            codes,
            index=codes.index(value.code) if value.code in codes else 0,
            format_func=lambda one: value.field.label_of(one) if one else UNKNOWN,
            key=f"valeur_sens_{chosen}",
        )
        if st.button("Appliquer", key="appliquer_valeur", icon=":material/check:"):
            mapping_state.keep(mapping_state.corrected(said, current.with_value(value.field.champ, value.cle, code)))


def _value_words(value: ValueSeen) -> str:
    settled = ""
    if value.code is not None:
        settled = f" → {value.field.label_of(value.code) if value.code else UNKNOWN}"
    return f"{value.field.libelle} : « {value.valeur} » ({formats.number(value.fois)} fois){settled}"


def _missing(programme: Programme, sheets: Sequence[SheetSeen]) -> None:
    if any(_of_the_follow_up(sheet.tables) for sheet in sheets):
        return
    given = {champ for sheet in sheets for column in sheet.columns for champ in column.champs}
    absent = overview.missing(programme, given)
    if not absent:
        return
    st.markdown("**Champs qu'aucune colonne ne donne**, et règles qui resteront sans réponse")
    tables.show(
        [
            {
                "champ": one.field.libelle,
                "nombre": len(one.rules),
                "regles": ", ".join(rule.id for rule in one.rules),
            }
            for one in absent
        ],
        [
            Column("champ", "Champ", pinned=True),
            Column("nombre", "Règles", "entier", width="small"),
            Column("regles", "Lesquelles", width="large"),
        ],
        key="champs_absents",
        alt="Champs absents des fichiers",
    )


def _save(programme: Programme, recognition: Recognition, said: Said, current: Correspondence) -> None:
    if said.correspondence is None:
        return
    source = next(iter(recognition.taken_for.values())).code
    with (
        st.form("enregistrer_correspondance", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        nom = st.text_input(
            "Garder ces corrections sous le nom",
            value=current.nom,
            help="Le prochain fichier de cette source sera lu ainsi sans rien demander.",
        )
        if st.form_submit_button("Enregistrer la correspondance", icon=":material/bookmark:"):
            with messages.refusals():
                intake.save_correspondence(
                    base.opened(), programme.id, replace(current, nom=nom.strip(), source=source)
                )
                st.toast(f"Correspondance « {text.plain(nom.strip())} » enregistrée.", icon=":material/bookmark:")
                mapping_state.keep(mapping_state.corrected(said, replace(current, nom=nom.strip(), source=source)))

"""What the rows of a sheet must give: required columns, required cells, an establishment that something identifies."""

from collections.abc import Iterable, Sequence

from clact_model.fields import KEYS, Dictionary, Field, Table
from clact_model.intake.mapping import Column
from clact_model.intake.rows import Rows
from clact_model.intake.values import is_blank


def check(rows: Rows, dictionary: Dictionary) -> None:
    """Say what is missing: a question for a column, a refusal for a row."""
    _ask_for_absent_columns(rows, dictionary)
    key = rows.recognised.key
    if key is None:
        return
    require(rows, key, rows.numeros)
    for column in rows.recognised.columns:
        if column is not key and column.field.obligatoire:
            if rows.recognised.manner.fallback_columns and len(rows.recognised.tables) > 1:
                _leave_without_line(rows, column)
            else:
                require(rows, column, rows.values[column.field.champ])
    _require_one_of(rows)


def _leave_without_line(rows: Rows, column: Column) -> None:
    """A flat export where a dossier asks nothing: it comes in without a line."""
    values = rows.values[column.field.champ]
    rows.without_line = {
        position for position, value in enumerate(values) if value is None and position not in rows.refused
    }


def require(rows: Rows, column: Column, values: Sequence[object]) -> None:
    """Refuse the rows that leave a required column empty."""
    sheet = rows.recognised.sheet
    for position, value in enumerate(values):
        line = rows.lines[position]
        if value is None and (line, column.index) not in sheet.faults and position not in rows.refused:
            if is_blank(sheet.cell(line, column.index)):
                sentence = "est vide : cette valeur est obligatoire, renseignez-la."
            else:
                sentence = "est à 0, ce que cet export écrit aussi pour une case vide : cette valeur est obligatoire, renseignez-la."
            rows.refuse(position, f"« {column.titre} » {sentence}", column)


def _require_one_of(rows: Rows) -> None:
    """FINESS or SIRET: an establishment that nothing identifies cannot be judged."""
    for group in _groups(f for table in rows.recognised.tables for f in rows.given(table)):
        columns = [column for column in rows.recognised.columns if column.field.champ in group]
        names = " ou ".join(f"« {column.titre} »" for column in columns)
        given = [rows.values[champ] for champ in group if champ in rows.values]
        for position in range(len(rows.lines)):
            if position not in rows.refused and all(values[position] is None for values in given):
                _unidentified(rows, position, names, columns[0] if columns else None)


def _unidentified(rows: Rows, position: int, names: str, column: Column | None) -> None:
    if rows.recognised.manner.unreadable_is_unknown:
        sentence = f"Le dossier {rows.numeros[position]} n'a ni FINESS ni SIRET lisible : son établissement reste à identifier."
        rows.say("avertissement", sentence, position, column)
    else:
        rows.refuse(position, f"{names} est vide : renseignez l'un des deux.", column)


def _groups(given: Iterable[Field]) -> set[tuple[str, ...]]:
    return {f.un_de for f in given if f.un_de}


def _ask_for_absent_columns(rows: Rows, dictionary: Dictionary) -> None:
    """A required column that is absent is no fault of any row: a person must say where it is."""
    recognised = rows.recognised
    present = {f.champ for table in recognised.tables for f in rows.given(table)}
    if recognised.key is None:
        key = next(f for table in recognised.tables for f in dictionary.of(table) if f.champ in KEYS)
        _ask(
            rows,
            [key],
            "Sans elle, aucune ligne ne peut être importée : ajoutez-la, ou indiquez-la dans la correspondance.",
        )
    for table in recognised.tables:
        if table == "action" and not present & {f.champ for f in dictionary.stored("action")}:
            _ask_for_actions(rows)
        else:
            _ask_for(rows, dictionary, table, present)


def _ask_for(rows: Rows, dictionary: Dictionary, table: Table, present: set[str]) -> None:
    wanted = dictionary.stored(table)
    for required in wanted:
        if required.obligatoire and required.champ not in present:
            _ask(rows, [required], "Si vous continuez, ses valeurs resteront inconnues.")
    for group in dict.fromkeys(f.un_de for f in wanted if f.un_de):
        if not present & set(group):
            _ask(
                rows,
                [f for f in wanted if f.champ in group],
                "Si vous continuez, les établissements resteront sans identifiant.",
            )


def _ask_for_actions(rows: Rows) -> None:
    rows.say(
        "question",
        "Aucune colonne ne décrit les demandes (intitulé, coût total, montant demandé…) : ajoutez une feuille « Actions », ou ces "
        "colonnes ici. Si vous continuez, les dossiers entrent sans aucune demande.",
    )


def _ask(rows: Rows, fields: Sequence[Field], consequence: str) -> None:
    names = " ou ".join(f"« {f.libelle} »" for f in fields)
    rows.say("question", f"La colonne {names} est absente ou porte un autre titre. {consequence}")

"""The relations that expressions read: ``faits_action`` and ``faits_dossier``, as common table expressions.

One row per line, one per dossier: the stored fields, those that the programme declares, and the facts about them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from clact_model.dossiers import set_aside_sql
from clact_model.fields import Field
from clact_model.programme import Level, LineFact, Programme
from clact_model.programme.vocabulary import readable
from clact_model.store.columns import current

Parameters = Mapping[str, object]


def parameters_used(sql: str, values: Parameters) -> dict[str, object]:
    """The parameters that a statement names: DuckDB refuses more."""
    return {name: values[name] for name in set(re.findall(r"\$([a-z0-9_]+)", sql))}


def parameters(programme: Programme, today: date, changed: Mapping[str, object]) -> dict[str, object]:
    """Every value that the relations and the programme's expressions may name."""
    file = programme.file
    return {
        **changed,
        "_programme": programme.id,
        "_fuseau": programme.fuseau,
        "_aujourdhui": today,
        "_departements": list(file.departements),
        "_secteurs": list(file.secteurs),
        "_axes": [axis.code for axis in file.axe],
        "_thematiques": [theme.code for theme in file.thematique],
        "_enjeux": [theme.enjeu_has for theme in file.thematique],
    }


def relations(programme: Programme, names: Iterable[str]) -> str:
    """``lignes AS (…), faits_dossier AS (…)``, with the columns that will be read: DuckDB plans no more than that."""
    wanted = frozenset(names)
    return f"lignes AS ({_lines(programme, wanted)}), {_dossiers(programme, wanted)}"


def _column(field: Field) -> str:
    if field.type == "horodatage":
        return f'timezone($_fuseau, {current(field)}) AS "{field.champ}"'
    if field.champ == "enjeu_has":
        return "coalesce(t.enjeu_has, list_extract($_enjeux::VARCHAR[], list_position($_thematiques::VARCHAR[], t.thematique))) AS enjeu_has"
    return f'{current(field)} AS "{field.champ}"'


def _columns(programme: Programme, level: Level, facts: Mapping[str, str], wanted: frozenset[str]) -> str:
    own = [_column(field) for field in readable(programme.dictionary, level) if field.champ in wanted]
    return "".join(
        f", {column}" for column in own + [f"{sql} AS {name}" for name, sql in facts.items() if name in wanted]
    )


LINE_FACTS: Mapping[str, str] = {
    "place": "row_number() OVER (PARTITION BY t.numero ORDER BY t.rang NULLS LAST, t.ligne)",
    "place_connue": "CASE WHEN t.rang IS NOT NULL "
    "THEN row_number() OVER (PARTITION BY t.numero ORDER BY t.rang NULLS LAST, t.ligne) END",
    "axe_du_programme": "list_contains($_axes::VARCHAR[], t.axe)",
    "thematique_du_programme": "list_contains($_thematiques::VARCHAR[], t.thematique)",
}


def _lines(programme: Programme, wanted: frozenset[str]) -> str:
    lines = wanted | {name for fact in programme.compiled.facts.values() for name in fact.columns}
    columns = _columns(programme, "action", LINE_FACTS, lines)
    return f"SELECT t.numero, t.ligne {columns} FROM action t WHERE t.programme = $_programme"


def _membership(column: str, values: str) -> str:
    # No list in the file: the call sets no limit.
    return f"(len(${values}::VARCHAR[]) = 0 OR list_contains(${values}::VARCHAR[], t.{column}))"


DOSSIER_FACTS: Mapping[str, str] = {
    "territoire_admis": _membership("departement", "_departements"),
    "secteur_admis": _membership("secteur", "_secteurs"),
    "jour_depot": "CAST(timezone($_fuseau, t.date_depot) AS DATE)",
    "aujourdhui": "CAST($_aujourdhui AS DATE)",
}
COUNTED: Mapping[str, str] = {
    "nombre_actions": "coalesce(l.nombre_actions, 0)",
    "nombre_dossiers_etablissement": """CASE WHEN t.finess IS NOT NULL OR t.siret IS NOT NULL
        THEN greatest(1, coalesce(f.nombre, 1) + coalesce(s.nombre, 1) - coalesce(d.nombre, 1)) END""",
    "autres_dossiers": """array_to_string(list_sort(list_filter(
        list_distinct(list_concat(coalesce(f.numeros, []), coalesce(s.numeros, []))), lambda n: n <> t.numero)), ', ')""",
}
"""What is counted beside a dossier: its lines, and who else applied under its numbers."""
NAMESAKES = frozenset({"nombre_dossiers_etablissement", "autres_dossiers"})


def _present() -> str:
    return f"FROM dossier t WHERE t.programme = $_programme AND NOT {set_aside_sql('t')}"


def _dossiers(programme: Programme, wanted: frozenset[str]) -> str:
    """``faits_dossier``. What is counted is joined on three columns first: DuckDB makes room for each at every join."""
    facts = [fact for fact in programme.compiled.facts.values() if fact.name in wanted]
    counted = [name for name in COUNTED if name in wanted]
    columns = f"SELECT t.numero, t.ordre {_columns(programme, 'dossier', DOSSIER_FACTS, wanted)}"
    if not facts and not counted:
        return f"faits_dossier AS ({columns} {_present()})"
    beside = [f"{COUNTED[name]} AS {name}" for name in counted] + [f"l.{fact.name}" for fact in facts]
    return f"""
        presents AS (SELECT t.numero, t.finess, t.siret {_present()}),
        {_same_establishment(wanted)}
        comptes AS (
            SELECT t.numero, {", ".join(beside)}
            FROM presents t {_lines_counted(facts, wanted)} {_namesakes_counted(wanted)}),
        faits_dossier AS (
            {columns}, c.* EXCLUDE (numero)
            FROM dossier t JOIN comptes c ON c.numero = t.numero
            WHERE t.programme = $_programme)"""


def _lines_counted(facts: Sequence[LineFact], wanted: frozenset[str]) -> str:
    if not facts and "nombre_actions" not in wanted:
        return ""
    columns = "".join(f", {_line_fact(fact)} AS {fact.name}" for fact in facts)
    return f"""
            LEFT JOIN (SELECT numero, count(*) AS nombre_actions {columns} FROM lignes GROUP BY numero) l
                   ON l.numero = t.numero"""


def _namesakes_counted(wanted: frozenset[str]) -> str:
    if not wanted & NAMESAKES:
        return ""
    return """
            LEFT JOIN memes_finess f ON f.finess = t.finess
            LEFT JOIN memes_siret s ON s.siret = t.siret
            LEFT JOIN memes_deux d ON d.finess = t.finess AND d.siret = t.siret"""


def _same_establishment(wanted: frozenset[str]) -> str:
    """Who else applied under the same FINESS or SIRET: by counting, so that a thousand namesakes cost no more than two."""
    if not wanted & NAMESAKES:
        return ""

    numbers = ", list(numero ORDER BY numero)[1:20] AS numeros" if "autres_dossiers" in wanted else ""

    def group(name: str, keys: str) -> str:
        known = " AND ".join(f"{key} IS NOT NULL" for key in keys.split(", "))
        return f"""{name} AS (
            SELECT {keys}, count(*) AS nombre{numbers} FROM presents WHERE {known}
            GROUP BY {keys} HAVING count(*) > 1),"""

    return group("memes_finess", "finess") + group("memes_siret", "siret") + group("memes_deux", "finess, siret")


def _line_fact(fact: LineFact) -> str:
    """One line's no makes it no; failing that, one unknown makes it unknown; else yes (``une``: the other way round)."""
    unknown = f"count(*) > count({fact.sql})"
    if fact.kind == "toutes":
        return f"CASE WHEN count_if(NOT {fact.sql}) > 0 THEN false WHEN {unknown} THEN NULL ELSE true END"
    if fact.kind == "une":
        return f"CASE WHEN count_if({fact.sql}) > 0 THEN true WHEN {unknown} THEN NULL ELSE false END"
    repeated = f"count({fact.sql}) > count(DISTINCT {fact.sql})"
    return f"CASE WHEN {repeated} THEN false WHEN {unknown} THEN NULL ELSE true END"

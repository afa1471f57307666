"""What the cells of one row say against each other: told, and judged by the call's own rules."""

from datetime import date
from decimal import Decimal

from clact_model import formats
from clact_model.intake.rows import Rows
from clact_model.intake.values import is_blank

PART = "dont_"
"""How the name of a field begins that is a part of the cost."""
RATE_TOLERANCE = Decimal("0.005")


def check(rows: Rows) -> None:
    """Say which rows contradict themselves; refuse those that a delimiter has shifted."""
    _check_width(rows)
    _check_amounts(rows)
    _check_parts(rows)
    _check_days(rows)


def _check_width(rows: Rows) -> None:
    """In a csv file, a row wider than its titles: a delimiter inside a value has shifted it. A shorter one lacks a value."""
    sheet = rows.recognised.sheet
    width = len(sheet.rows[rows.recognised.header_row - 1])
    if sheet.nom is not None:
        return
    _tell_short(rows, width)
    for position, line in enumerate(rows.lines):
        if any(not is_blank(cell) for cell in sheet.rows[line - 1][width:]):
            rows.refuse(
                position,
                f"La ligne a {len(sheet.rows[line - 1])} valeurs pour {width} titres : mettez entre guillemets le texte "
                "qui contient le séparateur.",
            )


def _tell_short(rows: Rows, width: int) -> None:
    """Rows cut short in a file whose others are whole: nobody can tell which value is missing."""
    widths = [len(rows.recognised.sheet.rows[line - 1]) for line in rows.lines]
    short = [position for position, found in enumerate(widths) if found < width and position not in rows.refused]
    if not short or len(short) > len(widths) / 2:
        return
    named = ", ".join(str(rows.lines[position]) for position in short[:5])
    rows.say(
        "avertissement",
        f"{formats.plural(len(short), 'ligne a', 'lignes ont')} moins de valeurs que de titres ({width}) : {named}"
        f"{'…' if len(short) > 5 else ''}. Les dernières colonnes y sont lues vides, vérifiez qu'aucune valeur n'est décalée.",
        short[0],
        shared=len(short) > 1,
    )


def _check_amounts(rows: Rows) -> None:
    """What a row's amounts say against each other is told, and judged by the call's own rules."""
    by_champ = {column.field.champ: column for column in rows.recognised.columns}
    if "montant_demande" not in rows.values or "cout_total" not in rows.values:
        return
    asked, costs = rows.values["montant_demande"], rows.values["cout_total"]
    rates = rows.values.get("taux_demande", [None] * len(asked))
    for position, (montant, cout, taux) in enumerate(zip(asked, costs, rates, strict=True)):
        if not (isinstance(montant, Decimal) and isinstance(cout, Decimal)):
            continue
        if montant > cout:
            rows.say(
                "avertissement",
                f"Le montant demandé ({formats.euros(montant)}) est supérieur au coût total ({formats.euros(cout)}) : vérifiez-les.",
                position,
                by_champ["montant_demande"],
            )
        if isinstance(taux, Decimal) and cout and abs(montant / cout - taux) > RATE_TOLERANCE:
            rows.say(
                "avertissement",
                f"Le taux demandé ({formats.share(taux)}) n'est pas le montant demandé divisé par le coût total "
                f"({formats.share(montant / cout)}) : le montant fait foi, vérifiez-le.",
                position,
                by_champ["taux_demande"],
            )


def _check_parts(rows: Rows) -> None:
    """A part of the cost is not more than the cost."""
    if "cout_total" not in rows.values:
        return
    for column in rows.recognised.columns:
        if not column.field.champ.startswith(PART):
            continue
        amounts = zip(rows.values[column.field.champ], rows.values["cout_total"], strict=True)
        for position, (part, cout) in enumerate(amounts):
            if isinstance(part, Decimal) and isinstance(cout, Decimal) and part > cout:
                rows.say(
                    "avertissement",
                    f"« {column.field.libelle} » ({formats.euros(part)}) est supérieur au coût total ({formats.euros(cout)}), "
                    "dont c'est une partie : vérifiez-les.",
                    position,
                    column,
                )


def _check_days(rows: Rows) -> None:
    """An action does not end before it begins."""
    if not {"date_debut", "date_fin"} <= rows.values.keys():
        return
    by_champ = {column.field.champ: column for column in rows.recognised.columns}
    days = zip(rows.values["date_debut"], rows.values["date_fin"], strict=True)
    for position, (first, last) in enumerate(days):
        if isinstance(first, date) and isinstance(last, date) and last < first:
            rows.say(
                "avertissement",
                f"La date de fin ({formats.day(last)}) précède la date de début ({formats.day(first)}) : vérifiez-les.",
                position,
                by_champ["date_fin"],
            )

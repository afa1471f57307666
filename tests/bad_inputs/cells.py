"""Family d of the list: cells whose value is not what it seems."""

from datetime import datetime

from tests.bad_inputs.making import K, column, makes, plain, text
from tests.intake.builders import HEADERS, flat_rows, with_cell

AMOUNTS = {
    "1 234,56": 123456,
    "1\u00a0234,56": 123456,
    "1\u202f234,56 €": 123456,
    "1234,5": 123450,
    "12 500": 1250000,
    "12.500,00": 1250000,
    "12,5 k€": 1250000,
    "1 234 567,89": 123456789,
    "1234.56": 123456,
    "1 234,56 euros TTC": 123456,
    "500 EUR": 50000,
    "0": 0,
}
"""Writing → cents, in the order of the list."""

NO_AMOUNTS = (
    "voir devis",
    "environ 5 000",
    "10 000 à 12 000",
    "12 000 + 3 000",
    "12.500",
    "5 000 $",
    "-500",
    "10 %",
    "N/C",
    "1 2345",
    "12,5,5",
    "<script>alert(1)</script>",
    "5 000 / 2",
    "1e4",
    "cinq mille",
)
DATES = (
    "03/04/2026",
    "3/4/2026",
    "03/04/26",
    "03-04-2026",
    "03.04.2026",
    "2026-04-03",
    "3 avril 2026",
    "vendredi 3 avril 2026",
    "3 avr. 2026",
)
NO_DATES = ("31/02/2026", "29/02/2025", "00/01/2026", "32/12/2026", "13/13/2026", "03/04/20226", "hier")
FORMULAS = (
    *("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "=cmd|'/c calc'!A1", '=HYPERLINK("http://x","y")', "-5 places"),
    *("+33 1 23 45 67 89", "=", "@", "==1", "＝1+1", "'=1+1", ";=1+1", "=1+1;", '"=1+1"'),
)
MARKDOWN = (
    *("**gras**", "![x](http://127.0.0.1:9/b.png)", "[lien](http://127.0.0.1:9)", "5 $ puis 7 $", ":red[rouge]"),
    *("<img src=x onerror=alert(1)>", "# titre", "| a | b |", "`code`"),
)
UNICODE = ("Sourire 😀 et 👩‍⚕️", "مستشفى", "zéro\u200blargeur", "сafé а\ufffe")


@makes("d02a_erreur_NA.xlsx")
def not_available() -> bytes:
    return plain(with_cell(3, K, "#N/A"))


@makes("d02c_erreur_DIV0.xlsx")
def divided_by_zero() -> bytes:
    return plain(with_cell(3, K, "#DIV/0!"))


@makes("d02e_erreur_NAME.xlsx")
def unknown_name() -> bytes:
    return plain(with_cell(3, K, "#NAME?"))


@makes("d04_finess_zero_perdu.xlsx")
def lost_zero() -> bytes:
    return plain(with_cell(2, "FINESS EJ", 10000024))


@makes("d06_finess_corse.xlsx")
def corsica() -> bytes:
    return plain(column("FINESS EJ", ["2A0000014", "2b0000013"]))


@makes("d08_finess_espaces.xlsx")
def blanks_in_finess() -> bytes:
    return plain(column("FINESS EJ", ["59 000 0014", "62\u00a0000\u00a00018", "'800000010", "020000014.0"]))


@makes("d10_finess_longueur.xlsx")
def finess_length() -> bytes:
    # Without SIRET: with one, the dictionary asks for no FINESS (« finess ou siret »).
    rows = column("FINESS EJ", ["5900000", "5900000140", "590000014000", None])
    return plain([[*row[:2], None, *row[3:]] for row in rows])


@makes("d12_siret_nombre.xlsx")
def siret_number() -> bytes:
    return plain(column("SIRET", [26590671900017, 5650021800013]))


@makes("d14_montants_francais.csv")
def french_amounts() -> bytes:
    rows = column(K, AMOUNTS)
    for row in rows:
        row[HEADERS.index("Coût total")] = 2_000_000
    return text(rows).encode()


@makes("d16_montants_refuses.csv")
def no_amounts() -> bytes:
    return text(column(K, NO_AMOUNTS)).encode()


@makes("d18_montant_vide.xlsx")
def empty_amounts() -> bytes:
    return plain(column(K, [None, "  ", "-"]))


@makes("d20_flottants.xlsx")
def floats() -> bytes:
    return plain(column(K, [0.1 + 0.2, 1234.565, 2.675, 8000.000000001]))


@makes("d22_milliers_euros.xlsx")
def thousands() -> bytes:
    headers = ["Montant demandé (k€)" if header == K else header for header in HEADERS]
    return plain(column(K, [5, 5.5, 6, 4, 3]), headers)


@makes("d24_dates_texte.csv")
def text_dates() -> bytes:
    return text(column("Date de dépôt", DATES)).encode()


@makes("d26_dates_impossibles.csv")
def impossible_dates() -> bytes:
    return text(column("Date de dépôt", NO_DATES)).encode()


@makes("d28_date_en_nombre.xlsx")
def serial_dates() -> bytes:
    return plain(column("Date de dépôt", [46084, 46085]))


@makes("d30_fuseau.xlsx")
def night() -> bytes:
    moments = [datetime(2026, 3, 31, 23, 30), datetime(2026, 4, 1, 0, 30), datetime(2026, 3, 29, 2, 30)]  # noqa: DTZ001
    return plain(column("Date de dépôt", moments))


@makes("d32_departements.xlsx")
def departements() -> bytes:
    return plain(column("Département", [1, "01", "2a", "20", "971", "Corse-du-Sud", 99, "69 "]))


@makes("d34_texte_long.csv")
def long_text() -> bytes:
    return text(with_cell(2, "Description", "x" * 200_000)).encode()


@makes("d36_unicode.xlsx")
def unicode() -> bytes:
    return plain(column("Description", UNICODE))


@makes("d38_injection_formule.csv")
def formula_texts() -> bytes:
    return text(column("Description", FORMULAS)).encode()


@makes("d40_injection_markdown.csv")
def markdown_texts() -> bytes:
    return text(column("Description", MARKDOWN)).encode()


@makes("d42_entete_sql.xlsx")
def sql_titles() -> bytes:
    more = ["'); DROP TABLE dossier; --", "{{ 7*7 }}", " =1+1"]
    return plain([[*row, 1, 2, 3] for row in flat_rows()], [*HEADERS, *more])


@makes("d44_types_inattendus.xlsx")
def odd_types() -> bytes:
    rows = with_cell(2, K, True)
    rows[1][0], rows[2][0] = 20260002, 20260003.5
    return plain(rows)

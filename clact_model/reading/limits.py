"""How much a file may hold, and the refusal of one that cannot be read: nothing in it is trusted."""

from clact_model.errors import ClactError

FILE_BYTES = 20 * 1024 * 1024
UNPACKED_BYTES = 150 * 1024 * 1024
ARCHIVE_ENTRIES = 1_000
SHEETS = 50
ROWS = 50_000
HEADER_WITHIN = 15
"""Rows among which the row of titles is looked for."""
LAST_ROW = ROWS + HEADER_WITHIN
COLUMNS = 200
CELLS = 4_000_000
"""Cells of a whole workbook, the empty ones that carry a format included: what is read within seconds."""
MERGED_RANGES = 1_000
MERGED_CELLS = 200_000
FAULTS = 50_000
"""Cells of one sheet that cannot be read: beyond, the sheet is at fault and not its cells."""


class FileRefusedError(ClactError):
    """A file of which nothing is taken: one French sentence with the remedy, and the place when there is one."""

    def __init__(
        self, sentence: str, sheet: str | None = None, row: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(sentence)
        self.sheet, self.row, self.column = sheet, row, column


def damaged(detail: str) -> FileRefusedError:
    """The refusal of a workbook whose inside does not hold together."""
    return FileRefusedError(
        f"Le classeur est abîmé ({detail}) : ouvrez-le dans Excel ou LibreOffice, puis enregistrez-le à nouveau."
    )


def too_many_sheets(found: int | str) -> FileRefusedError:
    """The refusal of a workbook with too many sheets; ``found``: how many, or in words when they are not all counted."""
    return FileRefusedError(
        f"Le classeur a {found} feuilles, pour au plus {SHEETS} : gardez les seules feuilles utiles."
    )


def check_extent(sheet: str, rows: int, columns: int, cell: str) -> None:
    """Raises FileRefusedError when the sheet reaches further than a list of dossiers does. ``cell``: the furthest one."""
    if rows > LAST_ROW or columns > COLUMNS:
        raise FileRefusedError(
            f"La feuille « {sheet} » est trop étendue : elle va jusqu'à {cell}, pour au plus {COLUMNS} colonnes et "
            f"{ROWS} lignes. Supprimez ce qui dépasse, puis enregistrez le classeur.",
            sheet,
        )


def check_cells(count: int) -> None:
    """Raises FileRefusedError when a workbook holds more cells than are read."""
    if count > CELLS:
        raise FileRefusedError(
            f"Le classeur a plus de {CELLS // 1_000_000} millions de cellules : copiez les seules données utiles dans un classeur neuf."
        )


def check_faults(sheet: str, count: int) -> None:
    """Raises FileRefusedError when too many cells of a sheet cannot be read."""
    if count > FAULTS:
        raise FileRefusedError(
            f"La feuille « {sheet} » a plus de {FAULTS} cellules en erreur ou formules sans résultat enregistré : ouvrez le "
            "classeur dans Excel ou LibreOffice, puis enregistrez-le à nouveau.",
            sheet,
        )


def column_letter(number: int) -> str:
    """1 → ``A``, 27 → ``AA``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """``A`` → 1, ``AA`` → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def reference_of(row: int, column: int) -> str:
    """(3, 2) → ``B3``."""
    return f"{column_letter(column)}{row}"

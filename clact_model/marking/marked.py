"""The marked workbook of a file: the person's own where it can be opened again, else a copy of what was read."""

from collections.abc import Sequence

from openpyxl.workbook import Workbook

from clact_model.marking import cells, listing
from clact_model.marking.child import OF_VALUES, OWN_WORKBOOK, saved
from clact_model.marking.note import Job, Note
from clact_model.reading import Content, UploadedFile, answer, children, kinds

COPIED_CELLS = 600_000
"""Cells of the largest file that is marked: half a minute of work."""
WAIT_SECONDS = 180.0
HOW_TO = "Corrigez les cellules en couleur, enregistrez ce classeur, puis importez-le de nouveau : cette feuille n'est pas lue."
TOO_MANY = (
    f"Seules les {cells.COMMENTS} premières cellules portent un commentaire, les plus graves d'abord ; les autres n'ont que la "
    "couleur : lisez leur remarque dans cette liste."
)
ONLY_VALUES = "Cette copie reprend les valeurs du fichier, sans sa mise en forme ni ses formules."
WITHOUT_PICTURES = "Les images, graphiques et formes du classeur d'origine ne sont pas dans cette copie."
TOO_LARGE = "Le fichier est trop grand pour être annoté : corrigez-le d'après cette liste."
REFUSED = "Le fichier n'a pas pu être lu : il n'est pas repris dans ce classeur."
_XLSX = b"xl/workbook.xml"
_PICTURES = (b"xl/media/", b"xl/charts/", b"xl/drawings/drawing")


def marked(file: UploadedFile, content: Content, notes: Sequence[Note]) -> bytes:
    """An xlsx workbook. ``content``: the file as it was read; ``notes``: the most serious first."""
    count = sum(len(row) for sheet in content.sheets for row in sheet.rows)
    if count > COPIED_CELLS:
        return only_list(notes, TOO_LARGE)
    own = _own_workbook(file, notes, count) if kinds.is_archive(file.content) and _XLSX in file.content else None
    return own or _of_values(content, notes, count) or only_list(notes, TOO_LARGE)


def only_list(notes: Sequence[Note], why: str = REFUSED) -> bytes:
    """A workbook that holds the list alone."""
    book = Workbook()
    book.remove(book.active)
    listing.write(book, notes, {}, why)
    return saved(book)


def _own_workbook(file: UploadedFile, notes: Sequence[Note], count: int) -> bytes | None:
    """The person's workbook, marked; None when openpyxl cannot open it, or not within the limits of a child."""
    pictures = any(name in file.content for name in _PICTURES)
    remark = _remark(notes, WITHOUT_PICTURES if pictures else "")
    return _made(OWN_WORKBOOK, Job(notes, remark, count), file.content)


def _of_values(content: Content, notes: Sequence[Note], count: int) -> bytes | None:
    """A workbook of the cells as they were read, marked; None when it takes more than the limits of a child."""
    return _made(OF_VALUES, Job(notes, _remark(notes, ONLY_VALUES), count), answer.content(content))


def _made(program: str, job: Job, given: bytes) -> bytes | None:
    made, status = children.asked(children.start(program), job.packed() + given, WAIT_SECONDS)
    return made if status == 0 and made else None


def _remark(notes: Sequence[Note], more: str) -> str:
    too_many = TOO_MANY if len(cells.places(notes)) > cells.COMMENTS else ""
    return " ".join(sentence for sentence in (HOW_TO, more, too_many) if sentence)

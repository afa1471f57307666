"""One thing to be said of a file, and how it goes to the process that opens a workbook."""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the list, and one paragraph of the comment of its cell. Texts as they are shown."""

    gravite: str
    """``erreur``, ``question``, ``avertissement`` or ``information``: the colour of the cell."""
    effet: str
    """The same in words, with its shape."""
    message: str
    feuille: str | None
    ligne: int | None
    colonne: str | None
    numero: str | None
    valeur: str | None
    row: int | None = None
    """The row of the cell to mark, from 1; None for what stands on the list alone."""
    column: int | None = None

    @property
    def paragraph(self) -> str:
        return f"{self.effet} : {self.message}"


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be written into a workbook: the notes, what is said above their list; and how many cells it has."""

    notes: Sequence[Note]
    remark: str
    cells: int

    def packed(self) -> bytes:
        """On one line."""
        return json.dumps([[astuple(note) for note in self.notes], self.remark, self.cells]).encode() + b"\n"

    @classmethod
    def unpacked(cls, line: bytes) -> "Job":
        """What :meth:`packed` wrote."""
        notes, remark, cells = json.loads(line)
        return cls([Note(*note) for note in notes], remark, cells)

"""A ledger under trial: its lines written through the book, in a real base."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from clact_model.ledger import Book, Entry, Movement
from clact_model.store import Base

PROGRAMME = "essai_2024"
Write = Callable[..., Sequence[Movement]]


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    opened = Base(tmp_path / "base.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def write(base: Base) -> Write:
    def written(*entries: Entry) -> Sequence[Movement]:
        with base.write("suivre", PROGRAMME) as writing:
            book = Book(writing)
            for entry in entries:
                book.add(entry)
            return book.close()

    return written

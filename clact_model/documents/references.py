"""Where the words of the call stand: each text by a letter, each quote by its line."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import ascii_uppercase

from clact_model import paths
from clact_model.programme import Programme, Quote


@dataclass(frozen=True)
class References:
    """The texts of a programme, each by its letter, read once."""

    titles: Mapping[str, str]
    """Letter → title of the text, in the order of the programme."""
    _letters: Mapping[str, str]
    _texts: Mapping[str, str] = field(repr=False)

    @classmethod
    def of(cls, programme: Programme, folder: Path = paths.SOURCES) -> "References":
        """The texts of the programme that lie in ``folder``; a text that is not there has a letter and no lines."""
        letters = dict(zip((s.fichier for s in programme.file.source), ascii_uppercase, strict=False))
        files = {name: folder / Path(name).name for name in letters}
        texts = {name: path.read_text(encoding="utf-8") for name, path in files.items() if path.is_file()}
        titles = {letters[s.fichier]: s.titre for s in programme.file.source if s.fichier in letters}
        return cls(titles, letters, texts)

    def written(self, quotes: Iterable[Quote]) -> str:
        """``A l. 12, B l. 3 et 40``: the lines of the quotes in their texts."""
        lines: dict[str, list[int]] = {}
        for quote in quotes:
            found = line_of(self._texts.get(quote.source, ""), quote.texte)
            lines.setdefault(self._letters.get(quote.source, quote.source), []).extend([found] if found else [])
        return ", ".join(
            f"{letter} l.\u00a0{' et '.join(map(str, sorted(set(numbers))))}" if numbers else letter
            for letter, numbers in lines.items()
        )


def line_of(text: str, quote: str) -> int | None:
    """The line on which a quote begins, from 1, however the text breaks its lines; None when it is not there."""
    found = re.search(r"\s+".join(map(re.escape, quote.split())), text)
    return text.count("\n", 0, found.start()) + 1 if found else None

"""The text of a call: put beside the others under a name of ours, and searched for the quotes of a draft."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from clact_model import paths
from clact_model.programme.checks import one_space, quotes
from clact_model.programme.duplicating import IDENTIFIER, DraftError
from clact_model.programme.schema import ProgrammeFile
from clact_model.store import Base
from clact_model.wording import folded

TEXT_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class MissingQuote:
    """A quote that a text does not hold, and the part of the programme that rests on it."""

    place: str
    texte: str


def readable(content: bytes) -> str:
    """The text of an uploaded file. Raises DraftError when it is too long, empty, or no UTF-8 text."""
    if len(content) > TEXT_BYTES:
        raise DraftError("Ce texte dépasse 2 Mo : déposez le cahier des charges seul, en texte.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DraftError(
            "Ce fichier n'est pas un texte en UTF-8 : dans Word ou LibreOffice, enregistrez-le en « Texte brut », codage UTF-8."
        ) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise DraftError("Ce texte est vide : déposez le cahier des charges.")
    if re.search(r"[\x00-\x08\x0e-\x1f]", text):
        raise DraftError("Ce fichier n'est pas un texte : enregistrez-le en « Texte brut », codage UTF-8.")
    return text


def missing_quotes(file: ProgrammeFile, text: str) -> list[MissingQuote]:
    """The quotes of a programme that are not in this text, whatever source they name."""
    held = one_space(text)
    return [MissingQuote(place, quote.texte) for place, quote in quotes(file) if one_space(quote.texte) not in held]


def keep_text(base: Base, identifier: str, titre: str, content: bytes, sources: Path = paths.SOURCES) -> str:
    """Put the text beside the others; gives the name of its file, made of the programme's and of its title.

    A text is never replaced: quotes may rest on it. Raises DraftError for a text or a title that cannot be kept.
    """
    text = readable(content)
    words = re.sub(r"[^a-z0-9]+", "_", folded(titre)).strip("_")[:60]
    if not IDENTIFIER.fullmatch(identifier) or not words:
        raise DraftError("Donnez un titre au texte (exemple : Cahier des charges 2027) : son fichier en prend le nom.")
    path = sources / f"{identifier}_{words}.txt"
    with base.write("deposer_texte", identifier) as writing:
        try:
            with path.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
        except FileExistsError as error:
            if path.read_text(encoding="utf-8") == text:
                return path.name
            raise DraftError(f"Un autre texte porte déjà le nom {path.name} : donnez-lui un autre titre.") from error
        writing.log(f"Texte déposé : {path.name} (empreinte {hashlib.sha256(text.encode()).hexdigest()[:8]})")
    return path.name


def cited_from(text: str, former: str, new: str) -> str:
    """The draft with another file in the place of a source text, where it is declared and wherever it is quoted."""
    return text.replace(f'"{former}"', f'"{new}"')

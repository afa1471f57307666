"""Programme files → programmes; what is wrong in one file leaves the others usable."""

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from clact_model import paths
from clact_model.errors import UsageError
from clact_model.programme.checks import Fault, check
from clact_model.programme.programme import Programme
from clact_model.programme.schema import ProgrammeFile


class ProgrammeError(UsageError):
    """A programme file that cannot be used. ``sentences``: one per fault, naming file, part and fault."""

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        self.faults = tuple(dict.fromkeys(faults))
        self.sentences = [f"{', '.join(filter(None, (name, f.place)))} : {f.what}." for f in self.faults]
        super().__init__("\n".join(self.sentences))


@dataclass(frozen=True)
class Catalogue:
    """The programmes that can be used, by id, and what is wrong with the other files."""

    programmes: Mapping[str, Programme]
    faults: tuple[str, ...]

    def get(self, identifier: str) -> Programme:
        """One programme. Raises UsageError when there is none of that name."""
        if identifier not in self.programmes:
            known = ", ".join(self.programmes) or "aucun"
            raise UsageError(f"Le programme « {identifier} » n'existe pas (programmes lus : {known}).")
        return self.programmes[identifier]


def load_all(folder: Path = paths.PROGRAMMES, sources: Path = paths.SOURCES) -> Catalogue:
    """Every ``*.toml`` of the folder, in the order of the names."""
    programmes: dict[str, Programme] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            programmes[path.stem] = load(path, sources)
        except ProgrammeError as error:
            faults += error.sentences
    return Catalogue(programmes, tuple(faults))


def load_one(identifier: str, folder: Path = paths.PROGRAMMES, sources: Path = paths.SOURCES) -> Programme:
    """The programme of that name, without reading the others. Raises ProgrammeError, UsageError when there is none."""
    path = folder / f"{Path(identifier).name}.toml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in folder.glob("*.toml"))) or "aucun"
        raise UsageError(f"Le programme « {identifier} » n'existe pas (fichiers de programme : {known}).")
    return load(path, sources)


def load(path: Path, sources: Path = paths.SOURCES) -> Programme:
    """One programme file. Raises ProgrammeError with all that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProgrammeError(path.name, [Fault("", "le fichier n'est pas un texte UTF-8 lisible")]) from error
    return read(text, path.stem, sources)


def read(text: str, identifier: str, sources: Path = paths.SOURCES) -> Programme:
    """The programme that a text gives as the file ``<identifier>.toml``. Raises ProgrammeError with all that is wrong."""
    name = f"{identifier}.toml"
    file = _parse(name, text)
    if file.id != identifier:
        raise ProgrammeError(name, [Fault("", f"l'identifiant « {file.id} » n'est pas le nom du fichier")])
    compiled, faults = check(file, sources)
    if faults:
        raise ProgrammeError(name, faults)
    return Programme(file, text, fingerprint(text), compiled)


def fingerprint(text: str) -> str:
    """SHA-256 of a programme's text: what tells two texts of the same version apart."""
    return hashlib.sha256(text.encode()).hexdigest()


def _parse(name: str, text: str) -> ProgrammeFile:
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise ProgrammeError(name, [_toml_fault(text, str(error))]) from error
    try:
        return ProgrammeFile.model_validate(raw)
    except ValidationError as error:
        faults = [Fault(_place(raw, e["loc"]), _sentence(dict(e))) for e in error.errors()]
        raise ProgrammeError(name, faults) from error


_TOML_FAULTS: Mapping[str, str] = {
    "Invalid value": "une valeur manque ou ne se lit pas (un texte se met entre guillemets)",
    "Invalid date or datetime": "cette date n'existe pas",
    "Unterminated string": "un guillemet n'est pas refermé",
    "Illegal character": "un guillemet n'est pas refermé, ou un caractère est interdit",
    "Unescaped": "une barre oblique inverse s'écrit deux fois",
    "Unclosed array": "un crochet n'est pas refermé",
    "Unclosed inline table": "une accolade n'est pas refermée",
    "Expected '='": "le signe = manque après le nom",
    "Expected newline": "il y a quelque chose de trop à la fin de la ligne",
    "Expected ']": "un crochet de titre n'est pas refermé",
    "Cannot overwrite": "ce nom est donné deux fois",
    "Cannot declare": "ce titre est donné deux fois",
    "Duplicate inline": "ce nom est donné deux fois",
}
"""How the parser's sentence begins → what a French reader can mend."""


def _toml_fault(text: str, said: str) -> Fault:
    why = next(
        (ours for theirs, ours in _TOML_FAULTS.items() if said.startswith(theirs)), "l'écriture n'est pas permise"
    )
    found = re.search(r"at line (\d+)", said)
    line = int(found[1]) if found else text.count("\n") + 1
    return Fault("", f"le fichier n'est pas du TOML bien formé, ligne {line} : {why}", line)


def _place(raw: dict[str, Any], location: tuple[int | str, ...]) -> str:
    """``("regle", 3, "sinon")`` → ``règle « ge-rib »``: the part that a person can find; empty for the file's own keys."""
    words = {
        "regle": "règle",
        "critere": "critère",
        "thematique": "thématique",
        "parametres": "paramètre",
        "controle": "contrôle",
    }
    head = str(location[0]) if location else ""
    item = raw.get(head)
    if len(location) < 2:
        return words.get(head, head) if isinstance(item, dict) and head in ProgrammeFile.model_fields else ""
    index = location[1]
    if isinstance(item, list) and isinstance(index, int):
        entry = item[index] if isinstance(item[index], dict) else {}
        name = next(
            (str(entry[k]) for k in ("id", "code", "champ", "nom", "etape", "libelle") if k in entry), index + 1
        )
        return f"{words.get(head, head)} « {name} »"
    name = words.get(head, head)
    return f"{name} « {index} »" if head == "parametres" else name


_SENTENCES: Mapping[str, str] = {
    "extra_forbidden": "la clé « {key} » est inconnue",
    "missing": "la clé « {key} » manque",
    "string_type": "« {key} » attend un texte entre guillemets",
    "literal_error": "« {key} » ne peut pas valoir « {input} »",
    "string_pattern_mismatch": "« {input} » n'est pas un nom permis pour « {key} » (minuscules, chiffres, tirets)",
    "greater_than_equal": "« {key} » ne peut pas valoir {input}",
    "greater_than": "« {key} » ne peut pas valoir {input}",
    "too_short": "« {key} » ne peut pas être vide",
}


def _sentence(error: dict[str, Any]) -> str:
    key = next((str(part) for part in reversed(error["loc"]) if isinstance(part, str)), "")
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    pattern = _SENTENCES.get(error["type"], "« {key} » ne peut pas valoir « {input} »")
    return pattern.format(key=key, input=error["input"])

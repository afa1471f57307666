"""A zip that came from outside, unpacked in memory under limits that do not trust what it declares."""

import re
import zipfile
import zlib
from io import BytesIO

from clact_model.intake.limits import ARCHIVE_ENTRIES, UNPACKED_BYTES, FileRefusedError, damaged

_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


def unpack(content: bytes) -> dict[str, bytes]:
    """Every part that is XML, by name; the others are counted and left aside.

    Raises FileRefusedError for too many or too large parts, doubled or climbing names, encryption, document types.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_directory(entries)
            return _inflate(archive, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise damaged("son contenu compressé ne se lit pas") from error


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > ARCHIVE_ENTRIES:
        raise FileRefusedError(
            f"Le classeur est refusé : il contient {len(entries)} éléments, pour au plus {ARCHIVE_ENTRIES}. "
            "Copiez les données dans un classeur neuf."
        )
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names) or any(_climbs(name) for name in names):
        raise FileRefusedError(
            "Le classeur est refusé : des éléments y sont en double ou hors de leur dossier. Enregistrez-le à nouveau."
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefusedError("Le fichier est protégé par un mot de passe : enregistrez-le sans protection.")
    if any(entry.compress_type not in _READABLE for entry in entries):
        raise damaged("sa compression n'est pas celle d'un classeur")


def _climbs(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name


def _inflate(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    parts, left = {}, UNPACKED_BYTES
    for entry in entries:
        with archive.open(entry) as stream:
            # One byte more than allowed is enough to know; the declared size is never believed.
            part = stream.read(left + 1)
        left -= len(part)
        if left < 0:
            raise FileRefusedError(
                f"Le classeur est trop volumineux une fois décompressé (plus de {UNPACKED_BYTES // 1024**2} Mo) : "
                "copiez les seules données utiles dans un classeur neuf."
            )
        if entry.filename.endswith((".xml", ".rels")) or entry.filename == "mimetype":
            _check_xml(part)
            parts[entry.filename] = part
        elif entry.filename.endswith("/vbaProject.bin") or entry.filename.startswith(("Basic/", "Scripts/")):
            raise FileRefusedError(
                "Le classeur contient une macro : enregistrez-le au format .xlsx ou .ods, sans macro."
            )
        elif entry.filename == "xl/workbook.bin":
            raise FileRefusedError("Le classeur est au format binaire .xlsb : enregistrez-le au format .xlsx.")
    return parts


def _check_xml(part: bytes) -> None:
    if part.startswith(_UTF16) or _DECLARATION.search(part):
        raise FileRefusedError(
            "Le classeur est refusé : son contenu déclare des entités ou un type de document. Enregistrez-le à nouveau."
        )

"""A zip that came from outside, unpacked block by block under limits that do not trust what it declares."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from clact_model.reading.limits import ARCHIVE_ENTRIES, UNPACKED_BYTES, FileRefusedError, damaged

_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BLOCK = 1 << 20
_COMPRESSED_BLOCK = 1 << 16
_LOCAL_HEADER = 30
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LONGEST_DECLARATION = 10
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


class Archive:
    """The entries of a zip, by name.

    Raises FileRefusedError for too many entries, doubled or climbing names, encryption, an odd compression.
    """

    def __init__(self, content: bytes) -> None:
        self._content = memoryview(content)
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise _unreadable() from error
        _check_directory(entries)
        self._entries = {entry.filename: entry for entry in entries}
        self._unpacked: dict[str, int] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    @property
    def declared(self) -> int:
        """Bytes that the directory announces: at most what may be unpacked, and perhaps a lie."""
        return sum(entry.file_size for entry in self._entries.values())

    @property
    def unpacked(self) -> int:
        """Bytes unpacked so far, each entry once."""
        return sum(self._unpacked.values())

    def blocks(self, name: str) -> Iterator[bytes]:
        """The content of one entry, a megabyte at a time.

        Raises FileRefusedError when all that was unpacked is too much, when the entry is not what the directory
        declares, when it is XML with a document type or an entity.
        """
        entry, before = self._entries[name], self.unpacked - self._unpacked.get(name, 0)
        is_xml, tail, size, crc = name.endswith((".xml", ".rels")), b"", 0, 0
        try:
            for block in self._inflated(entry):
                size, crc = size + len(block), zlib.crc32(block, crc)
                self._unpacked[name] = size
                if before + size > UNPACKED_BYTES:
                    raise _too_large()
                if is_xml:
                    _check_xml(tail + block)
                    tail = block[-_LONGEST_DECLARATION:]
                yield block
        except zlib.error as error:
            raise _unreadable() from error
        # Sizes that lie would let another reader unpack something else than what was checked here.
        if size != entry.file_size or crc != entry.CRC:
            raise _unreadable()

    def read(self, name: str) -> bytes:
        """The whole of one entry, for those that are small."""
        return b"".join(self.blocks(name))

    def _inflated(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        header = entry.header_offset
        lengths = self._content[header + 26 : header + _LOCAL_HEADER]
        start = header + _LOCAL_HEADER + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
        data = self._content[start : start + entry.compress_size]
        if len(data) != entry.compress_size:
            raise _unreadable()
        if entry.compress_type == zipfile.ZIP_STORED:
            yield from (bytes(data[at : at + _BLOCK]) for at in range(0, len(data), _BLOCK))
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        for at in range(0, len(data), _COMPRESSED_BLOCK):
            left: bytes | memoryview = data[at : at + _COMPRESSED_BLOCK]
            while left and not inflater.eof:
                yield inflater.decompress(left, _BLOCK)
                left = inflater.unconsumed_tail
        yield inflater.flush()
        if not inflater.eof:
            raise _unreadable()


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
    if sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
        raise _too_large()
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefusedError("Le fichier est protégé par un mot de passe : enregistrez-le sans protection.")
    if any(entry.compress_type not in _READABLE for entry in entries):
        raise damaged("sa compression n'est pas celle d'un classeur")


def _climbs(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name


def _check_xml(block: bytes) -> None:
    # A mark of exclamation is rare in a workbook, and found many times as fast as what begins with a bracket.
    if block.startswith(_UTF16) or (b"!" in block and b"<!" in block and _DECLARATION.search(block)):
        raise FileRefusedError(
            "Le classeur est refusé : son contenu déclare des entités ou un type de document. Enregistrez-le à nouveau."
        )


def _too_large() -> FileRefusedError:
    return FileRefusedError(
        f"Le classeur est trop volumineux une fois décompressé (plus de {UNPACKED_BYTES // 1024**2} Mo) : "
        "copiez les seules données utiles dans un classeur neuf."
    )


def _unreadable() -> FileRefusedError:
    return damaged("son contenu compressé ne se lit pas")

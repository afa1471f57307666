"""What a file is, by its first bytes: a workbook, a text, or something that holds no table."""

from clact_model.reading.limits import FileRefusedError

_AS_XLSX = "enregistrez-le au format .xlsx, .ods ou .csv depuis Excel ou LibreOffice"
_WORKBOOK_NAMES = ("xlsx", "xlsm", "xls", "ods", "xlsb")
_WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
"""Marks of UTF-16 and UTF-32, in which a text holds null bytes."""
_BINARY = (
    ((b"\x1f\x8b",), "une archive compressée .gz : décompressez-la, puis importez le fichier qu'elle contient"),
    ((b"7z\xbc\xaf", b"Rar!"), "une archive compressée : décompressez-la, puis importez le classeur qu'elle contient"),
    (
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*"),
        f"une image : retrouvez le tableau d'origine, {_AS_XLSX}",
    ),
    ((b"PAR1", b"SQLite format 3"), f"une base de données : exportez-en la table, puis {_AS_XLSX}"),
)
"""First bytes → what the file is, and the remedy."""
_PAGE = (
    b"<!doctype",
    b"<html",
    b"<table",
    b"<head",
    b"<body",
    b"<?xml",
    b"<meta",
    b"<!--",
    b"<style",
    b"mime-version:",
)


def is_archive(content: bytes) -> bool:
    """True for what begins as a zip does: the workbooks of today."""
    return content.startswith(b"PK")


def refuse_what_is_no_table(content: bytes, extension: str) -> None:
    """Raises FileRefusedError for what is neither an archive nor the text of a table, whatever its name claims."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise FileRefusedError("Le fichier est vide : vérifiez l'export, puis recommencez.")
    _refuse_old_workbook(content)
    _refuse_other_formats(content)
    if b"\x00" in content and not content.startswith(_WIDE_TEXT):
        _refuse_binary(content)
    if extension in _WORKBOOK_NAMES:
        raise FileRefusedError(
            f"Le fichier n'est pas un classeur, malgré son nom en .{extension} : c'est du texte. "
            "Si c'est un tableau, renommez-le en .csv ; sinon, retrouvez le classeur d'origine."
        )


def _refuse_old_workbook(content: bytes) -> None:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise FileRefusedError("Le fichier est protégé par un mot de passe : enregistrez-le sans protection.")
        raise FileRefusedError(
            f"Le fichier est un ancien classeur .xls, ou un autre document Office ancien : {_AS_XLSX}."
        )


def _refuse_other_formats(content: bytes) -> None:
    for beginnings, what in _BINARY:
        if content.startswith(beginnings) and b"\x00" in content:
            raise FileRefusedError(f"Le fichier est {what}.")
    start = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf"):
        raise FileRefusedError(f"Le fichier est un PDF, pas un classeur : retrouvez le tableau d'origine, {_AS_XLSX}.")
    if b"application/vnd.oasis.opendocument.spreadsheet" in start and start.startswith(b"<?xml"):
        raise FileRefusedError(f"Le fichier est un classeur .fods, en un seul document XML : {_AS_XLSX}.")
    if start.startswith(_PAGE):
        raise FileRefusedError(f"Le fichier est une page web ou du XML, pas un classeur : ouvrez-le et {_AS_XLSX}.")
    if start.startswith(b"{\\rtf"):
        raise FileRefusedError(
            f"Le fichier est un texte mis en forme (RTF), pas un classeur : copiez le tableau dans un classeur, {_AS_XLSX}."
        )
    if start[:1] in (b"{", b"[") and start[1:].lstrip()[:1] in (b'"', b"{", b"[", b"}", b"]"):
        raise FileRefusedError(
            "Le fichier est au format JSON, qui n'est pas lu ici : demandez un export .xlsx, .ods ou .csv."
        )


def _refuse_binary(content: bytes) -> None:
    if content.count(b"\x00") * 100 > len(content):
        raise FileRefusedError(f"Le fichier n'est ni un classeur ni un texte : {_AS_XLSX}.")
    record = content[: content.index(b"\x00")].count(b"\n") + 1
    raise FileRefusedError(
        f"Le fichier contient des caractères nuls, dont le premier à la ligne {record} : il est abîmé ou n'est pas un texte. "
        "Exportez-le de nouveau, ou enregistrez-le au format « CSV UTF-8 ».",
        row=record,
    )

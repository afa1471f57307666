"""Which register a file is, by what it contains, and what it gives."""

from clact_model.intake.progress import Progress, silent
from clact_model.reading import FileRefusedError
from clact_model.references import ans, etalab, lists
from clact_model.references.extract import Extract
from clact_model.references.files import ReferenceFile

_MARK = b"\xef\xbb\xbf"


def read(file: ReferenceFile, progress: Progress = silent) -> Extract:
    """What the file gives. Raises FileRefusedError, one French sentence, for what is no register."""
    start = file.start.removeprefix(_MARK).lstrip()
    if not start:
        raise FileRefusedError("Le fichier est vide : téléchargez-le de nouveau.")
    if start.startswith(etalab.MARKS):
        if b"\n" + etalab.ENTITIES in start:
            raise FileRefusedError(
                "Cette extraction FINESS est celle des entités juridiques (cs1100501) : chargez celle des établissements (cs1100502)."
            )
        return etalab.read(file, progress)
    if start.startswith(b"{"):
        return ans.read(file, progress)
    return lists.read(file)

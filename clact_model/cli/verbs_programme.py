"""programmes --verifier: one programme file, checked before it is put with the others."""

from argparse import Namespace
from pathlib import Path

from clact_model.cli import as_json
from clact_model.errors import UsageError
from clact_model.programme import check_text


def verifier(arguments: Namespace) -> tuple[int, str]:
    """Whether the file can be used; status 1 when it cannot, each fault with its line where it is known."""
    path = Path(arguments.verifier)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"« {path} » n'est pas un texte UTF-8 lisible : vérifiez le nom et le codage.") from error
    checked = check_text(text, path.stem)
    faults = [{"ligne": f.line, "partie": f.place or None, "message": f"{f.what}."} for f in checked.faults]
    status = 0 if checked.programme else 1
    if arguments.json:
        return status, as_json.text({"fichier": path.name, "valable": checked.programme is not None, "fautes": faults})
    places = [
        ", ".join(filter(None, (path.name, f"ligne {f.line}" if f.line else "", f.place))) for f in checked.faults
    ]
    arguments.complain(f"{place} : {f.what}." for place, f in zip(places, checked.faults, strict=True))
    return status, f"{path.name} : {'bon à enregistrer' if checked.programme else 'refusé'}"

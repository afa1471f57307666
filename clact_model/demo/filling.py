"""The bases of the demonstration, filled by the ordinary functions; each step once, under an operation of its own."""

from clact_model import paths
from clact_model.demo.history import HISTORY, with_history
from clact_model.programme import load_all
from clact_model.store import Base


def fill(base: Base) -> None:
    """Fill whichever base of the demonstration this is."""
    if base.path.resolve() == paths.FOLLOWED_DEMO_BASE.resolve():
        ensure_followed(base)
    else:
        ensure(base)


def ensure(base: Base) -> None:
    """Import each workbook of the demonstration that the base lacks; leave alone a base with other dossiers.

    An import cut short is taken up again: each workbook is written whole, once, under an operation of its own.
    """
    imports = {row[0] for row in base.cursor().execute("SELECT DISTINCT importation FROM dossier").fetchall()}
    found = [*paths.DEMO_FOLDER.glob("*.xlsx"), *HISTORY.glob("*.xlsx")]
    workbooks = {f"demo-{path.stem}": path for path in sorted(found)}
    missing = workbooks.keys() - imports
    if imports - workbooks.keys() or not missing:
        return
    # Only the first start needs the import and what it loads (Arrow, the spreadsheet readers): not every one.
    from clact_model import intake

    programmes = with_history(load_all()).programmes
    for operation in sorted(missing):
        programme = programmes.get(workbooks[operation].stem)
        if programme is not None:
            report = intake.preview(base, programme, [intake.UploadedFile.from_path(workbooks[operation])])
            intake.write(base, programme, report, operation=operation)


def ensure_followed(base: Base) -> None:
    """The same dossiers, decided and followed."""
    ensure(base)

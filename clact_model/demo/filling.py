"""The bases of the demonstration, filled by the ordinary functions; each step once, under an operation of its own."""

from collections.abc import Sequence
from pathlib import Path

from clact_model import paths
from clact_model.demo.history import HISTORY, with_history
from clact_model.demo.moments import calls, committee
from clact_model.demo.steps import DECIDING, FOLLOW, IMPORT, operation, operations
from clact_model.programme import load_all
from clact_model.store import Base


def fill(base: Base) -> None:
    """Fill whichever base of the demonstration this is."""
    if base.path.resolve() == paths.FOLLOWED_DEMO_BASE.resolve():
        ensure_followed(base)
    else:
        ensure(base)


def ensure(base: Base) -> None:
    """The calls while they are instructed: their dossiers, and the earlier calls decided and followed.

    Only what the base lacks is written; a base with other dossiers is left alone. What was cut short is taken up again:
    each step is written whole, once.
    """
    _ensure(base, [path.stem for path in sorted(HISTORY.glob("*.toml"))], (*DECIDING, FOLLOW))


def ensure_followed(base: Base) -> None:
    """Every call decided and followed, in the same way."""
    _ensure(base, calls(), (*DECIDING, FOLLOW))


def ensure_received(base: Base) -> None:
    """The dossiers alone, of every call."""
    _ensure(base, (), ())


def ensure_decided(base: Base) -> None:
    """Every call decided, and nothing of what follows: what the follow-up is made on."""
    _ensure(base, calls(), DECIDING)


def _ensure(base: Base, decided: Sequence[str], steps: Sequence[str]) -> None:
    workbooks = _workbooks()
    wanted = {operation(IMPORT, name) for name in workbooks} | operations(decided, steps)
    done = _done(base)
    if wanted <= done or not _is_ours(base):
        return
    # Only the first start needs these, and what they load (Arrow, the spreadsheet readers): not every one.
    from clact_model import intake
    from clact_model.demo.deciding import decide
    from clact_model.demo.following import follow

    programmes = with_history(load_all()).programmes
    for name, path in workbooks.items():
        written = operation(IMPORT, name)
        if name in programmes and written not in done:
            report = intake.preview(base, programmes[name], [intake.UploadedFile.from_path(path)])
            intake.write(base, programmes[name], report, operation=written)
    for name in decided:
        if name in programmes and (settings := committee(programmes[name])):
            decide(base, programmes[name], settings, done)
            if FOLLOW in steps:
                follow(base, programmes[name], settings, done)


def _workbooks() -> dict[str, Path]:
    """Programme → its workbook."""
    return {path.stem: path for path in sorted([*paths.DEMO_FOLDER.glob("*.xlsx"), *HISTORY.glob("*.xlsx")])}


def _done(base: Base) -> set[str]:
    rows = base.cursor().execute("SELECT DISTINCT operation FROM journal").fetchall()
    return {name for (name,) in rows}


def _is_ours(base: Base) -> bool:
    """True when every dossier came with the demonstration."""
    imports = {name for (name,) in base.cursor().execute("SELECT DISTINCT importation FROM dossier").fetchall()}
    return imports <= {operation(IMPORT, name) for name in _workbooks()}

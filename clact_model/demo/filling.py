"""The bases of the demonstration, filled by the ordinary functions; each step once, under an operation of its own."""

from collections.abc import Sequence
from pathlib import Path

from clact_model import paths
from clact_model.demo.history import HISTORY, with_history
from clact_model.demo.moments import calls, committee, followed_day, gives_again
from clact_model.demo.steps import DECIDING, FOLLOW, GIVING_AGAIN, IMPORT, MEASURE, indicators_file, operation
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
    _ensure(base, calls(), (*DECIDING, FOLLOW, *GIVING_AGAIN, MEASURE))


def ensure_received(base: Base) -> None:
    """The dossiers alone, of every call."""
    _ensure(base, (), ())


def ensure_decided(base: Base) -> None:
    """Every call decided, and nothing of what follows: what the follow-up is made on."""
    _ensure(base, calls(), DECIDING)


def _ensure(base: Base, decided: Sequence[str], steps: Sequence[str]) -> None:
    workbooks = _workbooks()
    wanted = {operation(IMPORT, name) for name in workbooks}
    wanted |= {operation(step, name) for name in decided for step in steps if _plays(name, step)}
    done = _done(base)
    if wanted <= done or not _is_ours(base):
        return
    # Only the first start needs these, and what they load (Arrow, the spreadsheet readers): not every one.
    from clact_model import intake
    from clact_model.demo.deciding import decide
    from clact_model.demo.following import follow
    from clact_model.demo.giving_again import give_again
    from clact_model.demo.measuring import measure

    programmes = with_history(load_all()).programmes
    for name, path in workbooks.items():
        written = operation(IMPORT, name)
        if name in programmes and written not in done:
            report = intake.preview(base, programmes[name], [intake.UploadedFile.from_path(path)])
            intake.write(base, programmes[name], report, operation=written)
    for name in decided:
        programme = programmes.get(name)
        if programme is None or (settings := committee(programme)) is None:
            continue
        decide(base, programme, settings, done)
        if FOLLOW in steps:
            follow(base, programme, settings, done)
        if MEASURE in steps:
            give_again(base, programme, settings, done)
            measure(base, programme, followed_day(name) or settings.notified_on, done)


def _plays(name: str, step: str) -> bool:
    """Whether a call has that step."""
    if step in GIVING_AGAIN:
        return gives_again(name)
    return step != MEASURE or indicators_file(name).exists()


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

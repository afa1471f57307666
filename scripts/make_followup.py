"""Make the follow-up of the demonstration again: ``python -m scripts.make_followup [FOLDER]`` (default: data/demo/suivi).

The acts are told on a base that holds the demonstration decided, made for it and thrown away: after ``make_demo``.
"""

import csv
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from clact_model import demo, ledger
from clact_model.allocation.money import amount
from clact_model.demo.following import COLUMNS
from clact_model.demo.measuring import INDICATORS, YEARS, years_file
from clact_model.demo.steps import FOLLOWUP, indicators_file
from clact_model.programme import Programme, load_all
from clact_model.store import Base
from clact_model.tracking import Tranche, planned
from clact_model.tracking.desk import Desk
from scripts.demo import outcomes
from scripts.demo.followups import tell
from scripts.demo.stories import Row, Tale

SEED = 2026


def acts(base: Base, programme: Programme) -> list[Row]:
    """What happens to every grant of a call, told once; amounts in EUR."""
    rng = Random(f"{SEED} {programme.id}")
    return tell(programme.id, list(_tales(base, programme, rng)), rng)


def measures(base: Base, programme: Programme, told: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The indicators of the grants that are followed, and the yearly measures of funded and others."""
    until, rng = demo.followed_day(programme.id), Random(f"{SEED} {programme.id} mesures")
    assert until is not None
    signed = {row["numero"]: row["indicateurs"] for row in told if row["acte"] == "conventionner"}
    started = {row["numero"]: row["jour"] for row in told if row["acte"] == "demarrer"}
    applicants = base.cursor().execute(
        "SELECT numero, effectif_total, taux_absenteisme, taux_turnover, nb_at_mp FROM dossier WHERE programme = ? ORDER BY numero",
        [programme.id],
    ).fetchall()  # fmt: skip
    promised = outcomes.indicators(signed, started, programme.file.annee, until, rng)
    return promised, outcomes.yearly(applicants, set(signed), programme.file.annee, until, rng)


def _tales(base: Base, programme: Programme, rng: Random) -> Iterable[Tale]:
    cursor, committee = base.cursor(), demo.committee(programme)
    assert committee is not None
    until = demo.followed_day(programme.id)
    assert until is not None
    grants: dict[ledger.AccountKey, dict[int | None, Decimal]] = {}
    for movement in ledger.lines(cursor, programme.id):
        # What is given again later is not followed yet.
        if movement.nature == "octroi" and movement.jour == committee.notified_on:
            assert movement.montant is not None
            grants.setdefault(movement.account, {})[movement.ligne] = movement.montant
    said, indicators = _said_a_year_later(base, programme), _indicators(base, programme)
    desk = Desk(programme, committee.day, None, cursor)  # type: ignore[arg-type] - its shares need no book
    for (numero, poste), granted in grants.items():
        shares = desk.shares(numero, granted)

        def tranches(signed: date, shares: Any = shares) -> list[Tranche]:
            return planned(programme, shares, signed, committee.notified_on)

        yield Tale(
            rng=rng,
            numero=numero,
            granted=sum(granted.values(), amount(0)),
            notified=committee.notified_on,
            until=until,
            lignes=[share.ligne for share in shares if share.ligne is not None],
            tranches=tranches,
            indicateurs=indicators.get(numero, ""),
            said=said.get(numero, ""),
            poste=poste,
        )


def _said_a_year_later(base: Base, programme: Programme) -> Mapping[str, str]:
    """Dossier → what the same establishment says of it in the call of the year after."""
    rows = base.cursor().execute(
        """SELECT d.numero, any_value(n.clact_anterieur ORDER BY n.numero) FROM dossier d
           JOIN dossier n ON n.programme = ? AND (n.finess = d.finess OR n.siret = d.siret)
           WHERE d.programme = ? AND n.clact_anterieur <> 'aucun' GROUP BY d.numero""",
        [f"{programme.id[:-4]}{programme.file.annee + 1}", programme.id],
    ).fetchall()  # fmt: skip
    return dict(rows)


def _indicators(base: Base, programme: Programme) -> Mapping[str, str]:
    rows = base.cursor().execute(
        "SELECT numero, string_agg(DISTINCT indicateurs, ' ; ' ORDER BY indicateurs) FROM action WHERE programme = ? GROUP BY numero",
        [programme.id],
    ).fetchall()  # fmt: skip
    return {numero: text for numero, text in rows if text}


def write(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """One line a row, in the columns that the demonstration reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _text(row.get(name)) for name in columns} for row in rows)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def write_all(base: Base, folder: Path) -> None:
    """Write the files of every call, from a base where all are decided."""
    for programme in demo.with_history(load_all()).programmes.values():
        told = acts(base, programme)
        write(folder / f"{programme.id}.csv", COLUMNS, told)
        print(f"{programme.id} : {len(told)} actes")
        if programme.id in outcomes.MEASURED:
            promised, yearly = measures(base, programme, told)
            write(folder / indicators_file(programme.id).name, INDICATORS, promised)
            write(folder / years_file(programme.id).name, YEARS, yearly)
            print(f"{programme.id} : {len(promised)} indicateurs, {len(yearly)} mesures annuelles")


def main(folder: Path) -> None:
    """Decide the demonstration in a base of its own, and write what follows."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        base = Base(Path(scratch) / "decide.duckdb")
        demo.ensure_decided(base)
        write_all(base, folder)
        base.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLLOWUP)

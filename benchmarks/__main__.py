"""`python -m benchmarks [--rapide] [NAME…]`: prints the table; a goal that is not met is marked, and fails nothing."""

import argparse
import importlib
import sys
import traceback
from collections.abc import Iterator, Mapping

from benchmarks import table
from benchmarks.measuring import Line, MissingToolError

SUBJECTS: Mapping[str, str] = {
    "import": "importing",
    "refused": "refusing",
    "rules": "judging",
    "rank": "ranking",
    "lines": "preparing",
    "allocation": "sharing",
    "optimum": "solving",
    "draws": "drawing",
    "export": "exporting",
    "consumption": "consuming",
    "start": "starting",
    "memory": "memory",
    "slider": "moving",
    "balances": "following",
    "visit": "visiting",
}
"""Name on the command line → module."""


def main() -> int:
    """Measure the subjects asked for, all of them by default. 1 when one could not be measured at all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures the tool beside its baselines.")
    parser.add_argument("name", nargs="*", help=f"what to measure: {', '.join(SUBJECTS)} (default: everything)")
    parser.add_argument("--rapide", action="store_true", help="leave out the million dossiers")
    asked = parser.parse_args()
    if unknown := set(asked.name) - set(SUBJECTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    lines: list[Line] = []
    failed = False
    for name in asked.name or SUBJECTS:
        print(f"{name}…", file=sys.stderr, flush=True)
        try:
            lines += _measured(SUBJECTS[name], million=not asked.rapide)
        except MissingToolError as missing:
            print(f"{name}: not measured, {missing}", file=sys.stderr)
        except Exception:
            traceback.print_exc()
            failed = True
    print(table.formatted(lines))
    print(f"\nMedians of a few runs, baseline and ours in turn. {table.machine()}.")
    return int(failed)


def _measured(module: str, million: bool) -> Iterator[Line]:
    subject = importlib.import_module(f"benchmarks.{module}")
    yield from subject.lines()
    if million and hasattr(subject, "million_lines"):
        yield from subject.million_lines()


if __name__ == "__main__":
    sys.exit(main())

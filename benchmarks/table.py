"""The table that is printed, and the machine under it."""

import os
import platform
from collections.abc import Iterable

import duckdb

from benchmarks.measuring import Line

HEAD = ("What", "Baseline", "Ours", "Ratio", "Goal", "Met")


def machine() -> str:
    """What the figures were taken on. A load above the number of cores: others were at work too."""
    return (
        f"{os.cpu_count()} cores (load {os.getloadavg()[0]:.1f}), "
        f"Python {platform.python_version()}, DuckDB {duckdb.__version__}"
    )


def formatted(lines: Iterable[Line]) -> str:
    """A markdown table, its columns aligned."""
    rows = [HEAD, *map(_cells, lines)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEAD))]
    rule = tuple("-" * width for width in widths)
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in (HEAD, rule, *rows[1:])
    )


def _cells(line: Line) -> tuple[str, ...]:
    baseline = _figure(line.baseline, line) if line.baseline is not None else ""
    baseline += f" ({line.against})" if line.against else ""
    ratio = f"{line.judged:.2f}" if line.baseline is not None else ""
    return (line.what, baseline, _figure(line.ours, line), ratio, _goal(line), _met(line))


def _figure(value: float, line: Line) -> str:
    if line.unit == "MB":
        return f"{value:,.0f} MB"
    return f"{value * 1000:,.1f} ms" if value < 1 else f"{value:.2f} s"


def _goal(line: Line) -> str:
    if line.limit is None:
        return "reported"
    return f"≤ {line.limit:g}×" if line.baseline is not None else f"≤ {_figure(line.limit, line)}"


def _met(line: Line) -> str:
    return {None: "", True: "yes", False: "NO"}[line.met]

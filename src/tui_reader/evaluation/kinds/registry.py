"""Which kinds of evaluation data there are, and which of them a file is."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from tui_reader.evaluation.kinds.kind import Data, Kind
from tui_reader.evaluation.kinds.lines import read_lines

if TYPE_CHECKING:
    from pathlib import Path

    from tui_reader.evaluation.kinds.lines import Line

BUILT_IN = (
    "coverage",
    "assessments",
    "error_spans",
    "critical_errors",
    "perturbations",
    "word_links",
    "sentence_beads",
)
"""Modules of this package with a `KIND`."""


@cache
def kinds() -> tuple[Kind[Any, Any], ...]:
    """All kinds."""
    return tuple(import_module(f"tui_reader.evaluation.kinds.{name}").KIND for name in BUILT_IN)


def kind_of(line: Line) -> Kind[Any, Any]:
    """The kind whose keys a line has: of several the one that asks for most.

    Raises:
        InputError: no kind has such lines.
    """
    fitting = [kind for kind in kinds() if kind.keys <= line.values.keys()]
    if not fitting:
        known = "; ".join(f"{kind.name}: {', '.join(sorted(kind.keys))}" for kind in kinds())
        raise line.fault("no kind of evaluation data has these keys", f"write those of one kind ({known})")
    return max(fitting, key=lambda kind: len(kind.keys))


def read_data(path: Path) -> Data[Any, Any]:
    """A file of JSON lines, whose first line tells its kind.

    Raises:
        InputError: it cannot be read, is of no kind, or a line is not as its kind wants it.
    """
    lines = read_lines(path)
    kind = kind_of(lines[0])
    for line in lines:
        if missing := sorted(kind.keys - line.values.keys()):
            raise line.fault(
                f"it has no {missing[0]!r}", f"write {', '.join(sorted(kind.keys))} on every line of {kind.name}"
            )
    return Data(path, kind, kind.items(lines))

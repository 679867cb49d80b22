"""Compares an evaluation with an older one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tui_reader.errors import InputError
from tui_reader.evaluation.statistics import Counts, Difference, paired_bootstrap
from tui_reader.formats.decode import decode
from tui_reader.formats.input import Input

if TYPE_CHECKING:
    from pathlib import Path

    from tui_reader.evaluation.figures import Figures

FIGURES = ("precision", "recall", "f1")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since an older evaluation.

    Attributes:
        signature: of the older one.
        shared: documents that are in both, by which they are compared.
        left_out: documents that are in one only.
        differences: by rule and figure; None where a figure is not defined.
    """

    signature: str
    shared: int
    left_out: int
    differences: dict[str, dict[str, Difference | None]]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "signature": self.signature,
            "shared": self.shared,
            "left_out": self.left_out,
            "differences": {
                rule: {figure: found and found._asdict() for figure, found in part.items()}
                for rule, part in self.differences.items()
            },
        }


def read_evaluation(path: Path) -> dict[str, Any]:
    """An evaluation that was written with ``--format json``.

    Raises:
        InputError: it is none.
    """
    try:
        older: dict[str, Any] = json.loads(decode(Input.of(path).read(), str(path)))
        for group in older["groups"].values():
            for row in group.values():
                Counts(*map(int, row))
        older["signature"] = str(older["signature"])
    except (ValueError, ArithmeticError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(
            "this is no evaluation", path=path, cure="write one by tui-reader evaluate --format json --output FILE"
        ) from error
    return older


def compare(older: dict[str, Any], newer: Figures) -> Comparison:
    """The differences between two evaluations, on the documents that are in both.

    Args:
        older: of `read_evaluation`.
        newer: the figures of this run.
    """
    groups = {group.name: group.spans for group in newer.groups}
    shared = sorted(groups.keys() & older["groups"].keys())
    rules = next(iter(groups.values())) if groups else {}
    differences = {}
    for rule in rules:
        old = [Counts(*map(int, older["groups"][name].get(rule, (0, 0, 0, 0)))) for name in shared]
        new = [groups[name][rule] for name in shared]
        differences[rule] = {figure: paired_bootstrap(old, new, figure) for figure in FIGURES}
    return Comparison(older["signature"], len(shared), len(groups.keys() ^ older["groups"].keys()), differences)

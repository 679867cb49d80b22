"""How well two passes of annotation agree.

    python -m tui_reader.evaluation.agreement corpus/

One group wrote the texts and made both passes, so these figures are self-consistency: they say how clear the
guidelines are, not what strangers would annotate.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui_reader import formats
from tui_reader.evaluation.gold import read_gold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.evaluation.gold import GoldBead, Mark

FIRST, SECOND = "passes/first.jsonl", "passes/second.jsonl"
"""The two passes in a document's folder."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts of what two annotators marked, and of what they marked alike."""

    beads: tuple[int, int] = (0, 0)
    """Beads of the first and of the second."""
    same_beads: int = 0
    problems: tuple[int, int] = (0, 0)
    """Problems of the first and of the second; freedoms are not counted."""
    matched: int = 0
    """Problems of both whose spans share at least half of the longer one."""
    exact: int = 0
    """Of the matched ones, those with the same span."""
    same_type: int = 0
    same_severity: int = 0

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(
            (self.beads[0] + other.beads[0], self.beads[1] + other.beads[1]),
            self.same_beads + other.same_beads,
            (self.problems[0] + other.problems[0], self.problems[1] + other.problems[1]),
            self.matched + other.matched,
            self.exact + other.exact,
            self.same_type + other.same_type,
            self.same_severity + other.same_severity,
        )

    def __str__(self) -> str:
        return (
            f"{self.beads[0]} beads, F1 {_f1(self.same_beads, self.beads):.3f}; "
            f"{self.problems[0]} and {self.problems[1]} problems, F1 {_f1(self.matched, self.problems):.3f}, "
            f"exact {_f1(self.exact, self.problems):.3f}; of {self.matched} matched "
            f"{self.same_type} of the same type, {self.same_severity} of the same severity"
        )


def _f1(common: int, totals: tuple[int, int]) -> float:
    return 2 * common / sum(totals) if sum(totals) else 1.0


def agreement(first: Sequence[GoldBead], second: Sequence[GoldBead]) -> Agreement:
    """Compare two passes over the same document.

    Each problem is matched with at most one of the other pass, on the same side of the same source or translation.
    """
    places = [{(bead.source_id, bead.source_spans, bead.target_spans) for bead in beads} for beads in (first, second)]
    ours, theirs = (_problems(beads) for beads in (first, second))
    pairs = _matches(ours, theirs)
    return Agreement(
        (len(first), len(second)),
        len(places[0] & places[1]),
        (len(ours), len(theirs)),
        len(pairs),
        sum(a.span == b.span for a, b in pairs),
        sum(a.type is b.type for a, b in pairs),
        sum(a.severity is b.severity for a, b in pairs),
    )


def _problems(beads: Sequence[GoldBead]) -> list[tuple[str, Mark]]:
    return [(bead.source_id, mark) for bead in beads for mark in bead.problems]


def _matches(ours: list[tuple[str, Mark]], theirs: list[tuple[str, Mark]]) -> list[tuple[Mark, Mark]]:
    left = list(theirs)
    pairs = []
    for source_id, mark in ours:
        found = next((one for one in left if one[0] == source_id and _alike(mark, one[1])), None)
        if found:
            left.remove(found)
            pairs.append((mark, found[1]))
    return pairs


def _alike(a: Mark, b: Mark) -> bool:
    return a.side is b.side and 2 * a.span.shared(b.span) >= max(a.span.length, b.span.length)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the agreement of every document below a folder that has two passes, and of all of them together."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path)
    total = Agreement()
    for path in sorted(parser.parse_args(arguments).corpus.glob(f"*/{SECOND}")):
        folder = path.parents[1]
        document = formats.read(folder)
        found = agreement(read_gold(folder, document, FIRST), read_gold(folder, document, SECOND))
        sys.stdout.write(f"{folder.name}: {found}\n")
        total += found
    sys.stdout.write(f"together: {total}\n")


if __name__ == "__main__":
    main()

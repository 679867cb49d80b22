"""What scores faithful and unrelated pairs have.

    python tests/benchmarks/scores.py ../shared/bench/dev/coverage.jsonl

FILE has pairs in JSON lines (keys source, target, kind, origin). The first 300 intact pairs of origin ``pud``
are checked as they are, then each source with the translation of another. Prints quartiles and the scores that one in
twenty is below (faithful) or above (unrelated).
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import numpy as np

from tui_reader.checks.checker import Checker
from tui_reader.formats import read_pairs
from tui_reader.settings import CheckSettings

_PAIRS = 300


def _scores(pairs: list[tuple[str, str]]) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "pairs.jsonl")
        rows = ({"id": str(k), "source": one, "target": other} for k, (one, other) in enumerate(pairs))
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        reports = Checker(CheckSettings(cache="off")).check_all(read_pairs(path))
        return [report.score for report in reports if report.score is not None]


def main() -> None:
    """Print both distributions."""
    rows = map(json.loads, Path(sys.argv[1]).read_text(encoding="utf-8").splitlines())
    intact = [(row["source"], row["target"]) for row in rows if (row["kind"], row["origin"]) == ("intact", "pud")]
    chosen = intact[:_PAIRS]
    half = len(chosen) // 2
    unrelated = [(one, other) for (one, _), (_, other) in zip(chosen, chosen[half:] + chosen[:half], strict=True)]
    for name, pairs in (("faithful", chosen), ("unrelated", unrelated)):
        scores = _scores(pairs)
        places = " ".join(f"{share} %: {value:.1f}" for share, value in zip(
            (5, 25, 50, 75, 95), np.percentile(scores, (5, 25, 50, 75, 95)), strict=True
        ))  # fmt: skip
        sys.stdout.write(f"{name:10} {len(scores)} pairs  {places}\n")


if __name__ == "__main__":
    main()

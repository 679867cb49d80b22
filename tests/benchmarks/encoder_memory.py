"""Peak memory of encoders and alignment, each case in a process of its own: many sentences against few, a giant text.

python tests/benchmarks/encoder_memory.py [MANY]

MANY is 100,000 by default, which takes some minutes.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from tui_reader.alignment.sentences import align_vectors
from tui_reader.alignment.vectors import sentence_vectors
from tui_reader.encoders import load
from tui_reader.encoders.base import TextSum
from tui_reader.encoders.e5 import E5Encoder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tui_reader.encoders.base import Floats, Ints

FEW, MANY = 5_000, 100_000
GIANT = "The survey ship left Carrow Bay at dawn; 調査船は夜明けに湾を出た、"


def sentences(count: int) -> Iterator[str]:
    """Short ones, all different."""
    return (f"Ship {number} left at dawn." for number in range(count))


def drain(stream: Iterator[object]) -> None:
    """Take everything from a stream and keep nothing."""
    for _ in stream:
        pass


class Made:
    """Vectors by chance instead of a network: what is measured is what alignment keeps."""

    name, version, dimension = "made", "1", 512

    def iter_sums(self, texts: Iterable[str]) -> Iterator[TextSum]:
        """Texts of the same number are alike, whatever their language."""
        for text in texts:
            number = int(text.split()[1])
            own, shared = (np.random.default_rng(seed) for seed in ((number, len(text)), number))
            total = 20 * shared.standard_normal(self.dimension) + 8 * own.standard_normal(self.dimension)
            yield TextSum(total.astype(np.float32), 20)

    def pool(self, sums: Floats, counts: Ints | Floats) -> Floats:
        """Rows scaled to length 1."""
        del counts
        rows: Floats = (sums / np.linalg.norm(sums, axis=1, keepdims=True)).astype(np.float32)
        return rows


def aligned(count: int) -> None:
    """Two texts, one with a sentence in 29 left out."""
    encoder: Any = Made()
    source = list(sentences(count))
    target = [f"船 {number} は夜明けに出た。" for number in range(count) if number % 29]
    one, other = sentence_vectors(source, encoder), sentence_vectors(target, encoder)
    align_vectors(one, other, encoder)


# The first layer only: what e5 holds does not depend on how many layers it computes, the time does.
CASES: dict[str, Callable[[int], object]] = {
    "use, one by one": lambda count: drain(load("use").iter_encode(sentences(count))),
    "use, all rows at once": lambda count: load("use").encode(list(sentences(count))),
    "alignment's vectors": lambda count: sentence_vectors(list(sentences(count)), load("use")),
    "alignment, made vectors": aligned,
    "its vectors alone": lambda count: sentence_vectors(list(sentences(count)), cast("Any", Made())),
    "e5 tokens, one by one": lambda count: drain(E5Encoder((1,)).iter_tokens(sentences(count), pooled=False)),
}
TEXTS: dict[str, Callable[[int], object]] = {
    "use, encode": lambda count: load("use").encode([giant(count)]),
    "use, sum": lambda count: drain(load("use").iter_sums([giant(count)])),
    "use, contributions": lambda count: load("use").contributions([giant(count)]),
    "e5, tokens of one layer": lambda count: E5Encoder((1,)).tokens([giant(count)], pooled=False),
}


def giant(characters: int) -> str:
    """One text without a full stop."""
    return (GIANT * (characters // len(GIANT) + 1))[:characters]


def peak(case: str, count: int) -> float:
    """Megabytes that a process takes for one case."""
    command = [sys.executable, __file__, case, str(count)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Print peaks and their ratios."""
    if len(sys.argv) > 2:
        (CASES | TEXTS)[sys.argv[1]](int(sys.argv[2]))
        # Kilobytes, but bytes on macOS.
        unit = 2**20 if sys.platform == "darwin" else 2**10
        sys.stdout.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit))
        return
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    for case in CASES:
        few, all_ = peak(case, FEW), peak(case, many)
        sys.stdout.write(f"{case:24}{FEW:,} {few:.0f} MB, {many:,} {all_:.0f} MB, ×{all_ / few:.2f}\n")
    for case in TEXTS:
        short, long = peak(case, 100), peak(case, 100_000)
        sys.stdout.write(f"{case:24}100 characters {short:.0f} MB, 100,000 {long:.0f} MB\n")


if __name__ == "__main__":
    main()

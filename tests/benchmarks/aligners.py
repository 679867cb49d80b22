"""Our sentence aligner beside sentweave (Vecalign's method) and galechurch (Gale and Church's), on the same vectors.

    pip install sentweave galechurch
    python tests/benchmarks/aligners.py FILE.jsonl

A line of FILE has ``version`` (``plain`` or ``deleted``), ``source`` and ``target`` (sentences) and ``gold`` (beads).
The documents of a version are one long text; ten times over, each copy marked with its number, they are the text for
growth. Every sentence is encoded once (USE); what a joined group of sentences is like comes from the same sums for
whoever asks. Each run is a process of its own on one thread. Its time is processor time without the encoder's; its
memory is what the peak of the process grew by (Linux).
"""

from __future__ import annotations

import os

# Read by numpy's library when it is loaded.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import json
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from tui_reader.alignment.texts import Side, align_texts
from tui_reader.alignment.vectors import SentenceVectors, sentence_vectors
from tui_reader.encoders import load

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence

    from tui_reader.encoders.base import Floats, Ints, TextSum

    Beads: TypeAlias = list[tuple[tuple[int, ...], tuple[int, ...]]]

TIMES = 10
DELETIONS = (0.02, 0.05, 0.1, 0.3, 0.4)
"""Settings of sentweave that are tried beside its default of .2."""
ROUNDS = {1: 3, TIMES: 1}
"""How often a text so many times over is timed; the median is printed."""


class Long(NamedTuple):
    """A long text with its known beads."""

    sentences: tuple[list[str], list[str]]
    gold: Any
    vectors: tuple[SentenceVectors, SentenceVectors] | None = None


class Timed:
    """An encoder that counts the time that it takes."""

    def __init__(self) -> None:
        self._encoder = load("use", 1)
        self.dimension, self.seconds = self._encoder.dimension, 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoder, name)

    def iter_sums(self, texts: Iterable[str]) -> Generator[TextSum]:
        """As `AdditiveEncoder.iter_sums`."""
        start = time.process_time()
        sums = list(self._encoder.iter_sums(texts))
        self.seconds += time.process_time() - start
        yield from sums

    def pool(self, sums: Floats, counts: Ints | Floats) -> Floats:
        """As `AdditiveEncoder.pool`."""
        start = time.process_time()
        vectors: Floats = self._encoder.pool(sums, counts)
        self.seconds += time.process_time() - start
        return vectors


def ours(text: Long, encoder: Timed) -> Beads:
    """As `tui-reader align`, confidences, moves and clauses included."""
    assert text.vectors is not None
    source, target = (Side(texts.__getitem__, known) for texts, known in zip(text.sentences, text.vectors, strict=True))
    return [(bead.source, bead.target) for bead in align_texts(source, target, encoder)]


def gale_church(text: Long, encoder: Timed) -> Beads:
    """The package's ``align`` with the ratio of lengths that the two texts have, and as large a table as they need."""
    import galechurch  # noqa: PLC0415 - not installed where only the others run

    sizes = [sum(map(len, side)) for side in text.sentences]
    found = galechurch.align(*text.sentences, mean_xy=sizes[1] / sizes[0], max_block_size=10**9)
    return [
        (tuple(range(bead.source_start, bead.source_end)), tuple(range(bead.target_start, bead.target_end)))
        for bead in found.beads
    ]


def sentweave(text: Long, encoder: Timed, deletion: float = 0.2) -> Beads:
    """The package's ``align``, asking for vectors of joined sentences by their numbers."""
    from sentweave import align  # noqa: PLC0415 - as above

    assert text.vectors is not None
    both = text.vectors
    numbers = [[f"{side}/{k}" for k in range(len(vectors))] for side, vectors in enumerate(both)]

    def encode(groups: Sequence[str]) -> Floats:
        start = time.process_time()
        sums = np.zeros((len(groups), encoder.dimension), np.float32)
        counts = np.ones(len(groups), np.float32)
        for row, group in enumerate(groups):
            if "/" in group:
                first, last = group.split()[0], group.split()[-1]
                one, side = both[int(first[0])], slice(int(first[2:]), int(last[2:]) + 1)
                sums[row], counts[row] = one.sums[side].sum(axis=0), one.counts[side].sum()
        encoder.seconds += time.process_time() - start
        return encoder.pool(sums, counts)

    found = align(*numbers, encode, del_percentile_frac=deletion)
    return [(tuple(map(int, bead.src_indices)), tuple(map(int, bead.tgt_indices))) for bead in found.alignments]


ALIGNERS: dict[str, Callable[..., Beads]] = {"ours": ours, "sentweave": sentweave, "galechurch": gale_church}


class Figures(NamedTuple):
    """Of one run; shares from 0 to 1."""

    strict_f1: float
    unmatched_precision: float
    unmatched_recall: float
    seconds: float
    megabytes: float


def judged(gold: Any, said: Beads) -> tuple[float, float, float]:
    """Strict F1 of beads with both sides, precision and recall of sentences said to have no counterpart."""
    wanted = [(tuple(one), tuple(other)) for one, other in gold]
    pairs = [{bead for bead in beads if all(bead)} for beads in (wanted, said)]
    alone = [
        {(side, k) for bead in beads if not all(bead) for side in (0, 1) for k in bead[side]}
        for beads in (wanted, said)
    ]
    both = len(alone[0] & alone[1])
    return (
        2 * len(pairs[0] & pairs[1]) / (len(pairs[0]) + len(pairs[1])),
        both / len(alone[1]) if alone[1] else 1.0,
        both / len(alone[0]) if alone[0] else 1.0,
    )


def memory(what: str) -> float:
    """Of this process in MB: ``VmRSS``, what it has, or ``VmHWM``, the most that it has had since `forget_peak`."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) / 1024


def forget_peak() -> None:
    """Count the most memory from now on."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def run_here(name: str, path: str, settings: Sequence[str]) -> None:
    """Align one text and print the figures for the process that asked."""
    text: Long = pickle.loads(Path(path).read_bytes())
    encoder = Timed()
    warm = Long(([], []), [], tuple(side.part(0, 8) for side in text.vectors or ()))  # type: ignore[arg-type]
    # Libraries are loaded and compiled before the clock starts.
    ALIGNERS[name](warm._replace(sentences=(text.sentences[0][:8], text.sentences[1][:8])), encoder)
    forget_peak()
    before, encoder.seconds = memory("VmRSS"), 0.0
    start = time.process_time()
    said = ALIGNERS[name](text, encoder, *map(float, settings))
    seconds = time.process_time() - start - encoder.seconds
    grown = memory("VmHWM") - before
    sys.stdout.write(json.dumps(Figures(*judged(text.gold, said), seconds, grown)))


def run(name: str, path: Path, *settings: float, rounds: int = 1) -> Figures:
    """The figures of one aligner on one text, the median of the times."""
    command = [sys.executable, __file__, "--run", name, str(path), *map(str, settings)]
    outputs = [subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(rounds)]
    figures = [Figures(*json.loads(output)) for output in outputs]
    return figures[0]._replace(seconds=statistics.median(each.seconds for each in figures))


def joined(rows: Sequence[dict[str, Any]], times: int = 1) -> Long:
    """Documents as one text, so many times over."""
    source: list[str] = []
    target: list[str] = []
    gold = []
    for copy in range(times):
        mark = f" ({copy})" if copy else ""
        for row in rows:
            gold += [([i + len(source) for i in one], [j + len(target) for j in other]) for one, other in row["gold"]]
            source += [sentence + mark for sentence in row["source"]]
            target += [sentence + mark for sentence in row["target"]]
    return Long((source, target), gold)


def say(name: str, figures: Figures) -> None:
    """One line of the table."""
    f1, precision, recall, seconds, megabytes = figures
    quality = f"strict F1 {f1:.3f}  unmatched P {precision:.3f} R {recall:.3f}"
    sys.stdout.write(f"{name:45} {quality}  {seconds:6.2f} s  {megabytes:5.0f} MB\n")
    sys.stdout.flush()


def main(path: Path) -> None:
    """Print all figures."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    plain, deleted = ([row for row in rows if row["version"] == version] for version in ("plain", "deleted"))
    texts = {"plain": joined(plain), "deleted": joined(deleted), f"plain x{TIMES}": joined(plain, TIMES)}
    encoder = load("use", 1)
    with tempfile.TemporaryDirectory() as folder:
        seconds: dict[tuple[str, str], float] = {}
        for kind, text in texts.items():
            one, other = (sentence_vectors(side, encoder) for side in text.sentences)
            file = Path(folder) / kind
            # Sums of a long text lie in a file that belongs to this process.
            held = [SentenceVectors(np.asarray(side.sums[:]), side.counts, side.ends) for side in (one, other)]
            file.write_bytes(pickle.dumps(text._replace(vectors=(held[0], held[1]))))
            for name in ALIGNERS:
                figures = run(name, file, rounds=ROUNDS[TIMES if kind.endswith(f"x{TIMES}") else 1])
                seconds[name, kind] = figures.seconds
                say(f"{kind}, {len(text.sentences[0])} lines: {name}", figures)
            if kind == "deleted":
                for deletion in DELETIONS:
                    say(f"{kind}: sentweave, del_percentile_frac {deletion}", run("sentweave", file, deletion))
        for name in ALIGNERS:
            ratio = seconds[name, f"plain x{TIMES}"] / max(seconds[name, "plain"], 1e-9)
            sys.stdout.write(f"{name}: {TIMES} times the lines take {ratio:.1f} times as long\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run_here(sys.argv[2], sys.argv[3], sys.argv[4:])
    else:
        main(Path(sys.argv[1]))

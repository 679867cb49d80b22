"""How well and how fast passages are found.

    python tests/benchmarks/passages.py                       # the bundled documents, and growth with length
    python tests/benchmarks/passages.py FILE.jsonl            # documents with known beads, one a line

A line of FILE has ``id``, ``source`` and ``target`` (sentences) and ``gold`` (beads), and may have ``version``, of
which only ``plain`` is taken. Articles are made of the documents (tests/alignment/article_generator.py), so it is known
which of their sentences are quoted. Times are CPU seconds of this process without encoding.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "alignment"))

import article_generator as generator

from tui_reader.alignment.document import align_document
from tui_reader.alignment.passages import find_runs
from tui_reader.alignment.places import TextSentences
from tui_reader.alignment.vectors import SentenceVectors, sentence_vectors
from tui_reader.encoders import load


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def read(path: Path) -> list[generator.Quotable]:
    """The documents of a file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        generator.Quotable(
            row["id"],
            tuple(row["source"]),
            tuple(row["target"]),
            tuple((tuple(one), tuple(other)) for one, other in row["gold"]),
        )
        for row in rows
        if row.get("version", "plain") == "plain"
    ]


def linking(name: str, pool: list[generator.Quotable]) -> None:
    """Print precision and recall of linking for each kind of article."""
    encoder, total = load("use"), generator.Linking()
    for kind in generator.KINDS:
        found = generator.Linking()
        for article in generator.articles(pool, kind):
            found += generator.linking(article, align_document(article.document, encoder))
        figures = f"P {found.precision:.3f}  R {found.recall:.3f}  ({found.wanted} sentences)"
        _say(f"{name}  {kind:13} {figures}")
        total += found
    _say(f"{name}  {'all':13} P {total.precision:.3f}  R {total.recall:.3f}  ({total.wanted} sentences)")


def growth(pool: list[generator.Quotable]) -> None:
    """Print the time for 1,000 and 10,000 sentences a side: documents over and over, each copy a little different."""
    encoder = load("use")
    sides = [
        sentence_vectors([s for one in pool for s in getattr(one, side)], encoder) for side in ("source", "target")
    ]
    seconds = []
    for size in (1_000, 10_000):
        source, target = (_long(side, size) for side in sides)
        blocks = [k // 4 for k in range(size)]
        text = TextSentences(target, blocks, sentence_vectors([], encoder), [])
        start = time.process_time()
        runs = find_runs([source], text, encoder)
        seconds.append(time.process_time() - start)
        _say(f"{size:6} sentences a side  {seconds[-1]:6.2f} s  {len(runs)} passages")
    _say(f"growth {seconds[1] / seconds[0]:.1f}")


def _long(sentences: SentenceVectors, size: int) -> SentenceVectors:
    """So many sentences: these over and over, those of one copy turned the same way in space."""
    chance = np.random.default_rng(0)
    places = np.arange(size)
    copies, rows = np.divmod(places, min(len(sentences), 400))
    scale = np.linalg.norm(sentences.sums, axis=1).mean() * 0.4 / sentences.sums.shape[1] ** 0.5
    turns = chance.normal(size=(copies.max() + 1, sentences.sums.shape[1])) * scale
    return SentenceVectors((sentences.sums[rows] + turns[copies]).astype(np.float32), sentences.counts[rows])


def main() -> None:
    """Print all figures."""
    bundled = generator.bundled()
    if len(sys.argv) > 1:
        linking("given  ", read(Path(sys.argv[1])))
    else:
        linking("bundled", bundled)
        growth(bundled)


if __name__ == "__main__":
    main()

"""What ten times the text costs each function of `text/`: about ten, a hundred if it were quadratic.

python tests/benchmarks/linear_text.py
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from tui_reader.text import sentences, words
from tui_reader.text.blocks import plain_blocks
from tui_reader.text.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Callable

# Pieces that made a first version slow, or would make a careless one.
KANA, LATIN = ("灯台の光、", "「", "。", "か\u3099"), ("lamp post ", "a", "-", "1", " ", "a/")
CASES: dict[str, tuple[Callable[[str], object], tuple[str, ...]]] = {
    "blocks": (plain_blocks, ("- a\n", "the sea\n", "海\n\n", ":\n", " ", "> x\n", "a" * 60 + "\n")),
    "wrap": (
        lambda text: wrap(text, 40),
        ("灯台の光、", "lamp post ", "「", "。", "a", "-", "1", " ", "か\u3099", "a/"),
    ),
    "sentences, ja": (lambda text: sentences.split(text, "ja"), ("「あ。", "あ。」", "a-a@", "あ! ")),
    "sentences, en": (lambda text: sentences.split(text, "en"), ("(a. ", "Mr. ", "a! b ")),
    "words, en": (lambda text: words.split(text, "en"), ("a-", "a.", "'", "1,", "a'")),
}
SHORT, LONG, TRIES = 2_000, 20_000, 5


def seconds(work: Callable[[str], object], text: str) -> float:
    """The shortest of a few runs."""
    times = []
    for _ in range(TRIES):
        start = time.perf_counter()
        work(text)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print the worst ratio of each function."""
    for name, (work, pieces) in CASES.items():
        ratios = {piece: seconds(work, piece * LONG) / max(seconds(work, piece * SHORT), 1e-4) for piece in pieces}
        worst = max(ratios, key=lambda piece: ratios[piece])
        sys.stdout.write(f"{name:16}×{ratios[worst]:5.1f} at worst, repeating {worst!r}\n")


if __name__ == "__main__":
    main()

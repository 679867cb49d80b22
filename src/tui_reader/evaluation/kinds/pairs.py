"""Pairs of texts, and what the checker says of each: a score and how probably its words are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from tui_reader.checks.checker import Checker
from tui_reader.model import Document, Passage, Side, Source, Span, Text
from tui_reader.text.blocks import plain_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from tui_reader.evaluation.kinds.kind import Setup
    from tui_reader.evaluation.kinds.lines import Line
    from tui_reader.model import Report


class Pair(NamedTuple):
    """A text and its translation."""

    name: str
    source: str
    target: str
    source_language: str
    target_language: str

    @staticmethod
    def of(line: Line, target: str = "target", languages: tuple[str, str] = ("en", "ja")) -> Pair:
        """The pair of a line.

        Args:
            line: has ``source`` and the target, and may have ``source_lang`` and ``target_lang``.
            target: key of the target.
            languages: of the two where the line does not say.
        """
        one, other = languages
        texts = line.text("source"), line.text(target)
        return Pair(line.name, *texts, line.text("source_lang", one), line.text("target_lang", other))

    def text(self, side: Side) -> str:
        """One of the two."""
        return self.source if side is Side.SOURCE else self.target

    def document(self) -> Document:
        """The pair as a document of its own."""
        source = Text(self.source, self.source_language, plain_blocks(self.source))
        target = Text(self.target, self.target_language, plain_blocks(self.target))
        whole = Passage(self.name, self.name, Span(0, len(source)), Span(0, len(target)), marked=True)
        return Document(self.name, target, (Source(self.name, source),), marked=(whole,), is_pairs=True)


class Checked(NamedTuple):
    """What the checker says of a pair."""

    score: float
    losses: Mapping[Side, NDArray[np.float64]]
    """For each character of a side the probability that the other lacks its word, 0 in no word."""


class WithPair(Protocol):
    """Something that people said of a pair."""

    @property
    def pair(self) -> Pair:
        """The pair."""


def checked(items: Sequence[WithPair], setup: Setup) -> Iterator[Checked]:
    """The pair of every item checked, each for itself, in order."""
    for report in Checker(setup.settings).check_all(item.pair.document() for item in items):
        # Nothing corresponds where there is nothing.
        yield Checked(report.score or 0.0, losses(report))


def losses(report: Report) -> dict[Side, NDArray[np.float64]]:
    """Word losses of the report on a pair, by character; see `Checked.losses`."""
    texts = {Side.SOURCE: report.document.sources[0].text, Side.TARGET: report.document.text}
    painted = {side: np.zeros(len(text)) for side, text in texts.items()}
    for bead in report.beads:
        for side, words in ((Side.SOURCE, bead.source_losses), (Side.TARGET, bead.target_losses)):
            for word in words:
                painted[side][word.start : word.end] = word.probability
    return painted

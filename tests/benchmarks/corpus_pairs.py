"""Sentence pairs of the bundled corpus with which nothing is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui_reader.corpus import documents
from tui_reader.evaluation.gold import MarkType, read_gold
from tui_reader.formats import read

if TYPE_CHECKING:
    from collections.abc import Iterator


class Pair(NamedTuple):
    """A sentence and its Japanese translation."""

    id: str
    source: str
    target: str


def clean_pairs() -> Iterator[Pair]:
    """One English sentence against one Japanese sentence, without a mark that says that something is wrong."""
    for folder in documents():
        document = read(folder)
        for number, bead in enumerate(read_gold(folder, document)):
            wrong = any(mark.type is not MarkType.FREEDOM for mark in bead.marks)
            if wrong or len(bead.source_spans) != 1 or len(bead.target_spans) != 1 or document.text.language != "ja":
                continue
            source = document.source(bead.source_id).text.content
            yield Pair(
                f"{document.id}-{number}",
                " ".join(bead.source_spans[0].of(source).split()),
                bead.target_spans[0].of(document.text.content).replace("\n", ""),
            )

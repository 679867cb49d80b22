"""Tokenised pairs with word links made by hand.

A line has ``source`` and ``target`` (words separated by single spaces) and ``links`` (``0-0 1-2``: source word, target
word). It may have ``null_source``, the numbers of annotated source words without a counterpart: then the other words
without links were not annotated, and a link between two such words counts neither way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tui_reader.alignment.words import Tokenized, link_pairs
from tui_reader.encoders import choose
from tui_reader.evaluation.kinds.kind import Kind
from tui_reader.evaluation.kinds.pairs import Pair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.evaluation.kinds.kind import Setup, Table
    from tui_reader.evaluation.kinds.lines import Line

Links: TypeAlias = frozenset[tuple[int, int]]
_LINK = re.compile("([0-9]{1,9})-([0-9]{1,9})")


class Linked(NamedTuple):
    """A pair with its links."""

    source: Tokenized
    target: Tokenized
    gold: Links
    annotated: frozenset[int] | None
    """Source words known to have no counterpart; None where every word was annotated."""


def items(lines: Sequence[Line]) -> list[Linked]:
    """The pairs with what people linked."""
    return [_linked(line) for line in lines]


def _linked(line: Line) -> Linked:
    pair = Pair.of(line)
    source = Tokenized(pair.source.split(" "), pair.source_language)
    target = Tokenized(pair.target.split(" "), pair.target_language)
    written = line.text("links").split()
    matches = [_LINK.fullmatch(link) for link in written]
    links = frozenset((int(match[1]), int(match[2])) for match in matches if match)
    if None in matches or any(i >= len(source.words) or j >= len(target.words) for i, j in links):
        raise line.wrong("links", line.values["links"], "write numbers of words from 0, such as 0-0 1-2")
    return Linked(source, target, links, _unlinked(line, len(source.words)))


def _unlinked(line: Line, words: int) -> frozenset[int] | None:
    if "null_source" not in line.values:
        return None
    numbers = line.listed("null_source", line.values["null_source"])
    if not all(isinstance(number, int) and 0 <= number < words for number in numbers):
        raise line.wrong("null_source", numbers, "write numbers of source words from 0")
    return frozenset(numbers)


def answers(some: Sequence[Linked], setup: Setup) -> Iterator[Links]:
    """The links that the aligner finds."""
    encoders = choose(setup.settings.encoder, setup.settings.threads)
    for links in link_pairs(((one.source, one.target) for one in some), encoders):
        yield frozenset((link.source, link.target) for link in links)


def figures(some: Sequence[Linked], said: Sequence[Links]) -> Table:
    """Precision, recall and alignment error rate (Och & Ney 2003; all links are sure)."""
    counted = [_counted(one, links) for one, links in zip(some, said, strict=True)]
    both = sum(len(one.gold & links) for one, links in zip(some, counted, strict=True))
    found, wanted = sum(map(len, counted)), sum(len(one.gold) for one in some)
    return {
        "links": {
            "P": both / found if found else None,
            "R": both / wanted if wanted else None,
            "AER": 1 - 2 * both / (found + wanted) if found + wanted else None,
            "n": len(some),
        }
    }


def _counted(one: Linked, links: Links) -> Links:
    if one.annotated is None:
        return links
    rows, columns = {i for i, _ in one.gold} | one.annotated, {j for _, j in one.gold}
    return frozenset((i, j) for i, j in links if i in rows or j in columns)


KIND = Kind(
    name="word links",
    title="Word links",
    keys=frozenset({"source", "target", "links"}),
    unit="pairs linked",
    items=items,
    answers=answers,
    figures=figures,
)

"""What the parameters are fitted on: pairs of sentences, intact and with damage whose place is known."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui_reader.alignment.words import link_tables
from tui_reader.checks.coverage.measure import meaningful_words
from tui_reader.evaluation.damage import Linked, delete_phrase, insert_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tui_reader.encoders.base import AdditiveEncoder
    from tui_reader.model import Span

_LONGEST = 400
"""Characters of the longest source that is used."""
_NEIGHBOURHOOD = 5
"""How far away in its document the sentence may stand that gives a phrase."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A pair, intact or damaged, and what one of its sides has that the other lacks."""

    pair: int
    english: str
    japanese: str
    side: str | None = None
    """Language of the side that holds `span`; None for an intact pair, which teaches both sides."""
    span: Span | None = None
    deleted: bool = False
    """The span is left alone by a deletion on the other side: function words beside it may belong to it or not."""
    languages: tuple[str, str] = ("en", "ja")
    """Of both texts; the pairs that parameters are fitted on are English and Japanese."""

    @property
    def texts(self) -> tuple[str, str]:
        """Both texts in the order of `languages`."""
        return self.english, self.japanese


def read_pairs(path: Path) -> list[dict[str, str]]:
    """Rows of a TSV file with a header line, escapes undone."""
    lines = path.read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    return [dict(zip(header, map(_unescaped, line.split("\t")), strict=True)) for line in lines[1:]]


def _unescaped(cell: str) -> str:
    for escape, character in (("\\t", "\t"), ("\\n", "\n"), ("\\r", "\r"), ("\\\\", "\\")):
        cell = cell.replace(escape, character)
    return cell


def samples(pairs: Sequence[dict[str, str]], encoder: AdditiveEncoder, seed: int = 1) -> Iterator[Sample]:
    """Each pair intact, with a phrase too much on either side, and with a phrase taken from either side."""
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    short = [k for k, pair in enumerate(pairs) if len(pair["source"]) <= _LONGEST]
    yield from (Sample(k, pairs[k]["source"], pairs[k]["target"]) for k in short)
    yield from _insertions(pairs, short, chance)
    yield from _deletions(pairs, short, encoder, chance)


def _insertions(pairs: Sequence[dict[str, str]], chosen: Sequence[int], chance: random.Random) -> Iterator[Sample]:
    by_document: dict[str, list[int]] = defaultdict(list)
    for k, pair in enumerate(pairs):
        by_document[pair["document"]].append(k)
    for k in chosen:
        english, japanese = pairs[k]["source"], pairs[k]["target"]
        near = [j for j in by_document[pairs[k]["document"]] if j != k and abs(j - k) <= _NEIGHBOURHOOD]
        donor = pairs[chance.choice(near)] if near else chance.choice(pairs)
        if made := insert_phrase(english, donor["source"], "en", chance):
            yield Sample(k, made.text, japanese, "en", made.span)
        if made := insert_phrase(japanese, donor["target"], "ja", chance):
            yield Sample(k, english, made.text, "ja", made.span)


def _deletions(
    pairs: Sequence[dict[str, str]], chosen: Sequence[int], encoder: AdditiveEncoder, chance: random.Random
) -> Iterator[Sample]:
    texts = [(pairs[k]["source"], pairs[k]["target"]) for k in chosen]
    tokens = [(meaningful_words(one, "en"), meaningful_words(other, "ja")) for one, other in texts]
    surfaces = [
        ([w.span.of(one) for w in ours], [w.span.of(other) for w in theirs])
        for (one, other), (ours, theirs) in zip(texts, tokens, strict=True)
    ]
    tables = link_tables(surfaces, encoder)
    for k, (one, other), (ours, theirs), links in zip(chosen, texts, tokens, tables, strict=True):
        if made := delete_phrase(Linked(other, theirs, ours, links.T, "ja"), chance):
            yield Sample(k, one, made.text, "en", made.counterpart, deleted=True)
        if made := delete_phrase(Linked(one, ours, theirs, links, "en"), chance):
            yield Sample(k, made.text, other, "ja", made.counterpart, deleted=True)

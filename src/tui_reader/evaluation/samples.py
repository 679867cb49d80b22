"""What the parameters are fitted on: pairs of sentences, intact and with damage whose place is known."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tui_reader.alignment.words import link_tables
from tui_reader.checks.coverage.measure import meaningful_words
from tui_reader.evaluation.damage import Linked, delete_phrase, insert_phrase
from tui_reader.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from tui_reader.encoders.base import AdditiveEncoder

_LONGEST = 400
"""Characters of the longest source that is used."""
_NEIGHBOURHOOD = 5
"""How far away in its document the sentence may stand that gives a phrase."""
_ENGLISH, _JAPANESE = (True, False), (False, True)
_SEEDS = (1, 2, 3)
"""Damage is drawn so many times."""
FROM_JAPANESE = "from-japanese"
"""Name of the folder of the files whose pairs were Japanese first."""
CALIBRATION = "calibration"
"""Name of the folder of the files that say how sure findings are, and teach nothing else."""
_MARK = re.compile("([⟦⟧])")


@dataclass(frozen=True, slots=True)
class Sample:
    """A pair, intact or with a loss, and what either side has that the other lacks."""

    pair: int
    english: str
    japanese: str
    lost: tuple[tuple[Span, ...], tuple[Span, ...]] = ((), ())
    """In each text the passages that the other lacks."""
    teaches: tuple[bool, bool] = (True, True)
    """Whether what is known of a side's words is all of it."""
    deleted: bool = False
    """The loss is left alone by a deletion on the other side: function words beside it may belong to it or not."""
    annotated: bool = False
    """Whether people, not damage, say what is lost."""
    languages: tuple[str, str] = ("en", "ja")
    """Of both texts; the pairs that parameters are fitted on are English and Japanese."""
    document: str = ""
    """The file of annotated pairs that it comes from, below the names of its folders."""

    @property
    def texts(self) -> tuple[str, str]:
        """Both texts in the order of `languages`."""
        return self.english, self.japanese

    @property
    def from_japanese(self) -> bool:
        """Whether the English translates the Japanese; elsewhere it is taken to be the source."""
        return f"/{FROM_JAPANESE}/" in f"/{self.document}"

    @property
    def calibrates(self) -> bool:
        """Whether it says how sure findings are, and teaches nothing else."""
        return self.document.startswith(f"{CALIBRATION}/")

    @property
    def intact(self) -> bool:
        """Whether neither side lacks anything."""
        return not any(self.lost)


def read_pairs(path: Path) -> list[dict[str, str]]:
    """Rows of a TSV file with a header line, escapes undone."""
    lines = path.read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    return [dict(zip(header, map(_unescaped, line.split("\t")), strict=True)) for line in lines[1:]]


def _unescaped(cell: str) -> str:
    for escape, character in (("\\t", "\t"), ("\\n", "\n"), ("\\r", "\r"), ("\\\\", "\\")):
        cell = cell.replace(escape, character)
    return cell


def samples(
    pairs: Sequence[dict[str, str]], encoder: AdditiveEncoder, seeds: Sequence[int] = _SEEDS
) -> Iterator[Sample]:
    """Each pair intact, with a phrase too much on either side, and with a phrase taken from either side.

    Args:
        pairs: rows with source, target and document.
        encoder: finds the counterparts of what is taken out.
        seeds: damage is drawn once for each of them; what has been drawn before is left out.
    """
    short = [k for k, pair in enumerate(pairs) if len(pair["source"]) <= _LONGEST]
    yield from (Sample(k, pairs[k]["source"], pairs[k]["target"]) for k in short)
    linked = _linked(pairs, short, encoder)
    yield from _drawn(seeds, lambda chance: (*_insertions(pairs, short, chance), *_deletions(linked, chance)))


def marked_files(marked: Path) -> list[Path]:
    """The files of annotated pairs of a folder, those that only calibrate behind all that teach."""
    patterns = ("*.tsv", f"{FROM_JAPANESE}/*.tsv", f"{CALIBRATION}/**/*.tsv")
    return [path for pattern in patterns for path in sorted(marked.glob(pattern))]


def read_marked(path: Path, marked: Path, first: int = 0) -> Iterator[Sample]:
    """Pairs of a TSV file in which ⟦…⟧ stands around what the other side lacks.

    Args:
        path: a file with the columns id, source (English) and target (Japanese).
        marked: folder of all annotated pairs; those below it say what kind of pairs a file holds.
        first: number of the first pair.
    """
    document = path.relative_to(marked).with_suffix("").as_posix()
    for k, row in enumerate(read_pairs(path), first):
        (english, lost), (japanese, added) = _unmarked(row["source"]), _unmarked(row["target"])
        yield Sample(k, english, japanese, (lost, added), annotated=True, document=document)


def shortened(items: Sequence[Sample], encoder: AdditiveEncoder, seeds: Sequence[int] = _SEEDS) -> Iterator[Sample]:
    """Faithful pairs with a phrase taken from either side."""
    pairs = [{"source": item.english, "target": item.japanese} for item in items]
    linked = _linked(pairs, range(len(pairs)), encoder)
    drawn = _drawn(seeds, lambda chance: _deletions(linked, chance))
    yield from (replace(made, pair=items[made.pair].pair, document=items[made.pair].document) for made in drawn)


def _drawn(seeds: Sequence[int], draw: Callable[[random.Random], Iterable[Sample]]) -> Iterable[Sample]:
    """What is drawn with each seed, in order, without what was drawn before."""
    # These draws are to be repeatable, not secret.
    return dict.fromkeys(sample for seed in seeds for sample in draw(random.Random(seed)))  # noqa: S311


def _unmarked(text: str) -> tuple[str, tuple[Span, ...]]:
    plain, spans, start = "", [], 0
    for part in _MARK.split(text):
        if part == "⟦":
            start = len(plain)
        elif part == "⟧":
            spans.append(Span(start, len(plain)))
        else:
            plain += part
    return plain, tuple(spans)


def _insertions(pairs: Sequence[dict[str, str]], chosen: Sequence[int], chance: random.Random) -> Iterator[Sample]:
    by_document: dict[str, list[int]] = defaultdict(list)
    for k, pair in enumerate(pairs):
        by_document[pair["document"]].append(k)
    for k in chosen:
        english, japanese = pairs[k]["source"], pairs[k]["target"]
        near = [j for j in by_document[pairs[k]["document"]] if j != k and abs(j - k) <= _NEIGHBOURHOOD]
        donor = pairs[chance.choice(near)] if near else chance.choice(pairs)
        if made := insert_phrase(english, donor["source"], "en", chance):
            yield Sample(k, made.text, japanese, ((made.span,), ()), _ENGLISH)
        if made := insert_phrase(japanese, donor["target"], "ja", chance):
            yield Sample(k, english, made.text, ((), (made.span,)), _JAPANESE)


def _linked(
    pairs: Sequence[dict[str, str]], chosen: Sequence[int], encoder: AdditiveEncoder
) -> list[tuple[int, Linked, Linked]]:
    """Numbers of the chosen pairs with their English and their Japanese text, each linked to the other."""
    texts = [(pairs[k]["source"], pairs[k]["target"]) for k in chosen]
    tokens = [(meaningful_words(one, "en"), meaningful_words(other, "ja")) for one, other in texts]
    surfaces = [
        ([w.span.of(one) for w in ours], [w.span.of(other) for w in theirs])
        for (one, other), (ours, theirs) in zip(texts, tokens, strict=True)
    ]
    return [
        (k, Linked(one, ours, theirs, links, "en"), Linked(other, theirs, ours, links.T, "ja"))
        for k, (one, other), (ours, theirs), links in zip(
            chosen, texts, tokens, link_tables(surfaces, encoder), strict=True
        )
    ]


def _deletions(linked: Sequence[tuple[int, Linked, Linked]], chance: random.Random) -> Iterator[Sample]:
    for k, english, japanese in linked:
        if made := delete_phrase(japanese, chance):
            yield Sample(k, english.text, made.text, ((made.counterpart,), ()), _ENGLISH, deleted=True)
        if made := delete_phrase(english, chance):
            yield Sample(k, made.text, japanese.text, ((), (made.counterpart,)), _JAPANESE, deleted=True)

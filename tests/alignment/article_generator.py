"""Articles made of documents with known beads, so that it is known which sentence translates which.

A document with gold beads is cut up and quoted the way columnists quote: in part, out of order, twice, by turns with
another, as block quotes or inside a sentence of their own, between paragraphs about something else (or about the very
same thing, or with a source beside it that is about the same thing and never quoted).
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tui_reader.corpus import corpus_path
from tui_reader.evaluation.gold import read_gold
from tui_reader.formats import read
from tui_reader.model import BlockKind, Document, Source, Span, Text
from tui_reader.text import sentences
from tui_reader.text.blocks import plain_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tui_reader.evaluation.gold import GoldBead
    from tui_reader.model import Alignment

ABOUT = (
    "{}という話は、このごろよく耳にする。",
    "読者からは、{}とはどういうことか、という問い合わせも届いた。",
    "一、{}について",
    "これまでも各紙が、{}などと報じてきた。",
)
_SHORTEST = 15
"""Beads that a document needs to be quoted from."""
FRAMES = (
    "{}と書いている。",
    "返事には{}とあった。",
    "{}というくだりで、思わず手が止まった。",
    "話を続けよう。{}という。",
)


Comments: TypeAlias = "Callable[[int], list[str]]"
"""Makes so many sentences of commentary."""


@dataclass(frozen=True)
class Quotable:
    """A translated document: sentences of both sides and the beads between them."""

    id: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    beads: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    alone: frozenset[int] = frozenset()
    """Sentences of the target that stand in a paragraph of their own: headings and items of lists."""

    def part(self, first: int, last: int, name: str) -> Quotable:
        """The beads from `first` up to `last` as a document of its own."""
        beads = self.beads[first:last]
        rows, columns = ([k for bead in beads for k in bead[side]] for side in (0, 1))
        return Quotable(
            name,
            tuple(self.source[k] for k in rows),
            tuple(self.target[k] for k in columns),
            tuple((tuple(map(rows.index, one)), tuple(map(columns.index, other))) for one, other in beads),
            frozenset(columns.index(k) for k in self.alone if k in columns),
        )

    def stands_alone(self, bead: int) -> bool:
        """Whether a bead is a heading or an item of a list."""
        return not self.alone.isdisjoint(self.beads[bead][1])


@dataclass(frozen=True)
class Link:
    """What a quoted stretch of an article translates."""

    target: Span
    source_id: str
    sources: tuple[Span, ...]
    """Empty for a sentence that the translator added."""


@dataclass(frozen=True)
class Article:
    """A document and what is known about it."""

    document: Document
    links: tuple[Link, ...]


@dataclass
class Writer:
    """Puts an article together, paragraph by paragraph."""

    chance: random.Random
    sources: Mapping[str, tuple[str, Sequence[Span]]]
    """For each source its text and the places of its sentences."""
    content: str = ""
    links: list[Link] = field(default_factory=list)

    def comment(self, texts: Iterable[str]) -> None:
        """A paragraph of the author's own."""
        self.content += "".join(texts) + "\n\n"

    def quote(self, quoted: Quotable, first: int, last: int, mark: str = "") -> None:
        """Paragraphs of some beads each."""
        while first < last:
            some = first + 1
            longest = self.chance.randint(1, 4)
            while some < min(last, first + longest) and not quoted.stands_alone(some - 1) | quoted.stands_alone(some):
                some += 1
            self.content += mark
            self._beads(quoted, first, some)
            self.content += "\n\n"
            first = some

    def quote_inside(self, quoted: Quotable, first: int, last: int, before: str, after: str) -> None:
        """Beads as 「…」 in a sentence of the author's, with other sentences of his around it."""
        head, tail = self.chance.choice(FRAMES).split("{}")
        self.content += f"{before}{head}「"
        self._beads(quoted, first, last)
        self.content += f"」{tail}{after}\n\n"

    def _beads(self, quoted: Quotable, first: int, last: int) -> None:
        _, spans = self.sources[quoted.id]
        for one, other in quoted.beads[first:last]:
            text = "".join(quoted.target[j] for j in other)
            if text:
                place = Span(len(self.content), len(self.content) + len(text))
                self.links.append(Link(place, quoted.id, tuple(spans[i] for i in one)))
                self.content += text

    def article(self, languages: tuple[str, str] = ("en", "ja")) -> Article:
        """The article as it stands."""
        made = tuple(
            Source(name, Text(content, languages[0], plain_blocks(content)))
            for name, (content, _) in self.sources.items()
        )
        text = Text(self.content, languages[1], plain_blocks(self.content))
        return Article(Document("article", text, made), tuple(self.links))


def written(quoted: Quotable, chance: random.Random) -> tuple[str, tuple[Span, ...]]:
    """A source in paragraphs, with the place of each sentence."""
    content, spans = "", []
    alone = {i for k, (rows, _) in enumerate(quoted.beads) if quoted.stands_alone(k) for i in rows}
    for i, sentence in enumerate(quoted.source):
        spans.append(Span(len(content), len(content) + len(sentence)))
        ends = i in alone or i + 1 in alone or chance.random() < 0.3
        content += sentence + ("\n\n" if ends else " ")
    return content, tuple(spans)


def runs(quoted: Quotable, chance: random.Random, count: int, longest: int = 7) -> list[tuple[int, int]]:
    """Some stretches of beads that do not touch, in order."""
    n = len(quoted.beads)
    out: list[tuple[int, int]] = []
    at = chance.randint(0, 3)
    while at < n and len(out) < count:
        end = min(n, at + chance.randint(2, longest))
        if end - at > 1:
            out.append((at, end))
        at = end + chance.randint(1, 4)
    return out


def partial(writer: Writer, quoted: Sequence[Quotable], comments: Comments) -> None:
    """Some stretches of a source in order, commentary between."""
    for run in runs(quoted[0], writer.chance, 3):
        writer.comment(comments(writer.chance.randint(1, 3)))
        writer.quote(quoted[0], *run)
    writer.comment(comments(2))


def shuffled(writer: Writer, quoted: Sequence[Quotable], comments: Comments) -> None:
    """The stretches out of order, with commentary between some of them."""
    stretches = runs(quoted[0], writer.chance, 4, 5)
    writer.chance.shuffle(stretches)
    for run in stretches:
        if writer.chance.random() < 0.5:
            writer.comment(comments(2))
        writer.quote(quoted[0], *run)


def twice(writer: Writer, quoted: Sequence[Quotable], comments: Comments) -> None:
    """A stretch, and later the same again."""
    run = runs(quoted[0], writer.chance, 1)[0]
    for _ in range(2):
        writer.comment(comments(2))
        writer.quote(quoted[0], *run)


def interleaved(writer: Writer, quoted: Sequence[Quotable], comments: Comments) -> None:
    """Two sources by turns, at times without a word between."""
    both = [[(one, run) for run in runs(one, writer.chance, 3, 5)] for one in quoted[:2]]
    for turn in zip(*both, strict=False):
        for one, run in turn:
            if writer.chance.random() < 0.5:
                writer.comment(comments(1))
            writer.quote(one, *run)


def block_quotes(writer: Writer, quoted: Sequence[Quotable], comments: Comments) -> None:
    """Stretches behind ``>``."""
    for run in runs(quoted[0], writer.chance, 3, 5):
        writer.comment(comments(writer.chance.randint(1, 3)))
        writer.quote(quoted[0], *run, mark="> ")


def inline(writer: Writer, quoted: Sequence[Quotable], comments: Comments) -> None:
    """One or two sentences inside sentences of the author's."""
    at = writer.chance.randint(0, 3)
    while at < len(quoted[0].beads):
        end = min(len(quoted[0].beads), at + writer.chance.randint(1, 2))
        before, after = ("".join(comments(writer.chance.randint(0, 2))) for _ in range(2))
        writer.quote_inside(quoted[0], at, end, before, after)
        at = end + writer.chance.randint(1, 6)


KINDS: Mapping[str, Callable[[Writer, Sequence[Quotable], Comments], None]] = {
    "partial": partial,
    "shuffled": shuffled,
    "twice": twice,
    "interleaved": interleaved,
    "block quotes": block_quotes,
    "inline": inline,
}


def articles(pool: Sequence[Quotable], kind: str, seed: int = 0) -> Iterable[Article]:
    """One article of a kind for each document of a pool, quoting it.

    Beside the quoted source lies a decoy: the document's last fifth, never quoted. The fifth before it has no source,
    and its translation speaks up among the commentary, which otherwise comes from other documents.
    """
    pool = [one for one in pool if len(one.beads) >= _SHORTEST and len(one.alone) < len(one.target) / 4]
    for number, whole in enumerate(pool):
        chance = random.Random(f"{seed}/{kind}/{whole.id}")
        n = len(whole.beads)
        quoted = [whole.part(0, 3 * n // 5, whole.id)]
        decoy = whole.part(4 * n // 5, n, f"{whole.id}-decoy")
        near = list(whole.part(3 * n // 5, 4 * n // 5, "near").target)
        others = [one for one in pool if one is not whole]
        if kind == "interleaved":
            second = pool[(number + 1) % len(pool)]
            quoted.append(second)
            others.remove(second)

        talk = _talk(quoted[0], chance)

        def comments(
            count: int, chance: random.Random = chance, near: list[str] = near, talk: list[str] = talk
        ) -> list[str]:
            texts = [s for one in chance.sample(others, min(3, len(others))) for s in one.target]  # noqa: B023
            at = chance.randrange(max(1, len(texts) - count))
            said = texts[at : at + count]
            if near and count and chance.random() < 0.5:
                said[-1] = near.pop()
            if talk and count and chance.random() < 0.4:
                said[0] = talk.pop()
            return said

        sources = {one.id: written(one, chance) for one in (*quoted, decoy)}
        writer = Writer(chance, sources)
        KINDS[kind](writer, quoted, comments)
        yield writer.article()


def _talk(quoted: Quotable, chance: random.Random) -> list[str]:
    """Sentences about what is quoted: a few of its words in a frame, and no translation of anything."""
    clauses = [clause for text in quoted.target for clause in text.split("、")[:-1] if 8 <= len(clause) <= 30]
    chance.shuffle(clauses)
    return [chance.choice(ABOUT).format(clause.strip("「」『』")) for clause in clauses]


@dataclass(frozen=True)
class Linking:
    """Sentences of articles: how many are linked, should be, and are linked rightly."""

    said: int = 0
    wanted: int = 0
    right: int = 0

    def __add__(self, other: Linking) -> Linking:
        return Linking(self.said + other.said, self.wanted + other.wanted, self.right + other.right)

    @property
    def precision(self) -> float:
        """Share of the linked sentences that are linked to a sentence that they translate."""
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """Share of the quoted sentences that are linked to a sentence that they translate."""
        return self.right / self.wanted if self.wanted else 1.0


def linking(article: Article, alignment: Alignment) -> Linking:
    """Compare an alignment with what is known, sentence by sentence of the article.

    A sentence counts as quoted where at least half of it is; where that half was added by the translator, it counts
    neither way.
    """
    out = Linking()
    for segment in sentences.segments(article.document.text):
        truth = _truth(article, segment.span)
        said = _said(alignment, segment.span)
        if truth is not None and not truth[1]:
            continue
        right = truth is not None and any(
            source_id == truth[0] and one.overlaps(other) for source_id, one in said for other in truth[1]
        )
        out += Linking(bool(said), truth is not None, right)
    return out


def _truth(article: Article, span: Span) -> tuple[str, list[Span]] | None:
    inside = [link for link in article.links if link.target.overlaps(span)]
    covered = sum(min(link.target.end, span.end) - max(link.target.start, span.start) for link in inside)
    if 2 * covered < span.length:
        return None
    return inside[0].source_id, [one for link in inside for one in link.sources]


def _said(alignment: Alignment, span: Span) -> list[tuple[str, Span]]:
    return [
        (alignment.passages[bead.passage].source_id, source)
        for bead in alignment.beads
        if any(one.overlaps(span) for one in bead.target_segments)
        for source in bead.source_segments
    ]


def bundled() -> list[Quotable]:
    """The documents of the bundled corpus that are translated into Japanese, each source by itself."""
    return [
        found
        for folder in sorted(Path(corpus_path()).iterdir())
        if (folder / "gold.jsonl").is_file()
        for found in _of_folder(folder)
    ]


def _of_folder(folder: Path) -> Iterable[Quotable]:
    document = read(folder)
    if document.text.language != "ja":
        return
    gold = read_gold(folder, document)
    paragraphs = [block.span for block in document.text.blocks if block.kind is BlockKind.PARAGRAPH]
    for source in document.sources:
        beads = _once(bead for bead in gold if bead.source_id == source.id)
        rows = sorted({span for bead in beads for span in bead.source_spans})
        columns = sorted({span for bead in beads for span in bead.target_spans})
        yield Quotable(
            source.id,
            tuple(" ".join(span.of(source.text.content).split()) for span in rows),
            tuple("".join(span.of(document.text.content).split("\n")) for span in columns),
            tuple(
                (tuple(map(rows.index, bead.source_spans)), tuple(map(columns.index, bead.target_spans)))
                for bead in beads
            ),
            frozenset(k for k, span in enumerate(columns) if not any(one.overlaps(span) for one in paragraphs)),
        )


def _once(beads: Iterable[GoldBead]) -> list[GoldBead]:
    """Without what is quoted a second time."""
    seen: set[Span] = set()
    kept = []
    for bead in beads:
        if seen.isdisjoint(bead.source_spans):
            kept.append(bead)
        seen.update(bead.source_spans)
    return kept

"""Alignments for programs: sentence beads and word links.

``vecalign`` is the format of Vecalign and its relatives (``[0, 1]:[0]:cost``), ``pharaoh`` that of word aligners
(``0-0 1-2``); both count from 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui_reader.text.json_line import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class SentenceBead:
    """Sentences that belong together, by their numbers from 0."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    similarity: float
    cost: float
    moved: bool = False
    """Whether the target has it at another place than the source."""
    confidence: float = 1.0
    """Probability that exactly these sentences belong together."""


@dataclass(frozen=True, slots=True)
class WordLinks:
    """The links between the words of a pair, by their numbers from 0."""

    id: str
    source: Sequence[str]
    target: Sequence[str]
    links: Sequence[tuple[int, int, float]]
    """Source word, target word, probability of the link."""


def vecalign(beads: Iterable[SentenceBead], _source: Sequence[str], _target: Sequence[str]) -> Iterator[str]:
    """``[source numbers]:[target numbers]:cost``, an empty list for an insertion or deletion."""
    for bead in beads:
        yield f"{list(bead.source)}:{list(bead.target)}:{bead.cost:.6f}"


def sentence_tsv(beads: Iterable[SentenceBead], source: Sequence[str], target: Sequence[str]) -> Iterator[str]:
    """A table with a header; its texts are escaped as in a file of pairs, so that ``check`` can read it."""
    yield "id\tsource\ttarget\tsource_lines\ttarget_lines\tsimilarity\tmoved\tconfidence"
    for number, bead in enumerate(beads, 1):
        texts = (_joined(source, bead.source), _joined(target, bead.target))
        numbers = (" ".join(map(str, side)) for side in (bead.source, bead.target))
        measured = (f"{bead.similarity:.6f}", str(int(bead.moved)), f"{bead.confidence:.6f}")
        yield "\t".join([str(number), *map(escape, texts), *numbers, *measured])


def sentence_jsonl(beads: Iterable[SentenceBead], source: Sequence[str], target: Sequence[str]) -> Iterator[str]:
    """One object a bead."""
    for bead in beads:
        yield to_json(
            {
                "source_lines": bead.source,
                "target_lines": bead.target,
                "source": _joined(source, bead.source),
                "target": _joined(target, bead.target),
                "similarity": bead.similarity,
                "cost": bead.cost,
                "moved": bead.moved,
                "confidence": bead.confidence,
            }
        )


def pharaoh(pairs: Iterable[WordLinks]) -> Iterator[str]:
    """``source-target`` links of a pair on a line, which may be empty."""
    for pair in pairs:
        yield " ".join(f"{i}-{j}" for i, j, _ in sorted(pair.links))


def word_tsv(pairs: Iterable[WordLinks]) -> Iterator[str]:
    """One link a line, with a header."""
    yield "id\tsource\ttarget\tsource_word\ttarget_word\tprobability"
    for pair in pairs:
        for i, j, probability in sorted(pair.links):
            words = escape(pair.source[i]), escape(pair.target[j])
            yield "\t".join([escape(pair.id), str(i), str(j), *words, f"{probability:.6f}"])


def word_jsonl(pairs: Iterable[WordLinks]) -> Iterator[str]:
    """One object a pair."""
    for pair in pairs:
        links = sorted(pair.links)
        yield to_json(
            {
                "id": pair.id,
                "source": pair.source,
                "target": pair.target,
                "links": [(i, j) for i, j, _ in links],
                "probabilities": [probability for *_, probability in links],
            }
        )


SENTENCE_WRITERS = {"vecalign": vecalign, "tsv": sentence_tsv, "jsonl": sentence_jsonl}
WORD_WRITERS = {"pharaoh": pharaoh, "tsv": word_tsv, "jsonl": word_jsonl}


def escape(text: str) -> str:
    r"""A text as a cell of a table: ``\t``, ``\n``, ``\r`` and ``\\`` for the characters themselves."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _joined(sentences: Sequence[str], numbers: Sequence[int]) -> str:
    """The sentences as one text: a space after those that end in Western punctuation, none after Japanese ones."""
    texts = [sentences[number] for number in numbers]
    return "".join(f"{text} " if text[-1:].isascii() else text for text in texts[:-1]) + "".join(texts[-1:])

"""Documents given as sentences, with the beads that they belong to.

A line has ``source`` and ``target`` (lists of sentences) and ``gold``: beads, ``[[0, 1], [0]]``, an empty list where a
side has no counterpart. It may have ``version``: documents of one version are measured together. They are aligned each
by itself, and all of a version as one long text.
"""

from __future__ import annotations

import reprlib
from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tui_reader.alignment.texts import Side, align_texts
from tui_reader.alignment.vectors import sentence_vectors
from tui_reader.encoders import choose
from tui_reader.evaluation.kinds.kind import Kind
from tui_reader.evaluation.statistics import Counts, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.evaluation.kinds.kind import Setup, Table
    from tui_reader.evaluation.kinds.lines import Line

Bead: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]
"""Numbers of source and of target sentences."""
Beads: TypeAlias = tuple[Bead, ...]


class Aligned(NamedTuple):
    """Two texts with their beads."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    gold: Beads
    version: str
    documents: int = 0
    """How many were put together to one text; 0 for a document by itself."""


def items(lines: Sequence[Line]) -> list[Aligned]:
    """The documents, then all of each version as one."""
    alone = [_aligned(line) for line in lines]
    versions: dict[str, list[Aligned]] = defaultdict(list)
    for one in alone:
        versions[one.version].append(one)
    return alone + [_joined(some) for some in versions.values() if len(some) > 1]


def _aligned(line: Line) -> Aligned:
    source, target = line.texts("source"), line.texts("target")
    beads = tuple(_bead(line, bead, len(source), len(target)) for bead in line.listed("gold", line.values["gold"]))
    return Aligned(source, target, beads, line.text("version", ""))


def _bead(line: Line, bead: object, rows: int, columns: int) -> Bead:
    match bead:
        case [list(one), list(other)] if _inside(one, rows) and _inside(other, columns):
            return tuple(one), tuple(other)
    raise line.fault(f"{reprlib.repr(bead)} in gold is no bead", "write numbers of lines from 0, such as [[0, 1], [0]]")


def _inside(numbers: Sequence[object], count: int) -> bool:
    return all(isinstance(number, int) and 0 <= number < count for number in numbers)


def _joined(some: Sequence[Aligned]) -> Aligned:
    gold: list[Bead] = []
    rows = columns = 0
    for one in some:
        gold += [(tuple(i + rows for i in a), tuple(j + columns for j in b)) for a, b in one.gold]
        rows, columns = rows + len(one.source), columns + len(one.target)
    source, target = (tuple(chain.from_iterable(texts)) for texts in zip(*(one[:2] for one in some), strict=True))
    return Aligned(source, target, tuple(gold), some[0].version, len(some))


def answers(some: Sequence[Aligned], setup: Setup) -> Iterator[Beads]:
    """The beads that the aligner finds."""
    encoder = choose(setup.settings.encoder, setup.settings.threads).sentences
    for one in some:
        source, target = (
            Side(texts.__getitem__, sentence_vectors(texts, encoder)) for texts in (one.source, one.target)
        )
        yield tuple((bead.source, bead.target) for bead in align_texts(source, target, encoder))


class Agreement(NamedTuple):
    """How far beads agree.

    ``strict``: a bead with both sides is right if it is in the gold. ``lax``: if a gold bead shares a sentence with it
    on both sides. ``null``: sentences said to have no counterpart.
    """

    strict: Counts
    lax: Counts
    null: Counts


def agreement(gold: Beads, said: Beads) -> Agreement:
    """Counts of one text."""
    wanted, found = ([bead for bead in beads if all(bead)] for beads in (gold, said))
    both = len(set(wanted) & set(found))
    strict = Counts(both, len(found), both, len(wanted))
    lax = Counts(_shared(found, wanted), len(found), _shared(wanted, found), len(wanted))
    alone, left = _alone(gold), _alone(said)
    return Agreement(strict, lax, Counts(len(alone & left), len(left), len(alone & left), len(alone)))


def _shared(some: Sequence[Bead], others: Sequence[Bead]) -> int:
    """How many share a sentence with one of the others on both sides."""
    partners: dict[int, set[int]] = defaultdict(set)
    for rows, columns in others:
        for i in rows:
            partners[i].update(columns)
    return sum(any(not partners[i].isdisjoint(columns) for i in rows) for rows, columns in some)


def _alone(beads: Beads) -> set[tuple[int, int]]:
    """Side and number of every sentence without a counterpart."""
    return {
        (side, number) for bead in beads if not all(bead) for side, numbers in enumerate(bead) for number in numbers
    }


def figures(some: Sequence[Aligned], said: Sequence[Beads]) -> Table:
    """Agreement by version, documents by themselves and as one text."""
    groups: dict[tuple[str, int], list[tuple[Aligned, Agreement]]] = defaultdict(list)
    for one, beads in zip(some, said, strict=True):
        groups[one.version, one.documents].append((one, agreement(one.gold, beads)))
    return {_title(version, together, len(group)): _row(group) for (version, together), group in groups.items()}


def _title(version: str, together: int, count: int) -> str:
    what = f"{together} documents as one" if together else f"{count} documents"
    return f"{version}, {what}" if version else what


def _row(group: Sequence[tuple[Aligned, Agreement]]) -> dict[str, float | int | None]:
    row: dict[str, float | int | None] = {}
    for place, name in enumerate(Agreement._fields):
        counts = total(each[place] for _, each in group)
        if name != "null" or counts.wanted:
            row |= {f"{name} P": counts.precision, f"{name} R": counts.recall, f"{name} F1": counts.f1}
    return row | {"lines": sum(len(one.source) for one, _ in group)}


KIND = Kind(
    name="sentence beads",
    title="Sentence alignment",
    keys=frozenset({"source", "target", "gold"}),
    unit="texts aligned",
    items=items,
    answers=answers,
    figures=figures,
)

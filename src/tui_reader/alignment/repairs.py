"""Beads that a person has corrected, in a file beside the text that can be read and written by hand.

``article.ja.md`` has its repairs in ``article.ja.beads.toml``:

[[pin]]                                     # these sentences are one bead
source = "Nobody on board"                  # how a sentence begins; a list for several
target = ["霧が出るとは", "船長は"]

[[pin]]
source = "The captain sounded"
target = []                                 # the translation leaves it out

[[forbid]]                                  # these two never share a bead
source = "By noon the harbour"
target = "祖母は"

Sentences are named by how they begin, so that a repair survives edits elsewhere. One that names no sentence any more,
or several, is stale: it changes nothing and is reported.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tui_reader.errors import InputError
from tui_reader.formats.decode import decode
from tui_reader.formats.input import Input

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from tui_reader.model import Text

_KINDS = ("pin", "forbid")
_KEYS = {"source", "target", "source_id", "note"}


@dataclass(frozen=True, slots=True)
class Repair:
    """One entry of the file, in words."""

    kind: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    source_id: str | None
    number: int
    """Its place among those of its kind, from 1."""


@dataclass(frozen=True, slots=True)
class Pin:
    """Sentences that are one bead, by their numbers; either side may be empty."""

    source_index: int
    rows: tuple[int, ...]
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Repairs:
    """What the entries mean for the texts as they are now."""

    pins: tuple[Pin, ...] = ()
    forbidden: frozenset[tuple[int, int, int]] = frozenset()
    """(source, row, column) that must not share a bead."""
    stale: tuple[str, ...] = ()
    """What is wrong with the entries that mean nothing."""

    def may_share(self, source: int, rows: Collection[int], columns: Collection[int]) -> bool:
        """Whether sentences may be put into one bead: none of them is pinned, no two are forbidden."""
        pinned = any(
            pin.source_index == source and not (set(pin.rows).isdisjoint(rows) and set(pin.columns).isdisjoint(columns))
            for pin in self.pins
        )
        return not pinned and not any((source, i, j) in self.forbidden for i in rows for j in columns)

    def split(self, source: int, rows: tuple[int, int], columns: tuple[int, int]) -> tuple[Repairs, Repairs]:
        """Those whose sentences all lie in a stretch, and the others; what is forbidden goes with both."""

        def inside(pin: Pin) -> bool:
            return pin.source_index == source and all(
                low <= number < high
                for numbers, (low, high) in ((pin.rows, rows), (pin.columns, columns))
                for number in numbers
            )

        within = tuple(pin for pin in self.pins if inside(pin))
        others = tuple(pin for pin in self.pins if not inside(pin))
        return Repairs(within, self.forbidden), Repairs(others, self.forbidden)


def repairs_path(text: Text) -> Path | None:
    """Where the repairs of a text are, whether or not there are any; None for a text without a file."""
    return None if text.path is None else text.path.with_suffix(".beads.toml")


def read_repairs(path: Path) -> tuple[Repair, ...]:
    """The entries of a file.

    Raises:
        InputError: it is no TOML, or has unknown keys or values.
    """
    try:
        table = tomllib.loads(decode(Input.of(path).read(), str(path)))
    except (ValueError, RecursionError) as error:
        raise InputError(f"bad TOML: {error}", path=path) from error
    unknown = sorted(table.keys() - set(_KINDS))
    if unknown:
        raise InputError(f"unknown table {unknown[0]!r}", path=path, cure="write [[pin]] or [[forbid]]")
    return tuple(repair for kind in _KINDS for repair in _entries(table.get(kind, []), kind, path))


def _entries(entries: Any, kind: str, path: Path) -> Iterator[Repair]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError(f"{kind} must be a list of tables", path=path, cure=f"write [[{kind}]]")
    for number, entry in enumerate(entries, 1):
        unknown = sorted(entry.keys() - _KEYS)
        if unknown:
            raise InputError(f"{kind} {number}: unknown key {unknown[0]!r}", path=path, cure="write source and target")
        source, target = (_words(entry.get(side), f"{kind} {number}: {side}", path) for side in ("source", "target"))
        if not (source or target) or (kind == "forbid" and not (source and target)):
            raise InputError(f"{kind} {number} names no sentences", path=path, cure="say how a sentence begins")
        source_id = entry.get("source_id")
        yield Repair(kind, source, target, None if source_id is None else str(source_id), number)


def _words(value: Any, what: str, path: Path) -> tuple[str, ...]:
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(one, str) and one.strip() for one in words):
        raise InputError(f"{what} must be the beginning of a sentence, or a list of them", path=path)
    return tuple(" ".join(one.split()) for one in words)


def located(
    repairs: Sequence[Repair], sources: Mapping[str, Sequence[str]], target: Sequence[str], path: Path
) -> Repairs:
    """The entries as numbers of sentences.

    Args:
        repairs: as the file has them.
        sources: sentences of each source by its id.
        target: sentences of the text.
        path: the file, for messages.
    """
    texts = {name: [" ".join(one.split()) for one in sentences] for name, sentences in sources.items()}
    wanted = [" ".join(one.split()) for one in target]
    pins: list[Pin] = []
    forbidden: set[tuple[int, int, int]] = set()
    stale: list[str] = []
    for repair in repairs:
        found = _located(repair, texts, wanted)
        if isinstance(found, str):
            stale.append(f"{path}: {repair.kind} {repair.number} changes nothing: {found}")
        elif repair.kind == "pin":
            pins.append(found)
        else:
            forbidden |= {(found.source_index, i, j) for i in found.rows for j in found.columns}
    return Repairs(tuple(pins), frozenset(forbidden), tuple(stale))


def _located(repair: Repair, sources: Mapping[str, Sequence[str]], target: Sequence[str]) -> Pin | str:
    """Numbers of the sentences that an entry names, or what is wrong with it."""
    columns = [_only(words, target) for words in repair.target]
    named = [name for name in sources if repair.source_id in {None, name}]
    if not named:
        return f"there is no source {repair.source_id!r}"
    hits = [(name, [_only(words, sources[name]) for words in repair.source]) for name in named]
    whole = [(name, rows) for name, rows in hits if all(isinstance(row, int) for row in rows)]
    if len(whole) > 1 and repair.source:
        return f"{repair.source[0]!r} begins a sentence of several sources; say which by source_id"
    rows = whole[0][1] if whole else hits[0][1]
    for side in (rows, columns):
        complaint = next((one for one in side if isinstance(one, str)), None)
        if complaint is not None:
            return complaint
        if any(int(b) - int(a) != 1 for a, b in pairwise(side)) and repair.kind == "pin":
            return "its sentences do not follow each other"
    index = list(sources).index(whole[0][0])
    return Pin(index, tuple(map(int, rows)), tuple(map(int, columns)))


def _only(words: str, sentences: Sequence[str]) -> int | str:
    """The number of the one sentence that begins so, or what is wrong."""
    found = [number for number, sentence in enumerate(sentences) if sentence.startswith(words)]
    if len(found) == 1:
        return found[0]
    return f"{'several sentences begin' if found else 'no sentence begins'} with {words!r}"

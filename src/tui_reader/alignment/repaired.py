"""Runs of beads with a person's repairs put in: pinned beads stand as they are, forbidden ones are parted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui_reader.alignment.moves import with_moves
from tui_reader.alignment.passages import Run
from tui_reader.alignment.sentences import IndexBead, align_vectors, bead_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.alignment.repairs import Pin, Repairs
    from tui_reader.alignment.vectors import SentenceVectors
    from tui_reader.encoders.base import AdditiveEncoder


def repaired(
    runs: Sequence[Run], repairs: Repairs, sources: Sequence[SentenceVectors], target: SentenceVectors,
    encoder: AdditiveEncoder,
) -> list[Run]:  # fmt: skip
    """The runs of a text with its repairs.

    A pin inside a run splits its path: what lies before it and behind it is aligned anew. A pin anywhere else takes
    its sentences out of the runs that have them and is a run of its own. Forbidden sentences that still share a bead
    are left alone.
    """
    out = list(runs)
    for pin in repairs.pins:
        out = _with_pin(out, pin, sources[pin.source_index], target, encoder)
    if repairs.forbidden:
        out = [replace(run, beads=tuple(_parted(run, repairs.forbidden))) for run in out]
    kept = [run for run in out if any(bead.source for bead in run.beads) and any(bead.target for bead in run.beads)]
    return sorted(kept, key=lambda run: run.target_range)


def _with_pin(
    runs: Sequence[Run], pin: Pin, source: SentenceVectors, target: SentenceVectors, encoder: AdditiveEncoder
) -> list[Run]:
    for place, run in enumerate(runs):
        rows, columns = run.source_range, run.target_range
        if run.source == pin.source_index and _inside(pin.rows, rows) and _inside(pin.columns, columns):
            beads = _split(run, pin, source, target, encoder)
            return [*runs[:place], replace(run, beads=tuple(beads)), *runs[place + 1 :]]
    if not pin.columns or not pin.rows:
        # Left out or put in where nothing is quoted: only its counterpart has to go.
        return [part for run in runs for part in _without(run, pin, cut=False)]
    alone = Run(pin.source_index, (_bead(pin.rows, pin.columns, source, target, encoder),))
    return sorted([*(part for run in runs for part in _without(run, pin, cut=True)), alone], key=_place)


def _place(run: Run) -> tuple[int, int]:
    return run.target_range


def _inside(numbers: Sequence[int], bounds: tuple[int, int]) -> bool:
    return all(bounds[0] <= number < bounds[1] for number in numbers)


def _split(
    run: Run, pin: Pin, source: SentenceVectors, target: SentenceVectors, encoder: AdditiveEncoder
) -> Iterator[IndexBead]:
    """The beads of a run around a pin; an empty side of the pin stands where its neighbours' path passes."""
    (i0, i1), (j0, j1) = run.source_range, run.target_range
    row = pin.rows[0] if pin.rows else _beside(run.beads, pin.columns[0], 1)
    column = pin.columns[0] if pin.columns else _beside(run.beads, pin.rows[0], 0)
    yield from _aligned(source, target, (i0, row), (j0, column), encoder)
    yield _bead(pin.rows, pin.columns, source, target, encoder)
    yield from _aligned(source, target, (row + len(pin.rows), i1), (column + len(pin.columns), j1), encoder)


def _beside(beads: Sequence[IndexBead], number: int, side: int) -> int:
    """First sentence of the other side that belongs behind a sentence which is to stand alone."""
    sides = [(bead.source, bead.target) for bead in beads]
    at = next(k for k, both in enumerate(sides) if number in both[side])
    # The rest of its bead comes behind it only where the sentence is the first.
    behind = sides[at + (number != sides[at][side][0]) :]
    others = [other for both in behind for other in both[1 - side]]
    return min(others) if others else max(other for both in sides for other in both[1 - side]) + 1


def _aligned(
    source: SentenceVectors, target: SentenceVectors, rows: tuple[int, int], columns: tuple[int, int],
    encoder: AdditiveEncoder,
) -> Iterator[IndexBead]:  # fmt: skip
    one, other = source.part(*rows), target.part(*columns)
    for bead in with_moves(align_vectors(one, other, encoder), one, other, encoder):
        yield bead._replace(
            source=tuple(i + rows[0] for i in bead.source), target=tuple(j + columns[0] for j in bead.target)
        )


def _bead(
    rows: Sequence[int], columns: Sequence[int], source: SentenceVectors, target: SentenceVectors,
    encoder: AdditiveEncoder,
) -> IndexBead:  # fmt: skip
    """A person said so: nothing is surer."""
    return bead_of(rows, columns, source, target, encoder)._replace(confidence=1.0)


def _without(run: Run, pin: Pin, *, cut: bool) -> Iterator[Run]:
    """A run without the sentences of a pin, cut in two where the pin stands."""
    parts: list[list[IndexBead]] = [[]]
    for bead in run.beads:
        rows = tuple(i for i in bead.source if run.source != pin.source_index or i not in pin.rows)
        columns = tuple(j for j in bead.target if j not in pin.columns)
        if cut and columns != bead.target:
            parts.append([])
        if rows or columns:
            whole = bool(rows and columns) or (rows, columns) == (bead.source, bead.target)
            parts[-1].append(
                bead._replace(source=rows, target=columns) if whole else IndexBead(rows, columns, 0.0, 1.0)
            )
    for part in parts:
        matched = [k for k, bead in enumerate(part) if bead.source and bead.target]
        if matched:
            yield replace(run, beads=tuple(part[matched[0] : matched[-1] + 1]) if cut else tuple(part))


def _parted(run: Run, forbidden: frozenset[tuple[int, int, int]]) -> Iterator[IndexBead]:
    for bead in run.beads:
        wrong = {(i, j) for i in bead.source for j in bead.target if (run.source, i, j) in forbidden}
        if not wrong:
            yield bead
            continue
        rows = tuple(i for i in bead.source if all(one != i for one, _ in wrong))
        columns = tuple(j for j in bead.target if all(other != j for _, other in wrong))
        # Whichever side can do without the sentence keeps the rest of the bead.
        if rows:
            yield bead._replace(source=rows)
            yield from (IndexBead((i,), (), 0.0, 1.0) for i in bead.source if i not in rows)
        elif columns:
            yield bead._replace(target=columns)
            yield from (IndexBead((), (j,), 0.0, 1.0) for j in bead.target if j not in columns)
        else:
            yield from (IndexBead((i,), (), 0.0, 1.0) for i in bead.source)
            yield from (IndexBead((), (j,), 0.0, 1.0) for j in bead.target)

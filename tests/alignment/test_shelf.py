"""Rows of numbers in a temporary file."""

from __future__ import annotations

import tempfile
import tracemalloc
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_reader.alignment.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Sequence


def arrays(widths: Sequence[int]) -> list[Any]:
    """Arrays of these widths, all different."""
    return [np.arange(2 * width, dtype=np.float32).reshape(2, width) + k for k, width in enumerate(widths)]


@given(widths=st.lists(st.integers(0, 5), max_size=12), limit=st.sampled_from([0, 16, 60, 10_000]), seed=st.randoms())
def test_what_was_put_comes_back(widths: list[int], limit: int, seed: Any) -> None:
    """Bit for bit and in its shape, in whatever order it is asked for, from memory or from the file."""
    made, put = Shelf((2,), np.float32, limit), arrays(widths)
    for number, values in enumerate(put):
        made.append(values)
        some = seed.randint(0, number)
        assert np.array_equal(made[some], put[some])
    assert len(made) == len(put)
    for values, found in zip(put, made, strict=True):
        assert np.array_equal(found, values)
        assert found.dtype == np.float32
    with pytest.raises(IndexError):
        made[len(put)]


def test_memory_does_not_grow() -> None:
    """40 MB go through a shelf that keeps four."""
    made, values = Shelf(), np.ones(2**17)
    tracemalloc.start()
    try:
        for _ in range(40):
            made.append(values)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert np.array_equal(made[0], values)
    assert peak < 12 * 2**20


@pytest.mark.parametrize("after", [0, 3])
def test_without_room_on_the_disk_it_stays_in_memory(after: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full from the start, or half-way in the middle of an array: nothing is lost."""

    class Full:
        """A file that takes a few writes."""

        def __init__(self, file: Any) -> None:
            self._file, self._left = file, after

        def __getattr__(self, name: str) -> Any:
            return getattr(self._file, name)

        def write(self, content: bytes) -> int:
            """Nothing but the first half once it is full."""
            self._left -= 1
            return int(self._file.write(content if self._left >= 0 else content[: len(content) // 2]))

    made = tempfile.TemporaryFile
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda buffering: Full(made(buffering=buffering)))
    put = arrays([4] * 8)
    full = Shelf((2,), np.float32, 0)
    for values in put:
        full.append(values)
    assert all(np.array_equal(found, values) for found, values in zip(full, put, strict=True))


def test_without_a_place_for_files_it_stays_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no folder for temporary files can be written, nothing fails."""

    def refused(buffering: int) -> None:
        raise FileNotFoundError(buffering)

    monkeypatch.setattr(tempfile, "TemporaryFile", refused)
    full = Shelf(limit=0)
    full.append(np.arange(3.0))
    assert np.array_equal(full[0], np.arange(3.0))

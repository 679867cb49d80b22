"""Windows over long texts, and shares of equal work."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_reader.encoders.e5_windows import Window, rounds, shares, windows

HEAD, TAIL = np.asarray([-1, -2]), np.asarray([-3])


@given(st.integers(1, 3000), st.integers(200, 512))
@settings(max_examples=60, deadline=None)
def test_windows_cover_a_text_once(length: int, positions: int) -> None:
    """What the windows keep is the text, in order, each token once; the mean sees what stands around it once too."""
    ids = np.arange(length)
    found = list(windows(ids, HEAD, TAIL, positions))
    assert np.concatenate([one.ids[one.kept] for one in found]).tolist() == ids.tolist()
    assert np.concatenate([one.ids[one.pooled] for one in found]).tolist() == [-1, -2, *ids.tolist(), -3]
    assert all(len(one.ids) <= positions for one in found)
    assert [one.last for one in found] == [False] * (len(found) - 1) + [True]


@given(st.integers(600, 3000))
@settings(max_examples=30, deadline=None)
def test_kept_tokens_see_their_neighbours(length: int) -> None:
    """Inside a text no kept token stands at the edge of its window."""
    ids = np.arange(length)
    for one in windows(ids, HEAD, TAIL, 512):
        own = one.ids[len(HEAD) : -len(TAIL)]
        kept = one.ids[one.kept]
        assert kept[0] == 0 or kept[0] - own[0] >= 64
        assert kept[-1] == length - 1 or own[-1] - kept[-1] >= 64


def window(length: int) -> Window:
    """A window of so many tokens."""
    return Window(np.zeros(length, np.int64), slice(0), slice(0), last=True)


@given(st.lists(st.integers(1, 512), min_size=1, max_size=60), st.integers(1, 8))
def test_shares_keep_order_and_are_fair(lengths: list[int], count: int) -> None:
    """Every window is in one share, in order; no share exceeds its part of the work by more than one window."""
    parts = [window(length) for length in lengths]
    found = shares(parts, count)
    assert [one for share in found for one in share] == parts
    assert 1 <= len(found) <= count
    assert all(share for share in found)
    fair = sum(lengths) / count
    assert all(sum(len(one.ids) for one in share) <= fair + max(lengths) for share in found)


def test_long_windows_are_shared_out_too() -> None:
    """Two threads get a window each, even where one alone is as many tokens as both should have."""
    assert [len(one) for one in rounds([window(512)] * 5, 2, 256)] == [2, 2, 1]
    assert [len(one) for one in rounds([window(10)] * 100, 2, 256)] == [52, 48]

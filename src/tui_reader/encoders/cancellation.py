"""Stopping a computation from outside: whoever waits for it says when, and the encoders look now and then."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_asked: ContextVar[Callable[[], bool] | None] = ContextVar("cancellation", default=None)


class Cancelled(Exception):  # noqa: N818 - no error: somebody wanted it
    """The computation was stopped by the function that `cancellable` was given."""


@contextmanager
def cancellable(asked: Callable[[], bool]) -> Iterator[None]:
    """Let what is encoded inside be stopped: `checkpoint` raises `Cancelled` once `asked` says True.

    It holds for the thread (or asyncio task) that opened it.
    """
    token = _asked.set(asked)
    try:
        yield
    finally:
        _asked.reset(token)


def checkpoint() -> None:
    """Called between parts of a long computation, every 0.1 s or so.

    Raises:
        Cancelled: that was asked for.
    """
    asked = _asked.get()
    if asked is not None and asked():
        raise Cancelled

"""Ends what takes too long: a hang must fail and not wait for somebody."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

LIMIT_SECONDS = 10
"""Of processor time, for what takes some tenths of a second."""


class TooSlowError(Exception):
    """Something has taken longer than its limit."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlowError


@contextmanager
def within_limits() -> Iterator[None]:
    """Whatever takes longer inside raises `TooSlowError`; where there are no timers nothing does."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    # Waiting for a processor is nobody's fault; waiting for anything else would be.
    timers = {signal.ITIMER_PROF: LIMIT_SECONDS, signal.ITIMER_REAL: 60 * LIMIT_SECONDS}
    before = [(kind, signal.signal(kind, _stop)) for kind in (signal.SIGPROF, signal.SIGALRM)]
    try:
        for timer, seconds in timers.items():
            signal.setitimer(timer, seconds)
        yield
    finally:
        for timer in timers:
            signal.setitimer(timer, 0)
        for kind, handler in before:
            signal.signal(kind, handler)

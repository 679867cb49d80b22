"""What the rules cost beside the encoders on the same pairs, by processor time in one run, family by family.

    python tests/benchmarks/rules.py PAIRS.tsv [--pairs 200]

The pairs are checked as they are and turned round, because English translations have rules of their own. Libraries,
weights and dictionaries are loaded before. What is neither (networks of the coverage check, alignment, words) is told
apart.
"""

from __future__ import annotations

import argparse
import functools
import sys
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui_reader.checks.checker import Checker
from tui_reader.checks.registry import families
from tui_reader.encoders.e5 import E5Encoder
from tui_reader.encoders.use import UseEncoder
from tui_reader.formats import read_pairs
from tui_reader.settings import CheckSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tui_reader.model import Document

_WARM = 8
_CALLS = ("encode", "contributions", "pool", "tokens")
_STREAMS = ("iter_encode", "iter_sums", "iter_tokens")


class Clock:
    """Seconds of processor time by name; what runs inside something else counts there."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._running = False

    def called(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, measured."""

        @functools.wraps(function)
        def measured(*arguments: Any, **named: Any) -> Any:
            return self._measured(name, lambda: function(*arguments, **named))

        return measured

    def streamed(self, name: str, function: Callable[..., Iterable[Any]]) -> Callable[..., Iterator[Any]]:
        """A function that gives things one by one, measured."""

        @functools.wraps(function)
        def measured(*arguments: Any, **named: Any) -> Iterator[Any]:
            stream, end = iter(function(*arguments, **named)), object()
            while (item := self._measured(name, lambda: next(stream, end))) is not end:
                yield item

        return measured

    def _measured(self, name: str, work: Callable[[], Any]) -> Any:
        if self._running:
            return work()
        self._running, start = True, time.process_time()
        try:
            return work()
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - start
            self._running = False


def listed(clock: Clock, function: Callable[..., Iterable[Any]], name: str) -> Callable[..., list[Any]]:
    """What a family finds, all of it at once, so that its work is done where it is measured."""
    return clock.called(name, lambda *arguments: list(function(*arguments)))


def measure(clock: Clock) -> None:
    """Put the clock around all encoders and families."""
    for encoder in (UseEncoder, E5Encoder):
        for name in {*_CALLS, *_STREAMS} & vars(encoder).keys():
            around = clock.streamed if name in _STREAMS else clock.called
            setattr(encoder, name, around("encoders", getattr(encoder, name)))
    for family in families():
        if family.__name__ != "Coverage":
            setattr(family, "find", listed(clock, family.find, family.__name__))  # noqa: B010 - a method is replaced


def turned(document: Document) -> Document:
    """A pair the other way round."""
    (source,) = document.sources
    mark = replace(
        document.marked[0], source_span=document.marked[0].target_span, target_span=document.marked[0].source_span
    )
    return replace(document, text=source.text, sources=(replace(source, text=document.text),), marked=(mark,))


def main() -> None:
    """Print seconds, and how many of the encoders' the rules take."""
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=Path)
    parser.add_argument("--pairs", type=int, default=200)
    options = parser.parse_args()
    there = list(islice(read_pairs(options.path), options.pairs + _WARM))
    for name, documents in (("as they are", there), ("turned round", [turned(one) for one in there])):
        checker = Checker(CheckSettings(threads=1))
        list(checker.check_all(documents[:_WARM]))
        clock = Clock()
        kept = {owner: dict(vars(owner)) for owner in (UseEncoder, E5Encoder, *families())}
        measure(clock)
        start = time.process_time()
        list(checker.check_all(documents[_WARM:]))
        whole = time.process_time() - start
        for owner, attributes in kept.items():
            for attribute in {*_CALLS, *_STREAMS, "find"} & vars(owner).keys():
                if attribute in attributes:
                    setattr(owner, attribute, attributes[attribute])
                else:
                    delattr(owner, attribute)
        report(name, clock, whole, len(documents) - _WARM)


def report(name: str, clock: Clock, whole: float, pairs: int) -> None:
    """One direction."""
    encoders = clock.seconds.pop("encoders")
    rules = sum(clock.seconds.values())
    sys.stdout.write(
        f"{pairs} pairs {name}: {whole * 1000 / pairs:.1f} ms a pair; encoders {encoders * 1000 / pairs:.1f}, "
        f"rules {rules * 1000 / pairs:.1f} ({rules / encoders:.2f} of the encoders'), "
        f"the rest {(whole - encoders - rules) * 1000 / pairs:.1f}\n"
    )
    for family, seconds in sorted(clock.seconds.items(), key=lambda item: -item[1]):
        sys.stdout.write(f"  {family:16}{seconds * 1000 / pairs:8.2f} ms\n")


if __name__ == "__main__":
    main()

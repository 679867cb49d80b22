"""A small bilingual document with known beads and findings, and a check that says them step by step."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from tui_reader.model import (
    Alignment,
    Band,
    Bead,
    CheckedBead,
    Document,
    Evidence,
    Finding,
    Passage,
    Report,
    Severity,
    Side,
    Signal,
    Signature,
    Source,
    Span,
    Standing,
    Text,
    Unquoted,
)
from tui_reader.text.blocks import plain_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.pilot import Pilot

JAPANESE = """灯台の改修について

先週、町長が声明を出しました。一部を訳してここに載せます。

灯台は六月まで閉鎖します。安全が何より大切です。工事の費用は町が負担し、星も見えます。

ご不便をおかけします。

以上が町長の言葉でした。
"""
ENGLISH = """Good evening, everyone. Thank you for coming tonight.

The lighthouse will stay closed until June, as the inspectors advised. Safety comes first. We have argued for years.
The town will pay for the work.

We apologise for the trouble.

See you at the harbour.
"""
PAIRS = (
    ("The lighthouse will stay closed until June, as the inspectors advised.", "灯台は六月まで閉鎖します。"),
    ("Safety comes first.", "安全が何より大切です。"),
    ("We have argued for years.", ""),
    ("The town will pay for the work.", "工事の費用は町が負担し、星も見えます。"),
    ("We apologise for the trouble.", "ご不便をおかけします。"),
)
SCORES = (
    (74.0, Standing(12, Band.FREE)),
    (93.0, Standing(70, Band.CLOSE)),
    (0.0, None),
    (41.0, Standing(2, Band.DOUBTFUL)),
    (88.0, Standing(40, Band.CLOSE)),
)
OMITTED, MISSING, ADDED = ", as the inspectors advised", "We have argued for years.", "、星も見えます"


def span_in(text: str, words: str) -> Span:
    """Where `words` stand in `text`."""
    start = text.index(words)
    return Span(start, start + len(words))


def _spans(text: str, words: str) -> tuple[Span, ...]:
    return (span_in(text, words),) if words else ()


def make_document() -> Document:
    """The mayor's statement in an article."""
    source = Source(
        "mayor",
        Text(ENGLISH, "en", plain_blocks(ENGLISH)),
        title="On the lighthouse",
        author="Ada Quill",
        date="2031-05-02",
    )
    return Document("article", Text(JAPANESE, "ja", plain_blocks(JAPANESE)), (source,), title="灯台の記事")


def make_alignment() -> Alignment:
    """What translates what in it."""
    beads = tuple(
        Bead(f"b{index}", 0, _spans(ENGLISH, english), _spans(JAPANESE, japanese), 0.8)
        for index, (english, japanese) in enumerate(PAIRS)
    )
    start, end = ENGLISH.index("The lighthouse"), span_in(ENGLISH, PAIRS[-1][0]).end
    target = Span(JAPANESE.index("灯台は六月"), span_in(JAPANESE, PAIRS[-1][1]).end)
    unquoted = (Unquoted("mayor", Span(0, start - 2)), Unquoted("mayor", span_in(ENGLISH, "See you at the harbour.")))
    return Alignment((Passage("p1", "mayor", Span(start, end), target),), beads, unquoted)


def _finding(rule: str, side: Side, span: Span, counterpart: Span | None = None) -> Finding:
    words = span.of(ENGLISH if side is Side.SOURCE else JAPANESE)
    evidence = Evidence(counterpart, 0.31, (Signal("phrase similarity", 0.31, 0.45, below=True),))
    return Finding(rule, side, span, 0.83, Severity.ERROR, f"no counterpart: {words}", evidence, f"f-{span.start}")


def make_checked() -> tuple[CheckedBead, ...]:
    """Three findings: words omitted, a sentence missing, words added."""
    findings = {
        0: _finding("omission", Side.SOURCE, span_in(ENGLISH, OMITTED), span_in(JAPANESE, "閉鎖")),
        2: _finding("omission", Side.SOURCE, span_in(ENGLISH, MISSING)),
        3: _finding("addition", Side.TARGET, span_in(JAPANESE, ADDED)),
    }
    return tuple(
        CheckedBead(bead, score, (findings[index],) if index in findings else (), standing=standing)
        for index, (bead, (score, standing)) in enumerate(zip(make_alignment().beads, SCORES, strict=True))
    )


@dataclass
class SteppedCheck:
    """A check that waits before each step until it is let through."""

    document: Document
    gates: dict[str, threading.Event] = field(
        default_factory=lambda: {step: threading.Event() for step in ("alignment", "beads", "report")}
    )

    def __call__(self, document: Document) -> Iterator[Alignment | CheckedBead | Report]:
        """What a checker does."""
        self._wait("alignment")
        yield make_alignment()
        self._wait("beads")
        yield from make_checked()
        self._wait("report")
        yield Report(document, make_alignment(), make_checked(), Signature("0", "fake", "0", "normal"))

    def _wait(self, step: str) -> None:
        if not self.gates[step].wait(30):
            raise TimeoutError(step)

    def release(self, *steps: str) -> None:
        """Let it go on."""
        for step in steps:
            self.gates[step].set()


def whole_check(document: Document) -> Iterator[Alignment | CheckedBead | Report]:
    """The same without waiting."""
    check = SteppedCheck(document)
    check.release(*check.gates)
    yield from check(document)


MEANINGS = {"lighthouse": "灯台", "June": "六", "closed": "閉鎖", "Safety": "安全", "town": "町", "pay": "負担"}
"""What stands for what in the lighthouse article, for tests that are not about finding that out."""


def link_alike(source: Sequence[str], target: Sequence[str], joints: tuple[str, str]) -> list[tuple[int, int]]:
    """Links by the small dictionary above; by spelling where a word is in neither language's."""
    return [(i, j) for i, one in enumerate(source) for j, other in enumerate(target) if MEANINGS.get(one, one) == other]


async def until(pilot: Pilot[Any], condition: Callable[[], bool], otherwise: str = "the app never got there") -> None:
    """Let the app work until `condition` holds; the test's own timeout is one of turns, not of seconds."""
    for _ in range(500):
        if condition():
            return
        await pilot.pause()
        await asyncio.sleep(0)
    pytest.fail(otherwise)

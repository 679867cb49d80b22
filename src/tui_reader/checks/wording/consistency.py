"""Rules of texts that say the same in different words, or different things in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui_reader.checks.family import Family
from tui_reader.checks.rules import Example, Rule
from tui_reader.model import Severity, Side, Span
from tui_reader.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.checks.family import BeadView
    from tui_reader.model import Finding

INCONSISTENT = Rule(
    "inconsistent-translation",
    "Same source, different translation",
    Side.TARGET,
    Severity.INFO,
    "inconsistency",
    0.5,
    "A sentence of the source stands in the document more than once and is not translated alike. "
    "A file of pairs is many documents, unless a column document groups them.",
    good=Example(
        "Close the hatch.\nCount the ropes.\nClose the hatch.",
        "ハッチを閉めること。\n綱を数えること。\nハッチを閉めること。",
    ),
    bad=Example(
        "Close the hatch.\nCount the ropes.\nClose the hatch.",
        "ハッチを閉めること。\n綱を数えること。\n昇降口を閉じなさい。",
    ),
    cure="Translate both alike, if they mean the same.",
)
SAME_TRANSLATION = Rule(
    "same-translation",
    "Different source, same translation",
    Side.TARGET,
    Severity.INFO,
    "inconsistency",
    0.5,
    "Two sentences of the source that differ have one and the same translation.",
    good=Example(
        "Oil the front door.\nCount the ropes.\nOil the back door.",
        "表の扉に油を差すこと。\n綱を数えること。\n裏の扉に油を差すこと。",
    ),
    bad=Example(
        "Oil the front door.\nCount the ropes.\nOil the back door.",
        "表の扉に油を差すこと。\n綱を数えること。\n表の扉に油を差すこと。",
    ),
    cure="Look whether a line was copied.",
    default=False,
)

_SHORTEST = {"ja": 6, "en": 12}
"""Letters below which a sentence (はい。 Yes.) may well be said in many ways."""
_MOST = 100_000
"""Sentences that are remembered of a document."""


class _Seen(NamedTuple):
    source: str
    target: str


class Consistency(Family):
    """Remembers the sentences of a document with their translations."""

    rules = (INCONSISTENT, SAME_TRANSLATION)

    def reader(self) -> _Memory:
        """A memory for one document."""
        return _Memory()


class _Memory:
    def __init__(self) -> None:
        self._by_source: dict[str, _Seen] = {}
        self._by_target: dict[str, _Seen] = {}
        self._found: list[tuple[int, Finding]] = []

    def see(self, view: BeadView) -> None:
        """Compare the next bead with those before."""
        if not view.has_both_sides or len(self._by_source) >= _MOST:
            return
        seen = _Seen(_key(view.source.content), _key(view.target.content))
        if len(seen.source) >= _shortest(view.source.language):
            before = self._by_source.setdefault(seen.source, seen)
            if before.target != seen.target:
                self._note(view, INCONSISTENT, "The same source has another translation earlier in this document.")
        if len(seen.target) >= _shortest(view.target.language):
            before = self._by_target.setdefault(seen.target, seen)
            if before.source != seen.source:
                self._note(view, SAME_TRANSLATION, "Another source has this same translation earlier in this document.")

    def findings(self) -> Iterator[tuple[int, Finding]]:
        """What differed."""
        yield from self._found

    def _note(self, view: BeadView, rule: Rule, message: str) -> None:
        whole = Span(0, len(view.target.content))
        counterpart = Span(0, len(view.source.content))
        finding = view.finding(rule, Side.TARGET, whole, message, confidence=0.8, counterpart=counterpart)
        self._found.append((view.index, finding))


def _key(content: str) -> str:
    """What two sentences share that differ in case, width, spaces or punctuation only."""
    return "".join(filter(str.isalnum, fold(content)[0]))


def _shortest(language: str) -> int:
    return _SHORTEST.get(language, _SHORTEST["en"])

"""Rules of brackets and quotation marks: in pairs, and those of the language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.checks.family import Family
from tui_reader.checks.rules import Example, Rule
from tui_reader.model import Severity, Side, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui_reader.checks.family import BeadView
    from tui_reader.model import Finding

UNPAIRED = Rule(
    "unpaired-bracket",
    "Bracket without its partner",
    Side.TARGET,
    Severity.WARNING,
    "typographical",
    0.5,
    "A bracket or quotation mark of the translation is opened and not closed, closed and not opened, or closed by one "
    "of another kind. A quotation may run over several sentences of a document.",
    good=Example("“Wait,” said the pilot.", "「待って」と水先人は言った。"),
    bad=Example("“Wait,” said the pilot.", "「待って』と水先人は言った。"),
    cure="Put the missing partner in, or take the mark out.",
)
FOREIGN = Rule(
    "foreign-bracket",
    "Brackets of the other language",
    Side.TARGET,
    Severity.WARNING,
    "locale-violation",
    0.5,
    "An English translation has Japanese brackets around English words.",
    good=Example("「待って」と水先人は言った。", "“Wait,” said the pilot.", "ja", "en"),
    bad=Example("「待って」と水先人は言った。", "「Wait」 said the pilot.", "ja", "en"),
    cure="Use the quotation marks of the language of the translation.",
)

_KINDS = ("「」", "『』", "（）", "()", "【】", "［］", "[]", "〈〉", "《》", "〔〕", "“”", "{}")
_OPENERS = {kind[0]: kind for kind in _KINDS}
_CLOSERS = {kind[1]: kind for kind in _KINDS}
_ALIKE = {"（）": "()", "［］": "[]"}
"""Kinds of two widths: mixing them is a matter of width."""
_MARK = re.compile("[" + re.escape("".join(_KINDS)) + "]")
_LIST_ITEM = re.compile(r"(?:^|[\s、。])[（(]?[\w]{1,3}$")
_FACE = re.compile(r"[:;=8][-~^']?$")
_JAPANESE_BRACKETS = re.compile("[「『【《][^」』】》]*[」』】》]")
_JAPANESE = re.compile("[ぁ-ゖァ-ヺ一-鿿]")
_OPENING_SINGLE, _CLOSING_SINGLE = re.compile(r"(?<!\w)['‘](?=\w)"), re.compile(r"(?<=[^\s'‘])['’](?!\w)")


class _Open(NamedTuple):
    kind: str
    bead: int
    finding: Finding
    at_edge: bool


class Brackets(Family):
    """Pairs brackets over a whole document."""

    rules = (UNPAIRED, FOREIGN)

    def find(self, view: BeadView) -> Iterable[Finding]:
        """Japanese brackets around English."""
        if view.target.language == "ja":
            return
        for match in _JAPANESE_BRACKETS.finditer(view.target.content):
            if not _JAPANESE.search(match[0]):
                message = f"“{match[0][0]}” is a Japanese mark."
                yield view.finding(FOREIGN, Side.TARGET, Span(*match.span()), message, confidence=0.9)

    def reader(self) -> _Pairing:
        """Pairs the brackets of one document."""
        return _Pairing()


class _Pairing:
    """The brackets that are open so far, and what was wrong with others."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._wrong: list[tuple[int, Finding]] = []

    def see(self, view: BeadView) -> None:
        """The brackets of the next bead."""
        for match in _MARK.finditer(view.target.content):
            mark = match[0]
            if mark in _OPENERS:
                self._opened(view, match.start(), _kind(_OPENERS[mark]))
            else:
                self._closed(view, match.start(), _kind(_CLOSERS[mark]))
        if view.is_pair and view.source.content and _unpaired(view.source.content):
            self._open, self._wrong = [], []

    def findings(self) -> Iterator[tuple[int, Finding]]:
        """What is still open, and what was wrong."""
        yield from self._wrong
        yield from ((one.bead, one.finding) for one in self._open if not one.at_edge)

    def _opened(self, view: BeadView, place: int, kind: str) -> None:
        at_edge = not view.is_pair and place == 0
        self._open.append(_Open(kind, view.index, _finding(view, place, "is not closed"), at_edge))

    def _closed(self, view: BeadView, place: int, kind: str) -> None:
        if self._open and self._open[-1].kind == kind:
            self._open.pop()
            return
        before, last = view.target.content[:place], place == len(view.target.content) - 1
        if kind == "()" and (_LIST_ITEM.search(before) or _FACE.search(before)):
            return
        if any(one.kind == kind for one in self._open):
            while (one := self._open.pop()).kind != kind:
                self._wrong.append((one.bead, one.finding))
        elif self._open and self._open[-1].bead == view.index and kind != "()" and self._open[-1].kind != "()":
            self._open.pop()
            self._wrong.append((view.index, _finding(view, place, "closes a bracket of another kind")))
        elif view.is_pair or not last:
            self._wrong.append((view.index, _finding(view, place, "was not opened")))


def _kind(kind: str) -> str:
    return _ALIKE.get(kind, kind)


def _unpaired(content: str) -> bool:
    counts = [content.count(kind[0]) != content.count(kind[1]) for kind in _KINDS]
    return any(counts) or content.count('"') % 2 == 1 or _lonely_apostrophe(content)


def _lonely_apostrophe(content: str) -> bool:
    """Whether a quotation in single marks begins and does not end: 'We know."""
    return len(_OPENING_SINGLE.findall(content)) > len(_CLOSING_SINGLE.findall(content))


def _finding(view: BeadView, place: int, fault: str) -> Finding:
    mark = view.target.content[place]
    return view.finding(UNPAIRED, Side.TARGET, Span(place, place + 1), f"“{mark}” {fault}.", confidence=0.85)

"""The rule of style: です・ます beside だ・である in one text."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.checks.family import Family
from tui_reader.checks.rules import Example, Rule
from tui_reader.model import Severity, Side, Span
from tui_reader.text import sentences, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.checks.family import BeadView
    from tui_reader.model import Finding
    from tui_reader.text.words import Word

REGISTER = Rule(
    "register",
    "です・ます beside だ・である",
    Side.TARGET,
    Severity.WARNING,
    "style",
    0.5,
    "Most sentences of a Japanese translation end in one style, polite (です・ます) or plain (だ・である), and this "
    "one ends in the other. Quotations, and sentences that end in a noun, do not count.",
    good=Example(
        "The mill is old.\nIt stands by the river.\nChildren play there.\nThe wheel still turns.\nWe visited it.",
        "水車小屋は古い建物です。\n川のそばに立っています。\n子どもたちがそこで遊びます。\n水車は今も回っています。\n私たちは訪ねました。",
    ),
    bad=Example(
        "The mill is old.\nIt stands by the river.\nChildren play there.\nThe wheel still turns.\nWe visited it.",
        "水車小屋は古い建物です。\n川のそばに立っています。\n子どもたちがそこで遊びます。\n水車は今も回っています。\n私たちはそこを訪ねた。",
    ),
    cure="End the sentence in the style of the others.",
)

POLITE, PLAIN = "polite", "plain"
_FEWEST_SENTENCES = 5
"""Sentences with a style from which a text has one."""
_MAJORITY = 0.8
_QUOTATION = re.compile("「[^」]*」|『[^』]*』|（[^）]*）|“[^”]*”")
_TRAILING = frozenset({"PUNCT", "SYM", "PART"})
_POLITE_LEMMAS = frozenset({"です", "ます", "下さる", "くださる", "ございます", "ござる"})
_INFLECTED = frozenset({"VERB", "ADJ", "AUX"})
_NEAR_END = 4


class Ending(NamedTuple):
    """How a sentence ends."""

    style: str
    span: Span
    """Its last words, in the text."""


class Register(Family):
    """Compares how the sentences of a document end."""

    rules = (REGISTER,)

    def reader(self) -> _Styles:
        """Counts the styles of one document."""
        return _Styles()


class _Styles:
    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._found: dict[str, list[tuple[int, Finding]]] = {POLITE: [], PLAIN: []}

    def see(self, view: BeadView) -> None:
        """The sentences of the next bead."""
        if view.target.language != "ja":
            return
        for ending in endings(view.target.content):
            self._counts[ending.style] += 1
            message = f"This sentence is {ending.style}; the text around it is not."
            finding = view.finding(REGISTER, Side.TARGET, ending.span, message, confidence=0.75)
            self._found[ending.style].append((view.index, finding))

    def findings(self) -> Iterator[tuple[int, Finding]]:
        """The sentences of the rarer style, where the other prevails."""
        if self._counts.total() < _FEWEST_SENTENCES:
            return
        (_, most), *others = self._counts.most_common()
        if others and most >= _MAJORITY * self._counts.total():
            yield from self._found[others[0][0]]


def endings(content: str) -> Iterator[Ending]:
    """How each sentence of a Japanese text ends, where it has a style."""
    unquoted = _QUOTATION.sub(lambda match: "＊" * len(match[0]), content)
    for sentence in sentences.split(content, "ja"):
        text = sentence.of(unquoted).rstrip()
        if not text.endswith(("。", "！", "？", "!", "?")):
            continue
        parsed = words.split(unquoted, "ja", sentence)
        while parsed and parsed[-1].part_of_speech in _TRAILING:
            parsed.pop()
        style = _style(parsed)
        if style is not None:
            yield Ending(style, Span(parsed[max(0, len(parsed) - 3)].start, parsed[-1].end))


def _style(parsed: list[Word]) -> str | None:
    """Style of a sentence by its last words, None where it ends in a noun or a quotation."""
    if not parsed or parsed[-1].part_of_speech not in _INFLECTED:
        return None
    tail = [word for word in parsed[-_NEAR_END:] if word.part_of_speech in _INFLECTED]
    return POLITE if any(word.lemma in _POLITE_LEMMAS for word in tail) else PLAIN

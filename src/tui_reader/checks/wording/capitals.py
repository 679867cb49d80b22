"""The rule of capital letters in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui_reader.checks.family import Family
from tui_reader.checks.rules import Example, Rule
from tui_reader.checks.wording.proofreader import CAPITALS, faults, is_english
from tui_reader.model import Severity, Side, Span
from tui_reader.text.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui_reader.checks.family import BeadView
    from tui_reader.model import Finding

RULE = Rule(
    "capital-letter",
    "Lower case where a capital belongs",
    Side.TARGET,
    Severity.INFO,
    "typographical",
    0.5,
    "An English sentence begins in a small letter, or a name (monday, new york) or the word I has none. It speaks only "
    "where the source ends like a sentence, so that labels and items of lists may be written as they like.",
    good=Example("女将は火曜日に戻った。", "The landlady came back on Tuesday.", "ja", "en"),
    bad=Example("女将は火曜日に戻った。", "the landlady came back on Tuesday.", "ja", "en"),
    cure="Begin sentences and names with a capital letter.",
)

_SENTENCE = re.compile(r"[。｡．.！!？?…]+[」』）)\]】”\"'’〉》]*\s*$")
_GOES_ON = re.compile(r"\s*(?:[…‥—―–-]|と[^、。]|って|、)")
"""How a source begins that goes on from the sentence before it."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FEWEST_WORDS = 4
_FIRST = re.compile(r"\s*[\"“‘'(]*([a-z]+(?:['’][a-z]+)?)(?=[\s,;:])")
_PARTICLES = lexicon("al bin da dal de del della den der di dos du el ibn la las le les los san ter van von zu e x n")
"""Parts of names that begin with a small letter even at the beginning of a sentence."""


class Capitals(Family):
    """Looks at the first letters of sentences and of what always has a capital one."""

    rules = (RULE,)

    def find(self, view: BeadView) -> Iterable[Finding]:
        """Words in small letters that should have a capital one."""
        if view.target.language != "en" or not _are_sentences(view):
            return
        for span in _small(view.target.content):
            if _is_plain(view, span):
                words = span.of(view.target.content)
                message = f"“{words}” begins with a small letter."
                yield view.finding(RULE, Side.TARGET, span, message, confidence=0.85)


def _small(content: str) -> Iterator[Span]:
    """What should have a capital letter: the first word, and what Harper knows of names."""
    first = _FIRST.match(content)
    if first and first[1] not in _PARTICLES:
        yield Span(*first.span(1))
    for fault in faults(content):
        if fault.rule in CAPITALS and not (first and fault.span.start <= first.start(1) < fault.span.end):
            yield fault.span


def _are_sentences(view: BeadView) -> bool:
    """Whether both sides are whole sentences."""
    source, target = view.source.content, view.target.content
    return (
        _SENTENCE.search(source) is not None
        and (view.is_pair or not _GOES_ON.match(source))
        and len(_WORD.findall(target)) >= _FEWEST_WORDS
        and is_english(target)
    )


def _is_plain(view: BeadView, span: Span) -> bool:
    """Whether it begins with a small letter as a word of its own, that the source does not write so (npm)."""
    words = span.of(view.target.content)
    before = view.target.verbatim[max(0, span.start - 1) : span.start]
    return words[:1].islower() and words not in view.source.content and not before.strip(" \n\"“‘'(")

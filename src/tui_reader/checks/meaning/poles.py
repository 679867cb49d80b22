"""Opposed concepts in both languages, and where a text speaks of one.

The lexicon ``opposites.tsv`` has one pair a line: rule, then for each concept its English and its Japanese words,
separated by spaces. Lines without a rule add concepts to the line above: a set of which one excludes the others, such
as the colours. An English word matches in all its forms, with ``=`` in front in this form alone; ``_`` joins the words
of a phrase; a Japanese entry is a regular expression. Words with ``~`` in front of them, and single Japanese characters
without ``=``, are too vague to show that a text speaks of the concept, but enough to suppose that it may.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.model import Span
from tui_reader.text.stems import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_reader.checks.family import SideView

_VAGUE, _TELLING = "~", "="
_BEHIND = re.compile(r"^\(\?<[=!][^)]*\)")


class Pole(NamedTuple):
    """One of two opposed concepts, or of a set of which one excludes the others."""

    group: int
    """The pair or set it belongs to, in the order of the lexicon from 0."""
    place: int
    """In its group, from 0."""


@dataclass
class Mentions:
    """Which concepts a text speaks of.

    Attributes:
        sure: where, for concepts that it certainly speaks of.
        possible: all that it may speak of, these included.
    """

    sure: dict[Pole, Span] = field(default_factory=dict)
    possible: set[Pole] = field(default_factory=set)

    def add(self, pole: Pole, telling: bool, span: Span) -> None:
        """Take note of one mention; the first sure one of a concept is kept."""
        self.possible.add(pole)
        if telling:
            self.sure.setdefault(pole, span)


class Opposition(NamedTuple):
    """A concept of the source, and its opposite in the translation."""

    rule: str
    source: Span
    target: Span
    is_pair: bool = True
    """Whether it is the opposite, not one of several others."""


@dataclass
class _Lexicon:
    rules: list[str] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    """How many concepts each group has."""
    english: dict[str, list[tuple[Pole, bool, tuple[str, ...]]]] = field(default_factory=dict)
    """By the stem of the first word: the concept, whether it tells, the stems of the words that follow."""
    japanese: dict[str, list[tuple[Pole, bool, re.Pattern[str]]]] = field(default_factory=dict)
    """By the first character."""


def oppositions(source_side: SideView, target_side: SideView) -> list[Opposition]:
    """Where the source speaks of one of two opposed concepts alone, and the translation of the other alone."""
    source, target = mentions(source_side), mentions(target_side)
    lexicon = _lexicon()
    instead = {pole.group: span for pole, span in target.sure.items() if pole not in source.possible}
    return [
        Opposition(lexicon.rules[pole.group], span, instead[pole.group], lexicon.sizes[pole.group] == 2)
        for pole, span in source.sure.items()
        if pole not in target.possible and pole.group in instead
    ]


@lru_cache(maxsize=4)
def mentions(side: SideView) -> Mentions:
    """The concepts that an English or Japanese text speaks of, in time linear in its length."""
    return _japanese(side) if side.language == "ja" else _english(side)


def _english(side: SideView) -> Mentions:
    found, lexicon = Mentions(), _lexicon().english
    words = side.words
    forms = [word.lemma for word in words]
    stems = [stem(form) for form in forms]
    for place, first in enumerate(stems):
        for pole, telling, rest in (*lexicon.get(first, ()), *lexicon.get(_TELLING + forms[place], ())):
            last = place + len(rest)
            if tuple(stems[place + 1 : last + 1]) == rest:
                span = Span(words[place].start, words[last].end)
                found.add(pole, telling and not (not rest and _is_compounded(side.content, span)), span)
    return found


def _is_compounded(content: str, span: Span) -> bool:
    """Whether a word is a part of another or of an age: *low-lying*, *24 years old*."""
    before = content[max(0, span.start - 6) : span.start]
    return before.endswith(("-", "year ", "years ")) or content[span.end : span.end + 1] == "-"


def _japanese(side: SideView) -> Mentions:
    found, lexicon = Mentions(), _lexicon().japanese
    names = [word for word in side.words if word.part_of_speech == "PROPN"]
    in_names = bytearray(len(side.content))
    for word in names:
        in_names[word.start : word.end] = b"\1" * word.span.length
    for start, character in enumerate(side.content):
        for pole, telling, pattern in lexicon.get(character, ()):
            match = pattern.match(side.content, start)
            if match:
                found.add(pole, telling and not in_names[start], Span(*match.span()))
    return found


@cache
def _lexicon() -> _Lexicon:
    lines = files("tui_reader.checks.meaning").joinpath("opposites.tsv").read_text("utf-8").splitlines()
    lexicon = _Lexicon()
    for line in lines[1:]:
        rule, *cells = line.split("\t")
        if rule:
            lexicon.rules.append(rule)
            lexicon.sizes.append(0)
        for english, japanese in zip(cells[::2], cells[1::2], strict=True):
            pole = Pole(len(lexicon.rules) - 1, lexicon.sizes[-1])
            lexicon.sizes[-1] += 1
            _add_english(lexicon, pole, english.split())
            _add_japanese(lexicon, pole, japanese.split())
    return lexicon


def _add_english(lexicon: _Lexicon, pole: Pole, entries: Sequence[str]) -> None:
    for entry in entries:
        words = entry.removeprefix(_VAGUE).split("_")
        first, *rest = words if entry.startswith(_TELLING) else map(stem, words)
        lexicon.english.setdefault(first, []).append((pole, not entry.startswith(_VAGUE), tuple(rest)))


def _add_japanese(lexicon: _Lexicon, pole: Pole, entries: Sequence[str]) -> None:
    for entry in entries:
        bare = entry.lstrip(_VAGUE + _TELLING)
        matched = _BEHIND.sub("", bare)
        telling = not entry.startswith(_VAGUE) and (len(matched) > 1 or entry.startswith(_TELLING))
        heads = re.match(r"\[([^\]]+)\]", matched)
        for head in heads[1] if heads else matched[0]:
            lexicon.japanese.setdefault(head, []).append((pole, telling, re.compile(bare)))

"""The rule of words that stand twice."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tui_reader.checks.family import Family
from tui_reader.checks.rules import Example, Rule
from tui_reader.model import Severity, Side, Span
from tui_reader.text.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui_reader.checks.family import BeadView, SideView
    from tui_reader.model import Finding

REPEATED_WORD = Rule(
    "repeated-word",
    "Word repeated",
    Side.TARGET,
    Severity.WARNING,
    "duplication",
    0.5,
    "The same word or particle stands twice in a row (the the, をを). Repetition for effect, in the source as well, is "
    "left alone.",
    good=Example("He filled the basket with shells from the beach.", "彼は浜の貝殻で籠を満たした。"),
    bad=Example("He filled the basket with shells from the beach.", "彼は浜のの貝殻で籠をを満たした。"),
    cure="Take one of them out.",
)

_TWICE = re.compile(r"(?<![\w'’-])([^\W\d_]+)\s+\1(?![\w'’-])", re.IGNORECASE)
_MAY_STAND_TWICE = lexicon(
    "had that very so no yes bye ha hey oh many really long far ever well there blah knock tut now again more is one"
)
_PARTICLES = lexicon("の を に が は で と へ も から まで より")
_COPIED = re.compile(r"([一-鿿ァ-ヺーA-Za-z][一-鿿ぁ-ゖァ-ヺーA-Za-z]{2,20})\1")
_NAMED_TWICE = re.compile(r"([ァ-ヺー]{2,}|[A-Za-z]{2,})・?\1")
_SOUND = re.compile(r"^[ァ-ヺー]{1,4}$|^[ぁ-ゖ]+$")


class Repeated(Family):
    """Looks for neighbours that are the same word."""

    rules = (REPEATED_WORD,)

    def find(self, view: BeadView) -> Iterable[Finding]:
        """The second of each such pair of words in the translation."""
        repeats = _japanese if view.target.language == "ja" else _english
        if view.target.language not in {"ja", "en"} or _repeats_itself(view.source):
            return
        for span in repeats(view.target):
            words = span.of(view.target.content)
            yield view.finding(REPEATED_WORD, Side.TARGET, span, f"“{words}” stands twice.", confidence=0.9)


def _repeats_itself(side: SideView) -> bool:
    """Whether a source itself says something twice in a row: then the translation may as well."""
    return any(pattern.search(side.content) for pattern in (_TWICE, _COPIED, _NAMED_TWICE))


def _english(side: SideView) -> Iterator[Span]:
    for match in _TWICE.finditer(side.content):
        if match[1].lower() not in _MAY_STAND_TWICE:
            yield Span(match.end() - len(match[1]), match.end())


def _japanese(side: SideView) -> Iterator[Span]:
    for one, two in pairwise(side.words):
        if one.part_of_speech == two.part_of_speech == "ADP" and one.end == two.start:
            first, second = one.span.of(side.content), two.span.of(side.content)
            if first == second and first in _PARTICLES:
                yield two.span
    for match in _COPIED.finditer(side.content):
        if not _SOUND.match(match[1]):
            yield Span(match.end() - len(match[1]), match.end())

"""The rule of texts that have nothing to do with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.checks.family import Family
from tui_reader.checks.rules import Example, Rule
from tui_reader.model import Severity, Side, Signal, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui_reader.checks.coverage.measure import Coverage
    from tui_reader.checks.family import BeadView
    from tui_reader.model import Finding

UNRELATED = Rule(
    "unrelated",
    "Not a translation of this source",
    Side.TARGET,
    Severity.ERROR,
    "mistranslation",
    0.5,
    "The two texts have nothing to do with each other: their meanings are far apart. "
    "One finding stands for all the omissions and additions of the pair.",
    good=Example("The lighthouse keeper counted seven ships before dawn.", "灯台守は夜明け前に七隻の船を数えた。"),
    bad=Example(
        "The lighthouse keeper counted seven ships before dawn.", "砂糖と小麦粉をよく混ぜ、オーブンで二十分焼きます。"
    ),
    cure="Put the translation of this source here; perhaps a line has slipped.",
    says_all=True,
)

_FAR, _OPPOSED = 0.15, 0.05
"""Similarities below which two texts are unrelated: where their lengths agree, and where they do not, so that one may
be the translation of a small part of the other. Of 220 translations by people none was below .41; of 220 random pairs
with lengths that agree 17 in 20 are found (``coverage.jsonl`` of the development data,
Universal Sentence Encoder)."""
_LENGTHS_AGREE = 1.6
_FEWEST_WORDS = 3


class Unrelated(Family):
    """Compares what was measured on the whole of both sides."""

    rules = (UNRELATED,)

    def find(self, view: BeadView) -> Iterable[Finding]:
        """The whole target, where it translates something else."""
        source, target = (_content_words(view.coverage, side) for side in Side)
        if min(source, target) < _FEWEST_WORDS:
            return
        agree = max(source, target) / min(source, target) < _LENGTHS_AGREE
        limit = _FAR if agree else _OPPOSED
        if view.similarity < limit:
            yield view.finding(
                UNRELATED,
                Side.TARGET,
                Span(0, len(view.target.content)),
                "The translation has nothing to do with its source.",
                confidence=min(0.98, 0.7 + limit - view.similarity),
                counterpart=Span(0, len(view.source.content)),
                signals=(Signal("similarity", view.similarity, limit, below=True),),
            )


def _content_words(coverage: Coverage, side: Side) -> int:
    return sum(coverage.content[side])

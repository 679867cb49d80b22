"""The rule of degree: how much, how many, how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.checks.family import Family
from tui_reader.checks.meaning.amounts import amount_clash
from tui_reader.checks.meaning.opposed import opposed_words
from tui_reader.checks.rules import Example, Rule
from tui_reader.model import Severity, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui_reader.checks.family import BeadView
    from tui_reader.model import Finding

RULE = Rule(
    "degree",
    "All against some",
    Side.TARGET,
    Severity.WARNING,
    "mistranslation",
    0.5,
    "How much, how many or how often differs in kind: all against some, always against seldom, most against few, "
    "nearly all against all, hardly ever against never.",
    good=Example("All of the lamps were lit.", "ランプはすべて灯っていた。"),
    bad=Example("All of the lamps were lit.", "ランプの一部が灯っていた。"),
    cure="Claim as much as the source does, no more and no less.",
)

_LONG = 160
"""Characters of the longer side from which it may speak of several things, all of one and most of another."""


class Degree(Family):
    """Looks for amounts of which the source has one and the translation another."""

    rules = (RULE,)

    def find(self, view: BeadView) -> Iterable[Finding]:
        """The translation's words that claim more or less than the source's."""
        if {view.source.language, view.target.language} != {"en", "ja"}:
            return ()
        return [*opposed_words(view, RULE)] or [*_stretched(view)]


def _stretched(view: BeadView) -> Iterator[Finding]:
    """A part that became the whole, or the whole a part."""
    long = view.length > _LONG
    for side in Side:
        here, there = view.side(side), view.side(side.other)
        clash = amount_clash(here.content, there.content, here.language)
        if clash is None:
            continue
        spans = {side: clash.whole, side.other: clash.part}
        target, source = spans[Side.TARGET].of(view.target.content), spans[Side.SOURCE].of(view.source.content)
        yield view.finding(
            RULE,
            Side.TARGET,
            spans[Side.TARGET],
            _message(side, target, source),
            confidence=0.45 if long else 0.75,
            counterpart=spans[Side.SOURCE],
        )


def _message(whole: Side, target: str, source: str) -> str:
    if whole is Side.TARGET:
        return f"“{target}” claims more than the source's “{source}”."
    return f"“{target}” claims less than the source's “{source}”."

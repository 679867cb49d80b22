"""The rule of modality: a duty that became a choice, a possibility that became a fact, and the reverse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.checks.family import Family
from tui_reader.checks.meaning import modals_en, modals_ja
from tui_reader.checks.meaning.modals import clashes, left_open
from tui_reader.checks.rules import Example, Rule
from tui_reader.model import Severity, Side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.checks.family import BeadView, SideView
    from tui_reader.checks.meaning.modals import Modals
    from tui_reader.model import Finding, Span

RULE = Rule(
    "modality",
    "Must against may",
    None,
    Severity.WARNING,
    "mistranslation",
    0.5,
    "The source says that something must be, the translation that it may be, or the other way round; no need became a "
    "ban; or one side leaves open (perhaps, might have, かもしれない, おそれがある) what the other states as a fact.",
    good=Example("Visitors must leave their boots outside.", "来館者は長靴を外に置かなければならない。"),
    bad=Example("Visitors must leave their boots outside.", "来館者は長靴を外に置いてもよい。"),
    cure="Keep duty, permission and possibility apart as the source does.",
)

_LONG = 160
"""Characters of the longer side from which it may speak of several things, each in its own way."""
_CLEAR, _LEFT_OPEN, _UNSURE = 0.8, 0.6, 0.45
"""Confidence in two marks that clash, in a possibility that only one side has, and in either in a long text."""


class Modality(Family):
    """Compares what both sides say of duty, permission and possibility."""

    rules = (RULE,)

    def find(self, view: BeadView) -> Iterator[Finding]:
        """Marks that clash, or what one side alone leaves open."""
        if {view.source.language, view.target.language} != {"en", "ja"}:
            return
        long = view.length > _LONG
        source, target = _modals(view.source), _modals(view.target)
        clash = next(clashes(source, target), None)
        if clash is not None:
            confidence = _UNSURE if long else _CLEAR
            yield _clash(view, clash.source.span, clash.target.span, confidence)
            return
        for side, one, other in ((Side.SOURCE, source, target), (Side.TARGET, target, source)):
            mark = left_open(one, other)
            if mark is not None:
                yield _alone(view, side, mark.span, _UNSURE if long else _LEFT_OPEN)


def _modals(side: SideView) -> Modals:
    return modals_ja.modals(side.content) if side.language == "ja" else modals_en.modals(side.content)


def _clash(view: BeadView, source: Span, target: Span, confidence: float) -> Finding:
    here, there = target.of(view.target.content), source.of(view.source.content)
    message = f"“{here}” is stronger or weaker than the source's “{there}”."
    return view.finding(RULE, Side.TARGET, target, message, confidence=confidence, counterpart=source)


def _alone(view: BeadView, side: Side, span: Span, confidence: float) -> Finding:
    return view.finding(RULE, side, span, _alone_message(side, span.of(view.side(side).content)), confidence=confidence)


def _alone_message(side: Side, words: str) -> str:
    if side is Side.SOURCE:
        return f"The source leaves this open with “{words}”; the translation does not."
    return f"The translation leaves this open with “{words}”; the source does not."

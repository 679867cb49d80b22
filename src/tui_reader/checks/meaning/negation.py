"""The rule of polarity: a *not* that was lost, or that nobody said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.checks.family import Family
from tui_reader.checks.meaning.cues import NEGATION as NEGATIVE
from tui_reader.checks.meaning.cues import unmatched_negations
from tui_reader.checks.meaning.polarity import polarity_cues
from tui_reader.checks.meaning.poles import oppositions
from tui_reader.checks.meaning.predicates import negated_word
from tui_reader.checks.rules import Example, Rule
from tui_reader.model import Severity, Side, Signal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui_reader.checks.family import BeadView
    from tui_reader.checks.meaning.cues import Cue
    from tui_reader.model import Finding, Span

NEGATION = Rule(
    "negation",
    "Negation lost or put in",
    None,
    Severity.ERROR,
    "mistranslation",
    0.5,
    "One side says not, never, without (ない, ず, まい…) and nothing on the other side negates. "
    "Phrases that only look negative (not only, cannot help, なければならない, かもしれない, しか…ない) do not count, "
    "and a negation may also be matched by a word that has it inside: impossible, fail to, 不要, 以外, 難い. "
    "What it negates must have its counterpart: a whole phrase that is missing is an omission.",
    good=Example("The harbour master did not sign the papers.", "港長は書類に署名しなかった。"),
    bad=Example("The harbour master did not sign the papers.", "港長は書類に署名した。"),
    cure="Say it the way the source does, affirmed or denied.",
)

_UNSURE = 0.4
"""Confidence in a negation whose phrase has no counterpart: reported at high sensitivity."""
_TRANSLATED, _SURELY, _MISSING = 0.4, 0.1, 0.5
"""Word loss below which a negated word has its counterpart, and surely has it; and from which a negation is missing:
with its phrase, unless the negated word is surely there."""
_LONG = 240
"""Characters of the longer side from which several sentences may share their negations out differently."""


class Negation(Family):
    """Compares the polarity of both sides by counting what negates and what may."""

    rules = (NEGATION,)

    def find(self, view: BeadView) -> Iterable[Finding]:
        """The negations of either side that the other side has nothing for."""
        if {view.source.language, view.target.language} != {"en", "ja"}:
            return
        cues = {side: polarity_cues(view.side(side)) for side in Side}
        for side in Side:
            here = view.side(side)
            unmatched = unmatched_negations(cues[side], cues[side.other])
            # Not safe ~ 危険: an opposite word stands for a negation.
            explained = _antonyms(view) if unmatched else 0
            for cue in unmatched[explained:]:
                yield view.finding(
                    NEGATION,
                    side,
                    cue.span,
                    _message(side, cue.span.of(here.content)),
                    confidence=_certainty(view, side, cue, cues[side.other]),
                    signals=tuple(Signal(f"negations in the {one}", _count(cues[one])) for one in Side),
                )


def _antonyms(view: BeadView) -> int:
    return sum(opposition.rule == "antonym" for opposition in oppositions(view.source, view.target))


def _certainty(view: BeadView, side: Side, cue: Cue, counterparts: Sequence[Cue]) -> float:
    """Most certain where the other side has no negation at all, and where both are short.

    A negation is lost where what it negates was translated without it. Where that has no counterpart either, the whole
    phrase is missing or said by its opposite (*not welcome*, 面会謝絶): an omission, if anything.
    """
    if not _is_translated(view, side, cue.span):
        return _UNSURE
    return 0.92 - (0.2 if _count(counterparts) else 0) - (0.12 if view.length > _LONG else 0)


def _is_translated(view: BeadView, side: Side, negation: Span) -> bool:
    """Whether the other side certainly has what is negated; true where nothing was measured."""
    loss = view.loss(side, negation)
    if loss is None:
        return True
    word = negated_word(view.side(side), negation)
    return word is not None and (view.loss(side, word.span) or 0.0) < (_TRANSLATED if loss < _MISSING else _SURELY)


def _count(cues: Sequence[Cue]) -> int:
    return sum(cue.group == NEGATIVE for cue in cues)


def _message(side: Side, words: str) -> str:
    if side is Side.SOURCE:
        return f"The source negates with “{words}”; the translation does not."
    return f"The translation negates with “{words}”; the source does not."

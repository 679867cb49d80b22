"""The rule of words that turn a statement into its opposite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.checks.family import Family
from tui_reader.checks.meaning.cues import NEGATION
from tui_reader.checks.meaning.polarity import polarity_cues
from tui_reader.checks.meaning.poles import oppositions
from tui_reader.checks.rules import Example, Rule
from tui_reader.model import Severity, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui_reader.checks.family import BeadView
    from tui_reader.model import Finding, Span

ANTONYM = Rule(
    "antonym",
    "Translated by its opposite",
    Side.TARGET,
    Severity.ERROR,
    "mistranslation",
    0.5,
    "The source has one of two opposed words (increase, decrease; north, south; accept, reject), the translation only "
    "the other. It speaks up only for words of its own list, and only where neither text has both.",
    good=Example("Rents in the old town increased again.", "旧市街の家賃はまた上昇した。"),
    bad=Example("The shop opens at the north gate.", "店は南門で開く。"),
    cure="Use the word that means what the source says.",
)
_NEGATED = frozenset({NEGATION, "doubled", "compare", "nor"})
"""Groups of cues with a negation in them."""
_LONG = 160
"""Characters of the longer side from which it may speak of several things, one of either kind."""


class Opposed(Family):
    """Looks for concepts of which the source has one and the translation the opposite."""

    rules = (ANTONYM,)

    def find(self, view: BeadView) -> Iterable[Finding]:
        """The translation's words that say the opposite of the source's."""
        if {view.source.language, view.target.language} != {"en", "ja"}:
            return ()
        return opposed_words(view, ANTONYM)


def opposed_words(view: BeadView, rule: Rule) -> Iterator[Finding]:
    """The translation's words that are opposed to words of the source, by the lines of the lexicon for a rule.

    Args:
        view: of an English and a Japanese side.
        rule: whose lines are looked at.
    """
    found = [one for one in oppositions(view.source, view.target) if one.rule == rule.code]
    if not found or _negated_differently(view):
        return
    long = view.length > _LONG
    reported: set[Span] = set()
    for _, source, target, is_pair in found:
        if target in reported:
            continue
        reported.add(target)
        here, there = target.of(view.target.content), source.of(view.source.content)
        yield view.finding(
            rule,
            Side.TARGET,
            target,
            _message(here, there, is_pair),
            confidence=0.45 if long else 0.8,
            counterpart=source,
        )


def _message(target: str, source: str, is_pair: bool) -> str:
    if is_pair:
        return f"“{target}” says the opposite of the source's “{source}”."
    return f"The source says “{source}”, the translation “{target}”."


def _negated_differently(view: BeadView) -> bool:
    """*Not high* is 低い: where one side negates more than the other, opposite words may well say the same."""
    counts = {sum(cue.group in _NEGATED for cue in polarity_cues(view.side(side))) for side in Side}
    return len(counts) > 1

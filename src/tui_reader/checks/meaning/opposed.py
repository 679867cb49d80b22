"""Rules of words that turn a statement into its opposite: antonyms, all for some, must for may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.checks.family import Family
from tui_reader.checks.meaning.cues import NEGATION
from tui_reader.checks.meaning.polarity import polarity_cues
from tui_reader.checks.meaning.poles import oppositions
from tui_reader.checks.rules import Example, Rule
from tui_reader.model import Severity, Side

if TYPE_CHECKING:
    from collections.abc import Iterable

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
DEGREE = Rule(
    "degree",
    "All against some",
    Side.TARGET,
    Severity.WARNING,
    "mistranslation",
    0.5,
    "How much, how many or how often differs in kind: all against some, always against seldom, most against few.",
    good=Example("All of the lamps were lit.", "ランプはすべて灯っていた。"),
    bad=Example("All of the lamps were lit.", "ランプの一部が灯っていた。"),
    cure="Claim as much as the source does, no more and no less.",
)
MODALITY = Rule(
    "modality",
    "Must against may",
    Side.TARGET,
    Severity.WARNING,
    "mistranslation",
    0.5,
    "The source says that something must be, the translation that it may be, or the other way round.",
    good=Example("Visitors must leave their boots outside.", "来館者は長靴を外に置かなければならない。"),
    bad=Example("Visitors must leave their boots outside.", "来館者は長靴を外に置いてもよい。"),
    cure="Keep duty, permission and possibility apart as the source does.",
)

_BY_CODE = {rule.code: rule for rule in (ANTONYM, DEGREE, MODALITY)}
_NEGATED = frozenset({NEGATION, "doubled", "compare", "nor"})
"""Groups of cues with a negation in them."""
_LONG = 160
"""Characters of the longer side from which it may speak of several things, one of either kind."""


class Opposed(Family):
    """Looks for concepts of which the source has one and the translation the opposite."""

    rules = (ANTONYM, DEGREE, MODALITY)

    def find(self, view: BeadView) -> Iterable[Finding]:
        """The translation's words that say the opposite of the source's."""
        if {view.source.language, view.target.language} != {"en", "ja"}:
            return
        found = oppositions(view.source, view.target)
        if not found or _negated_differently(view):
            return
        long = max(len(view.source.content), len(view.target.content)) > _LONG
        reported: set[Span] = set()
        for rule, source, target in found:
            if target in reported:
                continue
            reported.add(target)
            here, there = target.of(view.target.content), source.of(view.source.content)
            yield view.finding(
                _BY_CODE[rule],
                Side.TARGET,
                target,
                f"“{here}” says the opposite of the source's “{there}”.",
                confidence=0.45 if long else 0.8,
                counterpart=source,
            )


def _negated_differently(view: BeadView) -> bool:
    """*Not high* is 低い: where one side negates more than the other, opposite words may well say the same."""
    counts = {sum(cue.group in _NEGATED for cue in polarity_cues(view.side(side))) for side in Side}
    return len(counts) > 1

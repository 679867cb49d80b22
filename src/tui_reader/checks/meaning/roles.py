"""The rule of roles: who does it, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.checks.family import Family
from tui_reader.checks.meaning import deeds_en, deeds_ja
from tui_reader.checks.meaning.deeds import same
from tui_reader.checks.rules import Example, Rule
from tui_reader.model import Severity, Side
from tui_reader.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.checks.family import BeadView
    from tui_reader.model import Finding

RULE = Rule(
    "roles",
    "Doer and receiver swapped",
    Side.TARGET,
    Severity.ERROR,
    "mistranslation",
    0.5,
    "The one who acts and the one acted upon changed places. It speaks only of single sentences that name both (by "
    "names of the same sound, or by pronouns) and say plainly who does it: English by its order and a verb of a list, "
    "Japanese by は, が, に and を and by the voice of its verb.",
    good=Example("Cornelia warned Matthias about the ice.", "コルネリアはマティアスに氷のことを警告した。"),
    bad=Example("Cornelia warned Matthias about the ice.", "マティアスはコルネリアに氷のことを警告した。"),
    cure="Let the same person act as in the source.",
)


class Roles(Family):
    """Compares the parties of the one deed that each side tells."""

    rules = (RULE,)

    def find(self, view: BeadView) -> Iterator[Finding]:
        """The party of the translation that acts and should not."""
        ja, en = view.in_language("ja"), view.in_language("en")
        if ja is None or en is None or not (_is_single(view, ja) and _is_single(view, en)):
            return
        english = deeds_en.deed(view.side(en).content)
        japanese = english and deeds_ja.deed(view.side(ja))
        if english is None or japanese is None:
            return
        if not (same(japanese.agent, english.patient) and same(japanese.patient, english.agent)):
            return
        if same(japanese.agent, english.agent) or same(japanese.patient, english.patient):
            return
        deeds = {ja: japanese, en: english}
        target, source = deeds[Side.TARGET].agent.span, deeds[Side.SOURCE].agent.span
        here, there = target.of(view.target.content), source.of(view.source.content)
        message = f"“{here}” does here what “{there}” does in the source."
        yield view.finding(RULE, Side.TARGET, target, message, confidence=0.8, counterpart=source)


def _is_single(view: BeadView, side: Side) -> bool:
    here = view.side(side)
    return len(sentences.split(here.content, here.language)) == 1

"""The rules of coverage: what the translation left out, and what it put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.checks.family import Family
from tui_reader.checks.rules import Example, Rule
from tui_reader.model import Severity, Side

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui_reader.checks.family import BeadView
    from tui_reader.model import Finding

OMISSION = Rule(
    "omission",
    "Left out of the translation",
    Side.SOURCE,
    Severity.ERROR,
    "omission",
    0.45,
    "Words of the source that nothing in the translation stands for. "
    "What Japanese leaves unsaid by grammar (subjects, articles, plurals) is not meant. "
    "Either the translation lacks it, or it says it in words so different that a reader should look.",
    good=Example(
        "The bakery closed early because the oven had broken down.", "オーブンが故障したため、パン屋は早く閉まった。"
    ),
    bad=Example(
        "The bakery closed early because the oven had broken down, and the apprentices painted the shutters green.",
        "オーブンが故障したため、パン屋は早く閉まった。",
    ),
    cure="Say in the translation what the marked words of the source say, if it does not say so already.",
)
ADDITION = Rule(
    "addition",
    "Put into the translation",
    Side.TARGET,
    Severity.WARNING,
    "addition",
    0.25,
    "Words of the translation that nothing in the source stands for. "
    "An explanation for the reader may be welcome; a claim that the source does not make is not.",
    good=Example(
        "The bakery closed early because the oven had broken down.", "オーブンが故障したため、パン屋は早く閉まった。"
    ),
    bad=Example(
        "The bakery closed early because the oven had broken down.",
        "オーブンが故障したため、パン屋は早く閉まり、見習いたちは雨戸を緑色に塗った。",
    ),
    cure="Take the marked words out of the translation, or quote the source that says them.",
)


class Coverage(Family):
    """Omissions and additions. They are measured with the encoders, for many beads together, before any rule runs."""

    rules = (OMISSION, ADDITION)
    needs_both_sides = False

    def find(self, view: BeadView) -> Iterable[Finding]:
        """What was measured."""
        return view.coverage.findings

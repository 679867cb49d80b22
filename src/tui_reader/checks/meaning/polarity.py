"""Polarity of either side of a bead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.checks.meaning import cues_en, cues_ja
from tui_reader.checks.meaning.cues import undoubled

if TYPE_CHECKING:
    from tui_reader.checks.family import SideView
    from tui_reader.checks.meaning.cues import Cue


def polarity_cues(side: SideView) -> list[Cue]:
    """What bears on the polarity of a text in English or Japanese."""
    japanese = side.language == "ja"
    cues = cues_ja.cues(side.content, side.words) if japanese else cues_en.cues(side.content)
    return undoubled(cues, side.content, before=not japanese)

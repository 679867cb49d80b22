"""Polarity of either side of a bead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_reader.checks.meaning import cues_en, cues_ja

if TYPE_CHECKING:
    from tui_reader.checks.family import SideView
    from tui_reader.checks.meaning.cues import Cue


def polarity_cues(side: SideView) -> list[Cue]:
    """What bears on the polarity of a text in English or Japanese."""
    return cues_ja.cues(side.content, side.words) if side.language == "ja" else cues_en.cues(side.content)

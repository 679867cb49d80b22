"""What a score says: its band by letter and word, and where it stands among faithful translations."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui_reader.tui.language import later, tr

if TYPE_CHECKING:
    from tui_reader.model import Standing


class BandWords(NamedTuple):
    """How a band is told."""

    letter: str
    name: str
    meaning: str
    ink: str
    """Of the cells that stand for it, as `widgets.inked.ink` reads it; the letter in them says the same."""


BANDS: dict[str, BandWords] = {
    "close": BandWords(
        "c",
        later("close"),
        later("like the better 75 in 100 faithful translations"),
        "foreground 60% on foreground 12%",
    ),
    "free": BandWords(
        "f",
        later("free"),
        later("like the next 20 in 100: free, or a bit is missing"),
        "foreground on foreground 30%",
    ),
    "doubtful": BandWords(
        "d",
        later("doubtful"),
        later("like the last 5 in 100: missing, added or different"),
        "foreground on warning 45%",
    ),
    "unrelated": BandWords(
        "u",
        later("unrelated"),
        later("as low as texts that do not translate each other"),
        "foreground on error 70%",
    ),
}
"""Every `model.Band` by its value, the best first."""
POOR = frozenset({"doubtful", "unrelated"})
"""Bands whose sentence pairs ask for a look."""


def band_name(standing: Standing) -> str:
    """The band in the language in force."""
    return tr(BANDS[standing.band].name)


def standing_words(standing: Standing) -> str:
    """Band and percentile: ``doubtful: 2 in 100 faithful translations score lower``."""
    lower = tr("{band}: {percentile} in 100 faithful translations score lower")
    return lower.format(band=band_name(standing), percentile=standing.percentile)

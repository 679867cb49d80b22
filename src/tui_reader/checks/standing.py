"""What a score means: where it stands among faithful translations, and among texts that do not translate each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tui_reader.checks.coverage.parameters import archive
from tui_reader.model import Band, Standing

if TYPE_CHECKING:
    from tui_reader.encoders.base import Floats

_FREE, _DOUBTFUL = 25, 5
"""Percentiles of faithful translations at which one counts as free, and as doubtful."""
_RELATED = 95
"""Percentile of unrelated pairs above which a score speaks of a translation."""


def standing(score: float, encoders: str) -> Standing | None:
    """Of a bead with two sides; None where nothing is known of such scores.

    Args:
        score: 0 to 100.
        encoders: name of the `EncoderSet` that measured it.
    """
    known = archive().get(f"{encoders}.standing")
    if known is None:
        return None
    faithful, unrelated = known[:-1], known[-1]
    percentile = int(np.searchsorted(faithful, score, side="right")) - 1
    return Standing(min(max(percentile, 0), 99), _band(score, faithful, unrelated))


def _band(score: float, faithful: Floats, unrelated: float) -> Band:
    if score >= faithful[_FREE]:
        return Band.CLOSE
    if score >= faithful[_DOUBTFUL]:
        return Band.FREE
    return Band.DOUBTFUL if score > unrelated else Band.UNRELATED


def distribution(faithful: Floats, unrelated: Floats) -> Floats:
    """``(102,)`` what `standing` looks up: percentiles 0 to 100 of the first, then one of the second.

    Args:
        faithful: ``(n,)`` scores of faithful translations.
        unrelated: ``(m,)`` scores of pairs that do not translate each other.
    """
    percentiles = np.percentile(faithful, np.arange(101))
    return np.append(percentiles, np.percentile(unrelated, _RELATED)).astype(np.float32)

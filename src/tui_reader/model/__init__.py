"""The nouns of the program: plain frozen values, no input or output, no imports from the rest of the package.

Every span in these values is half-open and counts Unicode code points of a *decoded* text exactly as its
format gave it (newlines kept, byte-order mark left out, nothing normalised).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from tui_reader.model.texts import (
    Block,
    BlockKind,
    Document,
    Ignore,
    Location,
    Locator,
    Passage,
    Side,
    Source,
    Span,
    Text,
)

if TYPE_CHECKING:
    from tui_reader.model.alignments import Alignment, Bead, Segment, Unquoted
    from tui_reader.model.reports import (
        Band,
        CheckedBead,
        Evidence,
        Finding,
        Report,
        Severity,
        Signal,
        Signature,
        Standing,
        WordLoss,
        mean_score,
    )

__all__ = [
    "Alignment",
    "Band",
    "Bead",
    "Block",
    "BlockKind",
    "CheckedBead",
    "Document",
    "Evidence",
    "Finding",
    "Ignore",
    "Location",
    "Locator",
    "Passage",
    "Report",
    "Segment",
    "Severity",
    "Side",
    "Signal",
    "Signature",
    "Source",
    "Span",
    "Standing",
    "Text",
    "Unquoted",
    "WordLoss",
    "mean_score",
]


_ALIGNMENTS = frozenset({"Alignment", "Bead", "Segment", "Unquoted"})


def __getattr__(name: str) -> object:
    """Load alignments and reports when they are first used (PEP 562): a text is on the screen before it has any."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "alignments" if name in _ALIGNMENTS else "reports"
    return getattr(import_module(f"tui_reader.model.{module}"), name)

"""The nouns of the program: plain frozen values, no input or output, no imports from the rest of the package.

Every span in these values is half-open and counts Unicode code points of a *decoded* text exactly as its
format gave it (newlines kept, byte-order mark left out, nothing normalised).
"""

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

"""What a rule is: what can be found, how bad it is, and how a person is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_reader.model import Severity, Side
    from tui_reader.settings import Sensitivity

_SHIFT: dict[str, float] = {"low": 0.3, "normal": 0.0, "high": -0.12}
"""What each sensitivity adds to a rule's threshold."""
_SUREST = 0.95
"""No threshold lies higher: what is this sure is reported at every sensitivity."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text and its translation that show what a rule means; a line is a sentence pair (bead)."""

    source: str
    target: str
    source_language: str = "en"
    target_language: str = "ja"


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that the checker looks for.

    Attributes:
        code: stable name in kebab-case, used in settings, reports and baselines, and the name of its page in
            ``docs/rules``.
        title: a few words for lists.
        side: the text that its findings point into, None where it may be either.
        severity: how bad a finding is.
        category: localisation quality issue type of ITS 2.0 (W3C).
        confidence: from which a finding is reported at normal sensitivity.
        description: what it means.
        good: a pair in which it finds nothing.
        bad: a pair in which it finds something.
        cure: what to do about a finding, a sentence.
        default: whether it is on where no setting says otherwise.
        says_all: whether its finding makes omissions and additions of the same bead pointless.
    """

    code: str
    title: str
    side: Side | None
    severity: Severity
    category: str
    confidence: float
    description: str
    good: Example
    bad: Example
    cure: str = ""
    default: bool = True
    says_all: bool = False

    def threshold(self, sensitivity: Sensitivity) -> float:
        """Confidence from which a finding is reported."""
        return min(self.confidence + _SHIFT[sensitivity], _SUREST)

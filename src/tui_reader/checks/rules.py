"""The registry of rules: what can be found, how bad it is, and how a person is told."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from tui_reader.model import Severity, Side

if TYPE_CHECKING:
    from tui_reader.settings import Sensitivity

_SHIFT: dict[str, float] = {"low": 0.3, "normal": 0.0, "high": -0.12}
"""What each sensitivity adds to a rule's threshold."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that the checker looks for.

    Attributes:
        code: stable name, used in settings, reports and baselines.
        title: a few words for lists.
        side: the text that its findings point into.
        severity: how bad a finding is.
        category: localisation quality issue type of ITS 2.0 (W3C).
        confidence: from which a finding is reported at normal sensitivity.
        description: what it means and what to do about it.
    """

    code: str
    title: str
    side: Side
    severity: Severity
    category: str
    confidence: float
    description: str

    def threshold(self, sensitivity: Sensitivity) -> float:
        """Confidence from which a finding is reported."""
        return self.confidence + _SHIFT[sensitivity]


OMISSION = Rule(
    "omission",
    "Left out of the translation",
    Side.SOURCE,
    Severity.ERROR,
    "omission",
    0.4,
    "Words of the source that nothing in the translation stands for. "
    "What Japanese leaves unsaid by grammar (subjects, articles, plurals) is not meant. "
    "Either the translation lacks it, or it says it in words so different that a reader should look.",
)
ADDITION = Rule(
    "addition",
    "Put into the translation",
    Side.TARGET,
    Severity.WARNING,
    "addition",
    0.5,
    "Words of the translation that nothing in the source stands for. "
    "An explanation for the reader may be welcome; a claim that the source does not make is not.",
)

RULES = MappingProxyType({rule.code: rule for rule in (OMISSION, ADDITION)})
"""Every rule by its code."""

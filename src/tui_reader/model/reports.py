"""Reports: what rules found, how well beads correspond, and everything that a number depends on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from tui_reader.model.alignments import Alignment, Bead
from tui_reader.model.texts import Document, Side, Span


class Severity(StrEnum):
    """How bad a finding is; a rule fixes it."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for errors, growing as the severity falls (for sorting)."""
        return list(Severity).index(self)


class Signal(NamedTuple):
    """One measurement behind a finding."""

    name: str
    value: float
    threshold: float | None = None
    """The value from which this signal speaks for the finding, None where it only informs."""
    below: bool = False
    """True where it speaks for the finding below the threshold, not above it."""

    @property
    def supports(self) -> bool | None:
        """Whether it speaks for the finding, None where it only informs."""
        if self.threshold is None:
            return None
        return self.value < self.threshold if self.below else self.value >= self.threshold


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a finding was made."""

    counterpart: Span | None = None
    """The closest words on the other side (offsets in the whole text), None where there is no other side."""
    similarity: float | None = None
    """How close that counterpart is, a cosine."""
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a rule found wrong."""

    rule: str
    side: Side
    span: Span
    """In the whole text of its side: the source's text, or the document's."""
    confidence: float
    """Probability that a bilingual reader would agree, 0 to 1."""
    severity: Severity
    message: str
    evidence: Evidence = Evidence()
    fingerprint: str = ""
    """Stable name: the same while rule, side, words and bead keep their wording, wherever they move."""


class WordLoss(NamedTuple):
    """A word and the probability that the other side has no counterpart for it."""

    start: int
    end: int
    probability: float


class Band(StrEnum):
    """What a score says, from where it stands among the scores of faithful translations."""

    CLOSE = "close"
    """Among the better three in four faithful translations."""
    FREE = "free"
    """Lower than three in four: a free translation, or something is missing."""
    DOUBTFUL = "doubtful"
    """Lower than 95 in 100: expect something missing, added or different."""
    UNRELATED = "unrelated"
    """As low as texts that do not translate each other."""


class Standing(NamedTuple):
    """Where a score stands."""

    percentile: int
    """How many in 100 faithful translations by people score lower."""
    band: Band


@dataclass(frozen=True, slots=True)
class CheckedBead:
    """What the checker says about one bead. Offsets count in the whole texts."""

    bead: Bead
    score: float
    """0 to 100, higher = the two sides correspond better."""
    findings: tuple[Finding, ...] = ()
    source_losses: tuple[WordLoss, ...] = ()
    target_losses: tuple[WordLoss, ...] = ()
    standing: Standing | None = None
    """Where the score stands; None where a side is empty, or nothing is known of such scores."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Everything that changes a number, so that two figures can be compared or refused (after sacrebleu)."""

    version: str
    encoder: str
    parameters: str
    """Short hash of the fitted parameters."""
    sensitivity: str
    rules: str = "default"
    """``default``, or what is switched on, off or to another severity: ``negation=off,number=warning``."""

    def __str__(self) -> str:
        rules = "" if self.rules == "default" else f"|rules:{self.rules}"
        return (
            f"tui-reader:{self.version}|encoder:{self.encoder}"
            f"|parameters:{self.parameters}|sensitivity:{self.sensitivity}{rules}"
        )


@dataclass(frozen=True, slots=True)
class Report:
    """Findings and scores of a document."""

    document: Document
    alignment: Alignment
    beads: tuple[CheckedBead, ...]
    signature: Signature

    @property
    def score(self) -> float | None:
        """Length-weighted mean of the beads' scores, None where nothing is aligned."""
        return mean_score(self.beads)

    def passage_score(self, passage: int) -> float | None:
        """The same for one passage, by its index."""
        return mean_score(tuple(self.of_passage(passage)))

    def of_passage(self, passage: int) -> Iterator[CheckedBead]:
        """The beads of one passage, by its index."""
        return (checked for checked in self.beads if checked.bead.passage == passage)

    @property
    def findings(self) -> tuple[tuple[CheckedBead, Finding], ...]:
        """All findings with their beads, in text order."""
        return tuple((checked, finding) for checked in self.beads for finding in checked.findings)

    def ranked_findings(self) -> tuple[tuple[CheckedBead, Finding], ...]:
        """All findings with their beads, the gravest first: severity, then how much is likely lost."""
        return tuple(sorted(self.findings, key=lambda pair: _gravity(pair[1])))


def _gravity(finding: Finding) -> tuple[int, float]:
    return finding.severity.rank, -finding.confidence * min(finding.span.length, 60) ** 0.5


def mean_score(beads: tuple[CheckedBead, ...]) -> float | None:
    """Length-weighted mean of scores; None for no beads.

    The weight of a bead is the number of characters of its longer side, so that a lost sentence counts fully.
    """
    weights = [
        max((span.length for span in (b.bead.source_span, b.bead.target_span) if span), default=0) for b in beads
    ]
    total = sum(weights)
    return sum(b.score * w for b, w in zip(beads, weights, strict=True)) / total if total else None

"""Runs the checker on what has gold and says how far the two agree."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from tui_reader.checks.checker import Checker
from tui_reader.evaluation.cases import GoldIndex
from tui_reader.evaluation.gold import GoldSeverity, MarkType
from tui_reader.evaluation.gold_alignment import GoldAligned, lax_beads, strict_beads, unmatched
from tui_reader.evaluation.judging import Judged, Verdict, judge
from tui_reader.evaluation.statistics import Counts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui_reader.evaluation.cases import Case
    from tui_reader.evaluation.gold import GoldBead
    from tui_reader.model import Band, CheckedBead, Report
    from tui_reader.settings import CheckSettings

WEIGHTS = {GoldSeverity.MINOR: 1.0, GoldSeverity.MAJOR: 5.0, GoldSeverity.CRITICAL: 25.0}
"""What a problem costs, the default multipliers of MQM (Lommel et al. 2014)."""


@dataclass(frozen=True, slots=True)
class RatedBead:
    """A gold bead with what the checker says of it as a whole.

    Attributes:
        gold: its number.
        score: the lowest of the checker's beads that share sentences with it.
        suspicion: the highest confidence of an omission or addition there, or without any the highest word loss.
        cost: summed `WEIGHTS` of its problems.
        lacking: whether it has an omission or addition.
        faulty: whether it has any problem.
        band: what the lowest score says, None where nothing is known of such scores.
    """

    gold: int
    score: float
    suspicion: float
    cost: float
    lacking: bool
    faulty: bool
    band: Band | None = None


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A case, what the checker said, and what that is worth.

    Attributes:
        strict, lax: agreement of the sentence beads.
        unmatched: of the sentences without a counterpart.
    """

    case: Case
    report: Report
    judged: Judged
    beads: tuple[RatedBead, ...]
    strict: Counts
    lax: Counts
    unmatched: Counts

    def spans(self, rule: str) -> Counts:
        """Half-overlap counts of omissions or additions."""
        counted = [f for f in self.judged.findings if f.finding.rule == rule and f.verdict is not Verdict.UNCOUNTED]
        marks = [m for m in self.judged.marks if m.mark.type.value == rule]
        right = sum(f.verdict is Verdict.RIGHT for f in counted)
        return Counts(right, len(counted), sum(m.found for m in marks), len(marks))

    def exact_spans(self, rule: str) -> Counts:
        """The same where beginning and end have to agree."""
        counted = [f for f in self.judged.findings if f.finding.rule == rule and f.verdict is not Verdict.UNCOUNTED]
        marks = [m for m in self.judged.marks if m.mark.type.value == rule]
        return Counts(sum(f.exact for f in counted), len(counted), sum(m.exact for m in marks), len(marks))


def evaluate(cases: Sequence[Case], settings: CheckSettings, *, gold_beads: bool = False) -> Iterator[Evaluated]:
    """Check every case and compare with its gold, one at a time.

    Args:
        cases: documents with gold.
        settings: the table ``[check]``.
        gold_beads: hand the gold beads to the checks instead of those that the checker finds.
    """
    checker = (
        GoldAligned(settings, {case.document.id: case.gold for case in cases}) if gold_beads else Checker(settings)
    )
    for is_pairs, group in groupby(cases, key=lambda case: case.document.is_pairs):
        some = list(group)
        documents = (case.document for case in some)
        # Pairs are measured a few at a time; a document of its own is ready when its last bead is.
        reports = checker.check_all(documents) if is_pairs else map(checker.check, documents)
        for case, report in zip(some, reports, strict=True):
            yield evaluated(case, report)


def evaluated(case: Case, report: Report) -> Evaluated:
    """Compare one report with its gold."""
    alignment = report.alignment
    return Evaluated(
        case,
        report,
        judge(case, report),
        tuple(_rated(case, report)),
        strict_beads(case.gold, alignment),
        lax_beads(case.gold, alignment),
        unmatched(case.gold, alignment),
    )


def _rated(case: Case, report: Report) -> Iterator[RatedBead]:
    """The gold beads that the checker compared at all."""
    index = GoldIndex(case.gold)
    seen: dict[int, list[CheckedBead]] = defaultdict(list)
    for checked in report.beads:
        for number in index.of(checked.bead, report.alignment.passages[checked.bead.passage].source_id):
            seen[number].append(checked)
    for number, some in sorted(seen.items()):
        yield _rating(number, case.gold[number], some, case.rules)


def _rating(number: int, gold: GoldBead, checked: Sequence[CheckedBead], rules: frozenset[str]) -> RatedBead:
    lacking = {MarkType(rule) for rule in rules}
    lowest = min(checked, key=lambda bead: bead.score)
    return RatedBead(
        number,
        lowest.score,
        max(_suspicion(bead, rules) for bead in checked),
        sum(WEIGHTS[mark.severity] for mark in gold.problems if mark.severity),
        any(mark.type in lacking for mark in gold.problems),
        bool(gold.problems),
        lowest.standing.band if lowest.standing else None,
    )


def _suspicion(checked: CheckedBead, rules: frozenset[str]) -> float:
    confidence = [finding.confidence for finding in checked.findings if finding.rule in rules]
    losses: Mapping[str, Sequence[float]] = {
        "omission": [loss.probability for loss in checked.source_losses],
        "addition": [loss.probability for loss in checked.target_losses],
    }
    return max(confidence or [p for rule in rules for p in losses[rule]] or [0.0])

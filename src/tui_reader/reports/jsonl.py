"""JSON lines for programs: one object a pair, or one a bead of a document.

Offsets count Unicode code points, half-open. Scores and probabilities are not rounded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui_reader.model import CheckedBead, Evidence, Finding, Passage, Report, Side, Span, Text, mean_score
from tui_reader.reports.places import beads_by_passage, file_name, location, passage_of, source_of, text_of
from tui_reader.text.json_line import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui_reader.reports.report import ReportOptions

_NOWHERE = Span(0, 0)


class JsonLines:
    """Writes one JSON object a line."""

    def __init__(self, options: ReportOptions) -> None:
        self._coverage = options.coverage

    def write(self, report: Report) -> Iterator[str]:
        """The lines about one document, without line ends."""
        for record in records(report, coverage=self._coverage):
            yield to_json(record)

    def close(self) -> Iterator[str]:
        """Nothing: every line stands for itself."""
        return iter(())


def records(report: Report, *, coverage: bool = False) -> Iterator[dict[str, Any]]:
    """One record a passage for pairs, one a bead for other documents, in text order."""
    if report.document.is_pairs:
        for passage, beads in zip(report.alignment.passages, beads_by_passage(report), strict=True):
            yield _pair_record(report, passage, beads, coverage)
    else:
        for checked in report.beads:
            yield _bead_record(report, checked, coverage)


def _pair_record(report: Report, passage: Passage, beads: tuple[CheckedBead, ...], coverage: bool) -> dict[str, Any]:
    origins = {Side.SOURCE: passage.source_span.start, Side.TARGET: passage.target_span.start}
    record: dict[str, Any] = {
        "id": passage.id,
        "score": mean_score(beads),
        "standing": _standing_record(min(beads, key=lambda checked: checked.score, default=None)),
        "findings": [
            _finding_record(report, checked, finding, origins) for checked in beads for finding in checked.findings
        ],
        "moved": any(checked.bead.moved for checked in beads),
        "signature": str(report.signature),
    }
    return record | ({"coverage": _coverage(beads, origins)} if coverage else {})


def _bead_record(report: Report, checked: CheckedBead, coverage: bool) -> dict[str, Any]:
    bead = checked.bead
    spans = {side: bead.span(side) for side in Side}
    origins = {side: (span or _NOWHERE).start for side, span in spans.items()}
    record: dict[str, Any] = {
        "id": bead.id,
        "document": report.document.id,
        "source_id": passage_of(report, checked).source_id,
        "passage": bead.passage + 1,
        "source": _words(spans[Side.SOURCE], source_of(report, checked).text),
        "target": _words(spans[Side.TARGET], report.document.text),
        "source_span": spans[Side.SOURCE],
        "target_span": spans[Side.TARGET],
        "score": checked.score,
        "standing": _standing_record(checked),
        "findings": [_finding_record(report, checked, finding, origins) for finding in checked.findings],
        "similarity": bead.similarity,
        "alignment_confidence": bead.confidence,
        "moved": bead.moved,
        "signature": str(report.signature),
    }
    return record | ({"coverage": _coverage([checked], origins)} if coverage else {})


def _standing_record(checked: CheckedBead | None) -> dict[str, Any] | None:
    return None if checked is None or checked.standing is None else checked.standing._asdict()


def _words(span: Span | None, text: Text) -> str:
    return "" if span is None else span.of(text.content)


def _finding_record(report: Report, checked: CheckedBead, finding: Finding, origins: dict[Side, int]) -> dict[str, Any]:
    text = text_of(report, checked, finding.side)
    span = finding.span.shifted(-origins[finding.side])
    line, column = location(text, finding.span.start)
    return {
        "rule": finding.rule,
        "side": finding.side,
        "start": span.start,
        "end": span.end,
        "confidence": finding.confidence,
        "severity": finding.severity,
        "message": finding.message,
        "fingerprint": finding.fingerprint,
        "file": file_name(text),
        "line": line,
        "column": column,
        "evidence": _evidence_record(
            finding.evidence,
            text_of(report, checked, finding.side.other),
            # Rows of one document are joined to a text that no file has: a place in it means nothing outside.
            origins[finding.side.other] if report.document.is_pairs else 0,
        ),
    }


def _evidence_record(evidence: Evidence, other: Text, origin: int) -> dict[str, Any]:
    counterpart = evidence.counterpart
    return {
        "counterpart": _words(counterpart, other) or None,
        "counterpart_span": counterpart and counterpart.shifted(-origin),
        "similarity": evidence.similarity,
        "signals": [signal._asdict() for signal in evidence.signals],
    }


def _coverage(beads: Iterable[CheckedBead], origins: dict[Side, int]) -> dict[str, list[list[float]]]:
    losses: dict[Side, list[list[float]]] = {side: [] for side in Side}
    for checked in beads:
        for side, words in ((Side.SOURCE, checked.source_losses), (Side.TARGET, checked.target_losses)):
            losses[side] += [[w.start - origins[side], w.end - origins[side], w.probability] for w in words]
    return {side.value: sorted(found) for side, found in losses.items()}

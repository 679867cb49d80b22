"""The report for people: what was found where, and what is wrong, the gravest first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tui_reader.model import Severity, Span
from tui_reader.reports.finding_text import finding_lines
from tui_reader.reports.painter import Painter
from tui_reader.reports.places import file_name, lines
from tui_reader.text.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.model import Document, Report, Source, Unquoted
    from tui_reader.reports.report import ReportOptions


class TextReport:
    """Writes documents with their statements and findings, and of pairs only those with findings."""

    def __init__(self, options: ReportOptions) -> None:
        self._options = options
        self._paint = Painter(options.colour)
        self._severities: Counter[Severity] = Counter()
        self._documents = self._pairs = self._pairs_with_findings = 0
        self._pair_scores = 0.0
        self._signature = ""

    def write(self, report: Report) -> Iterator[str]:
        """The lines about one document, without line ends."""
        findings = report.ranked_findings()
        self._signature = str(report.signature)
        self._severities.update(finding.severity for _, finding in findings)
        if report.document.is_pairs:
            self._pairs += 1
            self._pairs_with_findings += bool(findings)
            self._pair_scores += report.score or 0.0
        else:
            if self._documents:
                yield ""
            self._documents += 1
            yield from self._document(report)
        for checked, finding in findings:
            yield from finding_lines(report, checked, finding, self._options)
            yield ""

    def close(self) -> Iterator[str]:
        """The sum over all pairs or documents, and the signature."""
        if self._pairs:
            mean = self._pair_scores / self._pairs
            yield (
                f"{counted(self._pairs, 'pair')}, mean score {self._paint(f'{mean:.1f}', bold=True)}; "
                f"{severities(self._severities)} in {counted(self._pairs_with_findings, 'pair')}"
            )
        elif self._documents > 1:
            yield f"{counted(self._documents, 'document')}; {severities(self._severities)}"
        if self._signature:
            yield self._paint(self._signature, dim=True)

    def _document(self, report: Report) -> Iterator[str]:
        document = report.document
        name = visible(file_name(document.text))
        yield self._paint(f"{visible(document.title)} ({name})" if document.title else name, bold=True)
        found = Counter(finding.severity for _, finding in report.findings)
        yield f"score {score(report.score)}; {severities(found)}"
        yield ""
        yield from self._statements(report)
        yield ""
        if found:
            yield self._paint("Findings, the gravest first", bold=True)
            yield ""

    def _statements(self, report: Report) -> Iterator[str]:
        passages = report.alignment.passages
        yield self._paint(f"{counted(len({p.source_id for p in passages}), 'statement')} found", bold=True)
        for index, passage in enumerate(passages):
            source = report.document.source(passage.source_id)
            paired = sum(1 for checked in report.of_passage(index) if checked.bead.target_segments)
            yield (
                f"  {lines(report.document.text, passage.target_span)}: {self._source_name(source)}, "
                f"{lines(source.text, passage.source_span)}; "
                f"{counted(paired, 'sentence')}, score {score(report.passage_score(index))}"
            )
        for unquoted in report.alignment.unquoted:
            yield f"  not quoted: {self._unquoted(report.document, unquoted)}"

    def _source_name(self, source: Source) -> str:
        about = ", ".join(part for part in (source.author, source.date) if part)
        return visible(f"{source.title or source.id}{f' ({about})' if about else ''}")

    def _unquoted(self, document: Document, unquoted: Unquoted) -> str:
        source = document.source(unquoted.source_id)
        number = sentences(source, unquoted.span)
        return f"{self._source_name(source)}, {lines(source.text, unquoted.span)} ({counted(number, 'sentence')})"


def sentences(source: Source, span: Span) -> int:
    """How many sentences of a source lie in a span of it."""
    from tui_reader.text.sentences import segments  # noqa: PLC0415 - loads a splitter

    return sum(1 for segment in segments(source.text) if segment.span.overlaps(span))


def score(value: float | None) -> str:
    """A score for people, a dash where nothing was aligned."""
    return "–" if value is None else f"{value:.1f}"


def counted(number: int, noun: str) -> str:
    """``1 error``, ``2 errors``, ``no errors``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}" if number else f"no {noun}s"


def severities(found: Counter[Severity]) -> str:
    """``2 errors, 1 warning`` for people."""
    return ", ".join(counted(found[s], _NOUNS[s]) for s in Severity if found[s]) or "no findings"


_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

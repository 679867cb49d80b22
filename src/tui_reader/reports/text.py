"""The report for people: what was found where, and what is wrong, the gravest first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tui_reader.model import Band, Severity, Span
from tui_reader.reports.finding_text import finding_lines
from tui_reader.reports.log_commands import disarmed
from tui_reader.reports.moved import moves, shortened
from tui_reader.reports.painter import Painter
from tui_reader.reports.places import file_name, lines, pair_scores
from tui_reader.text.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui_reader.model import CheckedBead, Report, Source
    from tui_reader.reports.report import ReportOptions


class TextReport:
    """Writes documents with their statements and findings, and of pairs only those with findings."""

    def __init__(self, options: ReportOptions) -> None:
        self._options = options
        self._paint = Painter(options.colour)
        self._severities: Counter[Severity] = Counter()
        self._documents = self._pairs = self._pairs_with_findings = 0
        self._pair_scores = 0.0
        self._bands: Counter[Band] = Counter()
        self._signatures: dict[str, None] = {}
        """In the order of the texts: some paths may have settings of their own."""

    def write(self, report: Report) -> Iterator[str]:
        """The lines about one document, without line ends."""
        yield from disarmed(self._lines(report))

    def _lines(self, report: Report) -> Iterator[str]:
        findings = report.ranked_findings()
        self._signatures[str(report.signature)] = None
        self._severities.update(finding.severity for _, finding in findings)
        if report.document.is_pairs:
            scores = pair_scores(report)
            self._pairs += len(scores)
            self._pairs_with_findings += len({checked.bead.passage for checked, _ in findings})
            self._pair_scores += sum(scores)
            self._bands.update(counted_bands(report.beads))
        else:
            if self._documents:
                yield ""
            self._documents += 1
            yield from self._document(report)
        for checked, finding in findings:
            yield from finding_lines(report, checked, finding, self._options)
            yield ""

    def close(self) -> Iterator[str]:
        """The sum over all pairs or documents, and each signature."""
        if self._pairs:
            mean = self._pair_scores / self._pairs
            where = f" in {counted(self._pairs_with_findings, 'pair')}" if self._pairs_with_findings else ""
            yield (
                f"{counted(self._pairs, 'pair')}, mean score {self._paint(f'{mean:.1f}', bold=True)}; "
                f"{severities(self._severities)}{where}"
            )
            if self._bands:
                yield f"sentence pairs by score: {_told(self._bands)}"
        elif self._documents > 1:
            yield f"{counted(self._documents, 'document')}; {severities(self._severities)}"
        for signature in self._signatures:
            yield self._paint(signature, dim=True)

    def _document(self, report: Report) -> Iterator[str]:
        document = report.document
        name = visible(file_name(document.text))
        yield self._paint(f"{visible(document.title)} ({name})" if document.title else name, bold=True)
        found = Counter(finding.severity for _, finding in report.findings)
        yield f"{score(report.score)}; {severities(found)}"
        if told := bands(report.beads):
            yield f"sentence pairs by score: {told}"
        yield ""
        yield from self._statements(report)
        yield from self._moves(report)
        yield ""
        if found:
            yield self._paint("Findings, the gravest first", bold=True)
            yield ""

    def _statements(self, report: Report) -> Iterator[str]:
        passages = report.alignment.passages
        quoted = list(dict.fromkeys(passage.source_id for passage in passages))
        yield self._paint(f"{counted(len(quoted), 'statement')} found", bold=True)
        sources = [report.document.source(source_id) for source_id in quoted]
        sources += [source for source in report.document.sources if source.id not in quoted]
        for source in sources:
            about = ", ".join(part for part in (source.author, source.date) if part)
            yield visible(f"  {source.title or source.id}{f' ({about})' if about else ''}")
            yield from self._passages(report, source)
            yield from self._unquoted(report, source, is_quoted=source.id in quoted)

    def _passages(self, report: Report, source: Source) -> Iterator[str]:
        for index, passage in enumerate(report.alignment.passages):
            if passage.source_id == source.id:
                beads = [checked.bead for checked in report.of_passage(index)]
                pairs = sum(1 for bead in beads if bead.source_segments and bead.target_segments)
                yield (
                    f"    {lines(report.document.text, passage.target_span)} ← "
                    f"source {lines(source.text, passage.source_span)}, {counted(pairs, 'sentence pair')}, "
                    f"{score(report.passage_score(index))}"
                )

    def _moves(self, report: Report) -> Iterator[str]:
        """Sentences that the translation has at another place, a line each."""
        found = list(moves(report))
        if found:
            yield ""
            yield self._paint("At another place than in the source", bold=True)
        for one in found:
            source, target = (f"{place.start.line}:{place.start.column}" for place in (one.source, one.target))
            yield f"  {target} “{shortened(one.target.words)}” ← source {source} “{shortened(one.source.words)}”"

    def _unquoted(self, report: Report, source: Source, *, is_quoted: bool) -> Iterator[str]:
        spans = [unquoted.span for unquoted in report.alignment.unquoted if unquoted.source_id == source.id]
        if not is_quoted:
            yield f"    not quoted in this text ({counted(sentences(source, [Span(0, len(source.text))]), 'sentence')})"
        elif spans:
            places = ", ".join(lines(source.text, span) for span in spans)
            yield f"    not quoted: source {places} ({counted(sentences(source, spans), 'sentence')})"


def sentences(source: Source, spans: Sequence[Span]) -> int:
    """How many sentences of a source lie in these spans of it."""
    from tui_reader.text.sentences import segments  # noqa: PLC0415 - loads a splitter

    return sum(1 for segment in segments(source.text) if any(segment.span.overlaps(span) for span in spans))


def score(value: float | None) -> str:
    """``score 82.5``, or that there is none where nothing was aligned."""
    return "no score" if value is None else f"score {value:.1f}"


def bands(beads: Iterable[CheckedBead]) -> str:
    """``34 close, 4 free, 3 doubtful``; empty where nothing is known of such scores."""
    return _told(counted_bands(beads))


def counted_bands(beads: Iterable[CheckedBead]) -> Counter[Band]:
    """How many beads have a score of each band."""
    return Counter(checked.standing.band for checked in beads if checked.standing)


def _told(found: Counter[Band]) -> str:
    return ", ".join(f"{found[band]:,} {band}" for band in Band if found[band])


def counted(number: int, noun: str) -> str:
    """``1 error``, ``2 errors``, ``no errors``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}" if number else f"no {noun}s"


def severities(found: Counter[Severity]) -> str:
    """``2 errors, 1 warning`` for people."""
    return ", ".join(counted(found[s], _NOUNS[s]) for s in Severity if found[s]) or "no findings"


_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

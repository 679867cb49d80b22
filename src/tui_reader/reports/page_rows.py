"""What the HTML report shows, row by row, before any markup."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tui_reader.model import Severity, Side, Span
from tui_reader.reports.finding_text import percent
from tui_reader.reports.located import one_line
from tui_reader.reports.places import lines, passage_of, text_of
from tui_reader.text.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.model import CheckedBead, Finding, Passage, Report, Source, Text


class Run(NamedTuple):
    """Characters that the same findings speak of."""

    text: str
    findings: tuple[int, ...] = ()
    """Numbers of the findings that they are the words of."""
    closest: tuple[int, ...] = ()
    """Numbers of the findings whose counterpart they are."""
    kind: str = ""
    """The gravest severity of those findings."""


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding below its sentence pair."""

    number: int
    rule: str
    severity: str
    confidence: float
    sure: str
    message: str
    fingerprint: str
    closest: str
    closest_language: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the page."""

    kind: str
    """``passage``, ``bead``, ``own`` (the author's own words) or ``unquoted``."""
    title: str = ""
    url: str = ""
    anchor: str = ""
    label: str = ""
    source: tuple[Run, ...] = ()
    target: tuple[Run, ...] = ()
    source_language: str = ""
    target_language: str = ""
    score: str = ""
    heat: int = 0
    standing: str = ""
    """What the score says, in words."""
    findings: tuple[ShownFinding, ...] = ()
    moved: str = ""
    """Where the source has it, if the translation has it at another place."""


class Counter:
    """Gives numbers to beads and findings, all through the page."""

    def __init__(self) -> None:
        self.beads = self.findings = 0


def document_rows(report: Report, counter: Counter) -> Iterator[Row]:
    """The rows of a document in the order of its text, what is not quoted at the end."""
    text, at, passage = report.document.text, 0, -1
    for checked in report.beads:
        own = checked.bead.target_span
        if own is not None and own.start > at:
            yield from _own_words(text, Span(at, own.start))
        if checked.bead.passage != passage:
            passage = checked.bead.passage
            yield _passage_row(report, report.alignment.passages[passage])
        yield bead_row(report, checked, counter)
        at = max(at, own.end) if own is not None else at
    yield from _own_words(text, Span(at, len(text)))
    for one in report.alignment.unquoted:
        source = report.document.source(one.source_id)
        title = f"Not quoted: {_name(source)}, {lines(source.text, one.span)}"
        runs = (Run(visible(one.span.of(source.text.content)).strip()),)
        yield Row("unquoted", title=title, source=runs, source_language=source.text.language)


def bead_row(report: Report, checked: CheckedBead, counter: Counter, label: str = "") -> Row:
    """The row of one sentence pair."""
    counter.beads += 1
    numbered = list(enumerate(checked.findings, counter.findings + 1))
    counter.findings += len(numbered)
    source, target = (text_of(report, checked, side) for side in (Side.SOURCE, Side.TARGET))
    return Row(
        "bead",
        anchor=f"b{counter.beads}",
        label=label or f"sentence pair {counter.beads}",
        source=_runs(source, checked.bead.source_span, Side.SOURCE, numbered),
        target=_runs(target, checked.bead.target_span, Side.TARGET, numbered),
        source_language=source.language,
        target_language=target.language,
        score=f"{checked.score:.0f}",
        heat=heat(checked.score),
        standing=_standing(checked),
        findings=tuple(_shown(report, checked, number, finding) for number, finding in numbered),
        moved=lines(source, checked.bead.source_span) if checked.bead.moved and checked.bead.source_span else "",
    )


def pair_rows(report: Report, counter: Counter) -> Iterator[Row]:
    """The rows of a pair; its id names them."""
    for checked in report.beads:
        yield bead_row(report, checked, counter, f"pair {one_line(passage_of(report, checked).id)}")


def _standing(checked: CheckedBead) -> str:
    if checked.standing is None:
        return ""
    percentile, band = checked.standing
    return f"{band}: {percentile} in 100 faithful translations score lower"


def heat(score: float) -> int:
    """The tenth that a score lies in, 0 to 9."""
    return min(int(score / 10), 9)


def _own_words(text: Text, span: Span) -> Iterator[Row]:
    """Those blocks of the text that no bead covers, as far as they lie in a span."""
    for block in text.blocks:
        inside = Span(max(block.span.start, span.start), min(block.span.end, span.end))
        words = visible(inside.of(text.content)).strip() if inside.length > 0 else ""
        if words:
            yield Row("own", target=(Run(words),), target_language=text.language)


def _passage_row(report: Report, passage: Passage) -> Row:
    source = report.document.source(passage.source_id)
    about = ", ".join(one_line(part) for part in (source.author, source.date) if part)
    url = source.url or ""
    shown = one_line(url) if url.startswith(("https://", "http://")) else ""
    return Row("passage", title=f"{_name(source)}{f' ({about})' if about else ''}", url=shown)


def _name(source: Source) -> str:
    return one_line(source.title or source.id)


def _shown(report: Report, checked: CheckedBead, number: int, finding: Finding) -> ShownFinding:
    other = text_of(report, checked, finding.side.other)
    counterpart = finding.evidence.counterpart
    return ShownFinding(
        number,
        finding.rule,
        finding.severity.value,
        round(finding.confidence, 4),
        percent(finding.confidence),
        one_line(finding.message),
        finding.fingerprint,
        "" if counterpart is None else one_line(counterpart.of(other.content)),
        other.language,
    )


def _runs(text: Text, span: Span | None, side: Side, findings: Sequence[tuple[int, Finding]]) -> tuple[Run, ...]:
    """A side of a bead, cut wherever a finding or a counterpart begins or ends."""
    if span is None:
        return ()
    marks = [(number, one.span, one.severity) for number, one in findings if one.side is side]
    others = [(number, one.evidence.counterpart) for number, one in findings if one.side is not side]
    edges = {span.start, span.end}
    for cut in (*(mark[1] for mark in marks), *(other[1] for other in others)):
        if cut is not None:
            edges |= {edge for edge in cut if span.start < edge < span.end}
    ordered = sorted(edges)
    return tuple(_run(text, Span(start, end), marks, others) for start, end in pairwise(ordered))


def _run(
    text: Text, piece: Span, marks: Sequence[tuple[int, Span, Severity]], others: Sequence[tuple[int, Span | None]]
) -> Run:
    own = [(number, severity) for number, span, severity in marks if span.overlaps(piece)]
    return Run(
        visible(piece.of(text.content)),
        tuple(number for number, _ in own),
        tuple(number for number, span in others if span is not None and span.overlaps(piece)),
        min((severity for _, severity in own), key=lambda one: one.rank).value if own else "",
    )

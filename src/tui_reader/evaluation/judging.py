"""Which findings are right, and which gold spans were found.

Omissions and additions are judged by their characters, with the rule of the evaluation kit: a finding is right when
at least half of its characters lie in gold or uncounted spans and it touches gold; a gold span is found when findings
of its rule cover at least half of it. Only letters, digits, kana and kanji are counted as characters. Words that are
marked as another problem of the same side, and the source's words for them, are uncounted; freedoms are not: a finding
there is a false alarm. A finding of any other rule is right when it, or the place on the other side that it names,
touches a problem, or when its bead holds a problem of the kind that the rule is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.evaluation.cases import COVERAGE_RULES, RELATED, GoldIndex, Place
from tui_reader.evaluation.gold import MarkType
from tui_reader.model import Side, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

    from tui_reader.evaluation.cases import Case
    from tui_reader.evaluation.gold import Mark
    from tui_reader.model import CheckedBead, Finding, Report


class Verdict(StrEnum):
    """What a finding is worth."""

    RIGHT = "right"
    WRONG = "wrong"
    UNCOUNTED = "uncounted"
    """Neither: it lies in words that count neither way, or its rule looks for what the gold does not annotate."""


@dataclass(frozen=True, slots=True)
class JudgedFinding:
    """A finding and what the gold says of it."""

    finding: Finding
    checked: CheckedBead
    verdict: Verdict
    exact: bool = False
    """Whether it begins and ends with a gold span of its rule, punctuation aside."""
    freedoms: tuple[Mark, ...] = ()
    """Freedoms that it touches."""
    gold_bead: int | None = None
    """Number of the first gold bead that its bead shares sentences with; None where nothing there is annotated."""


@dataclass(frozen=True, slots=True)
class JudgedMark:
    """A marked problem and whether the checker saw it."""

    mark: Mark
    gold_bead: int
    found: bool
    """By findings of its own rule, or for changes by one of a rule that is about its kind."""
    exact: bool
    by_any: bool
    """Some finding of whatever rule touches it or its counterpart."""


@dataclass(frozen=True, slots=True)
class Judged:
    """All findings and problems of a document."""

    findings: tuple[JudgedFinding, ...]
    marks: tuple[JudgedMark, ...]


def judge(case: Case, report: Report) -> Judged:
    """Compare a report with the gold of its document."""
    index = GoldIndex(case.gold)
    bench = _Bench(case, report, index)
    findings: list[JudgedFinding] = []
    for checked in report.beads:
        source_id = report.alignment.passages[checked.bead.passage].source_id
        gold_beads = index.of(checked.bead, source_id)
        place = {Side.SOURCE: index.source_place(checked.bead, source_id), Side.TARGET: Place(Side.TARGET)}
        findings += [
            bench.judged(finding, checked, place, gold_beads)
            for finding in checked.findings
            if finding.rule not in COVERAGE_RULES or finding.rule in case.rules
        ]
    return Judged(tuple(findings), tuple(bench.marks()))


class _Bench:
    """The gold of a document as masks over its texts, and what the findings of a report cover of it."""

    def __init__(self, case: Case, report: Report, index: GoldIndex) -> None:
        self._index = index
        self._report = report
        self._rules = case.rules
        self._letters: dict[tuple[Side, str], NDArray[np.bool_]] = {}
        self._marks = [
            (mark, number, index.places(number)) for number, bead in enumerate(case.gold) for mark in bead.marks
        ]
        self._gold = _Layers(self._mask)
        self._uncounted = _Layers(self._mask)
        self._problems = _Layers(self._mask)
        self._covered: dict[str, _Layers] = {}
        self._touched = _Layers(self._mask)
        self._unplaced: dict[int, set[str]] = {}
        self._exact: set[tuple[str, Place, Span]] = set()
        for mark, _, places in self._marks:
            self._lay(mark, places)
        self._always = case.uncounted
        self._freedoms = [(m, places[m.side]) for m, _, places in self._marks if m.type is MarkType.FREEDOM]

    def _mask(self, place: Place) -> NDArray[np.bool_]:
        """The letters of a text."""
        key = place.side, place.source_id
        if key not in self._letters:
            document = self._report.document
            text = document.text if place.side is Side.TARGET else document.source(place.source_id).text
            self._letters[key] = np.fromiter((c.isalnum() for c in text.content), bool, len(text))
        return self._letters[key]

    def _lay(self, mark: Mark, places: Mapping[Side, Place]) -> None:
        if mark.type is MarkType.FREEDOM:
            return
        here, there = places[mark.side], places[mark.side.other]
        self._problems.add(here, mark.span)
        (self._gold if mark.type.value in COVERAGE_RULES else self._uncounted).add(here, mark.span)
        if mark.counterpart:
            self._problems.add(there, mark.counterpart)
            self._uncounted.add(there, mark.counterpart)

    def judged(
        self, finding: Finding, checked: CheckedBead, places: Mapping[Side, Place], gold_beads: list[int]
    ) -> JudgedFinding:
        """The verdict on a finding, which is noted as covering what it covers."""
        place = places[finding.side]
        counterpart = finding.evidence.counterpart
        trimmed = self._trimmed(place, finding.span)
        self._exact.add((finding.rule, place, trimmed))
        self._touched.add(place, finding.span)
        self._covered.setdefault(finding.rule, _Layers(self._mask)).add(place, finding.span)
        if finding.rule in COVERAGE_RULES:
            verdict = self._coverage_verdict(place, finding.span)
        else:
            named = [(place, finding.span)] + ([(places[finding.side.other], counterpart)] if counterpart else [])
            for where, span in named[1:]:
                self._touched.add(where, span)
                self._covered[finding.rule].add(where, span)
            if finding.side is Side.SOURCE and counterpart is None:
                for number in gold_beads:
                    self._unplaced.setdefault(number, set()).add(finding.rule)
            verdict = self._other_verdict(finding.rule, named, gold_beads)
        exact = any(
            self._trimmed(place, mark.span) == trimmed
            for number in gold_beads
            for mark in self._index.beads[number].problems
            if mark.type.value == finding.rule and mark.side is finding.side
        )
        freedoms = tuple(
            mark
            for number in gold_beads
            for mark in self._index.beads[number].marks
            if mark.type is MarkType.FREEDOM and mark.side is finding.side and mark.span.overlaps(finding.span)
        )
        return JudgedFinding(finding, checked, verdict, exact, freedoms, gold_beads[0] if gold_beads else None)

    def _coverage_verdict(self, place: Place, span: Span) -> Verdict:
        letters = self._mask(place)[span.start : span.end]
        size = max(1, int(letters.sum()))
        gold = self._gold.of(place, span)
        other = self._uncounted.of(place, span) & ~gold
        always = self._always_uncounted(place.side, span) & letters & ~gold
        if gold.any():
            return Verdict.RIGHT if 2 * int((gold | other | always).sum()) >= size else Verdict.WRONG
        return Verdict.UNCOUNTED if other.any() or 2 * int(always.sum()) >= size else Verdict.WRONG

    def _always_uncounted(self, side: Side, span: Span) -> NDArray[np.bool_]:
        out = np.zeros(span.length, bool)
        for start, end in self._always.get(side, ()):
            out[max(0, start - span.start) : max(0, end - span.start)] = True
        return out

    def _other_verdict(self, rule: str, named: Iterable[tuple[Place, Span]], gold_beads: list[int]) -> Verdict:
        if any(self._problems.of(place, span).any() for place, span in named):
            return Verdict.RIGHT
        if rule not in RELATED:
            return Verdict.UNCOUNTED
        held = {mark.type for number in gold_beads for mark in self._index.beads[number].problems}
        return Verdict.RIGHT if held & RELATED[rule] else Verdict.WRONG

    def _trimmed(self, place: Place, span: Span) -> Span:
        """A span without punctuation at its ends."""
        inside = np.flatnonzero(self._mask(place)[span.start : span.end])
        return Span(span.start + int(inside[0]), span.start + int(inside[-1]) + 1) if len(inside) else span

    def marks(self) -> Iterable[JudgedMark]:
        """Every problem, once all findings were judged."""
        for mark, number, places in self._marks:
            if mark.type is MarkType.FREEDOM or mark.type.value in COVERAGE_RULES.keys() - self._rules:
                continue
            named = [(places[mark.side], mark.span)]
            if mark.counterpart:
                named.append((places[mark.side.other], mark.counterpart))
            exact = (mark.type.value, named[0][0], self._trimmed(*named[0])) in self._exact
            by_any = any(self._touched.of(place, span).any() for place, span in named)
            yield JudgedMark(mark, number, self._found(mark, number, named), exact, by_any)

    def _found(self, mark: Mark, number: int, named: list[tuple[Place, Span]]) -> bool:
        if mark.type.value in COVERAGE_RULES:
            place, span = named[0]
            covered = self._covered.get(mark.type.value)
            size = max(1, int(self._mask(place)[span.start : span.end].sum()))
            return covered is not None and 2 * int(covered.of(place, span).sum()) >= size
        about = {rule for rule, types in RELATED.items() if mark.type in types}
        if about & self._unplaced.get(number, set()):
            return True
        layers = [layer for rule, layer in self._covered.items() if rule in about]
        return any(layer.of(place, span).any() for layer in layers for place, span in named)


class _Layers:
    """Spans painted over the letters of texts."""

    def __init__(self, letters: Callable[[Place], NDArray[np.bool_]]) -> None:
        self._letters = letters
        self._painted: dict[Place, NDArray[np.bool_]] = {}

    def add(self, place: Place, span: Span) -> None:
        """Paint the letters of a span."""
        if place not in self._painted:
            self._painted[place] = np.zeros(len(self._letters(place)), bool)
        self._painted[place][span.start : span.end] = self._letters(place)[span.start : span.end]

    def of(self, place: Place, span: Span) -> NDArray[np.bool_]:
        """``(length,)`` which characters of a span are painted."""
        painted = self._painted.get(place)
        return painted[span.start : span.end] if painted is not None else np.zeros(span.length, bool)

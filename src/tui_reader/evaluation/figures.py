"""All figures of an evaluation, and their JSON form."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from tui_reader.checks.coverage.confidence import PREVALENCE
from tui_reader.evaluation.cases import COVERAGE_RULES
from tui_reader.evaluation.gold import MarkType
from tui_reader.evaluation.judging import Verdict
from tui_reader.evaluation.statistics import (
    Bin,
    Counts,
    auc,
    calibration,
    calibration_error,
    spearman,
    total,
)
from tui_reader.model import Band

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tui_reader.evaluation.evaluate import Evaluated
    from tui_reader.evaluation.judging import JudgedMark

BOTH = "both"
"""Omissions and additions together."""

ByRule = dict[str, Counts]
"""Counts of ``omission``, ``addition`` and `BOTH`."""


class Seen(NamedTuple):
    """Problems of one kind."""

    found: int
    """By a rule that is about their kind."""
    touched: int
    """By some finding of any rule."""
    wanted: int


class Verdicts(NamedTuple):
    """Findings of one rule."""

    right: int
    wrong: int
    uncounted: int


class Banded(NamedTuple):
    """Beads whose scores lie in one band."""

    beads: int
    faulty: int
    lacking: int


class Detection(NamedTuple):
    """Whether beads with a problem can be told from the others by one number."""

    score: float | None
    """AUC of the score (low speaks for a problem)."""
    suspicion: float | None
    """AUC of the highest confidence, or word loss where nothing was found."""
    beads: int
    positive: int


class Group(NamedTuple):
    """What is drawn as one where two runs are compared: a document, or all versions of one pair."""

    name: str
    spans: ByRule


@dataclass(frozen=True, slots=True)
class Figures:
    """How far the checker agrees with the gold.

    Attributes:
        signature: of the reports.
        gold_beads: whether the checker was told the beads.
        documents, beads, findings: how many.
        spans: half-overlap counts of omissions and additions.
        exact: the same with exact boundaries.
        by: the half-overlap counts by ``genre``, ``direction`` and, pairs aside, ``document``.
        recall: found and wanted by ``severity`` and by whether translators make such a slip (``natural``).
        types: problems by type.
        rules: findings by rule.
        freedoms: by kind, how many of them an omission or addition finding touches, and how many there are.
        strict, lax, unmatched: agreement of the beads.
        bands: what people marked in beads of each band of scores.
        detection: of beads that have ``any problem``, or an ``omission or addition``.
        calibration: of the counted omission and addition findings; damaged and intact pairs weigh as where confidences
            are meant to be right (`checks.coverage.confidence.PREVALENCE`).
        score_of_beads: rank correlation of the score with what the problems cost, over beads.
        score_of_documents: the same over documents, cost per bead.
        scores: of the beads ``with a problem`` and ``without a problem``.
        groups: counts to compare runs by.
    """

    signature: str
    gold_beads: bool
    documents: int
    beads: int
    findings: int
    spans: ByRule
    exact: ByRule
    by: dict[str, dict[str, ByRule]]
    recall: dict[str, dict[str, ByRule]]
    types: dict[str, Seen]
    rules: dict[str, Verdicts]
    freedoms: dict[str, tuple[int, int]]
    strict: Counts
    lax: Counts
    unmatched: Counts
    bands: dict[str, Banded]
    detection: dict[str, Detection]
    calibration: tuple[Bin, ...]
    score_of_beads: float | None
    score_of_documents: float | None
    scores: dict[str, tuple[float, ...]]
    groups: tuple[Group, ...]

    @property
    def calibration_error(self) -> float | None:
        """Expected calibration error of `calibration`."""
        return calibration_error(self.calibration)


def figures(items: Sequence[Evaluated], *, gold_beads: bool = False) -> Figures:
    """The figures of everything that was evaluated; at least one case."""
    by = {"genre": _grouped(items, lambda e: e.case.genre or "(none)"), "direction": _grouped(items, _direction)}
    if documents := [e for e in items if not e.case.document.is_pairs]:
        by["document"] = _grouped(documents, lambda e: e.case.id)
    return Figures(
        signature=str(items[0].report.signature),
        gold_beads=gold_beads,
        documents=len(items),
        beads=sum(len(e.case.gold) for e in items),
        findings=sum(len(e.judged.findings) for e in items),
        spans=_counts(items),
        exact=_with_both({rule: total(e.exact_spans(rule) for e in items) for rule in COVERAGE_RULES}),
        by=by,
        recall={
            "severity": _recall(items, lambda m: str(m.mark.severity)),
            "natural": _recall(items, lambda m: "natural" if m.mark.natural else "put in as a test"),
        },
        types=_types(items),
        rules=_rules(items),
        freedoms=_freedoms(items),
        strict=total(e.strict for e in items),
        lax=total(e.lax for e in items),
        unmatched=total(e.unmatched for e in items),
        bands=_bands(items),
        detection=_detection(items),
        calibration=_calibration(items),
        score_of_beads=_bead_correlation(items),
        score_of_documents=_document_correlation(items),
        scores={
            name: tuple(bead.score for e in items for bead in e.beads if bead.faulty is faulty)
            for name, faulty in (("with a problem", True), ("without a problem", False))
        },
        groups=tuple(
            Group(name, spans)
            for name, spans in _grouped(items, lambda e: f"{e.case.group}/{e.case.direction}").items()
        ),
    )


def _direction(item: Evaluated) -> str:
    return item.case.direction


def _with_both(counts: ByRule) -> ByRule:
    return {**counts, BOTH: total(counts.values())}


def _counts(items: Iterable[Evaluated]) -> ByRule:
    some = list(items)
    return _with_both({rule: total(e.spans(rule) for e in some) for rule in COVERAGE_RULES})


def _grouped(items: Iterable[Evaluated], key: Callable[[Evaluated], str]) -> dict[str, ByRule]:
    groups: dict[str, list[Evaluated]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return {name: _counts(some) for name, some in sorted(groups.items())}


def _recall(items: Iterable[Evaluated], key: Callable[[JudgedMark], str]) -> dict[str, dict[str, Counts]]:
    """Found and wanted omissions and additions; precision has no meaning here."""
    out: dict[str, ByRule] = {}
    for item in items:
        for judged in item.judged.marks:
            rule = judged.mark.type.value
            if rule in COVERAGE_RULES:
                counts = out.setdefault(key(judged), dict.fromkeys(COVERAGE_RULES, Counts()))
                counts[rule] += Counts(found=int(judged.found), wanted=1)
    return {name: _with_both(counts) for name, counts in sorted(out.items())}


def _types(items: Iterable[Evaluated]) -> dict[str, Seen]:
    marks = [judged for item in items for judged in item.judged.marks]
    out = {}
    for type_ in MarkType:
        some = [judged for judged in marks if judged.mark.type is type_]
        if some:
            out[type_.value] = Seen(sum(m.found for m in some), sum(m.by_any for m in some), len(some))
    return out


def _rules(items: Iterable[Evaluated]) -> dict[str, Verdicts]:
    counts: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for item in items:
        for judged in item.judged.findings:
            counts[judged.finding.rule][judged.verdict] += 1
    return {
        rule: Verdicts(seen[Verdict.RIGHT], seen[Verdict.WRONG], seen[Verdict.UNCOUNTED])
        for rule, seen in sorted(counts.items(), key=lambda entry: -entry[1].total())
    }


def _freedoms(items: Iterable[Evaluated]) -> dict[str, tuple[int, int]]:
    there, hit = Counter[str](), Counter[str]()
    for item in items:
        marks = [mark for bead in item.case.gold for mark in bead.marks if mark.kind]
        there.update(str(mark.kind) for mark in marks)
        wrong = [j for j in item.judged.findings if j.finding.rule in COVERAGE_RULES and j.verdict is Verdict.WRONG]
        touched = {(mark.side, mark.span): mark for judged in wrong for mark in judged.freedoms}
        hit.update(str(mark.kind) for mark in touched.values())
    return {kind: (hit[kind], number) for kind, number in sorted(there.items())}


def _bands(items: Iterable[Evaluated]) -> dict[str, Banded]:
    beads = [bead for item in items for bead in item.beads]
    parts = {band: [bead for bead in beads if bead.band is band] for band in Band}
    return {
        band.value: Banded(len(part), sum(bead.faulty for bead in part), sum(bead.lacking for bead in part))
        for band, part in parts.items()
        if part
    }


def _detection(items: Iterable[Evaluated]) -> dict[str, Detection]:
    beads = [bead for item in items for bead in item.beads]
    truths = {
        "any problem": [bead.faulty for bead in beads],
        "omission or addition": [bead.lacking for bead in beads],
    }
    return {
        name: Detection(
            auc(truth, [-bead.score for bead in beads]),
            auc(truth, [bead.suspicion for bead in beads]),
            len(beads),
            sum(truth),
        )
        for name, truth in truths.items()
    }


def _calibration(items: Sequence[Evaluated]) -> tuple[Bin, ...]:
    weights = {rule: _prevalence_weights(rule, items) for rule in COVERAGE_RULES}
    counted = [
        (judged, weights[judged.finding.rule][item.case.damaged])
        for item in items
        for judged in item.judged.findings
        if judged.finding.rule in COVERAGE_RULES and judged.verdict is not Verdict.UNCOUNTED
    ]
    return calibration(
        [judged.finding.confidence for judged, _ in counted],
        [judged.verdict is Verdict.RIGHT for judged, _ in counted],
        [weight for _, weight in counted],
    )


def _prevalence_weights(rule: str, items: Iterable[Evaluated]) -> dict[bool | None, float]:
    """Weights with which damaged pairs have the share that confidences are meant for; summed they are all pairs."""
    judged = Counter(item.case.damaged for item in items if rule in item.case.rules)
    damaged, intact = judged[True], judged[False]
    if not damaged or not intact:
        return dict.fromkeys((True, False, None), 1.0)
    share, both = PREVALENCE[rule], damaged + intact
    return {True: both * share / damaged, False: both * (1 - share) / intact, None: 1.0}


def _bead_correlation(items: Iterable[Evaluated]) -> float | None:
    beads = [bead for item in items for bead in item.beads]
    return spearman([bead.score for bead in beads], [-bead.cost for bead in beads])


def _document_correlation(items: Iterable[Evaluated]) -> float | None:
    rated = [(item.report.score, item) for item in items if item.beads]
    scores = [score for score, _ in rated if score is not None]
    costs = [-sum(b.cost for b in item.beads) / len(item.beads) for score, item in rated if score is not None]
    return spearman(scores, costs)


def as_json(found: Figures) -> dict[str, Any]:
    """The figures as plain values: precision, recall and F1 of omissions and additions together at the top."""
    both = found.spans[BOTH]
    return {
        "precision": both.precision,
        "recall": both.recall,
        "f1": both.f1,
        "signature": found.signature,
        "gold_beads": found.gold_beads,
        "documents": found.documents,
        "beads": found.beads,
        "findings": found.findings,
        "spans": {"half": _rules_json(found.spans), "exact": _rules_json(found.exact)},
        "by": {name: {key: _rules_json(counts) for key, counts in part.items()} for name, part in found.by.items()},
        "recall_by": {
            name: {key: {rule: [c.found, c.wanted] for rule, c in counts.items()} for key, counts in part.items()}
            for name, part in found.recall.items()
        },
        "types": {name: seen._asdict() for name, seen in found.types.items()},
        "rules": {rule: verdicts._asdict() for rule, verdicts in found.rules.items()},
        "freedoms": {kind: {"alarms": alarms, "marked": there} for kind, (alarms, there) in found.freedoms.items()},
        "alignment": {
            "strict": counts_json(found.strict),
            "lax": counts_json(found.lax),
            "unmatched": counts_json(found.unmatched),
        },
        "bands": {name: banded._asdict() for name, banded in found.bands.items()},
        "detection": {name: detection._asdict() for name, detection in found.detection.items()},
        "calibration": {"error": found.calibration_error, "bins": [part._asdict() for part in found.calibration]},
        "score_correlation": {"beads": found.score_of_beads, "documents": found.score_of_documents},
        "groups": {group.name: {rule: _row(counts) for rule, counts in group.spans.items()} for group in found.groups},
    }


def _row(counts: Counts) -> list[int]:
    return [counts.right, counts.said, counts.found, counts.wanted]


def _rules_json(counts: Mapping[str, Counts]) -> dict[str, Any]:
    return {rule: counts_json(one) for rule, one in counts.items()}


def counts_json(counts: Counts) -> dict[str, float | int | None]:
    """Counts with what follows from them."""
    return {
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
        "right": counts.right,
        "said": counts.said,
        "found": counts.found,
        "wanted": counts.wanted,
    }

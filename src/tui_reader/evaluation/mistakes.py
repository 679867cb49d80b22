"""Every false alarm and every miss with both texts, for whoever wants to know why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui_reader.evaluation.judging import Verdict
from tui_reader.model import Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui_reader.evaluation.evaluate import Evaluated
    from tui_reader.evaluation.gold import Mark
    from tui_reader.evaluation.judging import JudgedFinding, JudgedMark
    from tui_reader.model import Bead, Document, Span


def mistakes(items: Iterable[Evaluated]) -> Iterator[dict[str, Any]]:
    """Plain values, a false alarm or a miss each, in the order of the documents."""
    for item in items:
        for finding in item.judged.findings:
            if finding.verdict is Verdict.WRONG:
                yield _alarm(item, finding)
        for mark in item.judged.marks:
            if not mark.found:
                yield _miss(item, mark)


def _alarm(item: Evaluated, judged: JudgedFinding) -> dict[str, Any]:
    document, finding, bead = item.report.document, judged.finding, judged.checked.bead
    source_id = item.report.alignment.passages[bead.passage].source_id
    gold = item.case.gold[judged.gold_bead] if judged.gold_bead is not None else None
    return {
        "kind": "false alarm",
        "document": item.case.id,
        "rule": finding.rule,
        "side": finding.side,
        "words": finding.span.of(_text(document, source_id, finding.side)),
        "confidence": finding.confidence,
        "bead_is_gold": gold is not None and _same(bead, gold.source_spans, gold.target_spans),
        "source": _joined(bead.source_segments, _text(document, source_id, Side.SOURCE)),
        "target": _joined(bead.target_segments, document.text.content),
        "freedoms": [mark.kind for mark in judged.freedoms],
        "marks": [_mark(mark, document, source_id) for mark in (gold.marks if gold else ())],
        "fingerprint": finding.fingerprint,
    }


def _miss(item: Evaluated, judged: JudgedMark) -> dict[str, Any]:
    document, gold = item.report.document, item.case.gold[judged.gold_bead]
    return {
        "kind": "miss",
        "document": item.case.id,
        "bead": gold.id,
        **_mark(judged.mark, document, gold.source_id),
        "touched": judged.by_any,
        "losses": [[w, p] for w, p in _losses(item, judged.mark, gold.source_id)],
        "source": _joined(gold.source_spans, _text(document, gold.source_id, Side.SOURCE)),
        "target": _joined(gold.target_spans, document.text.content),
    }


def _text(document: Document, source_id: str, side: Side) -> str:
    return document.text.content if side is Side.TARGET else document.source(source_id).text.content


def _joined(spans: Iterable[Span], text: str) -> str:
    return " | ".join(span.of(text) for span in spans)


def _same(bead: Bead, source: tuple[Span, ...], target: tuple[Span, ...]) -> bool:
    return bead.source_segments == source and bead.target_segments == target


def _mark(mark: Mark, document: Document, source_id: str) -> dict[str, Any]:
    return {
        "type": mark.type,
        "severity": mark.severity,
        "natural": mark.natural,
        "words": mark.span.of(_text(document, source_id, mark.side)),
        "note": mark.note,
    }


def _losses(item: Evaluated, mark: Mark, source_id: str) -> Iterator[tuple[str, float]]:
    """The words of a mark with the probability that the other side lacks them."""
    text = _text(item.report.document, source_id, mark.side)
    for checked in item.report.beads:
        if mark.side is Side.SOURCE and item.report.alignment.passages[checked.bead.passage].source_id != source_id:
            continue
        for loss in checked.source_losses if mark.side is Side.SOURCE else checked.target_losses:
            if loss.start < mark.span.end and mark.span.start < loss.end:
                yield text[loss.start : loss.end], round(float(loss.probability), 3)

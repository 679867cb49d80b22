"""Fit how sure findings are: on findings in damaged pairs, and on those in our own annotated documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.checks.coverage.confidence import span_evidence
from tui_reader.checks.coverage.spans import group_words
from tui_reader.evaluation.gold import MarkType
from tui_reader.evaluation.samples import Sample
from tui_reader.model import Side

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.checks.coverage.confidence import Setting
    from tui_reader.encoders.base import Floats
    from tui_reader.evaluation.gold import GoldBead, Mark
    from tui_reader.model import Document, Span

SEED = 0.3
"""Word loss from which a span is looked at."""
_SHARE = 0.1
"""Weight of a finding in a damaged pair beside one in a real translation."""
_PENALTY = 0.3
_WANTED = {Side.SOURCE: MarkType.OMISSION, Side.TARGET: MarkType.ADDITION}


class Judged(NamedTuple):
    """A span that could be reported: its evidence, and whether that would be right."""

    evidence: Floats
    right: bool


def spans(setting: Setting, losses: Floats) -> Iterator[tuple[Span, Floats]]:
    """Where spans could be reported on a side, each with its evidence."""
    for found in group_words(setting.words, losses.tolist(), SEED):
        first, last = setting.words[found.first], setting.words[found.last - 1]
        yield first.span._replace(end=last.end), span_evidence(setting, found, losses)


def gold_sample(number: int, bead: GoldBead, document: Document) -> Sample | None:
    """A bead of an annotated document as a pair, None where a side is empty."""
    if not bead.source_spans or not bead.target_spans:
        return None
    source = document.source(bead.source_id).text
    texts = [
        part.content[spans[0].start : spans[-1].end]
        for part, spans in ((source, bead.source_spans), (document.text, bead.target_spans))
    ]
    return Sample(number, texts[0], texts[1], languages=(source.language, document.text.language))


def gold_judgement(bead: GoldBead, side: Side, span: Span) -> bool | None:
    """Whether a finding on `span` (in the bead's own text) is right; None where it touches another problem."""
    start = (bead.source_spans if side is Side.SOURCE else bead.target_spans)[0].start
    here = [mark for mark in bead.marks if mark.side is side]
    covered = sum(_shared(mark, start, span) for mark in here if mark.type is _WANTED[side])
    if covered and 2 * covered >= span.length:
        return True
    others = (mark for mark in here if mark.type not in {_WANTED[side], MarkType.FREEDOM})
    return None if any(_shared(mark, start, span) for mark in others) else False


def _shared(mark: Mark, start: int, span: Span) -> int:
    return max(0, min(mark.span.end - start, span.end) - max(mark.span.start - start, span.start))


def fit_confidence(natural: Sequence[Judged], damaged: Sequence[Judged]) -> Floats:
    """``(len(EVIDENCE),)`` weights of the evidence; the scaling is folded in.

    Args:
        natural: spans in translations by people.
        damaged: spans in pairs with damage; they stand for what the former have few of.
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - the extra `fit`

    judged = [*natural, *damaged]
    evidence = np.stack([one.evidence for one in judged])[:, 1:]
    weight = np.append(np.ones(len(natural)), np.full(len(damaged), _SHARE))
    mean, deviation = evidence.mean(axis=0), evidence.std(axis=0) + 1e-6
    model = LogisticRegression(C=_PENALTY, max_iter=500)
    model.fit((evidence - mean) / deviation, [one.right for one in judged], weight)
    slopes = model.coef_[0] / deviation
    weights: Floats = np.append(model.intercept_[0] - slopes @ mean, slopes).astype(np.float32)
    return weights

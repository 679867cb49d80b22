"""How good findings are in annotated pairs that nothing was fitted on, document by document."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.evaluation.confidence_fit import fit_confidence
from tui_reader.evaluation.statistics import Counts, calibration, calibration_error

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui_reader.evaluation.confidence_fit import Judged
    from tui_reader.model import Span

_THRESHOLDS = (0.3, 0.4, 0.6)


def cross_validated(
    judged: Sequence[Judged],
    lost: Mapping[int, Sequence[Span]],
    document: Mapping[int, str],
    prevalence: Mapping[bool, float],
) -> Iterator[str]:
    """Precision and recall of the findings of one language, their confidence fitted on the other documents.

    Also how far confidence is off, and how many of the right findings begin and end just where an annotator does.

    Args:
        judged: spans by networks that have not seen the pair.
        lost: by the number of each annotated pair, what the other language lacks.
        document: the same for the name of the document.
        prevalence: as in `fit_confidence`.
    """
    sure: list[tuple[Judged, float]] = []
    for name in sorted(set(document.values())):
        weights = fit_confidence([one for one in judged if document.get(one.pair) != name], prevalence)
        here = [one for one in judged if one.annotated and document[one.pair] == name]
        sure += [(one, float(1 / (1 + np.exp(-one.evidence @ weights)))) for one in here]
    for names in (*({name} for name in sorted(set(document.values()))), set(document.values())):
        marks = {pair: spans for pair, spans in lost.items() if document[pair] in names}
        found = [(one, p) for one, p in sure if one.pair in marks]
        figures = [f"{at}: {_figures([one for one, p in found if p >= at], marks)}" for at in _THRESHOLDS]
        error = calibration_error(calibration([p for _, p in found], [one.right for one, _ in found]))
        what = "all" if len(names) > 1 else min(names)
        right = [one.exact for one, p in found if one.right and p >= _THRESHOLDS[0]]
        exact = sum(right) / max(1, len(right))
        yield f"{what:16} {'; '.join(figures)}; calibration error {error or 0:.3f}; exact ends {exact:.2f}"


def _figures(found: Sequence[Judged], lost: Mapping[int, Sequence[Span]]) -> str:
    """Precision and recall: a finding is right by half of its words, a passage is found by half of its characters."""
    spans: dict[int, list[Span]] = defaultdict(list)
    for one in found:
        spans[one.pair].append(one.span)
    covered = [
        2 * sum(mark.shared(span) for span in spans[pair]) >= mark.length
        for pair, marks in lost.items()
        for mark in marks
    ]
    counts = Counts(sum(one.right for one in found), len(found), sum(covered), len(covered))
    return f"P {counts.precision or 0:.3f} R {counts.recall or 0:.3f}"

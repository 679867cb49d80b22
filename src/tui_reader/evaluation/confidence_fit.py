"""Fit how sure findings are: on findings in annotated pairs, and on those in damaged ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tui_reader.checks.coverage.confidence import FITTED_PREVALENCE, evidenced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui_reader.checks.coverage.confidence import Setting
    from tui_reader.checks.coverage.losses import WordOdds
    from tui_reader.encoders.base import Floats
    from tui_reader.model import Span

_DAMAGED = 0.1
"""Weight of a span in a damaged pair beside one in an annotated pair."""
_PENALTY = 0.3


class Judged(NamedTuple):
    """A span that could be reported, and whether that would be right.

    Attributes:
        pair: number of the pair of texts.
        language: of the words.
        span: where it stands in its text.
        evidence: ``(len(EVIDENCE),)``
        right: whether at least half of its words are lost on the other side.
        annotated: whether a person said so.
        lossy: whether its text has anything that the other side lacks.
        from_japanese: whether the pair was Japanese first.
        exact: whether its words are all those of a lost passage, and no others.
    """

    pair: int
    language: str
    span: Span
    evidence: Floats
    right: bool
    annotated: bool = True
    lossy: bool = True
    from_japanese: bool = False
    exact: bool = False


def spans(setting: Setting, here: WordOdds, there: Floats) -> Iterator[tuple[Span, Floats]]:
    """Where spans could be reported on a side, each with its evidence."""
    for found, evidence in evidenced(setting, here, there):
        first, last = setting.words[found.first], setting.words[found.last - 1]
        yield first.span._replace(end=last.end), evidence


def fit_confidence(judged: Sequence[Judged], prevalence: Mapping[bool, float]) -> Floats:
    """``(len(EVIDENCE),)`` weights of the evidence; the scaling is folded in.

    Args:
        judged: spans of one language.
        prevalence: share of the annotated texts that have something the other side lacks, in translations from
            Japanese and in others; spans in these are weighed down, or up, to the share for which a confidence should
            be right.
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - the extra `fit`

    evidence = np.stack([one.evidence for one in judged])[:, 1:]
    meant = FITTED_PREVALENCE / (1 - FITTED_PREVALENCE)
    lossy = {origin: meant * (1 - share) / share for origin, share in prevalence.items()}
    weight = [(1.0 if one.annotated else _DAMAGED) * (lossy[one.from_japanese] if one.lossy else 1.0) for one in judged]
    mean, deviation = evidence.mean(axis=0), evidence.std(axis=0) + 1e-6
    model = LogisticRegression(C=_PENALTY, max_iter=500)
    model.fit((evidence - mean) / deviation, [one.right for one in judged], weight)
    slopes = model.coef_[0] / deviation
    weights: Floats = np.append(model.intercept_[0] - slopes @ mean, slopes).astype(np.float32)
    return weights

"""Spans that could be reported in pairs whose words are measured, by given networks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tui_reader.checks.coverage.attention import AttentionModel
from tui_reader.checks.coverage.losses import LossModel, WordOdds
from tui_reader.evaluation.confidence_fit import Judged, spans
from tui_reader.evaluation.tables import exact_span, lost_span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tui_reader.evaluation.tables import Row


def word_odds(row: Row, parameters: Mapping[str, Any], kind: str) -> list[WordOdds]:
    """What some parameters say of the words of both sides of a row."""
    model = AttentionModel.of(parameters)
    own = [model.language(side.setting.language) for side in row.sides]
    inputs = [side.single() for side in row.example.sides]
    signals = [side.features for side in row.sides]
    table = row.example.table.astype(np.float32)
    attention = model.verdicts(inputs, own, table, signals) if kind == "both" else (None, None)
    width = len(parameters[f"{kind}.features"])
    models = [LossModel.of(parameters, side.setting.language, kind) for side in row.sides]
    combined = [one.log_odds(side.features[:, :width]) for one, side in zip(models, row.sides, strict=True)]
    return [WordOdds.of(said, heard) for said, heard in zip(combined, attention, strict=True)]


def judged_spans(row: Row, parameters: Mapping[str, Any], kind: str) -> Iterator[Judged]:
    """Spans that could be reported in a pair whose losses are known."""
    odds = word_odds(row, parameters, kind)
    for k, (side, lost) in enumerate(zip(row.sides, row.item.lost, strict=True)):
        if side.counted.any():
            for span, evidence in spans(side.setting, odds[k], odds[1 - k].losses):
                words = [word for word in side.setting.words if word.span.overlaps(span)]
                right = lost_span(lost, words)
                language = side.setting.language
                item, exact = row.item, exact_span(lost, side.setting.words, words)
                of_text = item.annotated, bool(lost), item.from_japanese
                yield Judged(item.pair, language, span, evidence, right, *of_text, exact)

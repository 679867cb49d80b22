"""Fit every shipped parameter again.

    python -m tui_reader.evaluation.fit --pairs PAIRS.tsv --judgements QE.jsonl --gold corpus/

PAIRS.tsv holds translation pairs whose licence allows fitting (columns id, source, target, document, licence);
QE.jsonl holds machine translations with direct assessments (keys source, target, human); the gold documents are those
of this project. docs/fitting.md says which data fitted which parameter. Needs the extra ``fit``.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tui_reader.checks.coverage.attention import AttentionModel
from tui_reader.checks.coverage.features import feature_names
from tui_reader.checks.coverage.losses import ATTENTION_SHARE, LossModel, logistic
from tui_reader.checks.score import N_FEATURES
from tui_reader.encoders import choose
from tui_reader.evaluation.attention_fit import fit_attention
from tui_reader.evaluation.confidence_fit import Judged, fit_confidence, gold_judgement, gold_sample, spans
from tui_reader.evaluation.gold import GOLD, read_gold
from tui_reader.evaluation.loss_fit import fit_losses
from tui_reader.evaluation.samples import Sample, read_pairs, samples
from tui_reader.evaluation.score_fit import fit_score
from tui_reader.evaluation.tables import centred, language_means, lost_span, measured
from tui_reader.formats import open_documents
from tui_reader.model import Side

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui_reader.encoders.base import Floats
    from tui_reader.evaluation.gold import GoldBead
    from tui_reader.evaluation.tables import Row

_KINDS = ("use", "both")
_HELD_OUT = 5
"""One pair in so many is held out from the networks whose findings teach how sure a finding is."""
_CALIBRATED = 1600
"""Held-out samples that are looked at for that."""
_SCORED = 400
"""Samples of each kind that the score is fitted on."""
_RULES = {Side.SOURCE: "omission", Side.TARGET: "addition"}


def fit_networks(rows: Sequence[Row], means: Mapping[str, Floats]) -> dict[str, Any]:
    """Word losses of both sets of encoders, and the attention model."""
    fitted: dict[str, Any] = {f"attention.{language}.mean": mean for language, mean in means.items()}
    for kind in _KINDS:
        names = feature_names(in_context=kind == "both")
        fitted[f"{kind}.features"] = np.asarray(names)
        for k, language in enumerate(("en", "ja")):
            sides = [row.sides[k] for row in rows if row.sides[k].counted.any()]
            made = fit_losses(sides, len(names))
            fitted |= {f"{kind}.{language}.{name}": value for name, value in made.items()}
    return fitted | fit_attention([row.example for row in rows])


def losses(row: Row, parameters: Mapping[str, Any], kind: str) -> Iterator[Floats]:
    """Word losses of both sides of a row by some parameters."""
    model = AttentionModel.of(parameters)
    own = [model.language(side.setting.language) for side in row.sides]
    inputs = [side.single() for side in row.example.sides]
    attention = model.verdicts(inputs, own, row.example.table.astype(np.float32)) if kind == "both" else (None, None)
    for side, heard in zip(row.sides, attention, strict=True):
        combined = LossModel.of(parameters, side.setting.language, kind)
        odds = combined.log_odds(side.features[:, : len(parameters[f"{kind}.features"])])
        yield logistic(odds if heard is None else (1 - ATTENTION_SHARE) * odds + ATTENTION_SHARE * heard)


def damaged_spans(rows: Sequence[Row], parameters: Mapping[str, Any], kind: str) -> dict[str, list[Judged]]:
    """Spans in pairs whose damage is known."""
    found: dict[str, list[Judged]] = {rule: [] for rule in _RULES.values()}
    for row in rows:
        for side, measure, p in zip(Side, row.sides, losses(row, parameters, kind), strict=True):
            if not measure.counted.any():
                continue
            for span, evidence in spans(measure.setting, p):
                words = [word for word in measure.setting.words if word.span.overlaps(span)]
                found[_RULES[side]].append(Judged(evidence, lost_span(row.item.span, words)))
    return found


def natural_spans(
    rows: Sequence[tuple[Row, GoldBead]], parameters: Mapping[str, Any], kind: str
) -> dict[str, list[Judged]]:
    """Spans in the annotated documents; those on problems of other kinds are left out."""
    found: dict[str, list[Judged]] = {rule: [] for rule in _RULES.values()}
    for row, bead in rows:
        for side, measure, p in zip(Side, row.sides, losses(row, parameters, kind), strict=True):
            for span, evidence in spans(measure.setting, p):
                right = gold_judgement(bead, side, span)
                if right is not None:
                    found[_RULES[side]].append(Judged(evidence, right))
    return found


def read_beads(folder: Path) -> list[tuple[Sample, GoldBead]]:
    """The two-sided beads of all annotated documents in a folder."""
    found: list[tuple[Sample, GoldBead]] = []
    for place in sorted(path.parent for path in folder.glob(f"*/{GOLD}")):
        document = next(iter(open_documents(place)))
        for bead in read_gold(place, document):
            if (item := gold_sample(len(found), bead, document)) is not None:
                found.append((item, bead))
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit and write the parameters."""
    options = _options(arguments)
    judgements = [json.loads(line) for line in options.judgements.read_text(encoding="utf-8").splitlines()]
    items = list(samples(read_pairs(options.pairs), choose("use").sentences))
    beads = read_beads(options.gold)
    both = choose("both")
    rows, gold = list(measured(items, both)), list(measured([item for item, _ in beads], both))
    means = language_means(rows)
    rows, gold = centred(rows, means), centred(gold, means)
    held_out = [row for row in rows if row.item.pair % _HELD_OUT == 0]
    partial = fit_networks([row for row in rows if row.item.pair % _HELD_OUT], means)
    fitted = fit_networks(rows, means)
    sample = held_out[:: max(1, len(held_out) // _CALIBRATED)]
    for kind in _KINDS:
        damaged = damaged_spans(sample, partial, kind)
        natural = natural_spans([(row, beads[row.item.pair][1]) for row in gold], fitted, kind)
        for rule in _RULES.values():
            fitted[f"{kind}.{rule}.confidence"] = fit_confidence(natural[rule], damaged[rule])
        # The score is fitted on what the new losses say: they have to be in place first.
        fitted[f"{kind}.score"] = np.zeros(N_FEATURES, np.float32)
    np.savez_compressed(options.output, **fitted)
    intact, broken = ([item for item in items if (item.span is None) == whole] for whole in (True, False))
    scored = [item for part in (intact, broken) for item in part[:: max(1, len(part) // _SCORED)]]
    for kind in _KINDS:
        weights = fit_score(judgements, scored, choose(kind))
        fitted[f"{kind}.score"] = weights.weights
        if weights.difficulty is not None:
            fitted[f"{kind}.difficulty"] = weights.difficulty
    np.savez_compressed(options.output, **fitted)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pairs", type=Path, required=True, help="translation pairs that may fit parameters")
    parser.add_argument("--judgements", type=Path, required=True, help="machine translations with human scores")
    parser.add_argument("--gold", type=Path, required=True, help="folder of annotated documents")
    home = Path(__file__).parents[1] / "checks" / "coverage" / "parameters.npz"
    parser.add_argument("--output", type=Path, default=home, help="where the parameters go")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()

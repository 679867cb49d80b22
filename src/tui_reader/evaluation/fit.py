"""Fit every shipped parameter again.

    python -m tui_reader.evaluation.fit --pairs PAIRS.tsv --judgements QE.jsonl

PAIRS.tsv holds translation pairs whose licence allows fitting (columns id, source, target, document, licence);
QE.jsonl holds machine translations with direct assessments (keys source, target, human). Fitted are the weights that
turn signals into word losses, the calibration of spans, and the weights of the score. Needs the extra ``fit``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tui_reader.checks.coverage.features import feature_names, word_features
from tui_reader.checks.coverage.losses import LossModel, logit
from tui_reader.checks.coverage.measure import BeadText, measure
from tui_reader.checks.coverage.phrases import phrase_texts
from tui_reader.checks.coverage.spans import group_words
from tui_reader.checks.score import score_features
from tui_reader.encoders import load
from tui_reader.evaluation.damage import insert_phrase
from tui_reader.text import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.encoders.base import AdditiveEncoder, Floats
    from tui_reader.model import Span

PREVALENCE = 0.2
"""Share of damaged sentences at which confidences are calibrated."""
_FOLDS = 5
_BATCH = 32
_LONGEST = 400
_NEIGHBOURHOOD = 5
_CALIBRATION_THRESHOLD = 0.3
"""Word probability from which spans enter the calibration: low, so that weak spans teach it too."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A pair, damaged in the side of one language or intact."""

    group: int
    english: str
    japanese: str
    damaged: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """The words of one side of a sample with their features and labels."""

    group: int
    tokens: tuple[words.Word, ...]
    features: Floats
    labels: Floats
    damaged: bool


def read_pairs(path: Path) -> list[dict[str, str]]:
    """Rows of a TSV file with a header line, escapes undone."""
    lines = path.read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    return [dict(zip(header, map(_unescaped, line.split("\t")), strict=True)) for line in lines[1:]]


def _unescaped(cell: str) -> str:
    for escape, character in (("\\t", "\t"), ("\\n", "\n"), ("\\r", "\r"), ("\\\\", "\\")):
        cell = cell.replace(escape, character)
    return cell


def samples(pairs: Sequence[dict[str, str]], seed: int = 1) -> Iterator[Sample]:
    """Each pair intact, with a phrase too much in the English, and with one too much in the Japanese."""
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    by_document: dict[str, list[int]] = defaultdict(list)
    for k, pair in enumerate(pairs):
        by_document[pair["document"]].append(k)
    for k, pair in enumerate(pairs):
        english, japanese = pair["source"], pair["target"]
        if len(english) > _LONGEST:
            continue
        yield Sample(k, english, japanese)
        near = [j for j in by_document[pair["document"]] if j != k and abs(j - k) <= _NEIGHBOURHOOD]
        donor = pairs[chance.choice(near)] if near else chance.choice(pairs)
        if made := insert_phrase(english, donor["source"], "en", chance):
            yield Sample(k, made.text, japanese, "en", made.span)
        if made := insert_phrase(japanese, donor["target"], "ja", chance):
            yield Sample(k, english, made.text, "ja", made.span)


def measured(items: Sequence[Sample], encoder: AdditiveEncoder) -> dict[str, list[Measured]]:
    """Features and labels of the words of all samples, by language; a side is left out where the other is damaged."""
    out: dict[str, list[Measured]] = {"en": [], "ja": []}
    for first in range(0, len(items), _BATCH):
        part = items[first : first + _BATCH]
        texts = [(t, _words(t, lang)) for s in part for t, lang in ((s.english, "en"), (s.japanese, "ja"))]
        phrased = phrase_texts(texts, encoder)
        for k, sample in enumerate(part):
            one, other = phrased[2 * k], phrased[2 * k + 1]
            for language, here, there in (("en", one, other), ("ja", other, one)):
                if sample.damaged in (None, language) and here.n_words:
                    labels = [float(sample.span is not None and w.span.overlaps(sample.span)) for w in here.words]
                    features = word_features(here, there, encoder)
                    row = Measured(sample.group, here.words, features, np.asarray(labels), sample.damaged is not None)
                    out[language].append(row)
        _progress(first + len(part), len(items), "measuring")
    return out


def _words(text: str, language: str) -> list[words.Word]:
    return [word for word in words.split(text, language) if word.part_of_speech != "PUNCT"]


def fit_losses(rows: Sequence[Measured]) -> tuple[Floats, float]:
    """Weights and bias of a logistic regression; the scaling of the features is folded in."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - the extra `fit`

    features = np.concatenate([row.features for row in rows])
    labels = np.concatenate([row.labels for row in rows])
    mean, deviation = features.mean(axis=0), features.std(axis=0) + 1e-6
    model = LogisticRegression(C=0.05, max_iter=500).fit((features - mean) / deviation, labels)
    weights = model.coef_[0] / deviation
    return weights.astype(np.float32), float(model.intercept_[0] - weights @ mean)


def fit_calibration(rows: Sequence[Measured]) -> Floats:
    """Weights of a span's evidence, from word losses of models that have not seen the span's document."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - the extra `fit`

    evidence, right, weight = [], [], []
    intact_share = sum(not row.damaged for row in rows) / len(rows)
    weights = {True: PREVALENCE / (1 - intact_share), False: (1 - PREVALENCE) / intact_share}
    for fold in range(_FOLDS):
        model = LossModel(*fit_losses([row for row in rows if row.group % _FOLDS != fold]), np.zeros(3))
        for row in rows:
            if row.group % _FOLDS == fold:
                for one, found in _spans(row, model.probabilities(row.features)):
                    evidence.append(one)
                    right.append(found)
                    weight.append(weights[row.damaged])
    model = LogisticRegression(C=100.0, fit_intercept=False).fit(np.stack(evidence), right, weight)
    calibration: Floats = model.coef_[0].astype(np.float32)
    return calibration


def _spans(row: Measured, p: Floats) -> Iterator[tuple[Floats, bool]]:
    """Evidence of every span of a row, and whether at least half of it is damage."""
    for first, last in group_words(row.tokens, p.tolist(), _CALIBRATION_THRESHOLD):
        inside = np.asarray([p[k] for k in range(first, last) if row.tokens[k].content_word])
        highest = np.sort(inside)[::-1][:3].mean()
        yield np.asarray([1.0, logit(highest), np.log(len(inside))]), bool(row.labels[first:last].mean() >= 0.5)


def fit_score(judgements: Sequence[dict[str, Any]], encoder: AdditiveEncoder) -> Floats:
    """Weights of the score, so that it follows human judgements from 0 to 100."""
    from scipy.optimize import minimize  # noqa: PLC0415 - comes with the extra `fit`

    features = []
    for first in range(0, len(judgements), _BATCH):
        part = judgements[first : first + _BATCH]
        beads = [(BeadText(r["source"], 0, "en"), BeadText(r["target"], 0, "ja")) for r in part]
        features += [score_features(coverage) for coverage in measure(beads, encoder)]
        _progress(first + len(part), len(judgements), "judging")
    x = np.stack(features).astype(np.float64)
    human = np.asarray([r["human"] for r in judgements], np.float64)
    wanted = np.clip((human - human.min()) / (human.max() - human.min()), 0, 1)

    def loss(w: Floats) -> float:
        return float(((1 / (1 + np.exp(-x @ w)) - wanted) ** 2).mean() + 1e-4 * (w[1:] ** 2).sum())

    bounds = [(None, None), (0, None), *[(None, 0)] * (x.shape[1] - 2)]
    found = minimize(loss, np.zeros(x.shape[1]), bounds=bounds)
    return np.asarray(found.x, np.float32)


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit and write the parameters."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pairs", type=Path, required=True, help="translation pairs that may fit parameters")
    parser.add_argument("--judgements", type=Path, required=True, help="machine translations with human scores")
    home = Path(__file__).parents[1] / "checks" / "coverage" / "parameters.npz"
    parser.add_argument("--output", type=Path, default=home, help="where the parameters go")
    options = parser.parse_args(arguments)
    encoder = load("use")
    rows = measured(list(samples(read_pairs(options.pairs))), encoder)
    fitted: dict[str, Any] = {"features": np.asarray(feature_names())}
    for language, part in rows.items():
        fitted[f"{language}.weights"], fitted[f"{language}.bias"] = fit_losses(part)
        fitted[f"{language}.calibration"] = fit_calibration(part)
    # The score is fitted on what the new losses say: they have to be in place first.
    fitted["score.weights"] = np.zeros(6, np.float32)
    np.savez_compressed(options.output, **fitted)
    judgements = [json.loads(line) for line in options.judgements.read_text(encoding="utf-8").splitlines()]
    fitted["score.weights"] = fit_score(judgements, encoder)
    np.savez_compressed(options.output, **fitted)


def _progress(done: int, total: int, what: str) -> None:
    sys.stderr.write(f"\r{what} {done}/{total}" + ("\n" if done >= total else ""))


if __name__ == "__main__":
    main()

"""Fit every shipped parameter again.

    python -m tui_reader.evaluation.fit --pairs PAIRS.tsv --judgements QE.jsonl

PAIRS.tsv holds translation pairs whose licence allows fitting (columns id, source, target, document, licence);
QE.jsonl holds machine translations with direct assessments (keys source, target, human). Fitted are the weights that
turn signals into word losses, those that turn a span's evidence into a confidence, and those of the score.
Needs the extra ``fit``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tui_reader.alignment.words import link_tables
from tui_reader.checks.coverage.features import feature_names, word_features
from tui_reader.checks.coverage.findings import BeadText
from tui_reader.checks.coverage.losses import logistic, span_evidence
from tui_reader.checks.coverage.measure import meaningful_words, measure
from tui_reader.checks.coverage.phrases import phrase_texts
from tui_reader.checks.coverage.spans import group_words
from tui_reader.checks.score import N_FEATURES, score_features
from tui_reader.encoders import choose
from tui_reader.evaluation.damage import Linked, delete_phrase, insert_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_reader.encoders import EncoderSet
    from tui_reader.encoders.base import AdditiveEncoder, Floats, Ints
    from tui_reader.model import Span
    from tui_reader.text import words

PREVALENCE = 0.5
"""Share of damaged sentences at which confidences are calibrated."""
_FOLDS = 5
_BATCH = 32
_LONGEST = 400
_NEIGHBOURHOOD = 5
_FAITHFUL, _UNRELATED, _JUDGED = 0.95, 0.05, (0.5, 0.95)
"""What a faithful and an unrelated pair should score, and the worst and best of the judged machine translations."""
_FAR = 40
"""Pairs apart from which one takes an unrelated translation."""
_SCORED = 500
"""Samples of each kind that the score is fitted on."""
_LOWEST = 0.3
"""Word probability from which spans enter the calibration: low, so that weak spans teach it too."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A pair, intact or damaged, and what one of its sides has that the other lacks."""

    pair: int
    english: str
    japanese: str
    side: str | None = None
    """Language of the side that holds `span`; None for an intact pair, which teaches both sides."""
    span: Span | None = None
    deleted: bool = False
    """The span is left alone by a deletion on the other side: function words beside it may belong to it or not."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The words of one side of a sample with their features.

    Attributes:
        pair: number of the pair, by which folds are made.
        tokens: the words.
        features: ``(n, n_features)``.
        labels: ``(n,)`` 1 for a word that the other side lacks.
        counted: ``(n,)`` False for words that are in doubt.
        damaged: whether the side lacks anything.
    """

    pair: int
    tokens: tuple[words.Word, ...]
    features: Floats
    labels: Floats
    counted: Ints
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


def samples(pairs: Sequence[dict[str, str]], encoder: AdditiveEncoder, seed: int = 1) -> Iterator[Sample]:
    """Each pair intact, with a phrase too much on either side, and with a phrase taken from either side."""
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    short = [k for k, pair in enumerate(pairs) if len(pair["source"]) <= _LONGEST]
    yield from (Sample(k, pairs[k]["source"], pairs[k]["target"]) for k in short)
    yield from _insertions(pairs, short, chance)
    yield from _deletions(pairs, short, encoder, chance)


def _insertions(pairs: Sequence[dict[str, str]], chosen: Sequence[int], chance: random.Random) -> Iterator[Sample]:
    by_document: dict[str, list[int]] = defaultdict(list)
    for k, pair in enumerate(pairs):
        by_document[pair["document"]].append(k)
    for k in chosen:
        english, japanese = pairs[k]["source"], pairs[k]["target"]
        near = [j for j in by_document[pairs[k]["document"]] if j != k and abs(j - k) <= _NEIGHBOURHOOD]
        donor = pairs[chance.choice(near)] if near else chance.choice(pairs)
        if made := insert_phrase(english, donor["source"], "en", chance):
            yield Sample(k, made.text, japanese, "en", made.span)
        if made := insert_phrase(japanese, donor["target"], "ja", chance):
            yield Sample(k, english, made.text, "ja", made.span)


def _deletions(
    pairs: Sequence[dict[str, str]], chosen: Sequence[int], encoder: AdditiveEncoder, chance: random.Random
) -> Iterator[Sample]:
    texts = [(pairs[k]["source"], pairs[k]["target"]) for k in chosen]
    tokens = [(meaningful_words(one, "en"), meaningful_words(other, "ja")) for one, other in texts]
    surfaces = [
        ([w.span.of(one) for w in ours], [w.span.of(other) for w in theirs])
        for (one, other), (ours, theirs) in zip(texts, tokens, strict=True)
    ]
    tables = link_tables(surfaces, encoder)
    for k, (one, other), (ours, theirs), links in zip(chosen, texts, tokens, tables, strict=True):
        if made := delete_phrase(Linked(other, theirs, ours, links.T, "ja"), chance):
            yield Sample(k, one, made.text, "en", made.counterpart, deleted=True)
        if made := delete_phrase(Linked(one, ours, theirs, links, "en"), chance):
            yield Sample(k, made.text, other, "ja", made.counterpart, deleted=True)


def measured(items: Sequence[Sample], encoders: EncoderSet) -> dict[str, list[Measured]]:
    """The sides of all samples that teach something, by language."""
    out: dict[str, list[Measured]] = {"en": [], "ja": []}
    for first in range(0, len(items), _BATCH):
        part = items[first : first + _BATCH]
        sides = [(text, lang) for s in part for text, lang in ((s.english, "en"), (s.japanese, "ja"))]
        phrased = phrase_texts([(text, meaningful_words(text, lang)) for text, lang in sides], encoders)
        for k, sample in enumerate(part):
            one, other = phrased[2 * k], phrased[2 * k + 1]
            for language, here, there in (("en", one, other), ("ja", other, one)):
                if sample.side in (None, language) and here.n_words:
                    out[language].append(_measured(sample, here.words, word_features(here, there, encoders.sentences)))
        _progress(first + len(part), len(items), "measuring")
    return out


def _measured(sample: Sample, tokens: tuple[words.Word, ...], features: Floats) -> Measured:
    labels = np.asarray([float(sample.span is not None and w.span.overlaps(sample.span)) for w in tokens])
    counted = np.ones(len(tokens), bool)
    if sample.deleted:
        inside = np.flatnonzero(labels).tolist()
        for step, k in ((-1, inside[0] - 1), (1, inside[-1] + 1)):
            while 0 <= k < len(tokens) and not tokens[k].content_word:
                counted[k] = False
                k += step  # noqa: PLW2901 - walks away from the span
    return Measured(sample.pair, tokens, features, labels, counted, sample.span is not None)


def fit_losses(rows: Sequence[Measured]) -> tuple[Floats, float]:
    """Weights and bias of a logistic regression; the scaling of the features is folded in."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - the extra `fit`

    features = np.concatenate([row.features[row.counted] for row in rows])
    labels = np.concatenate([row.labels[row.counted] for row in rows])
    mean, deviation = features.mean(axis=0), features.std(axis=0) + 1e-6
    model = LogisticRegression(C=0.05, max_iter=500).fit((features - mean) / deviation, labels)
    weights = model.coef_[0] / deviation
    return weights.astype(np.float32), float(model.intercept_[0] - weights @ mean)


def fit_calibration(rows: Sequence[Measured]) -> Floats:
    """Weights of a span's evidence, from word losses by models that have not seen the pair.

    Damaged and intact pairs are weighted to `PREVALENCE`, so that the outcome is a calibrated probability there.
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - the extra `fit`

    evidence, right, weight = [], [], []
    damaged = sum(row.damaged for row in rows) / len(rows)
    weights = {True: PREVALENCE / damaged, False: (1 - PREVALENCE) / (1 - damaged)}
    for row, p in _held_out(rows):
        for first, last in group_words(row.tokens, p.tolist(), _LOWEST):
            evidence.append(span_evidence(row.tokens[first:last], p[first:last]))
            right.append(bool(row.labels[first:last].mean() >= 0.5))
            weight.append(weights[row.damaged])
    model = LogisticRegression(C=100.0, fit_intercept=False).fit(np.stack(evidence), right, weight)
    calibration: Floats = model.coef_[0].astype(np.float32)
    return calibration


def _held_out(rows: Sequence[Measured]) -> Iterator[tuple[Measured, Floats]]:
    """Every row with the word losses of a model fitted on other pairs."""
    for fold in range(_FOLDS):
        weights, bias = fit_losses([row for row in rows if row.pair % _FOLDS != fold])
        for row in rows:
            if row.pair % _FOLDS == fold:
                yield row, logistic(row.features @ weights + bias)


def fit_score(judgements: Sequence[dict[str, Any]], items: Sequence[Sample], encoders: EncoderSet) -> Floats:
    """Weights of the score: what its values should be for known pairs, and the order of judged ones.

    Args:
        judgements: machine translations with direct assessments (only their order counts).
        items: intact and damaged pairs.
        encoders: measure them.
    """
    from scipy.optimize import minimize  # noqa: PLC0415 - comes with the extra `fit`

    known = [(s.english, s.japanese) for s in items]
    wanted = [_FAITHFUL * (1 - _lost_share(sample)) for sample in items]
    intact = [pair for pair, sample in zip(known, items, strict=True) if sample.span is None]
    known += [(one[0], other[1]) for one, other in zip(intact, intact[_FAR:], strict=False)]
    wanted += [_UNRELATED] * (len(known) - len(wanted))
    human = np.asarray([r["human"] for r in judgements], np.float64)
    percentile = human.argsort().argsort() / len(human)
    known += [(r["source"], r["target"]) for r in judgements]
    wanted += list(_JUDGED[0] + (_JUDGED[1] - _JUDGED[0]) * percentile)
    x, y = _score_table(known, encoders), np.asarray(wanted)

    def loss(w: Floats) -> float:
        return float(((1 / (1 + np.exp(-x @ w)) - y) ** 2).mean() + 1e-5 * (w[1:] ** 2).sum())

    bounds = [(None, None), (0, None), *[(None, 0)] * (x.shape[1] - 2)]
    return np.asarray(minimize(loss, np.zeros(x.shape[1]), bounds=bounds).x, np.float32)


def _lost_share(sample: Sample) -> float:
    """Share of the characters of the damaged side that the other lacks."""
    if sample.span is None:
        return 0.0
    return sample.span.length / len(sample.english if sample.side == "en" else sample.japanese)


def _score_table(pairs: Sequence[tuple[str, str]], encoders: EncoderSet) -> Floats:
    rows: list[Floats] = []
    for first in range(0, len(pairs), _BATCH):
        part = pairs[first : first + _BATCH]
        beads = [(BeadText(one, 0, "en"), BeadText(other, 0, "ja")) for one, other in part]
        rows += [score_features(coverage) for coverage in measure(beads, encoders)]
        _progress(first + len(part), len(pairs), "scoring")
    return np.stack(rows).astype(np.float64)


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit and write the parameters."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pairs", type=Path, required=True, help="translation pairs that may fit parameters")
    parser.add_argument("--judgements", type=Path, required=True, help="machine translations with human scores")
    home = Path(__file__).parents[1] / "checks" / "coverage" / "parameters.npz"
    parser.add_argument("--output", type=Path, default=home, help="where the parameters go")
    options = parser.parse_args(arguments)
    judgements = [json.loads(line) for line in options.judgements.read_text(encoding="utf-8").splitlines()]
    items = list(samples(read_pairs(options.pairs), choose("use").sentences))
    intact, damaged = ([s for s in items if (s.span is None) == whole] for whole in (True, False))
    scored = [s for kind in (intact, damaged) for s in kind[:: max(1, len(kind) // _SCORED)]]
    rows = measured(items, choose("both"))
    fitted: dict[str, Any] = {}
    for kind in ("use", "both"):
        fitted |= _fit_coverage(kind, rows)
        # The score is fitted on what the new losses say: they have to be in place first.
        fitted[f"{kind}.score"] = np.zeros(N_FEATURES, np.float32)
    np.savez_compressed(options.output, **fitted)
    for kind in ("use", "both"):
        fitted[f"{kind}.score"] = fit_score(judgements, scored, choose(kind))
    np.savez_compressed(options.output, **fitted)


def _fit_coverage(kind: str, rows: dict[str, list[Measured]]) -> dict[str, Any]:
    """Parameters of word losses and spans for one set of encoders, from rows measured with both."""
    names = feature_names(in_context=kind == "both")
    fitted: dict[str, Any] = {f"{kind}.features": np.asarray(names)}
    for language, part in rows.items():
        seen = [replace(row, features=row.features[:, : len(names)]) for row in part]
        fitted[f"{kind}.{language}.weights"], fitted[f"{kind}.{language}.bias"] = fit_losses(seen)
        fitted[f"{kind}.{language}.calibration"] = fit_calibration(seen)
    return fitted


def _progress(done: int, total: int, what: str) -> None:
    sys.stderr.write(f"\r{what} {done}/{total}" + ("\n" if done >= total else ""))


if __name__ == "__main__":
    main()

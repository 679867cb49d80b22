"""Fit every shipped parameter again.

    python -m tui_reader.evaluation.fit --pairs PAIRS.tsv --judgements QE.jsonl --errors ERRORS.jsonl \
        --marked corpus/fitting

PAIRS.tsv holds translation pairs whose licence allows fitting (columns id, source, target, document, licence);
QE.jsonl holds machine translations with direct assessments (keys source, target, human), ERRORS.jsonl machine
translations that have a critical error or have none (keys source, target, error: 0 or 1). The marked pairs are those of
this project, ⟦…⟧ around what the other side lacks. docs/fitting.md says which data fitted which parameter. Needs the
extra ``fit``, and a system that can fork.
"""

from __future__ import annotations

import argparse
import gc
import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from tui_reader.checks.coverage.attention import AttentionModel
from tui_reader.checks.coverage.features import feature_names
from tui_reader.checks.coverage.losses import LossModel, WordOdds
from tui_reader.checks.coverage.parameters import archive
from tui_reader.checks.score import SIGNS
from tui_reader.encoders import choose
from tui_reader.evaluation.attention_fit import fit_attention
from tui_reader.evaluation.confidence_fit import Judged, fit_confidence, spans
from tui_reader.evaluation.difficulty_fit import read_judgements
from tui_reader.evaluation.faults import faults
from tui_reader.evaluation.held_out import cross_validated
from tui_reader.evaluation.loss_fit import fit_losses
from tui_reader.evaluation.samples import Sample, read_marked, read_pairs, samples, shortened
from tui_reader.evaluation.score_fit import fit_score
from tui_reader.evaluation.tables import centre, language_means, lost_span, measured_by_processes, one_thread

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tui_reader.encoders.base import Floats
    from tui_reader.evaluation.tables import Row

_HOME = Path(__file__).parents[1] / "checks" / "coverage" / "parameters.npz"
_KINDS = ("use", "both")
_PARTS, _HELD_OUT = 2, 0
"""Into so many parts the files are divided; networks that have not seen this one find in it what teaches how sure a
finding is."""
_NATURAL = 2
"""How often an annotated pair counts beside one that was damaged."""
_CALIBRATED = 800
"""Damaged samples that are looked at for that, beside all annotated ones."""
_SCORED = 400
"""Samples of each kind that the score is fitted on."""


_SHARED: dict[str, Any] = {}
"""What forked processes inherit."""


def fitted_and_judged(
    rows: list[Row], means: Mapping[str, Floats], processes: int, keep: Path | None = None
) -> tuple[dict[str, Any], dict[str, list[Judged]]]:
    """The networks, and by encoders the spans that networks find in pairs which they have not seen.

    Args:
        rows: measured and centred.
        means: by which they are.
        processes: how many fit at once.
        keep: folder for the networks that have not seen a part, for whoever wants to ask them something else.
    """
    _SHARED.update(rows=rows, part=parts([row.item for row in rows]))
    centres = {f"attention.{language}.mean": mean for language, mean in means.items()}
    # The rows are gigabytes: a process that was forked has them without being sent them, as long as nobody counts them.
    gc.collect()
    gc.freeze()
    with ProcessPoolExecutor(processes, mp_context=get_context("fork"), initializer=one_thread) as pool:
        # What takes longest first.
        whole, half = ([pool.submit(fit, left_out) for fit in (_attention, _losses)] for left_out in (None, _HELD_OUT))
        unseen = centres | half[0].result() | half[1].result()
        if keep is not None:
            np.savez(keep / f"networks-{_HELD_OUT}.npz", **unseen)
        judged = {kind: pool.submit(_judged, unseen, kind) for kind in _KINDS}
        networks = centres | whole[0].result() | whole[1].result()
        found = {kind: spans_found.result() for kind, spans_found in judged.items()}
    gc.unfreeze()
    return networks, found


def _taught(left_out: int | None) -> list[Row]:
    """The rows that teach, without those of a part."""
    part: dict[int, int] = _SHARED["part"]
    rows: list[Row] = _SHARED["rows"]
    kept = [row for row in rows if part[row.item.pair] != left_out]
    return [row for row in kept for _ in range(_NATURAL if row.item.annotated else 1)]


def _attention(left_out: int | None) -> dict[str, Any]:
    return fit_attention(_taught(left_out))


def _losses(left_out: int | None) -> dict[str, Any]:
    """Word losses of both sets of encoders."""
    taught = _taught(left_out)
    fitted: dict[str, Any] = {}
    for kind in _KINDS:
        names = feature_names(in_context=kind == "both")
        fitted[f"{kind}.features"] = np.asarray(names)
        for k, language in enumerate(("en", "ja")):
            sides = [row.sides[k] for row in taught if row.sides[k].counted.any()]
            made = fit_losses(sides, len(names))
            fitted |= {f"{kind}.{language}.{name}": value for name, value in made.items()}
    return fitted


def _judged(parameters: Mapping[str, Any], kind: str) -> list[Judged]:
    """Spans in the part that was held out, by networks that have not seen it."""
    part: dict[int, int] = _SHARED["part"]
    here = [row for row in _SHARED["rows"] if part[row.item.pair] == _HELD_OUT]
    damaged = [row for row in here if not row.item.annotated]
    chosen = [row for row in here if row.item.annotated] + damaged[:: max(1, len(damaged) // _CALIBRATED)]
    return [one for row in chosen for one in judged_spans(row, parameters, kind)]


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
                yield Judged(row.item.pair, language, span, evidence, right, row.item.annotated, bool(lost))


def all_samples(pairs: Path, marked: Path, processes: int = 1) -> list[Sample]:
    """Everything that is learned from; damage is drawn by several processes, each in a file at a time."""
    given = read_pairs(pairs)
    annotated, first = [], len(given)
    for path in sorted(marked.glob("*.tsv")):
        annotated.append(list(read_marked(path, first)))
        first += len(annotated[-1])
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=one_thread) as pool:
        damaged = pool.submit(_damaged, given)
        cut = list(pool.map(_shortened, annotated))
        return [*damaged.result(), *(item for one in zip(annotated, cut, strict=True) for part in one for item in part)]


def _damaged(pairs: Sequence[dict[str, str]]) -> list[Sample]:
    return list(samples(pairs, choose("use").sentences))


def _shortened(annotated: Sequence[Sample]) -> list[Sample]:
    intact = [item for item in annotated if item.intact]
    return list(shortened(intact, choose("use").sentences, seeds=(1,)))


def parts(items: Sequence[Sample]) -> dict[int, int]:
    """By the numbers of the pairs, the part that each belongs to; a file of annotated pairs is never divided.

    Whoever writes a file has habits, and networks that know them are surer than they will be of others' texts.
    """
    size = Counter(item.document for item in items if item.document)
    filled, of_document = [0] * _PARTS, {}
    for document, number in size.most_common():
        of_document[document] = least = filled.index(min(filled))
        filled[least] += number
    return {item.pair: of_document.get(item.document, item.pair % _PARTS) for item in items}


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit and write the parameters, and print how good they are on pairs that they have not seen."""
    options = _options(arguments)
    judgements, errors = read_judgements(options.judgements, "human"), read_judgements(options.errors, "error")
    items = all_samples(options.pairs, options.marked, options.processes)
    fitted = dict(archive()) if options.score_only else _networks_and_confidence(items, options)
    np.savez_compressed(_HOME, **fitted)
    intact, broken = ([item for item in items if item.intact == whole] for whole in (True, False))
    scored = [item for part in (intact, broken) for item in part[:: max(1, len(part) // _SCORED)]]
    faulty = list(faults(items))
    for kind in _KINDS:
        weights = fit_score(judgements, errors, scored, faulty, choose(kind))
        fitted[f"{kind}.score"] = weights.weights
        if weights.difficulty is not None:
            fitted[f"{kind}.difficulty"] = weights.difficulty
        fitted[f"{kind}.standing"] = weights.standing
    np.savez_compressed(_HOME, **fitted)


def _networks_and_confidence(items: list[Sample], options: argparse.Namespace) -> dict[str, Any]:
    """All parameters but those of the score, which are zeros; prints how good findings are on unseen pairs."""
    with TemporaryDirectory() as gone_after:
        rows = measured_by_processes(items, options.processes, options.keep or Path(gone_after))
    means = language_means(rows)
    centre(rows, means)
    fitted, judged = fitted_and_judged(rows, means, options.processes, options.keep)
    part = parts([row.item for row in rows])
    annotated = [item for item in items if item.annotated and part.get(item.pair) == _HELD_OUT]
    documents = {item.pair: item.document for item in annotated}
    for kind in _KINDS:
        for k, language in enumerate(("en", "ja")):
            here = [one for one in judged[kind] if one.language == language]
            lost = {item.pair: item.lost[k] for item in annotated}
            prevalence = sum(map(bool, lost.values())) / len(lost)
            fitted[f"{kind}.{language}.confidence"] = fit_confidence(here, prevalence)
            print(f"{kind} {language}")  # noqa: T201 - a command's answer
            for line in cross_validated(here, lost, documents, prevalence):
                print(f"    {line}")  # noqa: T201
        # The score is fitted on what the new losses say: they have to be in place first.
        fitted[f"{kind}.score"] = np.zeros(len(SIGNS), np.float32)
    return fitted


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pairs", type=Path, required=True, help="translation pairs that may fit parameters")
    parser.add_argument("--judgements", type=Path, required=True, help="machine translations with human scores")
    parser.add_argument(
        "--errors", type=Path, required=True, help="machine translations with or without a critical error"
    )
    parser.add_argument("--marked", type=Path, required=True, help="folder of annotated pairs")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="how many measure at once")
    parser.add_argument("--score-only", action="store_true", help="fit the score again, on the networks in place")
    parser.add_argument("--keep", type=Path, help="folder for what was measured, so that it is not measured again")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()

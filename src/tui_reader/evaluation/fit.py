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
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from tui_reader.checks.coverage.parameters import archive
from tui_reader.checks.score import SIGNS
from tui_reader.encoders import choose
from tui_reader.evaluation.confidence_fit import fit_confidence
from tui_reader.evaluation.difficulty_fit import read_judgements
from tui_reader.evaluation.faults import faults
from tui_reader.evaluation.held_out import cross_validated
from tui_reader.evaluation.network_fit import HELD_OUT, KINDS, fitted_and_judged, parts
from tui_reader.evaluation.samples import Sample, marked_files, read_marked, read_pairs, samples, shortened
from tui_reader.evaluation.score_fit import fit_score
from tui_reader.evaluation.tables import centre, language_means, measured_by_processes, one_thread

if TYPE_CHECKING:
    from collections.abc import Sequence

_HOME = Path(__file__).parents[1] / "checks" / "coverage" / "parameters.npz"
_SCORED = 400
"""Samples of each kind that the score is fitted on."""


def all_samples(pairs: Path, marked: Path, processes: int = 1) -> list[Sample]:
    """Everything that is learned from; damage is drawn by several processes, each in a file at a time."""
    given = read_pairs(pairs)
    annotated, first = [], len(given)
    for path in marked_files(marked):
        annotated.append(list(read_marked(path, marked, first)))
        first += len(annotated[-1])
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=one_thread) as pool:
        damaged = pool.submit(_damaged, given)
        cut = list(pool.map(_shortened, annotated))
        return [*damaged.result(), *(item for one in zip(annotated, cut, strict=True) for part in one for item in part)]


def _damaged(pairs: Sequence[dict[str, str]]) -> list[Sample]:
    return list(samples(pairs, choose("use").sentences))


def _shortened(annotated: Sequence[Sample]) -> list[Sample]:
    intact = [item for item in annotated if item.intact and not item.calibrates]
    return list(shortened(intact, choose("use").sentences, seeds=(1,)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit and write the parameters, and print how good they are on pairs that they have not seen."""
    options = _options(arguments)
    judgements, errors = read_judgements(options.judgements, "human"), read_judgements(options.errors, "error")
    items = all_samples(options.pairs, options.marked, options.processes)
    fitted = dict(archive()) if options.score_only else _networks_and_confidence(items, options)
    np.savez_compressed(_HOME, **fitted)
    teaching = [item for item in items if not item.calibrates]
    intact, broken = ([item for item in teaching if item.intact == whole] for whole in (True, False))
    scored = [item for part in (intact, broken) for item in part[:: max(1, len(part) // _SCORED)]]
    faulty = list(faults(teaching))
    for kind in KINDS:
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
    means = language_means([row for row in rows if not row.item.calibrates])
    centre(rows, means)
    fitted, judged = fitted_and_judged(rows, means, options.processes, options.keep)
    part = parts([row.item for row in rows])
    annotated = [item for item in items if item.annotated and part.get(item.pair) == HELD_OUT]
    documents = {item.pair: item.document for item in annotated}
    for kind in KINDS:
        for k, language in enumerate(("en", "ja")):
            here = [one for one in judged[kind] if one.language == language]
            lost = {item.pair: item.lost[k] for item in annotated}
            prevalence = _prevalence(annotated, k)
            fitted[f"{kind}.{language}.confidence"] = fit_confidence(here, prevalence)
            print(f"{kind} {language}")  # noqa: T201 - a command's answer
            for line in cross_validated(here, lost, documents, prevalence):
                print(f"    {line}")  # noqa: T201
        # The score is fitted on what the new losses say: they have to be in place first.
        fitted[f"{kind}.score"] = np.zeros(len(SIGNS), np.float32)
    return fitted


def _prevalence(annotated: Sequence[Sample], k: int) -> dict[bool, float]:
    """Share of the texts of a side that have something the other lacks, in translations from Japanese and in others."""
    lossy: dict[bool, list[bool]] = {}
    for item in annotated:
        lossy.setdefault(item.from_japanese, []).append(bool(item.lost[k]))
    return {origin: sum(marked) / len(marked) for origin, marked in lossy.items()}


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
    parser.add_argument(
        "--keep",
        type=Path,
        help="folder for what was measured and for the networks, so that a run that was stopped can go on",
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()

"""Samples measured: words with their features and labels, and pairs as the attention model sees them."""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, repeat
from multiprocessing import get_context
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from tui_reader.checks.coverage.attention import WordInputs, pair_table, word_inputs
from tui_reader.checks.coverage.confidence import Setting
from tui_reader.checks.coverage.features import feature_names, word_features
from tui_reader.checks.coverage.measure import meaningful_words
from tui_reader.checks.coverage.phrases import phrase_texts
from tui_reader.encoders import choose
from tui_reader.evaluation.attention_fit import Example

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tui_reader.checks.coverage.phrases import PhrasedText
    from tui_reader.encoders import EncoderSet
    from tui_reader.encoders.base import Floats, Ints
    from tui_reader.evaluation.samples import Sample
    from tui_reader.model import Span
    from tui_reader.text import words

_BATCH, _SHARE = 32, 256
"""Samples whose texts are encoded at once, and that a process measures at once."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The words of one side of a sample with their features.

    Attributes:
        setting: the words and where they stand.
        features: ``(n, n_features)``.
        labels: ``(n,)`` 1 for a word that the other side lacks.
        counted: ``(n,)`` False for words that are in doubt, all of them on a side that teaches nothing.
    """

    setting: Setting
    features: Floats
    labels: Floats
    counted: Ints


@dataclass(frozen=True, slots=True)
class Row:
    """A sample, measured.

    Attributes:
        item: the sample; pairs are held out by its pair's number.
        sides: English (or the source) first.
        example: as the attention model sees it, its contextual vectors not centred yet.
    """

    item: Sample
    sides: tuple[Measured, Measured]
    example: Example


def measured(items: Sequence[Sample], encoders: EncoderSet) -> Iterator[Row]:
    """The samples whose sides both have words; `encoders` must include a token encoder.

    Equal texts share their vectors, which are kept in half precision, and texts of neighbouring samples are measured
    once: samples of one pair should stand together.
    """
    inputs: dict[tuple[str, str], WordInputs] = {}
    phrased: dict[tuple[str, str], PhrasedText] = {}
    for first in range(0, len(items), _BATCH):
        part = items[first : first + _BATCH]
        texts = [list(zip(item.texts, item.languages, strict=True)) for item in part]
        wanted = dict.fromkeys(text for both in texts for text in both)
        new = [text for text in wanted if text not in phrased]
        made = phrase_texts([(text, meaningful_words(text, language)) for text, language in new], encoders)
        phrased = {text: phrased[text] for text in wanted if text in phrased} | dict(zip(new, made, strict=True))
        for item, (one, other) in zip(part, texts, strict=True):
            if phrased[one].n_words and phrased[other].n_words:
                yield _row(item, phrased[one], phrased[other], inputs)


def measured_by_processes(items: Sequence[Sample], processes: int, keep: Path) -> list[Row]:
    """What `measured` gives, by several processes, in the order of the pairs.

    The arrays of the rows lie in files that the system may drop from memory and read again, and that processes which
    are forked later share.

    Args:
        items: the samples.
        processes: how many, one thread each.
        keep: folder for what was measured, so that another run need not measure the same again.
    """
    shares = list(_shares(items))
    rows: list[Row] = []
    done = 0
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=one_thread) as pool:
        for share, path in zip(shares, pool.map(measured_share, shares, repeat(keep)), strict=True):
            rows += _outside_memory(kept_rows(path, share[0].pair), keep)
            done += len(share)
            _progress(done, len(items), "measuring")
    return rows


def _outside_memory(rows: Sequence[Row], folder: Path) -> list[Row]:
    """The same rows, their large arrays in a file that is gone when the process is."""
    arrays = {id(array): array for row in rows for array in _large(row)}
    ends = np.cumsum([array.nbytes for array in arrays.values()]).tolist()
    moved: dict[int, Floats] = {}
    with TemporaryFile(dir=folder) as file:
        space: Any = np.memmap(file, np.uint8, "w+", shape=(max(1, ends[-1] if ends else 0),))
    for (key, array), end in zip(arrays.items(), ends, strict=True):
        moved[key] = np.asarray(space[end - array.nbytes : end]).view(array.dtype).reshape(array.shape)
        moved[key][...] = array
    inputs: dict[int, WordInputs] = {}
    return [_with_arrays(row, moved, inputs) for row in rows]


def _large(row: Row) -> Iterator[Floats]:
    yield row.example.table
    for side, measure in zip(row.example.sides, row.sides, strict=True):
        yield side.vectors
        yield measure.features


def _with_arrays(row: Row, arrays: Mapping[int, Floats], inputs: dict[int, WordInputs]) -> Row:
    """A row with other arrays in the places of its own; sides that rows shared they share again."""
    for side in row.example.sides:
        if id(side) not in inputs:
            inputs[id(side)] = replace(side, vectors=arrays[id(side.vectors)])
    one, other = (inputs[id(side)] for side in row.example.sides)
    first, second = (replace(side, features=arrays[id(side.features)]) for side in row.sides)
    example = replace(row.example, sides=(one, other), table=arrays[id(row.example.table)])
    return replace(row, sides=(first, second), example=example)


def _shares(items: Sequence[Sample]) -> Iterator[list[Sample]]:
    """In the order of the pairs; no share has samples of two documents, so that one of these changes no other's."""
    for _, group in groupby(sorted(items, key=lambda item: item.pair), key=lambda item: item.document):
        together = list(group)
        yield from (together[first : first + _SHARE] for first in range(0, len(together), _SHARE))


def one_thread() -> None:
    """What a process does first that shares its processors with others."""
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 - in the process of a worker

    threadpool_limits(1)
    os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false")


def measured_share(items: Sequence[Sample], keep: Path) -> Path:
    """Measures a few samples, unless `keep` has a file of them already; gives the file, for `kept_rows`."""
    # What stands before in the order of the pairs makes no difference to what is kept.
    counted = [replace(item, pair=item.pair - items[0].pair) for item in items]
    what = repr((counted, feature_names(in_context=True)))
    path = keep / f"{hashlib.sha256(what.encode()).hexdigest()[:20]}.pickle"
    if not path.exists():
        unfinished = path.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(pickle.dumps(list(measured(counted, _encoders()))))
        unfinished.replace(path)
    return path


def kept_rows(path: Path, first: int) -> list[Row]:
    """The rows of a file that `measured_share` wrote, their pairs numbered from `first`."""
    # Written by that very function, into a folder that whoever fits has named.
    rows = cast("list[Row]", pickle.loads(path.read_bytes()))  # noqa: S301
    return [replace(row, item=replace(row.item, pair=row.item.pair + first)) for row in rows]


@cache
def _encoders() -> EncoderSet:
    return choose("both", 1)


def _row(item: Sample, one: PhrasedText, other: PhrasedText, inputs: dict[tuple[str, str], WordInputs]) -> Row:
    sides = (_measured(item, 0, one, other), _measured(item, 1, other, one))
    texts = zip((one, other), item.languages, strict=True)
    seen = [inputs.setdefault((side.text, language), _raw(side)) for side, language in texts]
    labels = tuple(np.stack([side.labels, side.counted]) if side.counted.any() else None for side in sides)
    table = pair_table(one, other).astype(np.float16)
    example = Example((seen[0], seen[1]), table, (labels[0], labels[1]), item.intact)
    return Row(item, sides, example)


def _raw(side: PhrasedText) -> WordInputs:
    """Not centred: the mean is known when all texts are."""
    none = np.zeros((len(side.in_context), side.in_context.shape[2])) if side.in_context is not None else np.zeros(0)
    made = word_inputs(side, none)
    return replace(made, vectors=made.vectors.astype(np.float16))


def _measured(item: Sample, k: int, here: PhrasedText, there: PhrasedText) -> Measured:
    language = item.languages[k]
    labels = np.asarray([float(any(word.span.overlaps(span) for span in item.lost[k])) for word in here.words])
    counted = _certain(here.words, labels, item) if item.teaches[k] else np.zeros(here.n_words, bool)
    cosine = float(here.vector @ there.vector)
    setting = Setting(here.text, here.words, language, there.words, cosine, item.from_japanese)
    return Measured(setting, word_features(here, there).astype(np.float16), labels, counted)


def _certain(tokens: Sequence[words.Word], labels: Floats, item: Sample) -> Ints:
    """Function words beside the counterpart of a deletion may belong to it or not."""
    counted = np.ones(len(tokens), bool)
    if item.deleted and labels.any():
        inside = np.flatnonzero(labels).tolist()
        for step, k in ((-1, inside[0] - 1), (1, inside[-1] + 1)):
            while 0 <= k < len(tokens) and not tokens[k].content_word:
                counted[k] = False
                k += step  # noqa: PLW2901 - walks away from the span
    return counted


def language_means(rows: Sequence[Row]) -> dict[str, Floats]:
    """Mean contextual vectors of the words of intact pairs, ``(2, d)`` for each language."""
    means = {}
    for k, language in enumerate(("en", "ja")):
        sides = list({id(row.example.sides[k]): row.example.sides[k] for row in rows if row.example.intact}.values())
        ends = sides[0].widths
        total = sum(side.vectors[:, : ends[1]].astype(np.float64).sum(axis=0) for side in sides)
        means[language] = (total / sum(len(side.vectors) for side in sides)).reshape(2, -1).astype(np.float32)
    return means


def centre(rows: Sequence[Row], means: Mapping[str, Floats]) -> None:
    """Takes the mean of its language from every contextual vector, in place: a copy would be gigabytes."""
    done: set[int] = set()
    for row in rows:
        for side, measure in zip(row.example.sides, row.sides, strict=True):
            if id(side) not in done:
                done.add(id(side))
                side.vectors[:, : side.widths[1]] -= means[measure.setting.language].ravel()


def lost_span(spans: Sequence[Span], words_found: Sequence[words.Word]) -> bool:
    """Whether at least half of some words lie in passages that the other side lacks."""
    inside = sum(any(word.span.overlaps(span) for span in spans) for word in words_found)
    return bool(spans) and 2 * inside >= len(words_found)


def exact_span(spans: Sequence[Span], tokens: Sequence[words.Word], words_found: Sequence[words.Word]) -> bool:
    """Whether some words are all those of a text, `tokens`, that lie in one of the passages."""
    return any([word for word in tokens if word.span.overlaps(span)] == list(words_found) for span in spans)


def _progress(done: int, total: int, what: str) -> None:
    sys.stderr.write(f"\r{what} {done}/{total}" + ("\n" if done >= total else ""))

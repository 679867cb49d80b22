"""Fit the attention model of the coverage check (`tui_reader.checks.coverage.attention`) with JAX."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tui_reader.checks.coverage.attention import CLIPPED, N_KINDS
from tui_reader.evaluation.attention_network import first_weights, loss

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui_reader.checks.coverage.attention import WordInputs
    from tui_reader.encoders.base import Floats
    from tui_reader.evaluation.tables import Row

_BUCKETS = (16, 32, 64, 110)
"""Words that the longer side may have in each size of batch, so that few shapes are compiled."""
_DAMAGED, _INTACT = 24, 16
"""Pairs of a batch of 32 words; longer ones are fewer."""
_RATE, _WARM_UP, _DECAY = 1.5e-3, 200, 1e-2
_EVERY = 3
"""Steps of which one asks the second and third task: they cost most of the time."""
_LOOKED_AT = 40
"""One row in so many says how large the signals are."""
_LARGE, _VERY_LARGE = 1_000, 50_000
"""Numbers above which an array is kept in half precision, and its columns in bytes."""


@dataclass(frozen=True, slots=True)
class Example:
    """A pair as the network sees it.

    Attributes:
        sides: the words of the English and of the Japanese side.
        table: ``(n, m, 3)`` from `pair_table`.
        labels: for each side ``(2, n)``, the labels and which of them count; None where the side teaches nothing.
        intact: whether nothing was put in or taken out.
    """

    sides: tuple[WordInputs, WordInputs]
    table: Floats
    labels: tuple[Floats | None, Floats | None]
    intact: bool

    @property
    def size(self) -> int:
        """Words of the longer side."""
        return max(len(side.kinds) for side in self.sides)


def fit_attention(rows: Sequence[Row], epochs: int = 3, seed: int = 0) -> dict[str, Any]:
    """Parameters of the model, named as in parameters.npz but for the means.

    Args:
        rows: pairs, intact and damaged.
        epochs: passes over them.
        seed: of the first weights and of the order.
    """
    import jax  # noqa: PLC0415 - the extra `fit`
    import optax  # noqa: PLC0415

    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    sizes = signal_sizes(rows)
    parameters = first_weights(np.random.default_rng(seed), *widths(rows[0]))
    intact = _by_size([row for row in rows if row.example.intact])
    steps = sum(1 for _ in _batches(rows, _DAMAGED, chance)) * epochs
    rate = optax.warmup_cosine_decay_schedule(0, _RATE, min(_WARM_UP, steps // 10), steps)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate, weight_decay=_DECAY))
    state = optimiser.init(parameters)

    def update(parameters: Any, state: Any, damaged: Any, whole: Any, key: Any) -> tuple[Any, Any]:
        gradient = jax.grad(loss)(parameters, damaged, whole, key)
        updates, state = optimiser.update(gradient, state, parameters)
        return optax.apply_updates(parameters, updates), state

    step, key = jax.jit(update), jax.random.key(seed)
    waiting: dict[int, list[list[Row]]] = defaultdict(list)
    batches = (batch for _ in range(epochs) for batch in _batches(rows, _DAMAGED, chance))
    for number, (bucket, batch) in enumerate(batches):
        whole = None
        if number % _EVERY == 0:
            waiting[bucket] = waiting[bucket] or _cut(intact[bucket], _share(_INTACT, bucket), chance)
            whole = _tensors(waiting[bucket].pop(), bucket, sizes) if waiting[bucket] else None
        key, now = jax.random.split(key)
        parameters, state = step(parameters, state, _tensors(batch, bucket, sizes), whole, now)
    return _named(parameters, sizes)


def widths(row: Row) -> tuple[int, int]:
    """Numbers in the vectors of a word, and signals of it."""
    return row.example.sides[0].vectors.shape[1], row.sides[0].features.shape[1]


def signal_sizes(rows: Sequence[Row]) -> list[tuple[Floats, Floats]]:
    """Mean and deviation of the signals of either language's words, ``(n_features,)`` each."""
    sizes = []
    for k in (0, 1):
        seen = np.concatenate([row.sides[k].features for row in rows[::_LOOKED_AT]]).astype(np.float32)
        sizes.append((seen.mean(axis=0), seen.std(axis=0) + np.float32(1e-3)))
    return sizes


def _named(parameters: dict[str, Any], sizes: Sequence[tuple[Floats, Floats]]) -> dict[str, Any]:
    """The parameters as they are stored: large ones in half precision, matrices over word vectors in bytes."""
    named: dict[str, Any] = {}
    for group, values in parameters.items():
        parts = {f".{name}": value for name, value in values.items()} if isinstance(values, dict) else {"": values}
        for name, value in parts.items():
            named |= _stored(f"attention.{group}{name}", np.asarray(value))
    for language, (mean, deviation) in zip(("en", "ja"), sizes, strict=True):
        named |= {f"attention.{language}.signals.mean": mean, f"attention.{language}.signals.deviation": deviation}
    return named


def _stored(name: str, values: Floats) -> dict[str, Any]:
    if values.size <= _LARGE:
        return {name: values.astype(np.float32)}
    if values.size <= _VERY_LARGE:
        return {name: values.astype(np.float16)}
    scale = np.abs(values).max(axis=0) / np.float32(127) + np.float32(1e-12)
    return {name: np.rint(values / scale).astype(np.int8), f"{name}.scale": scale.astype(np.float32)}


def _bucket(row: Row) -> int | None:
    return next((size for size in _BUCKETS if row.example.size <= size), None)


def _by_size(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if (bucket := _bucket(row)) is not None:
            found[bucket].append(row)
    return found


def _share(size: int, bucket: int) -> int:
    return max(4, min(size, size * 32 // bucket))


def _cut(rows: Sequence[Row], size: int, chance: random.Random) -> list[list[Row]]:
    """Full batches in random order."""
    mixed = list(rows)
    chance.shuffle(mixed)
    return [mixed[first : first + size] for first in range(0, len(mixed) - size + 1, size)]


def _batches(rows: Sequence[Row], size: int, chance: random.Random) -> Iterator[tuple[int, list[Row]]]:
    by_size = _by_size(rows)
    batches = [(b, batch) for b, part in by_size.items() for batch in _cut(part, _share(size, b), chance)]
    chance.shuffle(batches)
    yield from batches


def _tensors(batch: Sequence[Row], size: int, sizes: Sequence[tuple[Floats, Floats]]) -> dict[str, Floats]:
    """A batch as arrays padded to `size` words, signals as deviations from their mean."""
    width, n_features = widths(batch[0])
    shapes = {
        "vectors": (size, width),
        "kinds": (size, N_KINDS),
        "signals": (size, n_features),
        "here": (size,),
        "labels": (size,),
        "counted": (size,),
    }
    made = {f"{name}{k}": np.zeros((len(batch), *shape), np.float32) for name, shape in shapes.items() for k in (0, 1)}
    made["table"] = np.zeros((len(batch), size, size, 3), np.float32)
    for place, row in enumerate(batch):
        example = row.example
        n, m = example.table.shape[:2]
        made["table"][place, :n, :m] = example.table
        for k, (side, labels, (mean, deviation)) in enumerate(zip(example.sides, example.labels, sizes, strict=True)):
            length = len(side.kinds)
            made[f"vectors{k}"][place, :length] = side.vectors
            made[f"kinds{k}"][place, :length] = side.kinds
            made[f"signals{k}"][place, :length] = np.clip((row.sides[k].features - mean) / deviation, -CLIPPED, CLIPPED)
            made[f"here{k}"][place, :length] = 1
            if labels is not None:
                made[f"labels{k}"][place, :length], made[f"counted{k}"][place, :length] = labels
    return made

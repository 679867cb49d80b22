"""Fit the attention model of the coverage check (`tui_reader.checks.coverage.attention`) with JAX.

Three things are asked of it at once: to tell words that a side lacks (damaged pairs, binary cross-entropy); to find the
counterpart of every content word in its own translation rather than in those of other sentences (intact pairs; multiple
instances, contrasted within the batch); and to agree with itself in both directions (self-training after awesome-align,
Dou & Neubig 2021).
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tui_reader.checks.coverage.attention import N_KINDS, NEIGHBOURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui_reader.checks.coverage.attention import WordInputs
    from tui_reader.encoders.base import Floats

PROJECTED, MEANING, HIDDEN, EVIDENCE = 64, 16, 96, 9
_BUCKETS = (16, 32, 64, 110)
"""Words that the longer side may have in each size of batch, so that few shapes are compiled."""
_DAMAGED, _INTACT = 24, 16
"""Pairs of a batch of 32 words; longer ones are fewer."""
_RATE, _WARM_UP, _DECAY = 2e-3, 100, 1e-4
_DROPPED_INPUT, _DROPPED_HIDDEN = 0.35, 0.4
"""Shares of the numbers of word vectors and of hidden units that are left out of a step (Srivastava et al. 2014)."""
_CONTRAST, _AGREEMENT, _SURE = 0.3, 0.1, 0.1
"""Weights of the second and third task, and the link probability from which the third counts."""
_MASKED = -1e4
_OUTLIER = 4.0
"""Loss at which a word is given up in the second task: it has no counterpart, or none that vectors show."""


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


def fit_attention(examples: Sequence[Example], epochs: int = 3, seed: int = 0) -> dict[str, Any]:
    """Parameters of the model, named as in parameters.npz but for the means.

    Args:
        examples: pairs, intact and damaged.
        epochs: passes over them.
        seed: of the first weights and of the order.
    """
    import jax  # noqa: PLC0415 - the extra `fit`
    import optax  # noqa: PLC0415

    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    parameters = _first(np.random.default_rng(seed), examples[0].sides[0].vectors.shape[1])
    intact = _by_size([example for example in examples if example.intact])
    steps = sum(1 for _ in _batches(examples, _DAMAGED, chance)) * epochs
    rate = optax.warmup_cosine_decay_schedule(0, _RATE, _WARM_UP, steps)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate, weight_decay=_DECAY))
    state = optimiser.init(parameters)

    def update(parameters: Any, state: Any, damaged: Any, whole: Any, key: Any) -> tuple[Any, Any]:
        gradient = jax.grad(_loss)(parameters, damaged, whole, key)
        updates, state = optimiser.update(gradient, state, parameters)
        return optax.apply_updates(parameters, updates), state

    step, key = jax.jit(update), jax.random.key(seed)
    waiting: dict[int, list[list[Example]]] = defaultdict(list)
    for _ in range(epochs):
        for bucket, batch in _batches(examples, _DAMAGED, chance):
            if not waiting[bucket]:
                waiting[bucket] = _cut(intact[bucket], _share(_INTACT, bucket), chance)
            if not waiting[bucket]:
                continue
            whole = waiting[bucket].pop()
            key, now = jax.random.split(key)
            parameters, state = step(parameters, state, _tensors(batch, bucket), _tensors(whole, bucket), now)
    return _named(parameters)


def _first(chance: np.random.Generator, width: int) -> dict[str, Any]:
    """Weights to start from: links as good as untrained cosines make them, everything else small."""
    projection = chance.normal(size=(width, PROJECTED)) * 0.05
    seen = (EVIDENCE + MEANING + N_KINDS) * (2 * NEIGHBOURS + 1)

    def side(shift: float) -> dict[str, Any]:
        return {
            "projection": projection + shift * chance.normal(size=projection.shape),
            "null.vectors": np.zeros(width), "null.kinds": np.zeros(N_KINDS), "null.bias": np.asarray(4.0),
            "meaning": chance.normal(size=(width, MEANING)) * 0.03,
            "hidden.weights": chance.normal(size=(seen, HIDDEN)) * 0.05, "hidden.bias": np.zeros(HIDDEN),
            "output.weights": chance.normal(size=HIDDEN) * 0.1, "output.bias": np.asarray(-2.0),
        }  # fmt: skip

    made = {"factors": np.asarray([8.0, 4.0, 6.0, 4.0, 4.0, 1.5, 1.0]), "en": side(0.0), "ja": side(0.005)}
    return {key: _single(value) for key, value in made.items()}


def _single(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _single(part) for key, part in value.items()}
    return np.asarray(value, np.float32)


def _named(parameters: dict[str, Any]) -> dict[str, Any]:
    """The parameters as they are stored; the large ones in half precision."""
    named: dict[str, Any] = {"attention.factors": np.asarray(parameters["factors"])}
    for language in ("en", "ja"):
        for name, value in parameters[language].items():
            large = name in {"projection", "meaning", "null.vectors"}
            named[f"attention.{language}.{name}"] = np.asarray(value, np.float16 if large else np.float32)
    return named


def _bucket(example: Example) -> int | None:
    return next((size for size in _BUCKETS if example.size <= size), None)


def _by_size(examples: Iterable[Example]) -> dict[int, list[Example]]:
    found: dict[int, list[Example]] = defaultdict(list)
    for example in examples:
        if (bucket := _bucket(example)) is not None:
            found[bucket].append(example)
    return found


def _share(size: int, bucket: int) -> int:
    return max(4, min(size, size * 32 // bucket))


def _cut(examples: Sequence[Example], size: int, chance: random.Random) -> list[list[Example]]:
    """Full batches in random order."""
    mixed = list(examples)
    chance.shuffle(mixed)
    return [mixed[first : first + size] for first in range(0, len(mixed) - size + 1, size)]


def _batches(examples: Sequence[Example], size: int, chance: random.Random) -> Iterator[tuple[int, list[Example]]]:
    by_size = _by_size(examples)
    batches = [(b, batch) for b, part in by_size.items() for batch in _cut(part, _share(size, b), chance)]
    chance.shuffle(batches)
    yield from batches


def _tensors(batch: Sequence[Example], size: int) -> dict[str, Floats]:
    """A batch as arrays padded to `size` words."""
    width = batch[0].sides[0].vectors.shape[1]
    shapes = {
        "vectors": (size, width),
        "kinds": (size, N_KINDS),
        "here": (size,),
        "labels": (size,),
        "counted": (size,),
    }
    made = {f"{name}{k}": np.zeros((len(batch), *shape), np.float32) for name, shape in shapes.items() for k in (0, 1)}
    made["table"] = np.zeros((len(batch), size, size, 3), np.float32)
    for row, example in enumerate(batch):
        n, m = example.table.shape[:2]
        made["table"][row, :n, :m] = example.table
        for k, (side, labels) in enumerate(zip(example.sides, example.labels, strict=True)):
            length = len(side.kinds)
            made[f"vectors{k}"][row, :length] = side.vectors
            made[f"kinds{k}"][row, :length] = side.kinds
            made[f"here{k}"][row, :length] = 1
            if labels is not None:
                made[f"labels{k}"][row, :length], made[f"counted{k}"][row, :length] = labels
    return made


# What follows runs inside JAX; it is the arithmetic of `attention` over padded batches.


def _loss(parameters: Any, damaged: Any, whole: Any, key: Any) -> Any:
    return (
        _missed(parameters, damaged, key)
        + _CONTRAST * _confused(parameters, whole)
        + _AGREEMENT * _disagreement(parameters, whole)
    )


def _missed(parameters: Any, batch: Any, key: Any) -> Any:
    import jax  # noqa: PLC0415
    import optax  # noqa: PLC0415

    keys = jax.random.split(key, 4)
    batch = batch | {f"vectors{k}": _thinned(keys[k], batch[f"vectors{k}"], _DROPPED_INPUT) for k in (0, 1)}
    logits, nulls, forward, backward = _links(parameters, batch)
    phrases = batch["table"][..., 0]
    turned = [_turned(part) for part in (logits, backward, forward, phrases)]
    total = 0.0
    for k, language, part in (
        (0, "en", (logits, nulls[0], forward, backward, phrases)),
        (1, "ja", (turned[0], nulls[1], turned[1], turned[2], turned[3])),
    ):
        verdict = _verdict(parameters[language], batch, k, part, keys[2 + k])
        counted = batch[f"counted{k}"]
        wrong = optax.sigmoid_binary_cross_entropy(verdict, batch[f"labels{k}"]) * counted
        total += wrong.sum() / (counted.sum() + 1e-6)
    return total


def _confused(parameters: Any, batch: Any) -> Any:
    """Content words against the words of all texts of the batch: their own translation should hold the match."""
    import jax  # noqa: PLC0415
    from jax import numpy as jnp  # noqa: PLC0415

    one, other = batch["vectors0"], batch["vectors1"]
    lexical = jax.vmap(lambda row: _lexical(parameters, row[None], other))(one)
    by_other = jnp.where(batch["here1"][None, :, None, :] > 0, lexical, _MASKED)
    by_one = jnp.where(batch["here0"][:, None, :, None] > 0, lexical, _MASKED)
    from_one = jax.nn.log_softmax(jax.nn.logsumexp(by_other, axis=3), axis=1)
    from_other = jax.nn.log_softmax(jax.nn.logsumexp(by_one, axis=2), axis=0)
    total = 0.0
    for k, found in ((0, from_one), (1, from_other)):
        lost = jnp.minimum(-jnp.diagonal(found, axis1=0, axis2=1).T, _OUTLIER)
        weight = batch[f"here{k}"] * batch[f"kinds{k}"][..., -6]
        total += (lost * weight).sum() / (weight.sum() + 1e-6)
    return total


def _disagreement(parameters: Any, batch: Any) -> Any:
    import jax  # noqa: PLC0415
    from jax import numpy as jnp  # noqa: PLC0415

    _, _, forward, backward = _links(parameters, batch)
    both = jnp.exp(forward + backward)
    sure = jax.lax.stop_gradient((both > _SURE) * both)
    return -(sure * (forward + backward)).sum() / (sure.sum() + 1e-6)


def _links(parameters: Any, batch: Any) -> Any:
    import jax  # noqa: PLC0415
    from jax import numpy as jnp  # noqa: PLC0415

    factors, table = parameters["factors"], batch["table"]
    logits = _lexical(parameters, batch["vectors0"], batch["vectors1"])
    logits += factors[3] * table[..., 0] + factors[4] * table[..., 1] - factors[5] * table[..., 2]
    logits = jnp.where(batch["here0"][:, :, None] * batch["here1"][:, None, :] > 0, logits, _MASKED)
    nulls = [
        own["null.bias"] + batch[f"vectors{k}"] @ own["null.vectors"] + batch[f"kinds{k}"] @ own["null.kinds"]
        for k, own in ((0, parameters["en"]), (1, parameters["ja"]))
    ]
    forward = logits - jnp.logaddexp(jax.nn.logsumexp(logits, axis=2), nulls[0])[:, :, None]
    backward = logits - jnp.logaddexp(jax.nn.logsumexp(logits, axis=1), nulls[1])[:, None, :]
    return logits, nulls, forward, backward


def _lexical(parameters: Any, one: Any, other: Any) -> Any:
    from tui_reader.encoders.e5 import DIMENSION  # noqa: PLC0415 - two layers of it come first

    factors = parameters["factors"]
    projected = [_unit(side @ parameters[language]["projection"]) for side, language in ((one, "en"), (other, "ja"))]
    total = 10 * factors[6] * (projected[0] @ _turned(projected[1]))
    for k, part in enumerate((slice(DIMENSION), slice(DIMENSION, 2 * DIMENSION), slice(2 * DIMENSION, None))):
        total += factors[k] * (_unit(one[..., part]) @ _turned(_unit(other[..., part])))
    return total


def _verdict(own: Any, batch: Any, k: int, part: Any, key: Any = None) -> Any:
    import jax  # noqa: PLC0415
    from jax import numpy as jnp  # noqa: PLC0415

    logits, null, forward, backward, phrases = part
    top = jax.lax.top_k(logits, 2)[0]
    top = jnp.where(top < _MASKED / 10, 0.0, top)
    evidence = jnp.stack([
        null / 10, top[..., 0] / 10, top[..., 1] / 10, (top[..., 0] - null) / 10,
        jnp.maximum(jnp.max(forward + backward, axis=2), -15) / 5,
        jnp.log(jnp.exp(backward).sum(2) + 1e-3), jnp.log(jnp.exp(forward).sum(2) + 1e-3),
        jnp.maximum(null - jnp.logaddexp(jax.nn.logsumexp(logits, axis=2), null), -15) / 5,
        jnp.max(jnp.where(logits < _MASKED / 10, 0, phrases), axis=2),
    ], -1)  # fmt: skip
    rows = jnp.concatenate([evidence, batch[f"vectors{k}"] @ own["meaning"], batch[f"kinds{k}"]], -1)
    rows *= batch[f"here{k}"][..., None]
    padded = jnp.pad(rows, ((0, 0), (NEIGHBOURS, NEIGHBOURS), (0, 0)))
    length = rows.shape[1]
    around = jnp.concatenate([padded[:, step : step + length] for step in range(2 * NEIGHBOURS + 1)], -1)
    hidden = jax.nn.relu(around @ own["hidden.weights"] + own["hidden.bias"])
    if key is not None:
        hidden = _thinned(key, hidden, _DROPPED_HIDDEN)
    return hidden @ own["output.weights"] + own["output.bias"]


def _thinned(key: Any, values: Any, share: float) -> Any:
    """Values of shape ``(n_texts, n_words, d)``, of every text the same columns left out for all of its words."""
    import jax  # noqa: PLC0415

    kept = jax.random.bernoulli(key, 1 - share, (values.shape[0], 1, values.shape[2]))
    return values * kept / (1 - share)


def _unit(vectors: Any) -> Any:
    return vectors / (((vectors**2).sum(-1, keepdims=True) + 1e-6) ** 0.5)


def _turned(table: Any) -> Any:
    return table.swapaxes(-1, -2)

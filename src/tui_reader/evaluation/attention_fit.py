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

from tui_reader.checks.coverage.attention import CLIPPED, N_KINDS, NEIGHBOURS, WINDOW_SHARE
from tui_reader.checks.coverage.transformer import FARTHEST, LEAST_LINK, N_HEADS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tui_reader.checks.coverage.attention import WordInputs
    from tui_reader.encoders.base import Floats
    from tui_reader.evaluation.tables import Row

PROJECTED, WIDTH, EVIDENCE = 64, 64, 9
MEANING, HIDDEN = 16, 96
N_LAYERS = 2
_BUCKETS = (16, 32, 64, 110)
"""Words that the longer side may have in each size of batch, so that few shapes are compiled."""
_DAMAGED, _INTACT = 24, 16
"""Pairs of a batch of 32 words; longer ones are fewer."""
_RATE, _WARM_UP, _DECAY = 1.5e-3, 200, 1e-2
_DROPPED_INPUT, _DROPPED_HIDDEN, _DROPPED_WINDOW = 0.35, 0.2, 0.4
"""Shares of the numbers of word vectors, of the transformer's numbers and of the window's hidden units that a step leaves
out (Srivastava et al. 2014)."""
_CONTRAST, _AGREEMENT, _SURE = 0.9, 0.3, 0.1
"""Weights of the second and third task, and the link probability from which the third counts."""
_EVERY = 3
"""Steps of which one asks the second and third task: they cost most of the time."""
_LOOKED_AT = 40
"""One row in so many says how large the signals are."""
_DRAWS = 4 + 2 + 6 * N_LAYERS + 2
"""Times that something is left out of a step."""
_LARGE = 1000
"""Numbers from which an array is kept in half precision."""
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


def fit_attention(rows: Sequence[Row], epochs: int = 2, seed: int = 0) -> dict[str, Any]:
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
    parameters = _first(np.random.default_rng(seed), rows[0])
    intact = _by_size([row for row in rows if row.example.intact])
    steps = sum(1 for _ in _batches(rows, _DAMAGED, chance)) * epochs
    rate = optax.warmup_cosine_decay_schedule(0, _RATE, _WARM_UP, steps)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate, weight_decay=_DECAY))
    state = optimiser.init(parameters)

    def update(parameters: Any, state: Any, damaged: Any, whole: Any, key: Any) -> tuple[Any, Any]:
        gradient = jax.grad(_loss)(parameters, damaged, whole, key)
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


def signal_sizes(rows: Sequence[Row]) -> list[tuple[Floats, Floats]]:
    """Mean and deviation of the signals of either language's words, ``(n_features,)`` each."""
    sizes = []
    for k in (0, 1):
        seen = np.concatenate([row.sides[k].features for row in rows[::_LOOKED_AT]]).astype(np.float32)
        sizes.append((seen.mean(axis=0), seen.std(axis=0) + np.float32(1e-3)))
    return sizes


def _first(chance: np.random.Generator, row: Row) -> dict[str, Any]:
    """Weights to start from: links as good as untrained cosines make them, everything else small."""
    width, n_features = row.example.sides[0].vectors.shape[1], row.sides[0].features.shape[1]
    projection = chance.normal(size=(width, PROJECTED)) * 0.05
    seen = (EVIDENCE + MEANING + N_KINDS) * (2 * NEIGHBOURS + 1)

    def even(rows: int, columns: int, gain: float = 1.0) -> Floats:
        return chance.normal(size=(rows, columns)) * gain / np.sqrt(rows)

    def side(shift: float) -> dict[str, Any]:
        return {
            "projection": projection + shift * chance.normal(size=projection.shape),
            "null.vectors": np.zeros(width), "null.kinds": np.zeros(N_KINDS), "null.bias": np.asarray(4.0),
            "vectors": even(width, WIDTH, 0.5), "kinds": even(N_KINDS, WIDTH), "evidence": even(EVIDENCE, WIDTH),
            "signals": even(n_features, WIDTH), "bias": np.zeros(WIDTH),
            "output": even(WIDTH, 1, 0.3)[:, 0], "output.bias": np.asarray(-2.0),
            "window.meaning": chance.normal(size=(width, MEANING)) * 0.03,
            "window.hidden": chance.normal(size=(seen, HIDDEN)) * 0.05, "window.hidden.bias": np.zeros(HIDDEN),
            "window.output": chance.normal(size=HIDDEN) * 0.1, "window.output.bias": np.asarray(-2.0),
        }  # fmt: skip

    def four() -> Floats:
        return np.stack([even(WIDTH, WIDTH, gain) for gain in (1.0, 1.0, 1.0, 0.5)])

    layers = [
        {
            "near": four(), "across": four(), "distance": np.zeros((N_HEADS, 2 * FARTHEST + 1)),
            "link": np.ones(N_HEADS), "inner": even(WIDTH, 2 * WIDTH), "inner.bias": np.zeros(2 * WIDTH),
            "outer": even(2 * WIDTH, WIDTH, 0.5), "gains": np.ones((3, WIDTH)),
        } for _ in range(N_LAYERS)
    ]  # fmt: skip
    made = {
        "factors": np.asarray([8.0, 4.0, 6.0, 4.0, 4.0, 1.5, 1.0]), "en": side(0.0), "ja": side(0.005),
        "gain": np.ones(WIDTH), **{f"layer{k}": layer for k, layer in enumerate(layers)},
    }  # fmt: skip
    return {key: _single(value) for key, value in made.items()}


def _single(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _single(part) for key, part in value.items()}
    return np.asarray(value, np.float32)


def _named(parameters: dict[str, Any], sizes: Sequence[tuple[Floats, Floats]]) -> dict[str, Any]:
    """The parameters as they are stored; the large ones in half precision."""
    named: dict[str, Any] = {}
    for group, values in parameters.items():
        parts = {f".{name}": value for name, value in values.items()} if isinstance(values, dict) else {"": values}
        for name, value in parts.items():
            kind = np.float16 if np.size(value) > _LARGE else np.float32
            named[f"attention.{group}{name}"] = np.asarray(value, kind)
    for language, (mean, deviation) in zip(("en", "ja"), sizes, strict=True):
        named |= {f"attention.{language}.signals.mean": mean, f"attention.{language}.signals.deviation": deviation}
    return named


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
    width, n_features = batch[0].example.sides[0].vectors.shape[1], batch[0].sides[0].features.shape[1]
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


# What follows runs inside JAX; it is the arithmetic of `attention` over padded batches.


def _loss(parameters: Any, damaged: Any, whole: Any, key: Any) -> Any:
    total = _missed(parameters, damaged, key)
    if whole is not None:
        total += _CONTRAST * _confused(parameters, whole) + _AGREEMENT * _disagreement(parameters, whole)
    return total


def _missed(parameters: Any, batch: Any, key: Any) -> Any:
    import jax  # noqa: PLC0415
    import optax  # noqa: PLC0415

    keys = iter(jax.random.split(key, _DRAWS))
    vectors = {f"vectors{k}": _thinned(next(keys), batch[f"vectors{k}"], _DROPPED_INPUT) for k in (0, 1)}
    signals = {f"signals{k}": _thinned(next(keys), batch[f"signals{k}"], _DROPPED_HIDDEN) for k in (0, 1)}
    total = 0.0
    for k, said in enumerate(_said(parameters, batch | vectors | signals, keys)):
        counted = batch[f"counted{k}"]
        for verdict in said:
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


def _verdicts(parameters: Any, batch: Any) -> list[Any]:
    """Log odds of the words of both sides."""
    return [(1 - WINDOW_SHARE) * one + WINDOW_SHARE * other for one, other in _said(parameters, batch)]


def _said(parameters: Any, batch: Any, keys: Iterator[Any] | None = None) -> list[tuple[Any, Any]]:
    """What the transformer and the window say of each side; `keys` are drawn from where something is left out."""
    from jax import numpy as jnp  # noqa: PLC0415

    logits, nulls, forward, backward = _links(parameters, batch)
    phrases = batch["table"][..., 0]
    parts = (
        (logits, nulls[0], forward, backward, phrases),
        tuple(_turned(part) if part.ndim > 2 else part for part in (logits, nulls[1], backward, forward, phrases)),
    )
    states, seen = [], []
    for k, language in enumerate(("en", "ja")):
        own, evidence = parameters[language], _evidence(*parts[k])
        state = batch[f"vectors{k}"] @ own["vectors"] + batch[f"kinds{k}"] @ own["kinds"] + own["bias"]
        state += evidence @ own["evidence"] + batch[f"signals{k}"] @ own["signals"]
        states.append(state * batch[f"here{k}"][..., None])
        seen.append(_seen(own, evidence, batch, k, keys))
    links = [jnp.maximum(part[2], LEAST_LINK) for part in parts]
    for number in range(N_LAYERS):
        states = _layer(parameters[f"layer{number}"], states, links, [batch["here0"], batch["here1"]], keys)
    known = [
        _left_out(keys, _normalised(state, parameters["gain"])) @ parameters[language]["output"]
        + parameters[language]["output.bias"]
        for state, language in zip(states, ("en", "ja"), strict=True)
    ]
    return list(zip(known, seen, strict=True))


def _seen(own: Any, evidence: Any, batch: Any, k: int, keys: Iterator[Any] | None) -> Any:
    """What the window says of the words of a side."""
    import jax  # noqa: PLC0415
    from jax import numpy as jnp  # noqa: PLC0415

    rows = jnp.concatenate([evidence, batch[f"vectors{k}"] @ own["window.meaning"], batch[f"kinds{k}"]], -1)
    rows *= batch[f"here{k}"][..., None]
    padded = jnp.pad(rows, ((0, 0), (NEIGHBOURS, NEIGHBOURS), (0, 0)))
    around = jnp.concatenate([padded[:, step : step + rows.shape[1]] for step in range(2 * NEIGHBOURS + 1)], -1)
    hidden = jax.nn.relu(around @ own["window.hidden"] + own["window.hidden.bias"])
    if keys is not None:
        hidden = _thinned(next(keys), hidden, _DROPPED_WINDOW)
    return hidden @ own["window.output"] + own["window.output.bias"]


def _layer(own: Any, states: list[Any], links: list[Any], here: list[Any], keys: Iterator[Any] | None) -> list[Any]:
    """What `transformer.read` does in a layer."""
    import jax  # noqa: PLC0415

    place = np.arange(states[0].shape[1])
    apart = np.clip(place[None] - place[:, None], -FARTHEST, FARTHEST) + FARTHEST
    near = []
    for k, state in enumerate(states):
        even = _normalised(state, own["gains"][0])
        heard = _attended(even, even, own["near"], own["distance"][:, apart][None], here[k])
        near.append(state + _left_out(keys, heard))
    out = []
    for k, state in enumerate(near):
        bias = own["link"][None, :, None, None] * links[k][:, None]
        asked = [_normalised(near[side], own["gains"][1]) for side in (k, 1 - k)]
        state = state + _left_out(keys, _attended(*asked, own["across"], bias, here[1 - k]))  # noqa: PLW2901
        inner = jax.nn.gelu(_normalised(state, own["gains"][2]) @ own["inner"] + own["inner.bias"])
        out.append(state + _left_out(keys, inner @ own["outer"]))
    return out


def _attended(one: Any, other: Any, weights: Any, bias: Any, here: Any) -> Any:
    import jax  # noqa: PLC0415
    from jax import numpy as jnp  # noqa: PLC0415

    def heads(states: Any) -> Any:
        return states.reshape(*states.shape[:2], N_HEADS, -1).transpose(0, 2, 1, 3)

    queries, keys, values = (heads(part @ w) for part, w in zip((one, other, other), weights[:3], strict=True))
    scores = queries @ _turned(keys) / np.sqrt(queries.shape[-1]) + bias
    scores += jnp.where(here[:, None, None, :] > 0, 0.0, -1e9)
    heard = jax.nn.softmax(scores, axis=-1) @ values
    return heard.transpose(0, 2, 1, 3).reshape(one.shape) @ weights[3]


def _normalised(states: Any, gain: Any) -> Any:
    return gain * (states - states.mean(-1, keepdims=True)) / (states.var(-1, keepdims=True) + 1e-5) ** 0.5


def _left_out(keys: Iterator[Any] | None, values: Any) -> Any:
    """Values of which a share is left out while the network is fitted."""
    import jax  # noqa: PLC0415

    if keys is None:
        return values
    return values * jax.random.bernoulli(next(keys), 1 - _DROPPED_HIDDEN, values.shape) / (1 - _DROPPED_HIDDEN)


def _evidence(logits: Any, null: Any, forward: Any, backward: Any, phrases: Any) -> Any:
    import jax  # noqa: PLC0415
    from jax import numpy as jnp  # noqa: PLC0415

    top = jax.lax.top_k(logits, 2)[0]
    top = jnp.where(top < _MASKED / 10, 0.0, top)
    return jnp.stack([
        null / 10, top[..., 0] / 10, top[..., 1] / 10, (top[..., 0] - null) / 10,
        jnp.maximum(jnp.max(forward + backward, axis=2), -15) / 5,
        jnp.log(jnp.exp(backward).sum(2) + 1e-3), jnp.log(jnp.exp(forward).sum(2) + 1e-3),
        jnp.maximum(null - jnp.logaddexp(jax.nn.logsumexp(logits, axis=2), null), -15) / 5,
        jnp.max(jnp.where(logits < _MASKED / 10, 0, phrases), axis=2),
    ], -1)  # fmt: skip


def _thinned(key: Any, values: Any, share: float) -> Any:
    """Values of shape ``(n_texts, n_words, d)``, of every text the same columns left out for all of its words."""
    import jax  # noqa: PLC0415

    kept = jax.random.bernoulli(key, 1 - share, (values.shape[0], 1, values.shape[2]))
    return values * kept / (1 - share)


def _unit(vectors: Any) -> Any:
    return vectors / (((vectors**2).sum(-1, keepdims=True) + 1e-6) ** 0.5)


def _turned(table: Any) -> Any:
    return table.swapaxes(-1, -2)

"""The arithmetic of `tui_reader.checks.coverage.attention` in JAX, over padded batches, and what is asked of it.

Three things are asked at once: to tell words that a side lacks (damaged pairs, binary cross-entropy); to find the
counterpart of every content word in its own translation rather than in those of other sentences (intact pairs; multiple
instances, contrasted within the batch); and to agree with itself in both directions (self-training after awesome-align,
Dou & Neubig 2021).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tui_reader.checks.coverage.attention import N_KINDS, NEIGHBOURS, WINDOW_SHARE
from tui_reader.checks.coverage.transformer import FARTHEST, LEAST_LINK, N_HEADS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.encoders.base import Floats

PROJECTED, WIDTH, EVIDENCE = 64, 64, 9
MEANING, HIDDEN = 16, 96
N_LAYERS = 2
_DROPPED_INPUT, _DROPPED_HIDDEN, _DROPPED_WINDOW = 0.35, 0.2, 0.4
"""Shares that a step leaves out (Srivastava et al. 2014): of the numbers of word vectors, of those of the transformer,
of the window's hidden units."""
_CONTRAST, _AGREEMENT, _SURE = 0.9, 0.3, 0.1
"""Weights of the second and third task, and the link probability from which the third counts."""
_DRAWS = 4 + 2 + 6 * N_LAYERS + 2
"""Times that something is left out of a step."""
_MASKED = -1e4
_OUTLIER = 4.0
"""Loss at which a word is given up in the second task: it has no counterpart, or none that vectors show."""


def first_weights(chance: np.random.Generator, width: int, n_features: int) -> dict[str, Any]:
    """Weights to start from: links as good as untrained cosines make them, everything else small."""
    projection = chance.normal(size=(width, PROJECTED)) * 0.05
    seen = (EVIDENCE + MEANING + N_KINDS) * (2 * NEIGHBOURS + 1)

    def even(rows: int, columns: int, gain: float = 1.0) -> Floats:
        drawn: Floats = chance.normal(size=(rows, columns)) * gain / np.sqrt(rows)
        return drawn

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


def loss(parameters: Any, damaged: Any, whole: Any, key: Any) -> Any:
    """What a step makes smaller.

    Args:
        parameters: named as in `first_weights`.
        damaged: a batch that asks the first task.
        whole: a batch of intact pairs that asks the other two, or None.
        key: random numbers.
    """
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


def verdicts(parameters: Any, batch: Any) -> list[Any]:
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
        asked, other = (_normalised(near[side], own["gains"][1]) for side in (k, 1 - k))
        state = state + _left_out(keys, _attended(asked, other, own["across"], bias, here[1 - k]))  # noqa: PLW2901
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

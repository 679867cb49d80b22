"""A small trained network over frozen vectors: which word of the other side accounts for each word, if any does.

Words of both sides are compared by contextual vectors, by vectors of the word alone, by a learned projection of both,
by the phrases around them and by spelling. Soft-maxes in both directions (Dou & Neubig 2021) with a null for what has
no counterpart (after OTTAWA, Huang et al. 2024) tell how much of each word is accounted for. A small transformer weighs
that with what the word is, with all the other signals, and with what holds for the words around it and linked to it; a
window over the nearest words, which sees none of the other signals, has a say beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from tui_reader.alignment.spelling import spelling_similarity
from tui_reader.alignment.words import similarities
from tui_reader.checks.coverage.parameters import archive
from tui_reader.checks.coverage.transformer import Layer, normalised, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui_reader.checks.coverage.phrases import PhrasedText
    from tui_reader.encoders.base import Floats
    from tui_reader.text.words import Word

PARTS_OF_SPEECH = (
    "NOUN", "PROPN", "VERB", "ADJ", "ADV", "X", "NUM", "ADP", "AUX", "PART", "PRON", "DET", "CCONJ", "SCONJ", "INTJ",
    "SYM",
)  # fmt: skip
N_KINDS = len(PARTS_OF_SPEECH) + 6
"""Length of what `word_kinds` says of a word."""
NEIGHBOURS = 2
"""Words to either side that the window sees."""
WINDOW_SHARE = 1 / 3
"""Weight of what the window says beside what the transformer says. Chosen on development data."""
CLIPPED = 6.0
"""Deviations from the mean at which signals are cut off."""
_LEAST = -15.0
"""Logarithms of probabilities are cut off here."""


def word_kinds(text: str, words: Sequence[Word]) -> Floats:
    """``(n_words, N_KINDS)``: part of speech, content word, capital, figure, length, first and last place."""
    kinds = np.zeros((len(words), N_KINDS), np.float32)
    for k, word in enumerate(words):
        if word.part_of_speech in PARTS_OF_SPEECH:
            kinds[k, PARTS_OF_SPEECH.index(word.part_of_speech)] = 1
        surface = word.span.of(text)
        length = min(len(surface), 12) / 6
        last = k == len(words) - 1
        kinds[k, -6:] = (word.content_word, surface[0].isupper(), surface[0].isdigit(), length, k == 0, last)
    return kinds


@dataclass(frozen=True, slots=True)
class WordInputs:
    """What the network sees of one side.

    Attributes:
        vectors: ``(n_words, d)`` centred contextual vectors of two layers and the vector of the word alone, in a row.
        widths: where each of the three ends.
        kinds: from `word_kinds`.
    """

    vectors: Floats
    widths: tuple[int, ...]
    kinds: Floats

    def single(self) -> WordInputs:
        """The same in single precision."""
        return replace(self, vectors=self.vectors.astype(np.float32))

    def parts(self) -> list[Floats]:
        """The three vectors of each word, of length 1."""
        return [_unit(part) for part in np.split(self.vectors, self.widths[:-1], axis=1)]


@dataclass(frozen=True, slots=True)
class Reading:
    """Parameters by which a word of one language enters the transformer, of width d, and leaves it.

    Attributes:
        vectors: ``(width of the vectors, d)``.
        kinds: ``(N_KINDS, d)``.
        evidence: ``(9, d)``.
        signals: ``(n_features, d)``, and mean and deviation of the signals.
        bias: ``(d,)``.
        output: ``(d,)`` and what is added.
    """

    vectors: Floats
    kinds: Floats
    evidence: Floats
    signals: tuple[Floats, Floats, Floats]
    bias: Floats
    output: tuple[Floats, float]


@dataclass(frozen=True, slots=True)
class Window:
    """Parameters of a network of one hidden layer over a word and its neighbours.

    Attributes:
        meaning: ``(width of the vectors, 16)`` what it sees of the vectors.
        hidden: ``((9 + 16 + N_KINDS) * (2 * NEIGHBOURS + 1), h)`` and ``(h,)``.
        output: ``(h,)`` and what is added.
    """

    meaning: Floats
    hidden: tuple[Floats, Floats]
    output: tuple[Floats, float]


@dataclass(frozen=True, slots=True)
class Language:
    """Parameters for words of one language; names as in parameters.npz."""

    mean: Floats
    projection: Floats
    null: tuple[Floats, Floats, float]
    reading: Reading
    window: Window


def pair_table(one: PhrasedText, other: PhrasedText) -> Floats:
    """``(n, m, 3)``: phrase similarity, spelling similarity and distance from the diagonal of every two words."""
    n, m = one.n_words, other.n_words
    surfaces = [[word.span.of(side.text) for word in side.words] for side in (one, other)]
    distance = np.abs(np.arange(n)[:, None] / n - np.arange(m) / m)
    phrases = similarities(one.by_length(), other.by_length())
    return np.stack([phrases, spelling_similarity(*surfaces), distance], axis=2).astype(np.float32)


def word_inputs(side: PhrasedText, mean: Floats) -> WordInputs:
    """What the network sees of one side; the text must have been measured with a token encoder.

    Args:
        side: the words.
        mean: ``(n_layers, d)`` mean of the contextual vectors of the language.
    """
    context = side.in_context
    if context is None:
        raise ValueError("the attention model needs contextual vectors")
    vectors = np.concatenate([*(context - mean[:, None]), side.alone[: side.n_words]], axis=1)
    size = context.shape[2]
    return WordInputs(vectors, (size, 2 * size, vectors.shape[1]), word_kinds(side.text, side.words))


@dataclass(frozen=True, slots=True)
class AttentionModel:
    """The parameters of the network.

    Attributes:
        factors: ``(7,)`` of the parts of a link's logit: early layer, late layer, word alone, phrases, spelling,
            distance, learned projection.
        english: for words of every language but Japanese.
        japanese: for Japanese words.
        layers: of the transformer.
        gain: ``(d,)`` of the normalisation behind it.
    """

    factors: Floats
    english: Language
    japanese: Language
    layers: tuple[Layer, ...]
    gain: Floats

    @classmethod
    def of(cls, stored: Mapping[str, Floats]) -> AttentionModel:
        """From arrays named as in parameters.npz."""
        n_layers = sum(name.startswith("attention.layer") and name.endswith(".link") for name in stored)
        layers = tuple(Layer.of(stored, f"attention.layer{k}.") for k in range(n_layers))
        gain = np.asarray(stored["attention.gain"], np.float32)
        return cls(stored["attention.factors"], _language(stored, "en"), _language(stored, "ja"), layers, gain)

    def language(self, code: str) -> Language:
        """Parameters for words of a language."""
        return self.japanese if code == "ja" else self.english

    def log_odds(
        self, sides: Sequence[PhrasedText], languages: Sequence[str], signals: Sequence[Floats]
    ) -> tuple[Floats, Floats]:
        """For every word of both sides the log odds that the other side lacks it, ``(n,)`` and ``(m,)``.

        Args:
            sides: of a bead, both with words.
            languages: of both.
            signals: ``(n, n_features)`` and ``(m, n_features)``, the features of the words.
        """
        own = [self.language(code) for code in languages]
        inputs = [word_inputs(side, model.mean) for side, model in zip(sides, own, strict=True)]
        return self.verdicts(inputs, own, pair_table(*sides), signals)

    def verdicts(
        self, sides: Sequence[WordInputs], own: Sequence[Language], table: Floats, signals: Sequence[Floats]
    ) -> tuple[Floats, Floats]:
        """The same from what the network sees: both sides, their parameters, `pair_table`, and the signals."""
        logits = _logits(self.factors, sides, own, table)
        nulls = [_null(side, model) for side, model in zip(sides, own, strict=True)]
        forward = logits - np.logaddexp(_log_sum(logits, 1), nulls[0])[:, None]
        backward = logits - np.logaddexp(_log_sum(logits, 0), nulls[1])[None]
        phrases = table[..., 0]
        evidence = (
            _evidence(logits, nulls[0], forward, backward, phrases),
            _evidence(logits.T, nulls[1], backward.T, forward.T, phrases.T),
        )
        states = [_state(*one) for one in zip(sides, own, evidence, signals, strict=True)]
        known = read(states, (forward, backward.T), self.layers)
        one, other = (
            (1 - WINDOW_SHARE) * self._said(state, model) + WINDOW_SHARE * _seen(side, model.window, seen)
            for state, side, model, seen in zip(known, sides, own, evidence, strict=True)
        )
        return one, other

    def _said(self, state: Floats, own: Language) -> Floats:
        weights, bias = own.reading.output
        said: Floats = normalised(state, self.gain) @ weights + bias
        return said


@cache
def attention_model() -> AttentionModel:
    """The model that travels with the program."""
    return AttentionModel.of(archive())


def _logits(factors: Floats, sides: Sequence[WordInputs], own: Sequence[Language], table: Floats) -> Floats:
    early, late, alone, phrases, spelling, distance, learned = factors.tolist()
    cosines = [one @ other.T for one, other in zip(sides[0].parts(), sides[1].parts(), strict=True)]
    projected = [_unit(side.vectors @ model.projection) for side, model in zip(sides, own, strict=True)]
    logits: Floats = early * cosines[0] + late * cosines[1] + alone * cosines[2]
    logits += 10 * learned * (projected[0] @ projected[1].T)
    logits += phrases * table[..., 0] + spelling * table[..., 1] - distance * table[..., 2]
    return logits


def _null(side: WordInputs, model: Language) -> Floats:
    by_vector, by_kind, bias = model.null
    null: Floats = side.vectors @ by_vector + side.kinds @ by_kind + bias
    return null


def _evidence(logits: Floats, null: Floats, forward: Floats, backward: Floats, phrases: Floats) -> Floats:
    """``(n, 9)`` how well each word (row) is accounted for."""
    ranked = np.sort(logits, axis=1)
    second = ranked[:, -2] if logits.shape[1] > 1 else np.zeros(len(logits))
    mutual = np.maximum((forward + backward).max(axis=1), _LEAST)
    drawn, kept = (np.log(np.exp(links).sum(axis=1) + 1e-3) for links in (backward, forward))
    unaccounted = np.maximum(null - np.logaddexp(_log_sum(logits, 1), null), _LEAST)
    columns = [
        null / 10, ranked[:, -1] / 10, second / 10, (ranked[:, -1] - null) / 10, mutual / 5, drawn, kept,
        unaccounted / 5, phrases.max(axis=1),
    ]  # fmt: skip
    return np.stack(columns, axis=1)


def _state(side: WordInputs, model: Language, evidence: Floats, signals: Floats) -> Floats:
    """``(n, d)`` what is known of each word before any other is heard."""
    own = model.reading
    weights, mean, deviation = own.signals
    standard = np.clip((signals - mean) / deviation, -CLIPPED, CLIPPED)
    state: Floats = side.vectors @ own.vectors + side.kinds @ own.kinds + evidence @ own.evidence + own.bias
    return state + standard @ weights


def _seen(side: WordInputs, model: Window, evidence: Floats) -> Floats:
    """``(n,)`` what the window says."""
    rows = np.concatenate([evidence, side.vectors @ model.meaning, side.kinds], axis=1)
    padded = np.pad(rows, ((NEIGHBOURS, NEIGHBOURS), (0, 0)))
    around = np.concatenate([padded[k : k + len(rows)] for k in range(2 * NEIGHBOURS + 1)], axis=1)
    seen: Floats = np.maximum(around @ model.hidden[0] + model.hidden[1], 0) @ model.output[0] + model.output[1]
    return seen


def _log_sum(logits: Floats, axis: int) -> Floats:
    """Logarithm of the sum of the exponentials."""
    highest = logits.max(axis=axis, keepdims=True)
    total: Floats = np.log(np.exp(logits - highest).sum(axis=axis)) + highest.squeeze(axis)
    return total


def _unit(vectors: Floats) -> Floats:
    unit: Floats = vectors / np.sqrt((vectors**2).sum(axis=-1, keepdims=True) + 1e-6)
    return unit


def _language(stored: Mapping[str, Floats], code: str) -> Language:
    def part(name: str) -> Floats:
        """An array; the columns of one that is kept in bytes have a scale each."""
        values = np.asarray(stored[f"attention.{code}.{name}"], np.float32)
        scale = stored.get(f"attention.{code}.{name}.scale")
        return values if scale is None else values * scale

    return Language(
        part("mean"),
        part("projection"),
        (part("null.vectors"), part("null.kinds"), float(part("null.bias"))),
        Reading(
            part("vectors"),
            part("kinds"),
            part("evidence"),
            (part("signals"), part("signals.mean"), part("signals.deviation")),
            part("bias"),
            (part("output"), float(part("output.bias"))),
        ),
        Window(
            part("window.meaning"),
            (part("window.hidden"), part("window.hidden.bias")),
            (part("window.output"), float(part("window.output.bias"))),
        ),
    )

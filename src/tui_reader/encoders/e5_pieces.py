"""The tokenizer of multilingual-e5-small: the pieces and scores of the weight file, run by sentencepiece.

The vocabulary is that of XLM-RoBERTa (Conneau et al. 2020), a unigram model over text normalised by sentencepiece's
rule ``nmt_nfkc``. A sentencepiece model is written in memory from both, so that the C++ library tokenises and says
which characters each token stands for.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tui_reader.encoders.storable import storable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.encoders.base import Ints
    from tui_reader.encoders.e5_weights import Pieces

_PREFIX = "query:"
"""What texts to compare with each other begin with (Wang et al. 2024)."""
_NORMAL, _UNKNOWN, _CONTROL = 1, 2, 3
"""Kinds of piece in sentencepiece's model format."""


class Tokens(NamedTuple):
    """Tokens of a text, without prefix and marks."""

    ids: Ints
    """``(n_tokens,)``."""
    offsets: Ints
    """``(n_tokens, 2)``, the characters that each token stands for, with the space before a word; an empty range for
    a token that only begins a word."""


class E5Tokenizer:
    """Texts to token ids. Takes 55 MB and two thirds of a second to make.

    Args:
        pieces: the vocabulary.
    """

    def __init__(self, pieces: Pieces):
        from sentencepiece import SentencePieceNormalizer, SentencePieceProcessor  # noqa: PLC0415 - only to encode

        normaliser = SentencePieceNormalizer(rule_name="nmt_nfkc")
        # Serialised messages that stand one after the other are one message with the fields of both.
        model = _vocabulary(pieces) + normaliser.serialized_model_proto()
        self._processor: Any = SentencePieceProcessor(model_proto=model)
        self.head = np.asarray([pieces.begin, *self._processor.encode(_PREFIX, return_type=int)], np.int64)
        """Tokens that stand before each text."""
        self.tail = np.asarray([pieces.end], np.int64)
        """Tokens that stand behind it."""

    def tokens(self, text: str) -> Tokens:
        """Tokens of a text; none where it is empty, blank, or made of characters that normalise to nothing."""
        mapping = self._processor.encode(storable(text), return_type="offset_mapping")
        return Tokens(np.asarray(mapping["ids"], np.int64), np.asarray(mapping["offsets"], np.int64).reshape(-1, 2))


def _vocabulary(pieces: Pieces) -> bytes:
    """Field 1 of sentencepiece's ``ModelProto``, once for each piece."""
    model = bytearray()
    for record in _records(pieces):
        model += b"\n%c" % len(record)
        model += record
    return bytes(model)


def _records(pieces: Pieces) -> Iterator[bytes]:
    """Messages of piece (field 1), score (field 2, float) and kind (field 3); all shorter than 128 bytes."""
    text, scores = pieces.text.tobytes(), pieces.scores.astype("<f4").tobytes()
    starts = pieces.starts.tolist()
    kinds = dict.fromkeys((pieces.begin, pieces.end, pieces.padding), _CONTROL) | {pieces.unknown: _UNKNOWN}
    for number, (start, end) in enumerate(pairwise(starts)):
        score = scores[4 * number : 4 * number + 4]
        yield b"\n%c%b\x15%b\x18%c" % (end - start, text[start:end], score, kinds.get(number, _NORMAL))

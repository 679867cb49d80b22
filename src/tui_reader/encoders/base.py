"""What an encoder is: something that turns texts into vectors whose cosine tells how alike they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

Floats: TypeAlias = NDArray[np.floating[Any]]
Ints: TypeAlias = NDArray[np.integer[Any]]


class Encoder(Protocol):
    """Vectors of texts. A text's vector does not depend on the texts that it is encoded with (to 1e-5)."""

    @property
    def name(self) -> str:
        """Short name, as the settings and the signature use it."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever a vector may change."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> Floats:
        """Vectors of whole texts.

        Returns:
            ``(len(texts), dimension)`` float32, rows of length 1 (a row of zeros for a text without tokens).
        """
        ...

    def iter_encode(self, texts: Iterable[str]) -> Generator[Floats]:
        """The rows of `encode` one by one, in bounded memory however many texts there are; stop pulling to cancel."""
        ...


class TextSum(NamedTuple):
    """The contributions of a text's tokens, added up."""

    total: Floats
    """``(dimension,)`` float32."""
    tokens: int
    """How many there are."""


@dataclass(frozen=True, slots=True)
class Contributions:
    """What each token adds to the vector of its text.

    Attributes:
        vectors: ``(n_tokens, dimension)`` float32; the sum over any tokens, given to `AdditiveEncoder.pool`, is the
            vector of the text that they make up.
        offsets: ``(n_tokens, 2)``, the characters of the text that each token stands for; empty ranges for the marks
            of beginning and end.
    """

    vectors: Floats
    offsets: Ints

    @property
    def total(self) -> Floats:
        """``(dimension,)``, the sum over all tokens."""
        total: Floats = self.vectors.sum(axis=0)
        return total


class AdditiveEncoder(Encoder, Protocol):
    """An encoder whose text vector is a function of a sum over tokens.

    So the text without a phrase, a phrase alone in its context, and several texts joined cost a subtraction or an
    addition and one row through a small head, instead of an encoding.
    """

    def contributions(self, texts: Sequence[str]) -> list[Contributions]:
        """Per-token contributions of each text."""
        ...

    def iter_sums(self, texts: Iterable[str]) -> Generator[TextSum]:
        """The sum of each text's contributions, in bounded memory however many there are; stop pulling to cancel."""
        ...

    def pool(self, sums: Floats, counts: Ints | Floats) -> Floats:
        """Vectors of sums of contributions.

        Args:
            sums: ``(n, dimension)`` sums of contributions.
            counts: ``(n,)`` how many tokens are in each sum.

        Returns:
            ``(n, dimension)`` float32, rows of length 1; zeros where the count is 0.
        """
        ...


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """Vectors of the tokens of a text, each seen in its context.

    Attributes:
        vectors: ``(n_layers, n_tokens, dimension)`` float32, not normalised.
        offsets: ``(n_tokens, 2)``, the characters of the text that each token stands for, with the space before a
            word; an empty range for a token that only begins a word.
        pooled: ``(dimension,)`` float32 of length 1, the vector of the whole text (zeros for a text without tokens);
            of size 0 where it was not asked for.
    """

    vectors: Floats
    offsets: Ints
    pooled: Floats


class TokenEncoder(Encoder, Protocol):
    """An encoder that also gives a vector for each token."""

    @property
    def layers(self) -> tuple[int, ...]:
        """Layers of the network whose outputs are the first axis of `TokenVectors.vectors`."""
        ...

    def tokens(self, texts: Sequence[str], *, pooled: bool = True) -> list[TokenVectors]:
        """Token vectors of each text.

        Args:
            texts: of any length.
            pooled: whether `TokenVectors.pooled` is needed too.
        """
        ...

    def iter_tokens(self, texts: Iterable[str], *, pooled: bool = True) -> Generator[TokenVectors]:
        """`tokens`, a few texts at a time; stop pulling to cancel."""
        ...

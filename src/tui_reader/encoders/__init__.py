"""Encoders: texts in, vectors out. `load` makes one by name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tui_reader.errors import SettingsError

if TYPE_CHECKING:
    from tui_reader.encoders.base import AdditiveEncoder

NAMES = ("use",)
"""Names that `load` knows, best first; ``auto`` takes the first that is installed."""


@cache
def load(name: str = "auto") -> AdditiveEncoder:
    """The encoder with this name; its weights are read on first use.

    Raises:
        SettingsError: no encoder has this name.
    """
    from tui_reader.encoders.use import UseEncoder  # noqa: PLC0415 - numpy only where something is encoded

    if name not in ("auto", *NAMES):
        raise SettingsError(f"no encoder is called {name!r}; choose one of: auto, {', '.join(NAMES)}")
    return UseEncoder()

"""What can be set."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Sensitivity = Literal["low", "normal", "high"]


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """The table ``[check]``."""

    encoder: str = "auto"
    """Which encoder measures similarity; ``auto`` takes the best that is installed."""
    sensitivity: Sensitivity = "normal"
    """How sure the checker must be: ``low`` reports less, ``high`` reports more."""


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """The table ``[reader]``."""

    ambiguous_width: Literal[1, 2] = 1
    """Cells that the terminal gives to characters such as … “ ” ① →."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set."""

    check: CheckSettings = field(default_factory=CheckSettings)
    reader: ReaderSettings = field(default_factory=ReaderSettings)

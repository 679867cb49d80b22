"""Read a translation beside its source in the terminal, and see what it left out or put in.

The public names are loaded on first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_reader.checks.checker import Checker, check, iter_check
    from tui_reader.errors import InputError, TuiReaderError
    from tui_reader.formats import read
    from tui_reader.model import Document, Finding, Report
    from tui_reader.settings import Settings

__version__ = "0.1.0"

__all__ = [
    "Checker",
    "Document",
    "Finding",
    "InputError",
    "Report",
    "Settings",
    "TuiReaderError",
    "__version__",
    "check",
    "iter_check",
    "read",
]

_HOMES = {
    "Checker": "tui_reader.checks.checker",
    "Document": "tui_reader.model",
    "Finding": "tui_reader.model",
    "InputError": "tui_reader.errors",
    "Report": "tui_reader.model",
    "Settings": "tui_reader.settings",
    "TuiReaderError": "tui_reader.errors",
    "check": "tui_reader.checks.checker",
    "iter_check": "tui_reader.checks.checker",
    "read": "tui_reader.formats",
}


def __getattr__(name: str) -> object:
    """Load a public name from the module it lives in (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - the point of this function

    return getattr(import_module(_HOMES[name]), name)

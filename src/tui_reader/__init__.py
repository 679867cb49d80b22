"""Read a translation beside its source in the terminal, and see what it left out or put in.

The names below are the public interface; docs/stability.md says what is promised about them. Each is loaded on first
use, so that importing the package costs nothing.

    from pathlib import Path
    import tui_reader

    document = tui_reader.read(Path("letter.ja.md"))
    for bead, finding in tui_reader.check(document).findings:
        print(finding.rule, finding.message)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_reader.baseline import Baseline
    from tui_reader.checks.checker import Checker, align, check, iter_check
    from tui_reader.errors import InputError, SettingsError, TuiReaderError
    from tui_reader.formats import open_documents, read, read_pairs
    from tui_reader.model import (
        Alignment,
        Bead,
        Block,
        CheckedBead,
        Document,
        Evidence,
        Finding,
        Passage,
        Report,
        Severity,
        Side,
        Signal,
        Signature,
        Source,
        Span,
        Text,
    )
    from tui_reader.settings import Settings
    from tui_reader.settings import load as load_settings

__version__ = "0.1.0"

__all__ = [
    "Alignment",
    "Baseline",
    "Bead",
    "Block",
    "CheckedBead",
    "Checker",
    "Document",
    "Evidence",
    "Finding",
    "InputError",
    "Passage",
    "Report",
    "Settings",
    "SettingsError",
    "Severity",
    "Side",
    "Signal",
    "Signature",
    "Source",
    "Span",
    "Text",
    "TuiReaderError",
    "__version__",
    "align",
    "check",
    "iter_check",
    "load_settings",
    "open_documents",
    "read",
    "read_pairs",
]

_HOMES = {
    "tui_reader.baseline": ("Baseline",),
    "tui_reader.checks.checker": ("Checker", "align", "check", "iter_check"),
    "tui_reader.errors": ("InputError", "SettingsError", "TuiReaderError"),
    "tui_reader.formats": ("open_documents", "read", "read_pairs"),
    "tui_reader.settings": ("Settings", "load_settings"),
}
"""Where each name lives; all others live in `tui_reader.model`."""


def __getattr__(name: str) -> object:
    """Load a public name from the module it lives in (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - the point of this function

    home = next((module for module, names in _HOMES.items() if name in names), "tui_reader.model")
    return getattr(import_module(home), "load" if name == "load_settings" else name)


def __dir__() -> list[str]:
    return sorted(__all__)

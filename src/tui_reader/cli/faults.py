"""Parts of an input that cannot be understood: told to the person, counted for the exit code, and read around."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui_reader.cli.diagnostics import note
from tui_reader.formats.input import Listener

if TYPE_CHECKING:
    from tui_reader.errors import InputError

_COUNT = f"{__name__}.count"


def listener() -> Listener:
    """Notes every fault and remark on stderr as it is met."""
    return Listener(_fault, note)


def met() -> int:
    """How many parts of the inputs of this command could not be read."""
    context = click.get_current_context(silent=True)
    return 0 if context is None else context.meta.get(_COUNT, 0)


def _fault(error: InputError) -> None:
    note(f"left out: {error}")
    context = click.get_current_context(silent=True)
    if context is not None:
        context.meta[_COUNT] = met() + 1

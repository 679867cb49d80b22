"""The person's own editor, opened at a line."""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tui_reader.errors import InputError
from tui_reader.text.visible import visible
from tui_reader.tui.language import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui_reader.model import Location

_COLON = frozenset({"hx", "helix", "subl", "zed", "micro"})
"""Editors that take ``file:line:column``."""
_GOTO = frozenset({"code", "codium", "cursor", "windsurf"})
"""Editors that take ``--goto file:line:column``, and ``--wait`` to stay until the file is closed."""


def editor_command(path: Path, place: Location, environment: Mapping[str, str] | None = None) -> list[str]:
    """The command that opens a file at a place in the editor that ``VISUAL`` or ``EDITOR`` names.

    Raises:
        InputError: neither names one, or there is no such program.
    """
    environment = os.environ if environment is None else environment
    given = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        words = shlex.split(given)
    except ValueError:
        raise InputError(
            tr("EDITOR cannot be read: {given}").format(given=visible(given)), cure=tr("close its quotation mark")
        ) from None
    if not words:
        raise InputError(tr("no editor is named"), cure=tr("set the variable EDITOR"))
    if shutil.which(words[0], path=environment.get("PATH")) is None:
        raise InputError(
            tr("the editor {name} is not installed").format(name=words[0]), cure=tr("set EDITOR to another")
        )
    name = Path(words[0]).stem
    if name in _GOTO:
        return [*words, "--wait", "--goto", f"{path}:{place.line}:{place.column}"]
    if name in _COLON:
        return [*words, f"{path}:{place.line}:{place.column}"]
    return [*words, f"+{place.line}", str(path)]

"""The clipboard of the desktop, for terminals that do not pass on what they are asked to copy (OSC 52)."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATIENCE_SECONDS = 5


def native_command(environment: Mapping[str, str], platform: str = sys.platform) -> list[str] | None:
    """The program that puts its input on this desktop's clipboard; None over SSH and where there is none.

    Args:
        environment: its variables.
        platform: as `sys.platform`.
    """
    if environment.get("SSH_CONNECTION"):
        # Its clipboard is that of another machine.
        return None
    candidates = [
        (platform == "darwin", ["pbcopy"]),
        (platform == "win32" or "WSL_DISTRO_NAME" in environment, ["clip.exe"]),
        ("WAYLAND_DISPLAY" in environment, ["wl-copy"]),
        ("DISPLAY" in environment, ["xclip", "-selection", "clipboard"]),
        ("DISPLAY" in environment, ["xsel", "--clipboard", "--input"]),
    ]
    fitting = (command for fits, command in candidates if fits)
    return next((command for command in fitting if shutil.which(command[0], path=environment.get("PATH"))), None)


def copy_natively(words: str, environment: Mapping[str, str]) -> bool:
    """Hand words to the desktop's clipboard, in the background; False where there is none."""
    command = native_command(environment)
    if command is None:
        return False
    encoding = "utf-16-le" if command[0] == "clip.exe" else "utf-8"

    def run() -> None:
        try:
            subprocess.run(  # noqa: S603 - a program of the list above
                command, input=words.encode(encoding), timeout=_PATIENCE_SECONDS, check=False,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired):
            return

    threading.Thread(target=run, daemon=True).start()
    return True

"""The command ``tui-reader``; also ``python -m tui_reader``."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line; ends the process with its exit code."""
    # A program that only asks for the version should not wait for a command-line parser to load.
    if sys.argv[1:] == ["--version"] and _say_version():
        return
    # Imports make next to no garbage; whoever has imported the command lets it be looked for again.
    gc.disable()
    try:
        from tui_reader.cli.main import run  # noqa: PLC0415

        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:
        # Ctrl-C while the commands are still being imported; cli.diagnostics.ExitCode may not be there yet.
        sys.exit(130)


def _say_version() -> bool:
    """Whether the version could be written; the command tells why it could not."""
    from tui_reader import __version__  # noqa: PLC0415

    try:
        sys.stdout.write(f"tui-reader {__version__}\n")
        sys.stdout.flush()
    except (OSError, AttributeError):
        return False
    return True


if __name__ == "__main__":
    main()

"""The command ``tui-reader``; also ``python -m tui_reader``."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line; ends the process with its exit code."""
    # A program that only asks for the version should not wait for a command-line parser to load.
    if sys.argv[1:] == ["--version"]:
        from tui_reader import __version__  # noqa: PLC0415

        sys.stdout.write(f"tui-reader {__version__}\n")
        return
    # Imports make next to no garbage; whoever has imported the command lets it be looked for again.
    gc.disable()
    try:
        from tui_reader.cli.main import run  # noqa: PLC0415

        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:
        # Ctrl-C while the commands are still being imported; cli.diagnostics.ExitCode may not be there yet.
        sys.exit(130)


if __name__ == "__main__":
    main()

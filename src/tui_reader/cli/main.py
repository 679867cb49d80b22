"""Assembles the commands; each lives in a module of its own that is imported when it is used."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

import tui_reader
from tui_reader.cli import diagnostics
from tui_reader.cli.diagnostics import ExitCode
from tui_reader.errors import TuiReaderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COMMANDS = {
    "read": "Read a text beside its sources.",
    "check": "Say what a translation left out or put in.",
    "explain": "Show the evidence for one finding.",
    "rules": "Say what is checked, and why.",
    "align": "Align two texts sentence by sentence, or pairs word by word.",
    "evaluate": "Say how far the checker agrees with gold annotations.",
    "config": "Show or validate the settings.",
    "cache": "Show or clear the vectors kept on disk.",
    "doctor": "Say what is installed here and whether it works.",
    "completion": "Print a script that completes commands in your shell.",
}
"""Command words and their short help, in the order of ``--help``; ``cli/WORD.py`` defines ``command``."""

DEFAULT_COMMAND = "read"


class _OutputError(Exception):
    """What a command says can no longer be written."""


@contextmanager
def _output() -> Iterator[None]:
    """Tells an output that fails from all else, before click takes it for a fault of its own.

    Raises:
        _OutputError: stdout cannot be written.
    """
    try:
        yield
    except BrokenPipeError as error:
        raise _OutputError from error
    except OSError as error:
        if error.filename is None and _is_refused():
            raise _OutputError from error
        raise


def _is_refused() -> bool:
    """Whether stdout is what has failed: what it could not write is still waiting, and fails again."""
    try:
        sys.stdout.flush()
    except OSError:
        return True
    # Without a buffer nothing waits.
    return bool(getattr(sys.stdout, "write_through", False))


class LazyGroup(click.Group):
    """Imports a command's module when the command is used; ``tui-reader PATH`` means ``tui-reader read PATH``."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """All command words."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"tui_reader.cli.{cmd_name}").command
        if not gc.isenabled():
            # What is there by now stays to the end; no collection need look at it.
            gc.freeze()
            gc.enable()
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and say all that it has to say."""
        with _output():
            result = super().invoke(ctx)
            sys.stdout.flush()
        return result

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command before arguments that begin with none."""
        with _output():
            return self._parsed(ctx, args)

    def _parsed(self, ctx: click.Context, args: list[str]) -> list[str]:
        if ctx.resilient_parsing and not args:
            # A shell asks which words may come first.
            return super().parse_args(ctx, args)
        own = {name for parameter in self.get_params(ctx) for name in parameter.opts}
        if not args or (args[0] not in COMMANDS and args[0] not in own):
            args = [DEFAULT_COMMAND, *args]
        return super().parse_args(ctx, args)


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    options_metavar="",
    subcommand_metavar="[COMMAND | PATH]",
    epilog="A PATH alone is read; a command word wins over a file of that name (write ./check).",
)
@click.version_option(tui_reader.__version__, prog_name="tui-reader", message="%(prog)s %(version)s")
def program() -> None:
    """Read a translation beside its source, and see what it left out or put in."""


def run(arguments: Sequence[str]) -> int:
    """Run one command and say how it ended; nothing but Ctrl-C and bad input is caught.

    Args:
        arguments: the words after the program's name.

    Returns:
        The exit code.
    """
    _open_closed()
    _write_utf8()
    try:
        result: Any = program.main(list(arguments), prog_name="tui-reader", standalone_mode=False)
    except TuiReaderError as error:
        diagnostics.error(str(error))
        return ExitCode.BAD_INPUT
    except click.ClickException as error:
        diagnostics.error(_usage_message(error))
        return ExitCode.BAD_INPUT
    except (KeyboardInterrupt, click.Abort):
        return ExitCode.INTERRUPTED
    except _OutputError as error:
        return _unwritten(error.__cause__)
    return int(result or ExitCode.CLEAN)


def _open_closed() -> None:
    """Give a command what its caller has closed (``>&-``): nothing to read, and nobody to write to."""
    # In the order of their numbers, so that no other file takes one.
    for name, mode, flag in (("stdin", "r", os.O_RDONLY), ("stdout", "w", os.O_WRONLY)):
        if getattr(sys, name) is None:
            # As the interpreter's own streams, it stays open until the process ends.
            setattr(sys, name, os.fdopen(os.open(os.devnull, flag), mode, encoding="utf-8", closefd=False))


def _unwritten(error: BaseException | None) -> int:
    """Say why the output has ended; a reader of it that has seen enough ends it without a word."""
    # What is still buffered would raise again when the interpreter ends.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return ExitCode.BROKEN_PIPE
    reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
    diagnostics.error(f"standard output cannot be written: {reason[:1].lower()}{reason[1:]}")
    return ExitCode.BAD_INPUT


def _write_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _usage_message(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    hint = f" (try {context.command_path} --help)" if context is not None else ""
    return f"{error.format_message().rstrip('.')}{hint}"

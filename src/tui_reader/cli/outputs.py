"""Where reports go: stdout, files, or both, each in its own format."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from tui_reader.baseline import path_beside
from tui_reader.cli.dataset import FLAGS as DATASET_FLAGS
from tui_reader.cli.inputs import PIPE_WIDTH
from tui_reader.files import replacing
from tui_reader.reports import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import TracebackType

    from tui_reader.model import Report
    from tui_reader.reports.report import ReportOptions, ReportWriter

DEFAULT_FORMAT = "text"
PAIRED = "tui_reader.outputs"
"""Key of click's context under which a `PairingCommand` leaves its list of `Output`."""


class Output(NamedTuple):
    """One report that is wanted."""

    format: str
    path: Path | None
    """None for stdout."""


class PairingCommand(click.Command):
    """A command whose every ``--output FILE`` belongs to the ``--format NAME`` before it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Note which file goes with which format before click gathers the values of each flag apart."""
        values, _, order = self.make_parser(ctx).parse_args(args=list(args))
        names = [parameter.name for parameter in order]
        if DATASET_FLAGS & set(names):
            # The one --output is a folder then.
            return super().parse_args(ctx, args)
        ctx.meta[PAIRED] = _paired(names, list(values.get("formats") or ()), list(values.get("outputs") or ()))
        return super().parse_args(ctx, args)


def _paired(order: Iterable[str | None], formats: list[str], files: list[str]) -> list[Output]:
    found: list[Output] = []
    for name in order:
        if name == "formats":
            found.append(Output(formats.pop(0), None))
        elif name == "outputs":
            path = Path(files.pop(0))
            if found and found[-1].path is None:
                found[-1] = Output(found[-1].format, path)
            else:
                found.append(Output(_format_of(path), path))
    return found or [Output(DEFAULT_FORMAT, None)]


def _format_of(path: Path) -> str:
    """The format that a file's name asks for where no flag does."""
    suffix = path.suffix.lower().removeprefix(".")
    named = {"txt": DEFAULT_FORMAT, "xml": "junit", "md": "markdown", "htm": "html"}.get(suffix, suffix)
    if named not in registry.names():
        raise click.UsageError(f"--output {path} needs a --format before it")
    return named


class Outputs:
    """All reports of one run. Files take the place of older ones when the run ends well.

    Args:
        wanted: formats and files; at most one goes to stdout.
        options: how to write to stdout.

    Raises:
        click.UsageError: a format does not exist, or two would go to stdout or to the same file.
    """

    def __init__(self, wanted: Sequence[Output], options: ReportOptions):
        if sum(output.path is None for output in wanted) > 1:
            raise click.UsageError("two reports cannot both go to stdout; give one of them --output FILE")
        self._files = {os.path.realpath(output.path): output.path for output in wanted if output.path is not None}
        """The file that each report ends up in, and its name on the command line."""
        if len(self._files) + any(output.path is None for output in wanted) < len(wanted):
            raise click.UsageError("two reports cannot go to the same file")
        self._spared: set[Path] = set()
        in_file = replace(options, colour=False, width=PIPE_WIDTH)
        self._writers = [
            (_writer(output.format)(options if output.path is None else in_file), output.path) for output in wanted
        ]
        self._stack = ExitStack()
        self._sinks: list[tuple[ReportWriter, Callable[[str], object]]] = []

    def __enter__(self) -> Outputs:
        try:
            for writer, path in self._writers:
                self._sinks.append((writer, self._sink(path)))
        except BaseException:
            self._stack.__exit__(RuntimeError, RuntimeError(), None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, traceback)

    def spare(self, files: Iterable[Path]) -> None:
        """Keep these files from being overwritten.

        Args:
            files: what the check reads or keeps for itself.

        Raises:
            click.UsageError: a report would take the place of one of them.
        """
        # Every pair of a file names the same file.
        for file in (file for file in files if file not in self._spared):
            self._spared.add(file)
            is_device = file.exists() and not file.is_file()
            if (named := self._files.get(os.path.realpath(file))) is not None and not is_device:
                raise click.UsageError(
                    f"--output {named} would overwrite {file}, which this check works with; name another file"
                )

    def write(self, report: Report) -> None:
        """Say something about a document.

        Raises:
            click.UsageError: a report would take the place of one of its texts, or of its baseline.
        """
        texts = (report.document.text, *(source.text for source in report.document.sources))
        files = [text.path for text in texts if text.path is not None]
        self.spare([*files, path_beside(files[0])] if files else ())
        for writer, sink in self._sinks:
            for line in writer.write(report):
                sink(line)

    def close(self) -> None:
        """Say what stands at the end."""
        for writer, sink in self._sinks:
            for line in writer.close():
                sink(line)

    def _sink(self, path: Path | None) -> Callable[[str], object]:
        if path is None:
            # Line by line, so that a program at the other end of a pipe need not wait.
            return lambda line: click.echo(line, color=True)
        stream = self._stack.enter_context(replacing(path))
        return lambda line: stream.write(f"{line}\n")


def _writer(name: str) -> type[ReportWriter]:
    try:
        return registry.writer(name)
    except KeyError:
        known = ", ".join(registry.names())
        raise click.BadParameter(f"no report is called {name!r}; there are: {known}", param_hint="--format") from None

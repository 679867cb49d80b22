"""What the commands share about their arguments: paths, sources, settings and the terminal's measures."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui_reader.cli.faults import listener
from tui_reader.encoders import CHOICES, is_model
from tui_reader.errors import SettingsError
from tui_reader.formats import NAMES, Input, open_documents
from tui_reader.settings import LARGEST_NUMBER, RULES_TABLE, CheckSettings, Settings, load_with_origins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from click.shell_completion import CompletionItem

    from tui_reader.model import Document
    from tui_reader.reports.report import ReportOptions

STDIN = "-"
PIPE_WIDTH = 100
"""Cells of a line where stdout is no terminal."""
NARROWEST = 20
_THREADS = f"{__name__}.threads"
_FORMAT = f"{__name__}.format"
_GLOSSARY = f"{__name__}.glossary"

sources_option = click.option(
    "--sources",
    "-s",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR|FILE",
    help="Source texts: files, or folders of them (.md, .txt, .html, .epub, .srt, .vtt). May be given several times.",
)
encoder_option = click.option(
    "--encoder",
    metavar="|".join([*CHOICES, "PATH", "hub:NAME"]),
    help="What measures similarity (setting check.encoder; auto by default).",
)


def _remember_threads(context: click.Context, _parameter: click.Parameter, value: int | None) -> None:
    context.meta[_THREADS] = value


# Kept in the context: every command that encodes has it, and hands it to nothing but `settings`.
threads_option = click.option(
    "--threads",
    type=click.IntRange(0, LARGEST_NUMBER),
    expose_value=False,
    callback=_remember_threads,
    help="How many threads encode (setting check.threads; 0, one for each processor, by default).",
)


def _remember_format(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    context.meta[_FORMAT] = value


input_format_option = click.option(
    "--input-format",
    metavar="NAME",
    expose_value=False,
    callback=_remember_format,
    help=f"The format of PATH where the file name does not say: {', '.join(NAMES)}, or one that another package adds.",
)
sensitivity_option = click.option(
    "--sensitivity",
    type=click.Choice(["low", "normal", "high"]),
    help="How sure the checker must be (setting check.sensitivity).",
)


rule_option = click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="CODE=LEVEL",
    callback=lambda _context, _option, given: _levels(given),
    help="Switch a rule off or on, or give it a severity: off, on, error, warning or info (setting [rules]). "
    "May be given several times.",
)


def _remember_glossary(context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    context.meta[_GLOSSARY] = value


glossary_option = click.option(
    "--glossary",
    type=click.Path(path_type=Path),
    metavar="FILE",
    expose_value=False,
    callback=_remember_glossary,
    help="Terms that the translation must use, CSV or TSV (setting check.glossary).",
)


def _levels(given: Sequence[str]) -> dict[str, str]:
    """Level by code; the words themselves are looked up with all other settings."""
    levels = {}
    for word in given:
        code, equals, level = word.partition("=")
        if not (code and equals and level):
            raise click.BadParameter(f"{word!r} is not CODE=LEVEL; write number=off, for example")
        levels[code] = level
    return levels


def complete_path(_context: click.Context, _argument: click.Parameter, begun: str) -> list[CompletionItem]:
    """Tells a shell that a file may stand here."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - only a shell asks

    return [CompletionItem(begun, type="file")]


def check_options(command: Callable[..., object]) -> Callable[..., object]:
    """Add the flags that change what a check finds."""
    flags = (sources_option, input_format_option, encoder_option, sensitivity_option, rule_option, glossary_option)
    for flag in (threads_option, *reversed(flags)):
        command = flag(command)
    return command


def documents(paths: Sequence[str], sources: Sequence[Path]) -> Iterator[Document]:
    """The documents in these paths, one at a time; ``-`` is standard input.

    Raises:
        InputError: one of them cannot be read or understood.
    """
    seen: set[tuple[Path | None, ...]] = set()
    for path in paths:
        file = Input.stdin(listener()) if path == STDIN else Input.of(Path(path), listener())
        for document in open_documents(file, sources, format_name=input_format()):
            if document.is_pairs:
                yield document
                continue
            # A hook names both texts of a pair that lies side by side.
            files = (document.text.path, *(source.text.path for source in document.sources))
            if None in files or files not in seen:
                seen.add(files)
                yield document


def input_format() -> str | None:
    """What ``--input-format`` says."""
    context = click.get_current_context(silent=True)
    return None if context is None else context.meta.get(_FORMAT)


def require_names(paths: Sequence[str]) -> None:
    """Look whether every path has a name.

    Raises:
        click.UsageError: one of them has none: a variable of a script that holds nothing, for one.
    """
    # As a path it would mean the current folder.
    if "" in paths:
        raise click.UsageError("a PATH is empty; name a file or folder, or write . for this folder")


def require_files(paths: Sequence[str]) -> None:
    """Look at every path before the work on the first begins.

    Raises:
        InputError: one of them is missing or cannot be read.
        click.UsageError: one of them is empty, or standard input is named twice.
    """
    require_names(paths)
    if list(paths).count(STDIN) > 1:
        raise click.UsageError("standard input holds one text only: name a file for the other")
    for path in paths:
        if path != STDIN and not Path(path).is_dir():
            Input.of(Path(path)).head()


def settings(
    encoder: str | None = None,
    sensitivity: str | None = None,
    fail_on: str | None = None,
    rules: Mapping[str, str] | None = None,
    *,
    cache: str | None = None,
) -> Settings:
    """The settings that hold here with these flags.

    Raises:
        SettingsError: an unknown key or impossible value in a file or the environment.
    """
    flags: dict[str, object] = {
        "check.encoder": encoder,
        "check.sensitivity": sensitivity,
        "check.fail_on": fail_on,
        "check.cache": cache,
        "check.threads": _remembered(_THREADS),
        "check.glossary": _given_glossary(),
    }
    return valid_settings(flags | {f"{RULES_TABLE}.{code}": level for code, level in (rules or {}).items()})


def _given_glossary() -> str | None:
    path: Path | None = _remembered(_GLOSSARY)
    return None if path is None else str(path.absolute())


def _remembered(flag: str) -> Any:
    """What a flag that is handed to nothing but `settings` says, None where it is not given."""
    context = click.get_current_context(silent=True)
    return None if context is None else context.meta.get(flag)


def valid_settings(flags: Mapping[str, object] | None = None) -> Settings:
    """The settings that hold here, names of encoders, rules and severities among them looked up.

    Raises:
        SettingsError: an unknown key or impossible value.
    """
    chosen, origins = load_with_origins(overrides=flags)
    _require_known(chosen.check, origins)
    for number, override in enumerate(chosen.overrides, 1):
        special = CheckSettings()
        for key, value in override.values:
            special = Settings(special).having(key, value).check
        keys_of = [str(key) for key, _ in override.values]
        _require_known(special, dict.fromkeys(keys_of, f"{override.file}: override {number}"))
    return chosen


def glossaries(chosen: Settings) -> Iterator[Path]:
    """The files of terms that these settings name, those of some paths alone among them."""
    named = [chosen.check.glossary]
    named += [str(value) for one in chosen.overrides for key, value in one.values if str(key) == "check.glossary"]
    yield from (Path(one) for one in dict.fromkeys(named) if one)


def _require_known(check: CheckSettings, origins: Mapping[str, str]) -> None:
    if check.encoder not in CHOICES and not is_model(check.encoder):
        known = ", ".join(CHOICES)
        raise SettingsError(
            f"{origins['check.encoder']}: check.encoder cannot be {check.encoder!r}; "
            f"it may be {known}, the folder of a model, or hub:NAME"
        )
    if check.fail_on != CheckSettings().fail_on:
        from tui_reader.cli.gates import FailOn  # noqa: PLC0415 - the reader has no gates

        FailOn.of(check.fail_on, origins.get("check.fail_on", "settings"))
    if check.rules:
        from tui_reader.checks.registry import require_known  # noqa: PLC0415 - mostly nothing is set

        require_known(dict(check.rules), origins)


def report_options(chosen: Settings, *, coverage: bool = False) -> ReportOptions:
    """How to write for this stdout."""
    from tui_reader.reports.report import ReportOptions  # noqa: PLC0415 - the reader writes no report

    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size((PIPE_WIDTH, 24)).columns if terminal else _columns()
    return ReportOptions(
        coverage=coverage,
        width=max(width, NARROWEST),
        ambiguous_width=chosen.reader.ambiguous_width,
        colour=terminal and not os.environ.get("NO_COLOR"),
    )


def _columns() -> int:
    given = os.environ.get("COLUMNS", "")
    return int(given) if given.isdecimal() and int(given) else PIPE_WIDTH

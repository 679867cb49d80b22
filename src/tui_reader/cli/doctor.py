"""``tui-reader doctor``: say what is installed here and whether it works."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
import time
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import click

import tui_reader
from tui_reader.cli.diagnostics import ExitCode
from tui_reader.cli.inputs import settings
from tui_reader.errors import TuiReaderError
from tui_reader.settings import project_path, user_path
from tui_reader.text.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui_reader.encoders.base import Encoder

_SAMPLE = "This sentence, number {}, is read aloud to see how fast sentences are understood here."
_SAMPLE_SIZE = 64


@click.command()
def command() -> int:
    """Say what is installed here and whether it works; exit 1 where something does not."""
    failed = False
    for section in (_program, _packages, _terminal, _paths, _cache, _encoders):
        try:
            for name, value in section():
                click.echo(f"{name:<32}{visible(str(value))}")
        except (TuiReaderError, ImportError, OSError) as error:
            failed = True
            click.echo(f"{section.__name__.strip('_'):<32}DOES NOT WORK: {visible(str(error))}")
    return ExitCode.FINDINGS if failed else ExitCode.CLEAN


def _program() -> Iterator[tuple[str, object]]:
    yield "tui-reader", tui_reader.__version__
    yield "Python", f"{platform.python_version()} ({platform.python_implementation()}, {platform.machine()})"
    yield "system", platform.platform()


def _packages() -> Iterator[tuple[str, object]]:
    for requirement in requires("tui-reader") or []:
        if "extra ==" in requirement:
            continue
        name = _package_name(requirement)
        if not for_this_platform(requirement):
            yield name, "not for this platform"
            continue
        try:
            yield name, version(name)
        except PackageNotFoundError as error:
            raise ImportError(f"{name} is missing; install tui-reader again") from error


def _package_name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0]


def for_this_platform(requirement: str) -> bool:
    """Whether the marker of one of our own requirements (equalities joined by ``and``) holds here."""
    here = {"sys_platform": sys.platform, "platform_machine": platform.machine(), "os_name": os.name}
    wanted = re.findall(r"(\w+)\s*==\s*[\"']([^\"']*)[\"']", requirement.partition(";")[2])
    return all(here.get(variable, value) == value for variable, value in wanted)


def _terminal() -> Iterator[tuple[str, object]]:
    columns, rows = shutil.get_terminal_size()
    yield "terminal", f"{columns}x{rows}" if sys.stdout.isatty() else "none (stdout is no terminal)"
    for variable in ("TERM", "COLORTERM", "NO_COLOR", "LANG"):
        yield variable, os.environ.get(variable, "(not set)")


def _paths() -> Iterator[tuple[str, object]]:
    from tui_reader.corpus import corpus_path  # noqa: PLC0415 - a lost corpus is what this section finds out

    yield "user's settings", user_path()
    yield "project's settings", project_path() or "(none)"
    settings()
    yield "bundled documents", corpus_path()


def _cache() -> Iterator[tuple[str, object]]:
    from tui_reader.cli.cache import contents  # noqa: PLC0415 - sqlite3 is what this section finds out

    yield "cache", f"{settings().check.cache} (setting check.cache)"
    for name, value in contents():
        yield f"cache: {name}", value


def _encoders() -> Iterator[tuple[str, object]]:
    from tui_reader.encoders import available, choose  # noqa: PLC0415 - numpy is what this section finds out
    from tui_reader.encoders.blas import processors  # noqa: PLC0415

    asked = settings().check
    chosen = choose(asked.encoder, asked.threads)
    yield "encoders installed", ", ".join(available())
    models = "installed" if find_spec("sentence_transformers") else "not installed (pip install 'tui-reader[models]')"
    yield "extra models", models
    yield "encoders chosen", f"{visible(chosen.choice or chosen.name)} ({visible(asked.encoder)} asked for)"
    yield "encoders in the signature", visible(chosen.version)
    if chosen.borrows:
        yield "parameters", f"those of {chosen.name}: nothing was fitted for this choice, scores are not calibrated"
    yield "threads", f"{asked.threads or processors()} ({asked.threads or 'automatic'}, of {processors()} processors)"
    for encoder in (chosen.sentences, chosen.tokens):
        if encoder is not None:
            yield from _one_encoder(encoder)


def _one_encoder(encoder: Encoder) -> Iterator[tuple[str, object]]:
    name = visible(encoder.name)
    _, first = _timed(lambda: encoder.encode([_SAMPLE.format(0)]))
    _, many = _timed(lambda: encoder.encode([_SAMPLE.format(number) for number in range(_SAMPLE_SIZE)]))
    yield f"encoder {name}", f"{encoder.version}, {encoder.dimension} dimensions"
    yield f"{name}: start", f"{first:.2f} s"
    yield f"{name}: speed", f"{_SAMPLE_SIZE / many:,.0f} sentences a second"


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    return work(), time.perf_counter() - start

"""``tui-reader check``: say what a translation left out or put in."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

import click

from tui_reader.cli.diagnostics import ExitCode, Progress
from tui_reader.cli.inputs import check_options, documents, report_options, require_files, settings
from tui_reader.errors import InputError
from tui_reader.model import Alignment, Report, Severity
from tui_reader.reports import registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tui_reader.checks.checker import Checker
    from tui_reader.model import Document
    from tui_reader.reports.report import ReportWriter
    from tui_reader.settings import CheckSettings, FailOn


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@check_options
@click.option("--format", "format_name", default="text", metavar="NAME", help="text (the default) or jsonl.")
@click.option("--coverage", is_flag=True, help="Add the probability of loss of every word (jsonl only).")
@click.option(
    "--fail-on",
    type=click.Choice([*Severity, "never"]),
    help="The mildest severity that makes the exit code 1 (setting check.fail_on; error by default).",
)
@click.option("--no-cache", is_flag=True, help="Neither read nor keep vectors on disk (setting check.cache).")
def command(  # noqa: PLR0913, PLR0917 - one parameter a flag
    paths: tuple[str, ...],
    sources: tuple[Path, ...],
    encoder: str | None,
    sensitivity: str | None,
    rules: dict[str, str],
    format_name: str,
    coverage: bool,
    fail_on: str | None,
    no_cache: bool,
) -> int:
    """Say what a translation left out or put in.

    PATH is a Japanese text (with --sources), a Markdown file or document folder that names its sources,
    a file of pairs (TSV), or - for standard input.

    The exit code is 0 where nothing is wrong, 1 where there are findings at the failure level, 2 for wrong usage or
    bad input, 130 after Ctrl-C.
    """
    chosen = settings(encoder, sensitivity, fail_on, rules)
    if no_cache:
        chosen = replace(chosen, check=replace(chosen.check, cache="off"))
    writer = _writer(format_name)(report_options(chosen, coverage=coverage))
    require_files(paths)
    failed = False
    with Progress() as progress:
        for report in _reports(documents(paths, sources), chosen.check, progress):
            failed = failed or fails(report, chosen.check.fail_on)
            progress.clear()
            for line in writer.write(report):
                click.echo(line, color=True)
    for line in writer.close():
        click.echo(line, color=True)
    return ExitCode.FINDINGS if failed else ExitCode.CLEAN


def fails(report: Report, fail_on: FailOn) -> bool:
    """Whether a report holds a finding of this severity or a graver one."""
    if fail_on == "never":
        return False
    return any(finding.severity.rank <= Severity(fail_on).rank for _, finding in report.findings)


def _writer(name: str) -> type[ReportWriter]:
    try:
        return registry.writer(name)
    except KeyError:
        known = ", ".join(registry.names())
        raise click.BadParameter(f"no report is called {name!r}; there are: {known}", param_hint="--format") from None


def _reports(found: Iterable[Document], chosen: CheckSettings, progress: Progress) -> Iterator[Report]:
    checker: Checker | None = None
    for is_pairs, group in groupby(map(_with_sources, found), key=lambda document: document.is_pairs):
        checker = checker or _checker(chosen)
        if is_pairs:
            yield from progress.counted(checker.check_all(group), "pairs checked")
        else:
            for document in group:
                yield _checked(checker, document, progress)


def _with_sources(document: Document) -> Document:
    if not document.sources:
        raise InputError(
            "there is nothing to compare this text with",
            path=document.text.path,
            cure="name its sources by --sources DIR or in its front matter",
        )
    return document


def _checker(chosen: CheckSettings) -> Checker:
    # Not before there is a document: bad input is told at once, without waiting for numpy.
    from tui_reader.checks.checker import Checker  # noqa: PLC0415

    return Checker(chosen)


def _checked(checker: Checker, document: Document, progress: Progress) -> Report:
    """The report on one document, its sentences counted as they are checked."""
    progress.start("sentences checked")
    for step in checker.iter_check(document):
        if isinstance(step, Report):
            return step
        if isinstance(step, Alignment):
            progress.expect(len(step.beads))
        else:
            progress.advance()
    raise AssertionError("a check ends with its report")

"""``tui-reader check``: say what a translation left out or put in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui_reader.cli.changes import ChangedSince
from tui_reader.cli.comparison import Comparison
from tui_reader.cli.diagnostics import ExitCode, Progress, note
from tui_reader.cli.gates import FailOn, Gate
from tui_reader.cli.inputs import check_options, documents, report_options, require_files, settings
from tui_reader.cli.outputs import PAIRED, Outputs, PairingCommand
from tui_reader.cli.remarks import note_incomplete
from tui_reader.cli.reviewing import Reviewing
from tui_reader.errors import InputError
from tui_reader.model import Alignment, Report
from tui_reader.reports import registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui_reader.checks.checker import Checker
    from tui_reader.model import Document
    from tui_reader.settings import CheckSettings


@click.command(cls=PairingCommand)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@check_options
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME",
    help=f"{', '.join(registry.BUILT_IN)} (text by default). May be given several times, each with its --output.",
)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the report of the --format before it to a file instead of stdout.",
)
@click.option("--coverage", is_flag=True, help="Add the probability of loss of every word (json and jsonl).")
@click.option(
    "--fail-on",
    multiple=True,
    metavar="SEVERITY|RULE,...",
    help="What makes the exit code 1: a severity with all graver ones, rules, or never (setting check.fail_on).",
)
@click.option("--min-score", type=click.FloatRange(0, 100), metavar="N", help="Fail where a document scores less.")
@click.option("--max-findings", type=click.IntRange(0), default=0, metavar="N", help="Put up with so many findings.")
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Leave out what this baseline has accepted or ignored (by default: the baseline beside each document).",
)
@click.option("--no-baseline", is_flag=True, help="Report what baselines have accepted or ignored as well.")
@click.option(
    "--write-baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Accept all that is found now in this baseline.",
)
@click.option("--changed-since", metavar="REV", help="Report sentence pairs only that changed since a git revision.")
@click.option(
    "--diff-report",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OLD.json",
    help="Report only what an older report (json or jsonl) does not have.",
)
@click.option("--no-cache", is_flag=True, help="Neither read nor keep vectors on disk (setting check.cache).")
@click.pass_context
def command(context: click.Context, /, **flags: Any) -> int:
    """Say what a translation left out or put in.

    PATH is a Japanese text (with --sources), a Markdown file or document folder that names its sources,
    a file of pairs (TSV), or - for standard input.

    The exit code is 0 where nothing is wrong, 1 where there are findings at the failure level, 2 for wrong usage or
    bad input, 130 after Ctrl-C.
    """
    given = Flags(**{name: flags[name] for name in Flags.__dataclass_fields__})
    if given.no_baseline and given.baseline:
        raise click.UsageError("--baseline and --no-baseline exclude each other")
    chosen = settings(given.encoder, given.sensitivity, ",".join(given.fail_on) or None, given.rules)
    if given.no_cache:
        chosen = replace(chosen, check=replace(chosen.check, cache="off"))
    fail_on = FailOn.of(chosen.check.fail_on, "settings")
    options = replace(report_options(chosen, coverage=given.coverage), fails=fail_on.counts)
    wanted = Outputs(context.meta[PAIRED], options)
    require_files(given.paths)
    gate = Gate(fail_on, given.max_findings, given.min_score)
    _run(given, chosen.check, wanted, gate)
    for remark in gate.remarks():
        note(remark)
    return ExitCode.FINDINGS if gate.failed else ExitCode.CLEAN


@dataclass(frozen=True, slots=True)
class Flags:
    """What the command line says, as click gives it."""

    paths: tuple[str, ...]
    sources: tuple[Path, ...]
    encoder: str | None
    sensitivity: str | None
    rules: dict[str, str]
    coverage: bool
    fail_on: tuple[str, ...]
    min_score: float | None
    max_findings: int
    baseline: Path | None
    no_baseline: bool
    write_baseline: Path | None
    changed_since: str | None
    diff_report: Path | None
    no_cache: bool


def _run(given: Flags, chosen: CheckSettings, outputs: Outputs, gate: Gate) -> None:
    """Check everything, and write what is left of each report once reviewed and unchanged findings are out of it."""
    reviewing = Reviewing(given.baseline, given.write_baseline, beside=not given.no_baseline)
    changed = ChangedSince(given.changed_since) if given.changed_since else None
    comparison = Comparison(given.diff_report) if given.diff_report else None
    with outputs, Progress() as progress:
        for report in _reports(documents(given.paths, given.sources), chosen, progress):
            left = reviewing.of(report)
            left = left if changed is None else changed.of(left)
            left = left if comparison is None else comparison.of(left)
            gate.see(left)
            progress.clear()
            note_incomplete(report.document)
            outputs.write(left)
        outputs.close()
    reviewing.close()
    if comparison is not None:
        comparison.close()


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

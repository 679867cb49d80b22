"""``tui-reader check``: say what a translation left out or put in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui_reader.cli import dataset
from tui_reader.cli.changes import ChangedSince
from tui_reader.cli.checking import reports
from tui_reader.cli.comparison import Comparison
from tui_reader.cli.diagnostics import ExitCode, Progress, note
from tui_reader.cli.faults import met
from tui_reader.cli.gates import NEVER, FailOn, Gate
from tui_reader.cli.inputs import (
    STDIN,
    check_options,
    complete_path,
    documents,
    glossaries,
    input_format,
    report_options,
    require_files,
    settings,
)
from tui_reader.cli.outputs import PAIRED, Outputs, PairingCommand
from tui_reader.cli.remarks import note_incomplete
from tui_reader.cli.reviewing import Reviewing
from tui_reader.cli.signals import clearing_up
from tui_reader.reports import registry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_reader.settings import Settings


def _number(_context: click.Context, _option: click.Parameter, given: float | None) -> float | None:
    """Refuse what is in no range and compares with nothing: no score would be too low."""
    if given is not None and not isfinite(given):
        raise click.BadParameter(f"{given} is not in the range 0<=x<=100.")
    return given


@click.command(cls=PairingCommand)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", shell_complete=complete_path)
@check_options
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME",
    shell_complete=lambda _context, _option, begun: [name for name in registry.names() if name.startswith(begun)],
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
@click.option(
    "--min-score",
    type=click.FloatRange(0, 100),
    callback=_number,
    metavar="N",
    help="Fail where a document scores less.",
)
@click.option(
    "--max-findings", type=click.IntRange(0), default=0, metavar="N", help="Tolerate up to N findings that count."
)
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
@click.option(
    "--changed-since", metavar="REV", help="Report only sentence pairs that have changed since a git revision."
)
@click.option(
    "--diff-report",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OLD.json",
    help="Report only what an older report (json or jsonl) does not have.",
)
@click.option("--no-cache", is_flag=True, help="Neither read nor keep vectors on disk (setting check.cache).")
@dataset.options
@click.pass_context
def command(context: click.Context, /, **flags: Any) -> int:
    """Say what a translation left out or put in.

    PATH is a translation (with --sources), a Markdown file or document folder that names its sources,
    a folder in which texts of both languages lie side by side (x.ja.md and x.en.md, ja/x.md and en/x.md, x.ja.md
    and a folder sources), a file of pairs or translated messages (see --input-format), or - for standard input. With
    --workers, --cluster or --dry-run it is a data set: files of pairs, a folder or a glob.

    The exit code is 0 where nothing is wrong, 1 where there are findings at the failure level or a part of a file
    cannot be read, 2 for wrong usage or files of which nothing can be read, 130 after Ctrl-C.
    """
    given = Flags(**{name: flags[name] for name in Flags.__dataclass_fields__})
    if given.no_baseline and given.baseline:
        raise click.UsageError("--baseline and --no-baseline exclude each other")
    fail_on, cache = ",".join(given.fail_on) or None, "off" if given.no_cache else None
    chosen = settings(given.encoder, given.sensitivity, fail_on, given.rules, cache=cache)
    if dataset.wanted(flags):
        return dataset.check_dataset(flags, chosen, input_format())
    counts = FailOn.of(chosen.check.fail_on, "settings").counts
    options = replace(report_options(chosen, coverage=given.coverage), fails=counts)
    wanted = Outputs(context.meta[PAIRED], options)
    require_files(given.paths)
    wanted.spare(_files(given, chosen))
    gate = Gate(chosen, given.max_findings, given.min_score)
    with clearing_up():
        _run(given, chosen, wanted, gate)
    for remark in gate.remarks():
        note(remark)
    # What nobody could read may hide anything: it fails where an error would.
    unread = met() and chosen.check.fail_on != NEVER
    return ExitCode.FINDINGS if gate.failed or unread else ExitCode.CLEAN


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


def _files(given: Flags, chosen: Settings) -> Iterator[Path]:
    """What is named on the command line or in the settings, and must not be lost to a report.

    An older report is not among them: it has been read before the new one takes its place.
    """
    yield from (Path(path) for path in given.paths if path != STDIN)
    yield from given.sources
    yield from (path for path in (given.baseline, given.write_baseline) if path is not None)
    yield from glossaries(chosen)


def _run(given: Flags, chosen: Settings, outputs: Outputs, gate: Gate) -> None:
    """Check everything, and write what is left of each report once reviewed and unchanged findings are out of it."""
    reviewing = Reviewing(given.baseline, given.write_baseline, beside=not given.no_baseline)
    changed = ChangedSince(given.changed_since) if given.changed_since else None
    comparison = Comparison(given.diff_report) if given.diff_report else None
    with outputs, Progress() as progress:
        for report in reports(documents(given.paths, given.sources), chosen, progress):
            left = reviewing.of(report)
            left = left if changed is None else changed.of(left)
            left = left if comparison is None else comparison.of(left)
            gate.see(left)
            progress.clear()
            note_incomplete(report.document)
            for remark in report.alignment.remarks:
                note(remark)
            outputs.write(left)
        outputs.close()
    reviewing.close()
    if comparison is not None:
        comparison.close()

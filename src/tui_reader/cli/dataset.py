"""``tui-reader check DATASET --workers N --output FOLDER``: the check of millions of pairs."""

from __future__ import annotations

import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui_reader.cli.diagnostics import ExitCode, StatusLine, note
from tui_reader.cli.gates import NEVER, FailOn
from tui_reader.cli.inputs import require_names
from tui_reader.model import Severity
from tui_reader.reports.text import counted
from tui_reader.text.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui_reader.settings import Settings

FLAGS = frozenset({"workers", "cluster", "dry_run"})
"""Any of them makes a check one of a data set."""
_ALONE = {
    "sources": "--sources",
    "coverage": "--coverage",
    "baseline": "--baseline",
    "no_baseline": "--no-baseline",
    "write_baseline": "--write-baseline",
    "changed_since": "--changed-since",
    "diff_report": "--diff-report",
}
"""Flags that speak of documents which a person reads."""
_QUIET_SECONDS = 30
"""How often progress is told where stderr is no terminal."""


def options(command: Callable[..., object]) -> Callable[..., object]:
    """Add the flags of data sets."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS = (
    click.option(
        "--workers",
        type=click.IntRange(1, 1024),
        metavar="N",
        help="Check a data set (TSV, JSONL or Parquet files, a folder, a glob) in N processes into --output FOLDER.",
    ),
    click.option(
        "--cluster",
        metavar="ADDRESS",
        help="Check a data set on a Dask cluster: tcp://HOST:PORT, or local:N for N processes.",
    ),
    click.option("--dry-run", is_flag=True, help="Only estimate how long a data set takes and how much it writes."),
    click.option(
        "--shard-pairs",
        type=click.IntRange(1, 100_000),
        default=1024,
        metavar="N",
        help="Pairs of a data set that are checked, kept and resumed as one (1024).",
    ),
)


def wanted(given: dict[str, Any]) -> bool:
    """Whether the flags ask for the check of a data set."""
    return any(given.get(name) for name in FLAGS)


def check_dataset(given: dict[str, Any], chosen: Settings, format_name: str | None) -> int:
    """Run the check of a data set, and say what it has found.

    Args:
        given: the flags of ``check``.
        chosen: the settings.
        format_name: of ``--input-format``.

    Raises:
        click.UsageError: flags that exclude each other.
        TuiReaderError: see `tui_reader.scale.run.run`.
    """
    _require_sensible(given)
    scale = import_module("tui_reader.scale.run")
    executors = import_module("tui_reader.scale.executors")
    files = import_module("tui_reader.scale.dataset").files_of(given["paths"], format_name)
    kind = _kind(given["formats"])
    output = given["outputs"][0] if given["outputs"] else Path()
    job = scale.Job(files, output, kind, chosen, given["shard_pairs"])
    workers = given["workers"] or 1
    if given["dry_run"]:
        return _print_estimate(import_module("tui_reader.scale.estimate").estimate(job), workers)
    if given["cluster"]:
        opened, ahead = executors.cluster(given["cluster"]), 2 * (executors.width(given["cluster"]) or 64)
    else:
        opened, ahead = executors.local(workers), workers + 1
    with StatusLine() as line:
        result = scale.run(job, opened, ahead, _Watch(line))
    _print_summary(result, output)
    return _exit_code(result, chosen, given["max_findings"], given["min_score"])


def _require_sensible(given: dict[str, Any]) -> None:
    flags = [flag for name, flag in _ALONE.items() if given[name]]
    if flags:
        raise click.UsageError(f"{flags[0]} does not go with the check of a data set")
    require_names(given["paths"])
    if given["workers"] and given["cluster"]:
        raise click.UsageError("--workers and --cluster exclude each other; write --cluster local:N")
    if len(given["outputs"]) != 1 and not given["dry_run"]:
        raise click.UsageError("the check of a data set needs one --output FOLDER")


def _kind(formats: Sequence[str]) -> Any:
    parts = import_module("tui_reader.scale.parts")
    if not formats:
        return parts.default_kind()
    if len(formats) > 1 or formats[0] not in parts.KINDS:
        raise click.UsageError(f"the results of a data set are written as one of: {', '.join(parts.KINDS)}")
    if formats[0] == "parquet" and parts.default_kind() != "parquet":
        raise click.UsageError("--format parquet needs pyarrow; install it: pip install 'tui-reader[data]'")
    return formats[0]


class _Watch:
    """Tells how far a run is."""

    def __init__(self, line: StatusLine) -> None:
        self._line = line
        self._next = time.monotonic() + _QUIET_SECONDS

    def __call__(self, standing: Any) -> None:
        text = f"{standing.done_pairs:,}"
        text += f" of {standing.pairs:,} pairs" if standing.pairs else " pairs"
        text += f", {standing.done:,} of {standing.shards:,} shards"
        if standing.remaining_seconds is not None:
            text += f", {standing.rate:,.1f} pairs/s, {duration(standing.remaining_seconds)} left"
        if self._line.shown:
            self._line.show(text)
        elif time.monotonic() >= self._next:
            self._next = time.monotonic() + _QUIET_SECONDS
            note(text)


def duration(seconds: float) -> str:
    """Seconds as people say them: ``45 s``, ``12 min``, ``3.5 h``, ``12 days``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    hours = seconds / 3600
    return f"{hours:.1f} h" if hours < 72 else f"{hours / 24:.0f} days"


def _size(count: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} TB"


def _print_estimate(found: Any, workers: int) -> int:
    shards, files = counted(found.shards, "shard"), counted(found.files, "file")
    click.echo(f"{counted(found.pairs, 'pair')} in {shards} of {files}")
    cores = "with a core each" if workers > 1 else "with one core"
    click.echo(
        f"{1000 * found.seconds_a_pair:.1f} ms of one core a pair (measured on {counted(found.measured, 'pair')}): "
        f"{duration(found.core_seconds)} of one core, {duration(found.core_seconds / workers)} for "
        f"{counted(workers, 'worker')} {cores}"
    )
    click.echo(f"{_size(found.size)} of results as JSON lines ({found.bytes_a_pair:.0f} bytes a pair)")
    return ExitCode.CLEAN


def _print_summary(result: Any, output: Path) -> None:
    tally = result.tally
    mean = "" if tally.mean is None else f"; mean score {tally.mean:.1f}"
    click.echo(f"{counted(tally.pairs, 'pair')}, {counted(sum(tally.findings.values()), 'finding')}{mean}")
    _print_histogram(tally.histogram)
    for (rule, severity), count in sorted(tally.findings.items(), key=lambda item: (-item[1], item[0])):
        click.echo(f"  {count:>9,}  {visible(rule)} ({severity})")
        for _, file, line, _, message, words in tally.examples.get(rule, ())[:1]:
            click.echo(f"             {_shown(f'{file}:{line}')}: {_shown(message)}: {_shown(words)}")
    if tally.worst:
        click.echo("lowest scores:")
    for score, file, line, name in tally.worst[:5]:
        click.echo(f"  {score:9.1f}  {_shown(f'{file}:{line}')}  {_shown(name)}")
    for fault in result.faults:
        note(f"left out: {fault}")
    if tally.left_out > len(result.faults):
        note(f"{tally.left_out:,} rows were left out in all")
    for place, reason in result.failed:
        note(f"not checked: {place}: {_shown(reason)}; run the same command again to try once more")
    if result.standing.kept:
        note(f"{result.standing.kept:,} of {result.standing.shards:,} shards were kept from an earlier run")
    click.echo(f"results in {_shown(str(output))}")
    click.echo(result.signature)


def _print_histogram(histogram: Sequence[int]) -> None:
    most = max(histogram)
    for place, count in enumerate(histogram):
        if count:
            low = place * 100 // len(histogram)
            click.echo(
                f"  {low:3}-{low + 100 // len(histogram):<3} {count:>9,}  {'█' * max(1, round(40 * count / most))}"
            )


def _shown(text: str) -> str:
    return visible(" ".join(text.split()))


def _count(tally: Any, fail_on: FailOn) -> int:
    """How many findings count."""
    grave = () if fail_on.severity is None else [one.value for one in Severity if one.rank <= fail_on.severity.rank]
    return int(tally.count(fail_on.rules, grave))


def _exit_code(result: Any, chosen: Settings, max_findings: int, min_score: float | None) -> int:
    found = sum(_count(tally, FailOn.of(words, "settings")) for words, tally in result.by_gate.items())
    low = min_score is not None and (result.tally.mean or 0.0) < min_score
    unread = chosen.check.fail_on != NEVER and bool(result.tally.left_out or result.failed)
    failed = found > max_findings or low or unread
    if low:
        note(f"mean score {result.tally.mean or 0.0:.1f} is below --min-score {min_score:g}")
    return ExitCode.FINDINGS if failed else ExitCode.CLEAN

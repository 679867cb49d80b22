"""``tui-reader explain``: show the evidence for one finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui_reader.cli.checking import reports
from tui_reader.cli.diagnostics import Progress
from tui_reader.cli.inputs import check_options, complete_path, documents, report_options, require_files, settings
from tui_reader.errors import InputError
from tui_reader.reports.explain import explanation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tui_reader.model import CheckedBead, Finding, Report

SHOWN_CANDIDATES = 5


@click.command()
@click.argument("fingerprint")
@click.argument("path", shell_complete=complete_path)
@check_options
def command(  # noqa: PLR0913, PLR0917 - one parameter a flag
    fingerprint: str,
    path: str,
    sources: tuple[Path, ...],
    encoder: str | None,
    sensitivity: str | None,
    rules: dict[str, str],
) -> None:
    """Show the evidence for one finding of a check.

    FINGERPRINT is what `check` prints in brackets, or its first characters. PATH and the flags are those of that
    check: the finding is worked out again.
    """
    from tui_reader.checks.registry import rule  # noqa: PLC0415 - bad input is told before numpy loads

    chosen = settings(encoder, sensitivity, rules=rules)
    require_files([path])
    with Progress() as progress:
        report, checked, finding = _find(fingerprint, reports(documents([path], sources), chosen, progress), path)
    for line in explanation(report, checked, finding, rule(finding.rule, "explain"), report_options(chosen)):
        click.echo(line, color=True)


def _find(fingerprint: str, made: Iterable[Report], path: str) -> tuple[Report, CheckedBead, Finding]:
    found: dict[str, tuple[Report, CheckedBead, Finding]] = {}
    for report in made:
        for checked, finding in report.findings:
            if finding.fingerprint.startswith(fingerprint):
                found.setdefault(finding.fingerprint, (report, checked, finding))
    if fingerprint in found:
        return found[fingerprint]
    if not found:
        raise InputError(
            f"no finding here has the fingerprint {fingerprint}",
            path=path,
            cure="check prints them in brackets; give it the same --sources, --encoder, --sensitivity and --rule",
        )
    if len(found) > 1:
        some = ", ".join(sorted(found)[:SHOWN_CANDIDATES])
        raise InputError(f"{len(found)} findings begin with {fingerprint}: {some}", path=path, cure="give more of it")
    return next(iter(found.values()))

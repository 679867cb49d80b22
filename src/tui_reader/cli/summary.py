"""The summary of the bundled documents, printed where the reader has no terminal to open in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from tui_reader.corpus import documents
from tui_reader.formats import read
from tui_reader.reports.text import counted, score, severities
from tui_reader.text.visible import visible

if TYPE_CHECKING:
    from tui_reader.settings import Settings


def print_summary(chosen: Settings) -> None:
    """Print a few lines about each bundled document: title, length, score and findings."""
    from tui_reader.checks.checker import Checker  # noqa: PLC0415 - --help does without
    from tui_reader.text.sentences import segments  # noqa: PLC0415

    checker = Checker(chosen.check)
    for path in documents():
        document = read(path)
        report = checker.check(document)
        click.echo(visible(document.title or document.id))
        click.echo(f"  {visible(str(path))}")
        click.echo(
            f"  {counted(len(segments(document.text)), 'sentence')}, {counted(len(document.sources), 'source')}; "
            f"{score(report.score)}; {severities(Counter(finding.severity for _, finding in report.findings))}"
        )
    click.echo(visible(str(checker.signature)))
    click.echo("Run tui-reader in a terminal to read them, or tui-reader check PATH to see the findings.")

"""``tui-reader rules``: say what is checked, and why."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tui_reader.checks.rules import Rule

PROSE_WIDTH = 78


@click.command()
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Say what is checked, and why; of one rule, everything."""
    from tui_reader.checks.rules import RULES  # noqa: PLC0415 - --help does without

    if code is None:
        for line in _table(RULES.values()):
            click.echo(line)
        return
    if code not in RULES:
        from rapidfuzz import process  # noqa: PLC0415 - only a mistake pays for it

        raise click.UsageError(
            f"no rule is called {code!r}; did you mean {process.extractOne(code, list(RULES))[0]!r}?"
        )
    rule = RULES[code]
    found_in = "source" if rule.side == "source" else "translation"
    click.echo(f"{rule.code}: {rule.title}\n{rule.severity}, found in the {found_in}; ITS 2.0: {rule.category}\n")
    click.echo(fill(rule.description, PROSE_WIDTH))


def _table(rules: Iterable[Rule]) -> Iterator[str]:
    rows = [(rule.code, str(rule.severity), rule.title) for rule in rules]
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    for row in rows:
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[2]])

"""``tui-reader rules``: say what is checked, and why."""

from __future__ import annotations

from textwrap import fill, indent
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from tui_reader.checks.rules import Example, Rule
    from tui_reader.model import Severity

PROSE_WIDTH = 78


@click.command()
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Say what is checked, and why; of one rule, everything."""
    from tui_reader.checks.registry import rule  # noqa: PLC0415 - --help does without
    from tui_reader.cli.inputs import valid_settings  # noqa: PLC0415 - the same

    levels = dict(valid_settings().check.rules)
    lines = _table(levels) if code is None else _everything(rule(code, "tui-reader rules"), levels)
    for line in lines:
        click.echo(line)


def _table(levels: dict[str, Any]) -> Iterator[str]:
    from tui_reader.checks.registry import rules  # noqa: PLC0415 - --help does without

    header = ("rule", "severity", "on", "category", "title")
    rows = [header, *(_row(one, levels) for one in rules().values())]
    widths = [max(len(row[column]) for row in rows) for column in range(len(header) - 1)]
    for row in rows:
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])


def _row(rule: Rule, levels: dict[str, Any]) -> tuple[str, ...]:
    severity = _severity(rule, levels)
    return rule.code, severity or rule.severity, "on" if severity else "off", rule.category, rule.title


def _severity(rule: Rule, levels: dict[str, Any]) -> Severity | None:
    from tui_reader.checks.ruleset import severity_of  # noqa: PLC0415 - --help does without

    return severity_of(rule.code, levels.get(rule.code))


def _everything(rule: Rule, levels: dict[str, Any]) -> Iterator[str]:
    severity = _severity(rule, levels)
    found_in = {"source": "the source", "target": "the translation"}.get(rule.side or "", "either text")
    yield f"{rule.code}: {rule.title}"
    yield f"{severity or 'off'}, found in {found_in}; ITS 2.0: {rule.category}"
    for text in (rule.description, rule.cure):
        if text:
            yield f"\n{fill(text, PROSE_WIDTH)}"
    yield f"\nNothing is found here:\n\n{_shown(rule.good)}"
    yield f"\nThis is reported:\n\n{_shown(rule.bad)}"
    wanted = "off" if severity else "on"
    setting = f'{rule.code} = "{wanted}"'
    yield f"\nTo switch it {wanted}: --rule {rule.code}={wanted}, or in the settings, under [rules]: {setting}"


def _shown(example: Example) -> str:
    return indent(f"{example.source}\n{example.target}", "    ")

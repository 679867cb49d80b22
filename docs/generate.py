"""Write the pages of the documentation that say what the code says: commands.md and rules.md.

    python docs/generate.py

A test compares the pages with what this script would write.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui_reader.checks.registry import rules
from tui_reader.cli.main import COMMANDS, program

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).resolve().parent
WIDTH = 100
"""Columns of the help as it is shown."""


def commands() -> str:
    """Every command's help."""
    return "\n".join(_commands()) + "\n"


def _commands() -> Iterator[str]:
    yield "# Commands"
    yield ""
    yield "What `--help` says, written by `docs/generate.py`. The [guide](guide.md) explains."
    context = _context(program, None, "tui-reader")
    yield from _help(program, context, 2)
    for word in COMMANDS:
        if command := program.get_command(context, word):
            yield from _help(command, _context(command, context, word), 2)


def _help(command: click.Command, context: click.Context, level: int) -> Iterator[str]:
    yield ""
    yield f"{'#' * level} `{context.command_path}`"
    yield ""
    yield from (f"    {line}".rstrip() for line in command.get_help(context).splitlines())
    if isinstance(command, click.Group) and command is not program:
        for name, inner in command.commands.items():
            yield from _help(inner, _context(inner, context, name), level + 1)


def _context(command: click.Command, parent: click.Context | None, name: str) -> click.Context:
    settings = program.context_settings
    return click.Context(command, parent, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH, **settings)


def rule_list() -> str:
    """A table of all rules with links to their pages."""
    lines = [
        "# Rules",
        "",
        "What is looked for, written by `docs/generate.py` from the registry of rules. `tui-reader rules CODE` says",
        "the same in a terminal; `--rule CODE=LEVEL` and [settings](guide.md#settings) switch a rule or change how",
        "grave it is.",
        "",
        "| Rule | What it finds | Severity | By default | ITS 2.0 |",
        "|---|---|---|---|---|",
        *(
            f"| [`{rule.code}`](rules/{rule.code}.md) | {rule.title} | {rule.severity} "
            f"| {'on' if rule.default else 'off'} | {rule.category} |"
            for rule in rules().values()
        ),
    ]
    return "\n".join(lines) + "\n"


PAGES = {"commands.md": commands, "rules.md": rule_list}
"""Name of each page and what writes it."""


def main() -> None:
    """Write all pages."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()

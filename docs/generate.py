"""Write the pages of the documentation that say what the code says: commands.md and rules.md.

    python docs/generate.py             the two pages
    python docs/generate.py --example   also what the readme shows of a check, with both encoders

Tests compare the pages with what this script would write.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
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


EXAMPLE = "corpus/ember-moths"
"""What the readme shows a check of."""
_SHOWN = re.compile(rf"^    \$ tui-reader check {EXAMPLE}\n(?:    .*\n|\n(?=    ))+", re.MULTILINE)
_FINDINGS = 2


def readme() -> str:
    """The readme with what a check prints now, up to the second of its findings, and its last line."""
    command = [sys.executable, "-m", "tui_reader", "check", EXAMPLE, "--encoder", "both"]
    variables = os.environ | {"COLUMNS": "96"}
    done = subprocess.run(  # noqa: S603 - our own command
        command, cwd=DOCS.parent, env=variables, capture_output=True, encoding="utf-8", check=False
    )
    lines = done.stdout.splitlines()
    starts = [k for k, line in enumerate(lines) if re.search(r" \[[0-9a-f]{12}\]$", line)]
    shown = [*lines[: starts[_FINDINGS] - 1], "…", lines[-1]]
    block = "".join(f"    {line}".rstrip() + "\n" for line in (f"$ tui-reader check {EXAMPLE}", *shown))
    return _SHOWN.sub(lambda _: block, (DOCS.parent / "README.md").read_text(encoding="utf-8"))


def main() -> None:
    """Write the pages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--example", action="store_true", help="check the example of the readme again")
    parser.add_argument("--to", type=Path, default=DOCS, metavar="FOLDER", help="where the pages go")
    options = parser.parse_args()
    for name, page in PAGES.items():
        (options.to / name).write_text(page(), encoding="utf-8")
    if options.example:
        (DOCS.parent / "README.md").write_text(readme(), encoding="utf-8")


if __name__ == "__main__":
    main()

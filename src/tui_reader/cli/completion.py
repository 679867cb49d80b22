"""``tui-reader completion``: make a shell complete commands, flags and their values."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_TUI_READER_COMPLETE"
"""Set by the script when it asks the program what could follow."""


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print a script that completes commands, flags and their values.

    bash: eval "$(tui-reader completion bash)" in ~/.bashrc; zsh: the same in ~/.zshrc;
    fish: tui-reader completion fish > ~/.config/fish/completions/tui-reader.fish
    """
    from tui_reader.cli.main import program  # noqa: PLC0415 - main finds this command by its name

    kind = get_completion_class(shell)
    if kind is None:
        raise click.BadParameter(f"no completion for {shell}")
    click.echo(kind(program, {}, "tui-reader", VARIABLE).source())
